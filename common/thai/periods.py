"""Months and Thai fiscal years. The fiscal year runs 1 October–30 September and bears the year it ends in."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from common.thai.dates import BE_OFFSET, MONTHS_EN, MONTHS_TH

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month; `year` is Gregorian. Orders by time.

    Raises:
        ValueError: month outside 1..12 or year outside 1..9999.
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """ "2026-10" → October 2026.

        Raises:
            ValueError: any other form; a Buddhist-Era year is refused, it would be a month 543 years ahead.
        """
        match = _MONTH.fullmatch(text)
        if match is None or int(match[1]) >= 2400:
            raise ValueError(f"not a month (YYYY-MM): {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The month `day` lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def fiscal_year(self) -> "FiscalYear":
        return FiscalYear.of(self.first)

    def plus(self, months: int) -> Self:
        """The month that many months later (earlier when negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def next(self) -> Self:
        return self.plus(1)

    def previous(self) -> Self:
        return self.plus(-1)

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def label(self, lang: str = "th") -> str:
        """ตุลาคม 2569, or October 2569 BE."""
        year = self.year + BE_OFFSET
        if lang == "th":
            return f"{MONTHS_TH[self.month - 1]} {year}"
        return f"{MONTHS_EN[self.month - 1]} {year} BE"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """Fiscal year `be` (Buddhist Era): 1 October of the year before to 30 September."""

    be: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The fiscal year `day` lies in: 1 Oct 2565 BE is the first day of 2566."""
        return cls(day.year + BE_OFFSET + (day.month >= 10))

    @staticmethod
    def quarter(day: date) -> int:
        """1..4 of the fiscal year: October–December is 1."""
        return (day.month - 10) % 12 // 3 + 1

    @property
    def first(self) -> date:
        return date(self.be - BE_OFFSET - 1, 10, 1)

    @property
    def last(self) -> date:
        return date(self.be - BE_OFFSET, 9, 30)

    def months(self) -> Iterator[Month]:
        """October to September."""
        start = Month.of(self.first)
        return (start.plus(offset) for offset in range(12))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def label(self, lang: str = "th") -> str:
        """ปีงบประมาณ 2566, or Fiscal year 2566 BE."""
        return f"ปีงบประมาณ {self.be}" if lang == "th" else f"Fiscal year {self.be} BE"

    def __str__(self) -> str:
        return str(self.be)
