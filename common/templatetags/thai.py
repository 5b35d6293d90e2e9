"""Thai dates, money and numbers in templates; words follow the language of the reader."""

from datetime import date, datetime, time

from django import template
from django.utils.translation import get_language

from common import money
from common.thai import baht as words
from common.thai import digits, idnumber
from common.thai import phone as phones
from common.thai.dates import PartialDate, Precision, Style, format_be, format_time
from common.thai.periods import Month

register = template.Library()

Dated = date | PartialDate | Month | str | None  # "" is what Django makes of a missing value


def _lang() -> str:
    return "th" if (get_language() or "th").startswith("th") else "en"


def _written(day: Dated, style: Style, precision: Precision = "day") -> str:
    if isinstance(day, Month):
        day, precision = day.first, "month"
    if isinstance(day, str):
        if day:
            raise TypeError(f"not a date: {day!r}")
        return ""
    return format_be(day, style, precision, _lang())


@register.simple_tag
def be_date(day: Dated, style: Style = "long", precision: Precision = "day") -> str:
    """{% be_date person.born_on style="long" precision=person.born_precision %}: as `format_be`."""
    return _written(day, style, precision)


@register.filter
def be(day: Dated) -> str:
    """22 พ.ย. 2569"""
    return _written(day, "short")


@register.filter
def be_long(day: Dated) -> str:
    """22 พฤศจิกายน 2569"""
    return _written(day, "long")


@register.filter
def be_full(day: Dated) -> str:
    """วันอาทิตย์ที่ 22 พฤศจิกายน 2569"""
    return _written(day, "full")


@register.filter
def be_month(day: Dated) -> str:
    """พฤศจิกายน 2569, of a day or a `Month`."""
    return _written(day, "month")


@register.filter
def clock(moment: datetime | time | None) -> str:
    """09.12 น., of an instant at Bangkok's clock."""
    return format_time(moment or None, _lang())


@register.filter
def baht(satang: int | str | None) -> str:
    """1,250.00 บาท, of satang."""
    return "" if satang is None or satang == "" else money.format_baht(int(satang), _lang())


@register.filter
def baht_words(satang: int | str | None) -> str:
    """หนึ่งพันสองร้อยห้าสิบบาทถ้วน, of satang; always Thai."""
    return "" if satang is None or satang == "" else words.in_words(int(satang))


@register.filter
def thai_digits(value: object) -> str:
    """๒๕๖๙, for official letters."""
    return digits.to_thai(str(value))


@register.filter
def phone(number: str | None) -> str:
    """081-234-5678"""
    return phones.format_phone(number or "")


@register.filter
def phone_masked(number: str | None) -> str:
    """08x-xxx-5678"""
    return phones.mask(number or "")


@register.filter
def pin_masked(pin: str | None) -> str:
    """x-xxxx-xxxxx-78-1"""
    return idnumber.mask(pin or "")
