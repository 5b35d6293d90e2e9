"""Relief grants: what may be applied for, and how an application is looked into.

The ceiling and how often one person may be helped in a fiscal year come from the dated table of terms; that the
telephone comes first and a home visit before the application is how the department helps families in need.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from common.thai.periods import FiscalYear


@dataclass(frozen=True, slots=True)
class Standing:
    """A grant of the person that counts: the day it was applied for, and whether this centre keeps it."""

    applied_on: date
    here: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many grants of one fiscal year count, and how many of these other centres keep."""

    all: int
    elsewhere: int


def counted(grants: Iterable[Standing], day: date) -> Counted:
    """What counts in the fiscal year of `day` (October to September), by the day of application (our default)."""
    year = FiscalYear.of(day)
    found = [grant for grant in grants if grant.applied_on in year]
    return Counted(len(found), sum(not grant.here for grant in found))


def over_ceiling(satang: int, ceiling: int) -> bool:
    """More than one grant may be; exactly the ceiling is allowed."""
    return satang > ceiling


def assessment_problem(
    *, phoned_on: date | None, visited_on: date | None, why_not: str, applied_on: date
) -> tuple[str, str] | None:
    """(code, field) of what the look into the need lacks: a call, then a visit, or why there was none of them."""
    for day, field in ((phoned_on, "phoned_on"), (visited_on, "visited_on")):
        if day is not None and day > applied_on:
            return "relief_after_application", field
    if phoned_on and visited_on and visited_on < phoned_on:
        return "relief_visit_first", "visited_on"
    if not (phoned_on and visited_on) and not why_not.strip():
        return "relief_not_assessed", "why_not"
    return None


def payment_problem(*, paid_on: date, decided_on: date, today: date) -> str | None:
    """Why nothing can be paid on that day."""
    if paid_on > today:
        return "future"
    if paid_on < decided_on:
        return "relief_paid_before_approval"
    return None


def receipt_problem(*, signed: str, proxy: str, proxy_reason: str) -> tuple[str, str] | None:
    """(code, field) of what a receipt lacks: somebody who signs for another is named, and why."""
    if signed != "proxy":
        return None
    if not proxy.strip():
        return "relief_proxy_missing", "proxy"
    if not proxy_reason.strip():
        return "relief_proxy_reason_missing", "proxy_reason"
    return None
