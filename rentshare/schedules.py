"""The month's rent as due work: on the first of the month one row for the month, then one for each centre.

A month that was missed is found by the next tick, CATCH_UP months back; one that was closed since is left alone.
Shares that tenants missed are looked for every morning.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from accounts.models import Centre
from common import clock, due, schedule
from common.actor import SystemActor
from common.thai.periods import Month
from rentshare import books, timing
from rentshare.noticing import notice_all
from rentshare.running import centres_with_tenancies, run_month

CATCH_UP = 2
ACTOR = SystemActor("rentshare.run")
NOTICER = SystemActor("rentshare.missed")


def months(now: datetime) -> Iterator[tuple[str, datetime]]:
    """This month and those before it, with the time each is charged at."""
    this = Month.of(clock.local(now).date())
    for back in range(CATCH_UP + 1):
        month = this.plus(-back)
        yield str(month), clock.at(month.first, timing.HOUR)


schedule.register(timing.MONTH, months)


def days(now: datetime) -> Iterator[tuple[str, datetime]]:
    """Today alone: what was missed on a day that nobody looked is found by the next look."""
    today = clock.local(now).date()
    yield today.isoformat(), clock.at(today, timing.MISSED_HOUR)


schedule.register(timing.MISSED, days)


@due.handler(timing.MISSED, atomic=False)
def notice(items: list[due.Item]) -> None:
    """Notice missed shares. Each tenancy commits by itself."""
    for item in items:
        notice_all(actor=NOTICER, after_each=partial(due.renew, item))


@due.handler(timing.MONTH)
def plan_centres(items: list[due.Item]) -> None:
    """One row for each centre where somebody lives in a room."""
    now = clock.now()
    for item in items:
        found = centres_with_tenancies(Month.parse(item.period))
        due.plan(timing.RUN, [(centre.code, item.period, now) for centre in found])
    due.wake(timing.RUN)


@due.handler(timing.RUN, atomic=False)
def run(items: list[due.Item]) -> None:
    """Charge one centre's month. Each batch commits by itself; a worker that dies leaves the rest to the next."""
    for item in items:
        centre = Centre.objects.get(code=item.subject)
        month = Month.parse(item.period.partition("/")[0])
        if not books.is_closed(centre.pk, month):
            run_month(actor=ACTOR, month=month, centre=centre, after_each=partial(due.renew, item))
