"""Noticing missed shares, tenancy by tenancy. Killed anywhere, it is run again and changes nothing twice."""

from collections.abc import Callable

from common import clock
from common.actor import Actor
from rentshare.actions.missing import notice_missed
from rentshare.missing import living_and_owing, missed_by

BATCH = 500


def notice_all(*, actor: Actor, after_each: Callable[[], object] | None = None) -> int:
    """Notice what was missed by today at every centre; returns how many shares were noticed for the first time.

    `after_each` is called after each batch.
    """
    today, found, after = clock.today(), 0, 0
    while True:
        rows = living_and_owing(today).filter(pk__gt=after).select_related("version").order_by("pk")
        batch = list(rows[:BATCH])
        for key, missed in missed_by(batch, today).items():
            if missed:
                found += len(notice_missed(actor=actor, tenancy_id=key))
        if after_each:
            after_each()
        if len(batch) < BATCH:
            return found
        after = batch[-1].pk
