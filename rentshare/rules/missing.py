"""Which shares were missed, and how what is owed is paid off in parts. Pure; every number here is our default."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from common.thai.periods import Month

MOST_INSTALMENTS = 24
"""Two years; whoever needs longer needs another answer than a plan."""

LATEST_FIRST = 62
"""Days within which a plan begins."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is to be paid by a day, in satang: the share of a `month` ("2026-11"), or an `instalment` by its key."""

    due_on: date
    amount: int
    month: str = ""
    instalment: int | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """An obligation whose time and grace are over, and what is still missing of it, in satang."""

    of: Obligation
    short: int


def missed(obligations: Iterable[Obligation], balance: int, *, today: date, grace: int) -> list[Missed]:
    """Those of `obligations` that are not covered although they fell due more than `grace` days before `today`.

    `balance` is what is owed now. All that is to be paid and is not owed any more counts as covered, the earliest day
    first; so a reversal of rent or of a payment counts at once, whichever month it was about.
    """
    ordered = sorted(obligations, key=lambda one: (one.due_on, one.month, one.instalment or 0))
    covered = max(0, sum(one.amount for one in ordered) - max(0, balance))
    found = []
    for one in ordered:
        part = min(covered, one.amount)
        covered -= part
        if part < one.amount and one.due_on + timedelta(days=grace) < today:
            found.append(Missed(one, one.amount - part))
    return found


def instalments(total: int, each: int, first_on: date) -> list[tuple[date, int]]:
    """`total` satang in monthly parts of `each`, the last being what is left; they sum to `total`, always.

    The day is that of `first_on`, or the month's last where it has no such day.
    """
    parts, left, place = [], total, 0
    while left > 0:
        month = Month.of(first_on).plus(place)
        day = month.first.replace(day=min(first_on.day, month.last.day))
        parts.append((day, min(each, left)))
        left -= each
        place += 1
    return parts


def plan_problem(total: int, each: int, first_on: date, *, today: date) -> str:
    """Why what is owed cannot be paid off like this, as a code; "" when it can."""
    if total <= 0:
        return "nothing_owed"
    if first_on < today:
        return "plan_past"
    if first_on > today + timedelta(days=LATEST_FIRST):
        return "plan_late"
    return "plan_long" if -(-total // each) > MOST_INSTALMENTS else ""
