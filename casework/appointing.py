"""Making appointments inside an action: single ones, whole schedules, and the search for somebody not found twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from casework import rules
from casework.models import Episode, FollowUp, FollowUpResult
from casework.refusals import refuse_if
from casework.rules import ladder
from casework.taking import worker_at
from common import clock, holidays, workdays
from common.actor import Actor
from common.thai import names

LOOKED_AHEAD = 40
"""Days within which the next working day surely lies."""


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """An appointment to come. `worker_id` None leaves it with the worker in charge."""

    due_on: date
    due_time: time | None = None
    kind: str = FollowUp.Kind.VISIT
    purpose: str = ""
    place: str = ""
    worker_id: int | None = None


def appointment(actor: Actor, episode: Episode, new: NewFollowUp) -> FollowUp:
    """The row of `new`, not saved. Refuses with "appointment_past", "appointment_too_far", "worker_elsewhere"."""
    refuse_if(rules.appointment_problem(new.due_on, today=clock.today()), "due_on")
    worker = worker_at(new.worker_id, episode.centre_id)
    return FollowUp(
        client=episode.client,
        episode=episode,
        centre_id=episode.centre_id,
        worker_id=worker.pk if worker else episode.worker_id or actor.user_id,
        kind=new.kind,
        purpose=names.normalise(new.purpose),
        place=names.normalise(new.place),
        due_on=new.due_on,
        due_time=new.due_time,
    )


def next_working_day(day: date) -> date:
    """The first working day after `day`, by the holidays that are written down."""
    off = holidays.between(day, date.fromordinal(day.toordinal() + LOOKED_AHEAD))
    return workdays.next_workday(day, off)


def search_after(actor: Actor, follow_up: FollowUp, result: FollowUpResult) -> FollowUp | None:
    """The new appointment to look for somebody who was not found twice running, on the next working day; once.

    None when there is no need, or when somebody is to look for them already.
    """
    episode = follow_up.episode
    if episode.closed_on is not None or result.result != FollowUpResult.Result.NOT_FOUND:
        return None
    was_search = follow_up.kind == FollowUp.Kind.SEARCH
    if not ladder.looked_for(_last_results(episode), was_search=was_search):
        return None
    if episode.follow_ups.filter(kind=FollowUp.Kind.SEARCH, state=FollowUp.State.PLANNED).exists():
        return None
    new = NewFollowUp(due_on=next_working_day(clock.today()), kind=FollowUp.Kind.SEARCH)
    search = appointment(actor, episode, new)
    search.raised_by = result
    search.save()
    return search


def _last_results(episode: Episode) -> Sequence[str]:
    """The two newest results that stand, the newest first."""
    found = FollowUpResult.objects.standing().filter(follow_up__episode=episode)
    return list(found.order_by("-occurred_on", "-pk").values_list("result", flat=True)[:2])
