"""Writing the letters of a frozen report."""

from collections.abc import Sequence

from audit import trail
from common import clock
from common import letters as post
from common.actions import action
from common.actor import Actor
from common.permissions import require
from common.thai.periods import Month
from governance.letters import Composer
from governance.models import Hold, MonthlyReport, Subscription
from governance.recipients import Recipient, of_area


@action
def write_letters(*, actor: Actor, report_id: int) -> int:
    """Write the letters of one report, once, unless it is held. Returns how many were written.

    Somebody who works in several provinces gets one letter about all of them; it waits while one is held.
    """
    require(actor.is_system)
    report = MonthlyReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    held = set(Hold.objects.standing().filter(month=report.month).values_list("province_id", flat=True))
    if report.sent_at is not None or report.area_code in held:
        return 0
    free = [to for to in of_area(report.area_code, clock.today()) if held.isdisjoint(to.areas)]
    drafts = _drafts(report, free) if free else []
    post.write(drafts)
    report.sent_at = clock.now()
    report.save(update_fields=["sent_at"])
    trail.record(actor, "report.sent", report, changes={"letters": [0, len(drafts)]})
    return len(drafts)


def _drafts(report: MonthlyReport, free: Sequence[Recipient]) -> list[post.Draft]:
    """Letters to those of `free` who have none yet."""
    written = post.standing(Subscription.MONTHLY_REPORT, report.month, (to.user.key for to in free))
    left = [to for to in free if to.user.key not in written]
    composer = Composer(Month.parse(report.month), MonthlyReport.objects.filter(month=report.month))
    return [composer.draft(to) for to in left]
