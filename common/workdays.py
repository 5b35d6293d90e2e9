"""Working days: Monday to Friday without the holidays given.

Holidays are passed in (substitution and bridge days are decided by the cabinet every year, so they are data).
"""

from collections.abc import Collection
from datetime import date, timedelta

from common.thai.periods import Month

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_workday(day: date, holidays: Collection[date]) -> bool:
    """True unless `day` is a Saturday, a Sunday or a holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_workday(day: date, holidays: Collection[date], *, inclusive: bool = False) -> date:
    """The first working day after `day`; with `inclusive`, `day` itself if it is one."""
    if not inclusive:
        day += _DAY
    while not is_workday(day, holidays):
        day += _DAY
    return day


def add_workdays(day: date, count: int, holidays: Collection[date]) -> date:
    """The `count`-th working day after `day` (before it when negative); zero gives `day` back."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_workday(day, holidays):
            day += step
    return day


def workdays_between(start: date, end: date, holidays: Collection[date]) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`.

    The day of an event does not count: notice on Monday, contact on Thursday is three working days.
    """
    if end < start:
        return -workdays_between(end, start, holidays)
    weeks, rest = divmod((end - start).days, 7)
    whole = weeks * _SATURDAY
    tail = sum((end - _DAY * offset).weekday() < _SATURDAY for offset in range(rest))
    off = sum(start < holiday <= end and holiday.weekday() < _SATURDAY for holiday in set(holidays))
    return whole + tail - off


def first_workday(month: Month, holidays: Collection[date]) -> date:
    """The first working day of `month`."""
    return next_workday(month.first, holidays, inclusive=True)
