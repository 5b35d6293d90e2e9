"""Follow-up schedules and the ladder that late follow-ups climb. Pure: days in, days and codes out."""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from common.thai.periods import Month
from common.workdays import is_workday, next_workday

MOST_DAYS, MOST_MONTHS, LONGEST = 12, 24, 365
"""So many single days, so many monthly ones, and so far after the beginning may a schedule reach. Our default."""

NEXT_WANTED = frozenset({"hospital", "prison"})
"""Results after which somebody must go again, because the person cannot come."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One appointment of a schedule: the working day it falls on, and the day it would have been."""

    due_on: date
    meant: date

    @property
    def shifted(self) -> bool:
        """The day meant is a day off."""
        return self.due_on != self.meant


def lay_out(start: date, days: Sequence[int], months: int, holidays: Collection[date]) -> list[Laid]:
    """The working days of a schedule that begins on `start`.

    `days` after the start, then every month on the day of the last of them (the last day of a shorter month),
    `months` times. What falls on a day off is laid on the next working day; two on one day become one.
    """
    meant = [start + timedelta(days=offset) for offset in days]
    anchor = meant[-1] if meant else start
    meant += [_month_later(anchor, count) for count in range(1, months + 1)]
    laid: dict[date, Laid] = {}
    for day in meant:
        due_on = next_workday(day, holidays, inclusive=True)
        laid.setdefault(due_on, Laid(due_on, day))
    return list(laid.values())


def _month_later(day: date, count: int) -> date:
    month = Month.of(day).plus(count)
    first = month.first
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def schedule_problem(days: Sequence[int], months: int) -> str:
    """Codes: "schedule_empty", "schedule_not_rising", "schedule_too_long" (see MOST_DAYS, MOST_MONTHS, LONGEST)."""
    if not days and not months:
        return "schedule_empty"
    if len(days) > MOST_DAYS or not 0 <= months <= MOST_MONTHS or any(day > LONGEST for day in days):
        return "schedule_too_long"
    rising = all(earlier < later for earlier, later in pairwise(days))
    return "" if rising and all(day > 0 for day in days) else "schedule_not_rising"


def late_since(day: date, workdays: int, holidays: Collection[date]) -> date:
    """The last day on which an appointment was due that on `day` is late by at least `workdays` working days."""
    since, left = day, workdays
    while left > 0:
        left -= is_workday(since, holidays)
        since -= timedelta(days=1)
    return since


def stand_in(worker: int, covers: Mapping[int, int]) -> int | None:
    """Who does the work of `worker`: themselves, or whoever covers for them, or for their cover in turn.

    None when everybody in the chain is away.
    """
    seen = {worker}
    while worker in covers:
        worker = covers[worker]
        if worker in seen:
            return None
        seen.add(worker)
    return worker


def leave_problem(starts_on: date, ends_on: date, *, today: date) -> str:
    """Codes: "leave_backwards"; "leave_over" (it would end before today); "leave_too_long" (over a year)."""
    if ends_on < starts_on:
        return "leave_backwards"
    if ends_on < today:
        return "leave_over"
    return "leave_too_long" if (ends_on - starts_on).days > 366 else ""


def next_problem(result: str, *, planned: bool) -> str:
    """Whether `result` asks for a next appointment (`planned`: there is one). Code: "next_wanted"."""
    return "next_wanted" if result in NEXT_WANTED and not planned else ""


def looked_for(results: Sequence[str], *, was_search: bool) -> bool:
    """Whether somebody must go out and look: not found twice running (`results`, the newest first).

    What was a search itself raises no other one, or it would never end.
    """
    return not was_search and list(results[:2]) == ["not_found", "not_found"]
