"""Money: integer satang inside, `Decimal` baht at the edges, one rounding policy.

Parts of an amount are rounded down to the satang and the last party takes what is left over, so that parts
always sum to what is charged.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from common.thai.digits import to_arabic

SATANG = 100
WHOLE = 10_000  # basis points
LARGEST = 10**15  # satang: fits every column, far above any budget here

_DECORATION = re.compile(r"^฿|บาท$|baht$|thb$", re.IGNORECASE)
_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|-?\.[0-9]+")


class MoneyError(ValueError):
    """An amount that cannot be taken.

    Attributes:
        code: "not_a_number", "three_decimals", "negative", "too_large", "weights" or "shares_below_whole".
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _decimal(amount: Decimal | str | int) -> Decimal:
    if isinstance(amount, str):
        text = _DECORATION.sub("", to_arabic(amount).strip()).strip()
        text = _DECORATION.sub("", text).strip()
        if not _AMOUNT.fullmatch(text) or len(text) > 40:
            raise MoneyError("not_a_number")
        amount = text.replace(",", "")
    try:
        value = Decimal(amount)
    except InvalidOperation as error:
        raise MoneyError("not_a_number") from error
    if not value.is_finite():
        raise MoneyError("not_a_number")
    return value


def to_satang(amount: Decimal | str | int) -> int:
    """Baht to satang, exactly: "1,250.50" → 125_050. Thai digits, ฿ and บาท are read.

    Raises:
        MoneyError: not a number, finer than a satang, below zero, or too large. Nothing is rounded.
        TypeError: a float, which has no exact satang.
    """
    if isinstance(amount, float):
        raise TypeError("baht come as Decimal or text, never as float")
    value = _decimal(amount)
    if value < 0:
        raise MoneyError("negative")
    if value.adjusted() > 13:
        raise MoneyError("too_large")
    satang = value * SATANG
    if satang != satang.to_integral_value():
        raise MoneyError("three_decimals")
    if satang > LARGEST:
        raise MoneyError("too_large")
    return int(satang)


def to_baht(satang: int) -> Decimal:
    """Satang to baht with two decimals: 125_050 → Decimal("1250.50")."""
    return Decimal(satang).scaleb(-2)


def format_baht(satang: int, lang: str = "th") -> str:
    """ "1,250.00 บาท" ("1,250.00 baht" in English); a minus stands before the figure."""
    return f"{to_baht(satang):,.2f} {'บาท' if lang == 'th' else 'baht'}"


def split(total_satang: int, weights: Sequence[int]) -> list[int]:
    """`total_satang` in proportion to `weights`, one part per weight, summing exactly to the total.

    Every part but the last is rounded towards zero; the last party takes what is left over. A party of weight
    zero before the last gets nothing.

    Raises:
        MoneyError("weights"): no weights, a negative one, or all zero.
    """
    whole = sum(weights)
    if not weights or min(weights) < 0 or whole == 0:
        raise MoneyError("weights")
    if total_satang < 0:
        return [-part for part in split(-total_satang, weights)]
    parts = [total_satang * weight // whole for weight in weights[:-1]]
    return [*parts, total_satang - sum(parts)]


def shares(total_satang: int, basis_points: Sequence[int]) -> tuple[list[int], int]:
    """What each party pays of `total_satang`, and the surplus over it.

    Shares may sum above the whole when a scheme says so (60 % and 60 % of the rent): `sum(parts) - surplus`
    is the total, and the surplus is money of its own, posted to a fund.

    Raises:
        MoneyError("shares_below_whole"): the shares do not cover the total.
    """
    together = sum(basis_points)
    if together < WHOLE:
        raise MoneyError("shares_below_whole")
    collected = abs(total_satang) * together // WHOLE
    if total_satang < 0:
        collected = -collected
    return split(collected, basis_points), collected - total_satang
