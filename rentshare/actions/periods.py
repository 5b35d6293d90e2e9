"""Closing a month of a centre's books."""

from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from common.thai.periods import Month
from rentshare import books, charging, permissions
from rentshare.models import Period
from rentshare.refusals import refuse
from rentshare.taking import hold_rent


@action
def close_period(*, actor: Actor, centre_id: int, month: Month) -> Period:
    """Close a month for good: it takes no entry any more; corrections are posted in the month they are made in.

    Refuses with "period_running", "period_empty", "period_closed_already", "period_uncharged",
    "period_earlier_open".
    """
    said = {"month": books.month_label(month)}
    if month.last >= clock.today():
        refuse("period_running", "month", **said)
    periods = Period.objects.visible_to(actor).filter(centre_id=centre_id)
    allowed = permissions.can_keep_books(actor, centre_id)
    if not periods.filter(month=str(month)).exists():
        if not allowed:
            raise NotVisible
        refuse("period_empty", "month", **said)
    require(allowed)
    hold_rent(centre_id)
    period = periods.select_for_update(of=("self",)).get(month=str(month))
    if books.is_closed(centre_id, month):
        refuse("period_closed_already", "month", **said)
    earlier = periods.filter(month__lt=str(month), closed_at__isnull=True).order_by("month").first()
    if earlier is not None:
        refuse("period_earlier_open", "month", month=books.month_label(Month.parse(earlier.month)))
    if not charging.is_charged(centre_id, month):
        refuse("period_uncharged", "month", **said)
    period.closed_at, period.closed_by = clock.now(), actor.key
    period.save(update_fields=["closed_at", "closed_by"])
    trail.record(actor, "period.closed", period, changes={"month": [None, str(month)]})
    return period
