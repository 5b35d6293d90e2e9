"""When reports are frozen and their letters written, in Bangkok time.

| what    | when                                     | if it was missed                                        |
|---------|------------------------------------------|---------------------------------------------------------|
| freeze  | the 1st, 02.00, the month before         | CATCH_UP months back, not before the first notice       |
| recount | every night, 03.30, RECOUNTED months    | the next night                                          |
| letters | first working day, 08.00, the same month | the last occasion alone: nobody wants three old letters |
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Min

from casework.models import Notice
from common import clock, due, schedule
from common.actor import SystemActor
from common.thai.periods import Month
from governance import timing
from governance.actions.recounting import recount_month
from governance.actions.reports import SEND_KIND, freeze_month
from governance.models import MonthlyReport
from governance.sending import send_letters

CATCH_UP = 3
RECOUNTED = 24
"""Frozen months that are counted anew each night; what is corrected in older ones shows when its figure is opened."""

RECOUNT_HOUR = 3


def _months_with_facts(now: datetime) -> list[Month]:
    """The months that are over, newest first, CATCH_UP of them at most."""
    first = Notice.objects.aggregate(first=Min("noticed_on"))["first"]
    if first is None:
        return []
    this = Month.of(clock.local(now).date())
    return [
        month for month in (this.plus(-back) for back in range(1, CATCH_UP + 1)) if month >= Month.of(first)
    ]


def freezing(now: datetime) -> Iterator[tuple[str, datetime]]:
    """Months to freeze, with the time each is frozen at."""
    for month in _months_with_facts(now):
        yield str(month), timing.freezes_at(month)


def lettering(now: datetime) -> Iterator[tuple[str, datetime]]:
    """The newest month whose letters are due by `now`."""
    for month in _months_with_facts(now):
        at = timing.letters_at(month)
        if at <= now:
            yield str(month), at
            return


schedule.register("governance.freeze", freezing)


def recounting(now: datetime) -> Iterator[tuple[str, datetime]]:
    """Last night's recount: a correction shows the morning after."""
    today = clock.local(now).date()
    yield today.isoformat(), clock.at(today, RECOUNT_HOUR) + timedelta(minutes=30)


schedule.register("governance.letters", lettering)
schedule.register("governance.recount", recounting)


@due.handler("governance.freeze")
def freeze(items: list[due.Item]) -> None:
    """Freeze the months of `items`."""
    for item in items:
        freeze_month(actor=SystemActor("governance.freeze"), month=Month.parse(item.period))


@due.handler("governance.recount", atomic=False)
def recount(items: list[due.Item]) -> None:
    """Count the last frozen months anew, each in a transaction of its own."""
    actor = SystemActor("governance.recount")
    frozen = MonthlyReport.objects.filter(province__isnull=True).order_by("-month")
    for item in items:
        for month in list(frozen.values_list("month", flat=True)[:RECOUNTED]):
            recount_month(actor=actor, month=Month.parse(month))
            due.renew(item)


@due.handler("governance.letters", atomic=False)
def letters(items: list[due.Item]) -> None:
    """Write the letters of the months of `items`; a month that could not be frozen at night is frozen first."""
    actor = SystemActor("governance.letters")
    for item in items:
        month = Month.parse(item.period)
        freeze_month(actor=actor, month=month)
        send_letters(actor=actor, month=month, after_each=partial(due.renew, item))


@due.handler(SEND_KIND, atomic=False)
def send(items: list[due.Item]) -> None:
    """Write the letters of one area, now that they were released or asked for."""
    for item in items:
        month = Month.parse(item.period.partition("/")[0])
        send_letters(actor=SystemActor(SEND_KIND), month=month, area=item.subject)
