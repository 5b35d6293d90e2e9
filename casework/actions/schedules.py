"""Laying a schedule of follow-ups into a case, and keeping a centre's own schedules."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from audit import trail
from casework import permissions
from casework.appointing import NewFollowUp, appointment
from casework.models import FollowUp, ScheduleTemplate
from casework.refusals import refuse, refuse_if
from casework.rules import ladder
from casework.taking import take_client, take_open_episode
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from common.thai import names


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A centre's own rhythm: `days` after the beginning, rising, then `months` monthly ones."""

    name: str
    days: list[int] = field(default_factory=list)
    months: int = 0
    kind: str = FollowUp.Kind.VISIT
    purpose: str = ""


@action
def lay_out_schedule(
    *, actor: Actor, client_id: int, appointments: Sequence[NewFollowUp], schedule: str = ""
) -> list[FollowUp]:
    """Make all these appointments in the open case, or none; one line in the trail for the batch.

    Args:
        schedule: name of the schedule they come from, for the trail.

    Refuses with "episode_closed", "schedule_empty", "schedule_same_day", "appointment_past", "appointment_too_far".
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    episode.client = client
    days = [new.due_on for new in appointments]
    if not days:
        refuse("schedule_empty")
    if len(set(days)) != len(days):
        refuse("schedule_same_day")
    made = [appointment(actor, episode, new) for new in sorted(appointments, key=lambda new: new.due_on)]
    for row in made:
        row.save()
    trail.record(
        actor,
        "schedule.laid_out",
        episode,
        subject=str(client.uid),
        changes={"due_on": [[], sorted(days)], "schedule": ["", schedule]},
    )
    return made


@action
def add_schedule(*, actor: Actor, centre_id: int, new: NewSchedule) -> ScheduleTemplate:
    """A schedule of a centre's own. Refuses with "schedule_name_taken" and as rules.ladder.schedule_problem."""
    _require_lead(actor, centre_id)
    refuse_if(ladder.schedule_problem(new.days, new.months), "days")
    name = names.normalise(new.name)
    if ScheduleTemplate.objects.in_use().filter(centre_id=centre_id, name=name).exists():
        refuse("schedule_name_taken", "name")
    made = ScheduleTemplate.objects.create(
        centre_id=centre_id,
        name=name,
        days=new.days,
        months=new.months,
        kind=new.kind,
        purpose=names.normalise(new.purpose),
    )
    trail.record(actor, "schedule.added", made, changes={"days": [[], new.days], "months": [0, new.months]})
    return made


@action
def change_schedule(*, actor: Actor, schedule_id: int, new: NewSchedule) -> ScheduleTemplate:
    """Appointments made from it before stay as they are. Refuses as add_schedule does."""
    row = _take(actor, schedule_id)
    refuse_if(ladder.schedule_problem(new.days, new.months), "days")
    name = names.normalise(new.name)
    others = ScheduleTemplate.objects.in_use().filter(centre_id=row.centre_id, name=name).exclude(pk=row.pk)
    if others.exists():
        refuse("schedule_name_taken", "name")
    before = {"days": row.days, "months": row.months, "kind": row.kind}
    row.name, row.days, row.months = name, new.days, new.months
    row.kind, row.purpose = new.kind, names.normalise(new.purpose)
    row.save()
    changes = trail.changed(before, {"days": row.days, "months": row.months, "kind": row.kind})
    trail.record(actor, "schedule.changed", row, changes=changes)
    return row


@action
def retire_schedule(*, actor: Actor, schedule_id: int) -> ScheduleTemplate:
    """Nobody lays it out any more; appointments made from it stay."""
    row = _take(actor, schedule_id)
    row.retired_at = clock.now()
    row.save(update_fields=["retired_at"])
    trail.record(actor, "schedule.retired", row)
    return row


def _take(actor: Actor, schedule_id: int) -> ScheduleTemplate:
    rows = ScheduleTemplate.objects.visible_to(actor).in_use().select_for_update()
    row = rows.filter(pk=schedule_id).first()
    if row is None:
        raise NotVisible
    _require_lead(actor, row.centre_id)
    return row


def _require_lead(actor: Actor, centre_id: int) -> None:
    allowed = permissions.can_keep_schedules(actor, centre_id)
    require(allowed, _("A centre's schedules are kept by its supervisor or head."))
