"""Days in the reader's language."""

from datetime import date, datetime

from django.utils.translation import get_language

from common.thai.dates import Style, format_be, format_time


def language() -> str:
    """Language of the reader, as the date functions know it."""
    return "en" if get_language() == "en" else "th"


def day(when: date | datetime, style: Style = "short") -> str:
    """5 ต.ค. 2569"""
    return format_be(when, style, lang=language())


def instant(when: datetime) -> str:
    """1 พ.ย. 2569 02.00 น."""
    return f"{day(when)} {format_time(when, language())}"
