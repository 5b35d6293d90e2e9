"""Who pays what of a month's rent, before it is charged: the same rules as the run, without writing anything."""

from dataclasses import dataclass
from datetime import date

from common.thai.periods import Month
from rentshare import rules
from rentshare.models import SchemeVersion, Tenancy
from rentshare.rules.terms import month_number, month_split


@dataclass(frozen=True, slots=True)
class Expected:
    """A month's rent still to be charged: its split in satang, the version that decides, the day it falls due,
    and which month of the tenancy it is."""

    month: Month
    due_on: date
    split: rules.Split
    version: SchemeVersion
    number: int


def expected(tenancy: Tenancy, month: Month) -> Expected | None:
    """What `month` will be charged with; None when no day of it is stayed."""
    version = tenancy.version
    split = month_split(version.terms, tenancy.rent, month, tenancy.starts_on, tenancy.ends_on)
    if split is None:
        return None
    number = month_number(month, tenancy.starts_on)
    return Expected(month, rules.decisive_day(month, tenancy.starts_on), split, version, number)


def next_due(tenancy: Tenancy, today: date, charged: set[str]) -> Expected | None:
    """The next month that is not charged yet, from the running one on; None when the tenancy is over by then."""
    month = Month.of(max(today, tenancy.starts_on))
    if str(month) in charged:
        month = month.next()
    return expected(tenancy, month)
