"""Months as people name them, and when one is frozen and its letters leave, in Bangkok time."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from common import clock
from common.errors import DomainError
from common.models import Holiday
from common.thai.periods import Month
from common.workdays import first_workday

FREEZE_HOUR = 2
LETTER_HOUR = 8
_LONGEST_BREAK = timedelta(days=28)
_EARLIEST = Month(1990, 1)


def parse_month(text: str) -> Month:
    """The month that "2026-10" names. Raises DomainError `month_invalid`."""
    try:
        month = Month.parse(text)
    except ValueError as error:
        raise _no_month() from error
    if month < _EARLIEST:
        raise _no_month()
    return month


def _no_month() -> DomainError:
    return DomainError("month_invalid", _("Write the month as year and month, for example 2026-10."), "month")


def freezes_at(month: Month) -> datetime:
    """02.00 on the first day after `month`."""
    return clock.at(month.next().first, FREEZE_HOUR)


def letters_at(month: Month) -> datetime:
    """08.00 on the first working day after `month`."""
    after = month.next()
    days = Holiday.objects.filter(day__range=(after.first, after.first + _LONGEST_BREAK))
    return clock.at(first_workday(after, set(days.values_list("day", flat=True))), LETTER_HOUR)
