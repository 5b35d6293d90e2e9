"""Running a month: the batches of one centre or of all, one after the other. Killed anywhere, it is run again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from accounts.models import Centre
from common import clock
from common.actor import Actor
from common.thai.periods import Month
from rentshare import books
from rentshare.actions.runs import charge_batch
from rentshare.models import Tenancy
from rentshare.refusals import refuse

BATCH = 5000


@dataclass
class RunResult:
    """What a run wrote. `closed` names (by code) centres whose month is closed, where nothing was looked at."""

    month: Month
    tenancies: int = 0
    postings: int = 0
    centres: int = 0
    closed: list[str] = field(default_factory=list)


def run_month(
    *,
    actor: Actor,
    month: Month,
    centre: Centre | None = None,
    after_each: Callable[[], object] | None = None,
    batch: int = BATCH,
) -> RunResult:
    """Charge `month` at `centre`, or at every centre where somebody lives in a room then; exactly once per tenancy.

    `after_each` is called after each batch. Refuses with "month_future", and with "period_closed" when the month is
    closed at the centre asked for, or at every one concerned. Raises as `charge_batch`.
    """
    if month.first > clock.today():
        refuse("month_future", "month", month=books.month_label(month))
    centres = [centre] if centre else centres_with_tenancies(month)
    result = RunResult(month)
    for one in centres:
        if books.is_closed(one.pk, month):
            result.closed.append(one.code)
            continue
        result.centres += 1
        after = 0
        while True:
            done = charge_batch(actor=actor, centre_id=one.pk, month=month, after=after, limit=batch)
            result.tenancies += done.tenancies
            result.postings += done.postings
            after = done.last
            if after_each:
                after_each()
            if not after:
                break
    if centres and len(result.closed) == len(centres):
        books.refuse_as_closed(centres[0].pk, month, "month")
    return result


def centres_with_tenancies(month: Month) -> list[Centre]:
    """Centres where somebody lives in a room of the programme on a day of `month`."""
    living = Tenancy.objects.in_month(month).order_by()
    return list(Centre.objects.filter(pk__in=living.values("centre")).order_by("code"))
