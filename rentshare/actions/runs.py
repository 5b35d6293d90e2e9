"""Charging a month's rent, batch by batch. The loop over batches stands in `rentshare.running`."""

from typing import NamedTuple

from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.thai.periods import Month
from rentshare import books, charging
from rentshare.models import RentRun
from rentshare.refusals import refuse
from rentshare.taking import hold_rent, open_books


class Batch(NamedTuple):
    """What a batch wrote; `last` is the key to go on after, 0 when nothing is left."""

    tenancies: int
    postings: int
    last: int


@action
def charge_batch(*, actor: Actor, centre_id: int, month: Month, after: int, limit: int) -> Batch:
    """Charge those of a centre's next `limit` tenancies that were not charged for `month`, each once for all time.

    One transaction: killed, it leaves nothing behind. Of two runs at once the second waits and finds the rest.
    Refuses with "month_future" and "period_closed". Raises NotVisible for a centre whose books the actor does not
    see, Forbidden where they may be seen but not kept.
    """
    today = clock.today()
    if month.first > today:
        refuse("month_future", "month", month=books.month_label(month))
    open_books(actor, centre_id)
    books.refuse_closed(centre_id, month, "month")
    hold_rent(centre_id)
    found, last = charging.next_uncharged(centre_id, month, until=today, after=after, limit=limit)
    if not found:
        return Batch(0, 0, last)
    run, _ = RentRun.objects.get_or_create(
        centre_id=centre_id,
        month=str(month),
        defaults={"started_at": clock.now(), "actor_key": actor.key},
    )
    period = books.period_of(centre_id, month, "month")
    with books.still_open(centre_id, month, "month"):
        rows = charging.Charger(actor, period, month).charge(found)
    run.tenancies += len(found)
    run.postings += rows
    run.finished_at = clock.now()
    run.save(update_fields=["tenancies", "postings", "finished_at"])
    trail.record(
        actor,
        "rent.charged",
        run,
        changes={"month": [None, str(month)], "tenancies": [0, len(found)], "postings": [0, rows]},
        batch=str(run.uid),
    )
    return Batch(len(found), rows, last)
