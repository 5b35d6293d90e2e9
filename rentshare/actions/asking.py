"""Asking for a month's rent to be charged in the background, where it takes longer than a person waits."""

from audit import trail
from common import clock, due
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.ids import time_ordered_uuid
from common.permissions import require
from common.thai.periods import Month
from rentshare import books, permissions
from rentshare.models import Period
from rentshare.refusals import refuse
from rentshare.timing import RUN


@action
def ask_for_run(*, actor: Actor, centre_id: int, month: Month) -> str:
    """Plan the charging of a month at a centre now; returns the period of the due work.

    What is charged already stays as it is. Refuses with "month_future" and "period_closed".
    """
    seen = permissions.can_keep_books(actor, centre_id)
    if not seen and not Period.objects.visible_to(actor).filter(centre_id=centre_id).exists():
        raise NotVisible
    require(seen)
    if month.first > clock.today():
        refuse("month_future", "month", month=books.month_label(month))
    period = books.period_of(centre_id, month, "month")
    work = f"{month}/{time_ordered_uuid().hex[:20]}"
    due.plan(RUN, [(period.centre.code, work, clock.now())])
    due.wake(RUN)
    trail.record(actor, "rent.run_asked", period, changes={"month": [None, str(month)]})
    return work
