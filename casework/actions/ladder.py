"""Late follow-ups climb: to the back-up colleague, then to the supervisor; each rung once."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef

from casework import covering
from casework.models import FollowUp, LadderStep
from casework.rules import ladder
from common import holidays
from common.actions import action
from common.actor import Actor
from common.permissions import require

Rung = LadderStep.Rung
BATCH = 2000
LOOKED_BACK = timedelta(days=60)
"""Calendar days in which so few working days surely lie."""


@action
def climb(*, actor: Actor, day: date) -> int:
    """Write the rungs that late follow-ups reach by `day`; those climbed already stay. Returns how many are new.

    The rows speak for themselves and in the letters they go into, so the trail has no line for each. After how many
    working days, say settings.LADDER_BACK_UP_AFTER and LADDER_SUPERVISOR_AFTER. What nobody can be told yet (no
    back-up is named, or may not open the file) climbs as soon as somebody can.
    """
    require(actor.is_system)
    off = holidays.between(day - LOOKED_BACK, day)
    before = LadderStep.objects.count()
    for rung, after in (
        (Rung.BACK_UP, settings.LADDER_BACK_UP_AFTER),
        (Rung.SUPERVISOR, settings.LADDER_SUPERVISOR_AFTER),
    ):
        steps = list(_steps(rung, day, ladder.late_since(day, after, off)))
        LadderStep.objects.bulk_create(steps, batch_size=BATCH, ignore_conflicts=True)
    return LadderStep.objects.count() - before


def _steps(rung: str, day: date, due_by: date) -> Iterator[LadderStep]:
    tellable = _Tellable(day)
    climbed = LadderStep.objects.filter(follow_up=OuterRef("pk"), rung=rung)
    late = FollowUp.objects.filter(
        ~Exists(climbed), state=FollowUp.State.PLANNED, due_on__lte=due_by, episode__closed_on__isnull=True
    )
    found = late.order_by().values_list("pk", "worker_id", "client__centre_id", "client__restricted")
    if rung == Rung.BACK_UP:
        found = found.filter(worker__back_up__isnull=False).exclude(worker=F("worker__back_up__colleague"))
    for key, worker, centre, restricted in found.iterator(chunk_size=BATCH):
        person = tellable.person(rung, worker, centre, restricted=restricted)
        if person is not None:
            yield LadderStep(follow_up_id=key, rung=rung, person_id=person, climbed_on=day)


class _Tellable:
    """Who is told of what is late, with leave taken into account; asks the database a fixed number of times."""

    def __init__(self, day: date) -> None:
        self.back_ups = covering.back_ups()
        self.leads = covering.leads_on(day)
        self.away = covering.stand_ins(day)
        people = {*self.back_ups.values(), *(p for leads in self.leads.values() for p in leads)}
        people |= {person for person in self.away.values() if person is not None}
        self.reaches = covering.reaches_on(day, people)

    def person(self, rung: str, worker: int | None, centre: int, *, restricted: bool) -> int | None:
        """The first who may open the file, is not the worker, and is there (or has somebody who covers)."""
        if rung == Rung.BACK_UP:
            wanted = [self.back_ups[worker]] if worker in self.back_ups else []
        else:
            wanted = self.leads.get(centre, [])
        for person in wanted:
            for told in (self.away.get(person, person), person if rung == Rung.SUPERVISOR else None):
                may = told is not None and told != worker
                if may and self.reaches.opens(told, centre_id=centre, restricted=restricted):  # type: ignore[arg-type]
                    return told
        return None
