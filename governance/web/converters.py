"""Months and areas in addresses."""

from django.urls import register_converter

from common.errors import DomainError
from common.thai.periods import Month
from governance.timing import parse_month


class MonthConverter:
    """2026-10 ↔ Month; anything that is no month is no address."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        try:
            return parse_month(value)
        except DomainError as error:
            raise ValueError(value) from error

    def to_url(self, value: Month | str) -> str:
        return str(value)


class AreaConverter:
    """A province's two digits, or TH."""

    regex = "[0-9]{2}|TH"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Make <month:…> and <area:…> known."""
    register_converter(MonthConverter, "month")
    register_converter(AreaConverter, "area")
