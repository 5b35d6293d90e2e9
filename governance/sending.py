"""Sending a month's letters, area by area, so that a crash midway is taken up where it happened."""

from collections.abc import Callable

from common import clock
from common.actor import Actor
from common.thai.periods import Month
from governance.actions.letters import write_letters
from governance.actions.recounting import recount_month
from governance.files import files_of
from governance.models import MonthlyReport
from governance.recipients import by_area


def send_letters(
    *, actor: Actor, month: Month, area: str = "", after_each: Callable[[], None] = lambda: None
) -> int:
    """Write the letters of a frozen month (of one area if given) that were not written yet, and return how many.

    Files are rendered before the letters' transaction, once per area and language. Held areas are passed over.
    """
    recount_month(
        actor=actor, month=month
    )  # a letter tells what was corrected up to now, not up to last night
    waiting = MonthlyReport.objects.filter(month=str(month), sent_at__isnull=True).order_by("pk")
    if area:
        waiting = waiting.of_area(area)
    written, everybody = 0, by_area(clock.today())
    for report in waiting:
        in_full = (to for to in everybody.get(report.area_code, []) if to.in_full)
        for language in sorted({to.user.language for to in in_full}):
            files_of(report, language)
        written += write_letters(actor=actor, report_id=report.pk)
        after_each()
    return written
