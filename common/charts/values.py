"""Numbers as a reader sees them: never "0 %" of nothing, never "100 %" of almost all."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple


class Masked(str):
    """A text that stands where a number is not shown (a small cell). It has no length in a picture."""

    __slots__ = ()


class Amount(int):
    """A sum in whole numbers of a unit's smallest part: money, hours, people reached.

    Attributes:
        unit: how one of them is called ("baht").
        scale: how many smallest parts make one (100 satang).
        rows: of how many things it is the sum; they, not the sum, say whether a person could be told from it.
    """

    unit: str
    scale: int
    rows: int

    def __new__(cls, value: int, *, unit: str, scale: int = 1, rows: int = 0) -> "Amount":
        made = super().__new__(cls, value)
        made.unit, made.scale, made.rows = unit, scale, rows
        return made

    @property
    def digits(self) -> str:
        """`1,250` or `1,250.50`: the number alone; parts of one are written only where there are any."""
        if self % self.scale == 0:
            return f"{self // self.scale:,}"
        return f"{Decimal(self) / self.scale:,.2f}"

    def like(self, value: int) -> "Amount":
        """Another sum of the same unit."""
        return Amount(value, unit=self.unit, scale=self.scale, rows=self.rows)


Value = int | Masked | None


class Point(NamedTuple):
    """One reading: a count in `value`, or a share with its numerator in `value` and its `denominator`."""

    label: str
    value: Value
    denominator: Value = None


class Series(NamedTuple):
    """Counts for each label of a picture, in the order of the labels."""

    label: str
    values: Sequence[Value]


def percent(numerator: Value, denominator: Value) -> int | None:
    """Whole percent, halves up; None without a denominator or where a part is masked.

    Something is never rounded to nothing, nor almost all to all: 1 of 400 is 1, 399 of 400 is 99.
    """
    if not isinstance(numerator, int) or not isinstance(denominator, int) or denominator <= 0:
        return None
    rounded = (200 * numerator + denominator) // (2 * denominator)
    if 0 < numerator < denominator:
        return min(max(rounded, 1), 99)
    return rounded


def count_text(value: Value) -> str:
    """`1,250`, the mask, or a dash when there is no reading."""
    if isinstance(value, Masked):
        return str(value)
    if isinstance(value, Amount):
        return value.digits
    return "–" if value is None else f"{value:,}"


def percent_text(numerator: Value, denominator: Value) -> str:
    """`86 %`, the mask, or a dash when there is nothing to divide by."""
    for part in (numerator, denominator):
        if isinstance(part, Masked):
            return str(part)
    share = percent(numerator, denominator)
    return "–" if share is None else f"{share}\u00a0%"


def length(value: Value) -> int:
    """How far a bar reaches: masked, missing and negative readings have no length."""
    return max(value, 0) if isinstance(value, int) else 0
