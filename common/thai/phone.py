"""Thai telephone numbers: ten-digit mobiles 06/08/09, nine-digit landlines 02–07, short codes 1300 or 191."""

import re

from common.thai.digits import to_arabic

_MOBILE = re.compile(r"0[689][0-9]{8}")
_LANDLINE = re.compile(r"0[2-7][0-9]{7}")
_SHORT = re.compile(r"1[0-9]{2,3}")
_FOREIGN = re.compile(r"\+[1-9][0-9]{6,13}")
_SEVERAL = re.compile(r"[,;/\n]|หรือ|ต่อ|ext", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"[^0-9]+")


def _known(number: str) -> str | None:
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number) or _SHORT.fullmatch(number):
        return number
    return None


def _lost_zero(digits: str) -> str | None:
    """The number with its leading zero back, as a spreadsheet drops it from integers."""
    return _known("0" + digits) if digits[:1] != "0" else None


def normalise(value: str | int) -> str | None:
    """The national number ("0812345678", "021234567", "1300"), None when there is none to be read.

    Reads +66 and 0066, Thai digits, any punctuation and numbers that lost their leading zero in a spreadsheet.
    Of several numbers in one cell the first counts; an extension is left out. A foreign number keeps its
    country code ("+85620…").
    """
    text = _SEVERAL.split(to_arabic(str(value)).strip(), maxsplit=1)[0].strip()
    digits = _NOT_DIGIT.sub("", text)
    if not digits:
        return None
    for prefix in ("0066", "66"):
        # 66 without + is also how a nine-digit number could begin: only with a country code's length is it one.
        if digits.startswith(prefix) and (text.startswith("+") or len(digits) >= len(prefix) + 8):
            national = digits[len(prefix) :]
            return _known(national) if national.startswith("0") else _lost_zero(national)
    if text.startswith("+"):
        return "+" + digits if _FOREIGN.fullmatch("+" + digits) else None
    return _known(digits) or _lost_zero(digits)


def is_mobile(number: str) -> bool:
    """True for a normalised Thai mobile number."""
    return _MOBILE.fullmatch(number) is not None


def format_phone(number: str) -> str:
    """081-234-5678, 02-123-4567, 044-123-456; short codes and foreign numbers as they are."""
    if _MOBILE.fullmatch(number) or (_LANDLINE.fullmatch(number) and number[1] != "2"):
        return f"{number[:3]}-{number[3:6]}-{number[6:]}"
    if _LANDLINE.fullmatch(number):
        return f"{number[:2]}-{number[2:5]}-{number[5:]}"
    return number


def mask(number: str) -> str:
    """08x-xxx-5678: what tells a phone from another of the same person, no more. Short codes are public."""
    shown = format_phone(number)
    if "-" in shown:
        last = shown.rindex("-")
        return shown[:2] + re.sub(r"[0-9]", "x", shown[2:last]) + shown[last:]
    if _SHORT.fullmatch(number):
        return number
    return re.sub(r"[0-9]", "x", number[:-3]) + number[-3:] if len(number) > 6 else "x" * len(number)
