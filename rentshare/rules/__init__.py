"""The arithmetic of half-rent rooms. Knows no database and no clock: days and versions are passed in.

What no law or published rule fixes is our default, and says so where it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from common.money import WHOLE, shares
from common.thai.periods import Month

PARTICIPANT, PROGRAMME, OTHER = "participant", "programme", "other"
PAYERS = (PARTICIPANT, PROGRAMME, OTHER)
"""Who pays rent, in the order in which satang are shared out: the last of those who pay takes what is left over."""

LANDLORD, FUND = "landlord", "fund"
"""Who receives: the rent goes to the landlord, what is collected above it to a named fund."""

LEAST_RENT = 100
"""Satang. One baht a month: the smallest rent of which every single day is worth a satang."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Who pays how much of a rent, in basis points; together at least the whole."""

    participant: int
    programme: int
    other: int = 0

    @property
    def together(self) -> int:
        return self.participant + self.programme + self.other

    @property
    def has_surplus(self) -> bool:
        return self.together > WHOLE


def shares_problem(shares_: Shares, *, other_funder: str, surplus_fund: str) -> str:
    """Why these shares cannot be a scheme's, as a code; "" when they can.

    Shares may sum above the whole: the surplus then needs a fund with a name.
    """
    parts = (shares_.participant, shares_.programme, shares_.other)
    if min(parts) < 0 or max(parts) > WHOLE:
        return "share_out_of_range"
    if shares_.together < WHOLE:
        return "shares_below_whole"
    if bool(shares_.other) != bool(other_funder):
        return "other_funder"
    if shares_.has_surplus != bool(surplus_fund):
        return "surplus_fund"
    return ""


def bounds_problem(floor: int | None, ceiling: int | None) -> str:
    """Why a rent cannot lie between these (satang, None for no bound), as a code; "" when it can."""
    if (floor is not None and floor < 0) or (ceiling is not None and ceiling < LEAST_RENT):
        return "rent_too_low"
    if floor is not None and ceiling is not None and floor > ceiling:
        return "floor_above_ceiling"
    return ""


def rent_problem(rent: int, floor: int | None, ceiling: int | None) -> str:
    """Why a room of this monthly rent is not for the scheme, as a code; "" when it is. Both bounds belong to it."""
    if rent < LEAST_RENT:
        return "rent_too_low"
    if floor is not None and rent < floor:
        return "rent_below_floor"
    if ceiling is not None and rent > ceiling:
        return "rent_above_ceiling"
    return ""


# --- a month's rent ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Split:
    """A month's rent shared out, in satang. `sum(parts.values()) - surplus == rent`, always.

    `parts` names only those who pay something.
    """

    rent: int
    parts: dict[str, int]
    surplus: int


def split_rent(rent: int, shares_: Shares) -> Split:
    """Share `rent` (satang) out to the satang.

    Each part is rounded down and the last party that pays anything takes the satang left over, so that a tenant
    who shares with the programme never pays a rounding. Raises MoneyError when the shares do not cover the rent.
    """
    weights = {PARTICIPANT: shares_.participant, PROGRAMME: shares_.programme, OTHER: shares_.other}
    payers = {party: points for party, points in weights.items() if points}
    parts, surplus = shares(rent, list(payers.values()))
    shared = dict(zip(payers, parts, strict=True))
    return Split(rent, {party: part for party, part in shared.items() if part}, surplus)


def days_in(month: Month, starts_on: date, ends_on: date | None) -> int:
    """Days of `month` between two days, both included; `ends_on` None is without end."""
    first, last = max(month.first, starts_on), min(month.last, ends_on or month.last)
    return max(0, (last - first).days + 1)


def rent_of_month(rent: int, month: Month, starts_on: date, ends_on: date | None) -> int:
    """What a monthly `rent` (satang) comes to in `month` for somebody who stays from `starts_on` to `ends_on`.

    Our one rule for part months: the days stayed, first and last day included, out of the days the month has,
    rounded down to the satang. A whole month is the whole amount, however long the month.
    """
    first, last = month.first, month.last
    if starts_on <= first and (ends_on is None or ends_on >= last):
        return rent
    return rent * days_in(month, starts_on, ends_on) // last.day


def months_of(starts_on: date, until: date) -> list[Month]:
    """The months from the one of `starts_on` to the one of `until`, both included."""
    found, month, last = [], Month.of(starts_on), Month.of(until)
    while month <= last:
        found.append(month)
        month = month.next()
    return found


class Dated(Protocol):
    """Something that holds from a day on, until the next of its kind."""

    starts_on: date


Version = TypeVar("Version", bound=Dated)


def version_on(versions: Iterable[Version], day: date) -> Version | None:
    """The version in force on `day`: the last that began by then; None before the first."""
    begun = [version for version in versions if version.starts_on <= day]
    return max(begun, key=lambda version: version.starts_on, default=None)


def decisive_day(month: Month, starts_on: date) -> date:
    """The day on which a month's rent falls due: the first day stayed in it (our default)."""
    return max(month.first, starts_on)


# --- stays -------------------------------------------------------------------------------------------------


def stay_problem(starts_on: date, ends_on: date | None, *, lease_from: date, lease_to: date | None) -> str:
    """Why somebody cannot live in a leased room on these days, as a code; "" when they can."""
    if ends_on is not None and ends_on < starts_on:
        return "ends_before_start"
    if starts_on < lease_from:
        return "before_lease"
    if lease_to is not None and (ends_on is None or ends_on > lease_to):
        return "after_lease"
    return ""


def overlaps(from_a: date, to_a: date | None, from_b: date, to_b: date | None) -> bool:
    """Whether two stretches of days (ends included, None is without end) share a day."""
    return from_a <= (to_b or date.max) and from_b <= (to_a or date.max)


def highest_together(stays: Sequence[tuple[date, date | None, int]]) -> int:
    """The most that the amounts of `stays` (from, to, amount) sum to on any one day."""
    return max(
        (
            sum(amount for begun, ended, amount in stays if overlaps(begun, ended, day, day))
            for day, _, _ in stays
        ),
        default=0,
    )


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a room of the programme; `well` says that it ended because no room of the programme is needed now."""

    starts_on: date
    ends_on: date | None
    well: bool = False


def is_housed(stays: Iterable[Stay], day: date) -> bool:
    """Whether somebody with these stays has a room on `day`: one of the programme, or a life after it that goes well.

    That work, an own home or the family count as housed is our default, after the programme's own count of those who
    stopped claiming because they found work.
    """
    begun = [stay for stay in stays if stay.starts_on <= day]
    if any(stay.ends_on is None or stay.ends_on >= day for stay in begun):
        return True
    last = max(begun, key=lambda stay: stay.ends_on or date.max, default=None)
    return last is not None and last.well


# --- what is owed ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owed:
    """What stands between a tenant and the programme, in satang: charged and paid, each net of reversals."""

    charged: int
    paid: int

    @property
    def balance(self) -> int:
        """Above zero is owed, below zero is a credit."""
        return self.charged - self.paid

    @property
    def arrears(self) -> int:
        return max(0, self.balance)

    @property
    def credit(self) -> int:
        """Paid beyond what was owed; it counts towards the next rent."""
        return max(0, -self.balance)


def day_problem(day: date, today: date) -> str:
    """Why money cannot have moved on `day`, as a code; "" when it can. Ten years back is a mistyped year."""
    if day > today:
        return "future"
    return "too_long_ago" if day < today - timedelta(days=3653) else ""
