"""What a version of a scheme makes of each month of a tenancy: step-down, end of the support, cap. Pure.

How the months are counted, who takes over what the programme gives up, and every default here is ours: no published
rule says it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from common.money import WHOLE
from common.thai.periods import Month
from rentshare.rules import (
    PARTICIPANT,
    PROGRAMME,
    Shares,
    Split,
    rent_of_month,
    shares_problem,
    split_rent,
)

MOST_STEPS = 12
LONGEST_SUPPORT = 120
"""Months. Ten years is a mistyped number."""

GRACE_DAYS = 7
"""Our default: so many days after a share falls due it counts as missed."""

LONGEST_GRACE = 90


@dataclass(frozen=True, slots=True)
class Step:
    """From this month of the tenancy on (2 is the second) the programme pays this share, in basis points."""

    from_month: int
    programme: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed when a tenancy was signed.

    Attributes:
        shares: who pays what in the first month.
        steps: the step-down of the programme's share, the earliest first.
        support_months: for so many months others pay a share at all; None: as long as the tenancy lasts.
        cap: the most the programme pays for one person's whole month, in satang; None: no limit.
    """

    shares: Shares
    steps: tuple[Step, ...] = ()
    support_months: int | None = None
    cap: int | None = None

    @property
    def changes(self) -> bool:
        """Whether who pays what changes from some month of the tenancy on."""
        return bool(self.steps) or self.support_months is not None


def month_number(month: Month, starts_on: date) -> int:
    """Which month of a tenancy `month` is, from 1 on.

    A part month at the beginning counts together with the first whole month (our rule), so that nobody loses a month
    of support for moving in on the thirty-first.
    """
    begun = Month.of(starts_on)
    passed = (month.year - begun.year) * 12 + month.month - begun.month
    return max(1, passed + (1 if starts_on.day == 1 else 0))


def shares_in(terms: Terms, number: int) -> Shares:
    """Who pays what in month `number` of a tenancy; together always at least the whole.

    What the programme gives up comes out of the surplus first; what is then missing the tenant takes over. When the
    months of support are over the tenant pays the whole rent, and no surplus is collected.
    """
    if terms.support_months is not None and number > terms.support_months:
        return Shares(WHOLE, 0, 0)
    given = terms.shares
    programme = next(
        (step.programme for step in reversed(terms.steps) if step.from_month <= number), given.programme
    )
    return Shares(max(given.participant, WHOLE - programme - given.other), programme, given.other)


def split_month(terms: Terms, rent: int, number: int, cap: int | None) -> Split:
    """Share out the `rent` (satang) of month `number`; `cap` is what the programme pays at most of it.

    `sum(parts.values()) - surplus == rent`, always, and nobody but the tenant ever pays more than without a cap.
    """
    split = split_rent(rent, shares_in(terms, number))
    beyond = split.parts.get(PROGRAMME, 0) - cap if cap is not None else 0
    if beyond <= 0:
        return split
    from_surplus = min(beyond, split.surplus)
    parts = dict(split.parts)
    parts[PROGRAMME] -= beyond
    parts[PARTICIPANT] = parts.get(PARTICIPANT, 0) + beyond - from_surplus
    # The tenant stands first among those who pay.
    ordered = {PARTICIPANT: parts.pop(PARTICIPANT), **parts}
    return Split(rent, {party: part for party, part in ordered.items() if part}, split.surplus - from_surplus)


def month_split(terms: Terms, rent: int, month: Month, starts_on: date, ends_on: date | None) -> Split | None:
    """What a monthly `rent` comes to in `month` and who pays it; None when no day of it is stayed.

    The cap of a part month is its part of the cap, by the same days as the rent.
    """
    due = rent_of_month(rent, month, starts_on, ends_on)
    if not due:
        return None
    cap = None if terms.cap is None else rent_of_month(terms.cap, month, starts_on, ends_on)
    return split_month(terms, due, month_number(month, starts_on), cap)


@dataclass(frozen=True, slots=True)
class Ahead:
    """One month of a simulation: which month of the tenancy it is, and who pays what of its rent."""

    month: Month
    number: int
    split: Split

    def paid_by(self, party: str) -> int:
        return self.split.parts.get(party, 0)


def look_ahead(
    terms: Terms, rent: int, starts_on: date, ends_on: date | None, months: int
) -> Iterator[Ahead]:
    """The first `months` calendar months of a tenancy as they would be charged, with the rules of the charge itself."""
    for place in range(months):
        month = Month.of(starts_on).plus(place)
        split = month_split(terms, rent, month, starts_on, ends_on)
        if split is not None:
            yield Ahead(month, month_number(month, starts_on), split)


# --- what a version may say --------------------------------------------------------------------------------


def percentages_problem(shares: Shares, *, other_funder: str, surplus_fund: str) -> str:
    """Why these percentages cannot begin a scheme, as a code; "" when they can.

    Besides `shares_problem`: half-rent is shared, so neither tenant nor programme begins with nothing.
    """
    if not shares.participant or not shares.programme:
        return "share_zero"
    return shares_problem(shares, other_funder=other_funder, surplus_fund=surplus_fund)


def steps_problem(shares: Shares, steps: Sequence[Step], support_months: int | None) -> str:
    """Why a step-down cannot be a scheme's, as a code; "" when it can."""
    if support_months is not None and not 1 <= support_months <= LONGEST_SUPPORT:
        return "support_months"
    if len(steps) > MOST_STEPS:
        return "steps_too_many"
    last_month, last_share = 1, shares.programme
    for step in steps:
        if not 0 <= step.programme <= WHOLE:
            return "share_out_of_range"
        if step.from_month <= last_month:
            return "steps_order"
        if step.programme >= last_share:
            return "steps_fall"
        last_month, last_share = step.from_month, step.programme
    if steps and support_months is not None and last_month > support_months:
        return "steps_after_support"
    return ""
