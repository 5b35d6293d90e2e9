"""The arithmetic of figures. Knows no database and no clock: days are passed in.

How many days and months a rule allows is a setting; where it stands, it says that the number is our default.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from common.thai.periods import Month


class Row(NamedTuple):
    """One row behind a figure.

    `group` is "" without groups; `amount` is what the row adds to a figure with a unit (see `Indicator.unit`): of a
    figure that counts rows it stays 0.
    """

    province: str
    key: int
    group: str
    counts: bool
    amount: int = 0


def is_over(month: Month, today: date) -> bool:
    """Whether all days of `month` have passed."""
    return month.last < today


def months_after(day: date, months: int) -> date:
    """The same day `months` later; the month's last day where there is no such day (31 August + 6 → 28 February)."""
    target = Month.of(day).plus(months)
    return day.replace(
        year=target.year,
        month=target.month,
        day=min(day.day, calendar.monthrange(target.year, target.month)[1]),
    )


def reached_in_time(noticed_on: date, contacted_on: date | None, days: int) -> bool:
    """Whether somebody was contacted on the day of notice or at most `days` days later."""
    return contacted_on is not None and timedelta(0) <= contacted_on - noticed_on <= timedelta(days=days)


def done_on_time(due_on: date, done_on: date | None) -> bool:
    """Whether an appointment was kept on its day or earlier."""
    return done_on is not None and done_on <= due_on


def came_back(closed_on: date, opened_on: date | None, months: int) -> bool:
    """Whether help began anew at most `months` calendar months after it had ended."""
    return opened_on is not None and closed_on <= opened_on <= months_after(closed_on, months)


@dataclass
class Tally:
    """Rows added up: how many count, out of how many, and the same by group as {group: [counted, of]}.

    `amount` is the sum of what the counted rows add, `amounts` the same by group; both stay empty where rows are
    counted.
    """

    counted: int = 0
    of: int = 0
    groups: dict[str, list[int]] = field(default_factory=dict)
    amount: int = 0
    amounts: dict[str, int] = field(default_factory=dict)

    def add(self, group: str, *, counts: bool, amount: int = 0) -> None:
        """Take in one row."""
        self.counted += counts
        self.of += 1
        if group:
            cell = self.groups.setdefault(group, [0, 0])
            cell[0] += counts
            cell[1] += 1
        if counts and amount:
            self.amount += amount
            if group:
                self.amounts[group] = self.amounts.get(group, 0) + amount

    def include(self, other: "Tally") -> None:
        """Take in another tally (a province into its country)."""
        self.counted += other.counted
        self.of += other.of
        for group, (counted, of) in other.groups.items():
            cell = self.groups.setdefault(group, [0, 0])
            cell[0] += counted
            cell[1] += of
        self.amount += other.amount
        for group, amount in other.amounts.items():
            self.amounts[group] = self.amounts.get(group, 0) + amount


@dataclass(frozen=True)
class Difference:
    """What a frozen figure would count otherwise today, as keys of facts.

    Attributes:
        left: counted in or judged then, not any more (corrected, void, moved to another month or province).
        came: not there then, there now (recorded late).
        changed: there then and now, but judged otherwise, in another group or with another amount.
    """

    left: frozenset[int]
    came: frozenset[int]
    changed: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.left or self.came or self.changed)


def compare(frozen: Iterable[Row], live: Iterable[Row], replaced: dict[int, int] | None = None) -> Difference:
    """How `live` rows differ from `frozen` ones.

    `replaced` maps the key of a corrected fact to the key of the row that stands in its place. A correction that
    leaves province, group, judgement and amount as they were changes no figure and is left out.
    """
    before, after = ({row.key: row[:1] + row[2:] for row in rows} for rows in (frozen, live))
    left, came = before.keys() - after.keys(), after.keys() - before.keys()
    same = {
        (old, new)
        for old, new in (replaced or {}).items()
        if old in left and new in came and before[old] == after[new]
    }
    return Difference(
        left=frozenset(left - {old for old, _new in same}),
        came=frozenset(came - {new for _old, new in same}),
        changed=frozenset(key for key in before.keys() & after.keys() if before[key] != after[key]),
    )
