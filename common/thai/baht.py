"""Amounts in Thai words, as cheques and receipts have them."""

_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def _below_million(number: int, *, after_more: bool) -> str:
    """1..999999 in words; a last one is เอ็ด when something stands before it."""
    words = []
    for place in range(5, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            continue
        if place == 1 and digit <= 2:
            words.append("ยี่สิบ" if digit == 2 else "สิบ")
        elif place == 0 and digit == 1 and (after_more or number > 1):
            words.append("เอ็ด")
        else:
            words.append(_DIGITS[digit] + _PLACES[place])
    return "".join(words)


def _number(number: int) -> str:
    millions, rest = divmod(number, 1_000_000)
    head = _number(millions) + "ล้าน" if millions else ""
    return head + _below_million(rest, after_more=bool(millions))


def in_words(satang: int) -> str:
    """Satang in Thai words: 0 → ศูนย์บาทถ้วน, 2_100 → ยี่สิบเอ็ดบาทถ้วน, 25 → ยี่สิบห้าสตางค์.

    1,000,001 baht is หนึ่งล้านเอ็ดบาทถ้วน (libraries differ here). Negative amounts begin with ลบ.
    """
    if satang < 0:
        return "ลบ" + in_words(-satang)
    baht, rest = divmod(satang, 100)
    if not baht and not rest:
        return "ศูนย์บาทถ้วน"
    head = _number(baht) + "บาท" if baht else ""
    return head + (_number(rest) + "สตางค์" if rest else "ถ้วน")
