"""Working days as the calendar of this house has them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from common import clock, workdays
from common.holidays_seed import thai_holidays
from common.models import Holiday

ANNOUNCED_UNTIL = 2026
"""The last Gregorian year whose holidays were announced when this was written; later ones are provisional."""

YEARS_BEFORE, YEARS_AFTER = 2, 2


def between(first: date, last: date) -> frozenset[date]:
    """Holidays from `first` to `last`, both included; what the functions of common.workdays take."""
    return frozenset(Holiday.objects.filter(day__range=(first, last)).values_list("day", flat=True))


def is_workday(day: date) -> bool:
    """True when the offices are open on `day`."""
    return workdays.is_workday(day, between(day, day))


def seed(years: Iterable[int], announced_until: int = ANNOUNCED_UNTIL) -> int:
    """Add the published holidays of Gregorian `years` that are not there yet; returns how many were added.

    What administrators wrote stays as it is.
    """
    there = set(Holiday.objects.values_list("day", flat=True))
    wanted = [h for h in thai_holidays(years, announced_until=announced_until) if h.day not in there]
    rows = [
        Holiday(day=h.day, name_th=h.name_th, name_en=h.name_en, provisional=h.provisional) for h in wanted
    ]
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def usual_years() -> range:
    """The Gregorian years that a new installation begins with."""
    year = clock.today().year
    return range(year - YEARS_BEFORE, year + YEARS_AFTER + 1)


def seed_when_empty(**_: Any) -> None:
    """After a migration: give a new installation its calendar."""
    if not Holiday.objects.exists():
        seed(usual_years())
