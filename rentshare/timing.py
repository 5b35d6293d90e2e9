"""When rent is charged, in Bangkok time: on the first of the month, an hour after midnight."""

from datetime import date, datetime

from common import clock
from common.thai.periods import Month
from rentshare.refusals import refuse

MONTH = "rentshare.month"
"""Due work: the month has come; one row for each month."""

RUN = "rentshare.run"
"""Due work: charge one centre's month; subject is the centre's code, period the month, or the month and a tenancy that
was signed after its run."""

MISSED = "rentshare.missed"
"""Due work: look for shares that were missed; one row for each day."""

HOUR = 1
MISSED_HOUR = 6
"""Before anybody opens their day."""


def charge_at(month: Month, starts_on: date) -> datetime:
    """When the rent of `month` falls due for a tenancy: with the month, or with its own first day."""
    return clock.at(max(month.first, starts_on), HOUR)


def parse_month(text: str) -> Month:
    """ "2026-11" as a month. Refuses with "month_unreadable"."""
    try:
        return Month.parse(text.strip())
    except ValueError:
        refuse("month_unreadable", "month")
