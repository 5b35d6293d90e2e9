"""Appointments to see how somebody is, and what came of them."""

from dataclasses import dataclass
from datetime import date, time

from audit import trail
from casework import events, rules, signals
from casework.appointing import NewFollowUp, appointment, search_after
from casework.models import Episode, EpisodeEvent, FollowUp, FollowUpResult
from casework.refusals import refuse, refuse_if
from casework.rules import ladder
from casework.taking import (
    check_day,
    reason_given,
    take_client,
    take_open_episode,
    take_row,
)
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor

State = FollowUp.State
Kind = EpisodeEvent.Kind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an appointment."""

    result: str
    occurred_on: date
    note: str = ""


@action
def plan_follow_up(*, actor: Actor, client_id: int, new: NewFollowUp) -> FollowUp:
    """Make an appointment in the open episode.

    Refuses with "episode_closed", "appointment_past", "appointment_too_far", "worker_elsewhere".
    """
    client = take_client(actor, client_id)
    return _plan(actor, take_open_episode(client), new)


@action
def move_follow_up(
    *, actor: Actor, follow_up_id: int, due_on: date, reason: str, due_time: time | None = None
) -> FollowUp:
    """Put an appointment on another day. The reason and the day before stay in the trail.

    Refuses with "follow_up_done", "follow_up_cancelled", "appointment_past", "appointment_too_far",
    "reason_missing".
    """
    follow_up = _take_planned(actor, follow_up_id)
    refuse_if(rules.appointment_problem(due_on, today=clock.today()), "due_on")
    why = reason_given(reason)
    before = {"due_on": follow_up.due_on, "due_time": follow_up.due_time}
    follow_up.note_missed(clock.today())
    follow_up.due_on, follow_up.due_time = due_on, due_time
    follow_up.save(update_fields=["due_on", "due_time", "missed_on"])
    changes = trail.changed(before, {"due_on": due_on, "due_time": due_time})
    trail.record(
        actor,
        "follow_up.moved",
        follow_up,
        subject=str(follow_up.client.uid),
        changes=changes,
        reason=why[:500],
    )
    return follow_up


@action
def cancel_follow_up(*, actor: Actor, follow_up_id: int, reason: str) -> FollowUp:
    """Drop an appointment. Refuses with "follow_up_done", "follow_up_cancelled", "reason_missing"."""
    follow_up = _take_planned(actor, follow_up_id)
    why = reason_given(reason)
    follow_up.note_missed(clock.today())
    follow_up.state = State.CANCELLED
    follow_up.save(update_fields=["state", "missed_on"])
    trail.record(
        actor,
        "follow_up.cancelled",
        follow_up,
        subject=str(follow_up.client.uid),
        changes={"state": [State.PLANNED, State.CANCELLED]},
        reason=why[:500],
    )
    return follow_up


@action
def record_follow_up(
    *, actor: Actor, follow_up_id: int, outcome: Outcome, next_one: NewFollowUp | None = None
) -> FollowUpResult:
    """Write what came of an appointment, and make the next one along with it.

    Somebody met for the first time in the episode is also contacted on that day; somebody not found twice running
    is looked for. Refuses with "follow_up_done", "follow_up_cancelled", "result_unknown", "future", "before_birth",
    "before_opening", and for the next appointment "next_wanted" (in hospital or prison, and none is planned),
    "appointment_past", "appointment_too_far", "appointment_died", "episode_closed".
    """
    follow_up = _take_planned(actor, follow_up_id)
    client, episode = follow_up.client, follow_up.episode
    _check_outcome(follow_up, outcome)
    if next_one is not None:
        problem = rules.appointment_problem(next_one.due_on, today=clock.today(), result=outcome.result)
        refuse_if(problem, "next_due_on")
    elif episode.closed_on is None:
        others = episode.follow_ups.filter(state=State.PLANNED).exclude(pk=follow_up.pk)
        refuse_if(ladder.next_problem(outcome.result, planned=others.exists()), "next_due_on")
    follow_up.state = State.DONE
    follow_up.save(update_fields=["state"])
    row = FollowUpResult.objects.create(
        follow_up=follow_up,
        client=client,
        result=outcome.result,
        occurred_on=outcome.occurred_on,
        note=paragraphs(outcome.note),
        actor_key=actor.key,
    )
    _note_meeting(actor, follow_up, outcome)
    trail.record(
        actor,
        "follow_up.recorded",
        follow_up,
        subject=str(client.uid),
        changes={"result": ["", outcome.result], "occurred_on": [None, outcome.occurred_on]},
    )
    if next_one is not None:
        if episode.closed_on is not None:
            refuse("episode_closed", "next_due_on")
        _plan(actor, episode, next_one)
    _look_for(actor, follow_up, row)
    signals.follow_up_recorded.send(FollowUpResult, actor=actor, follow_up=follow_up, result=row)
    return row


@action
def correct_follow_up_result(
    *, actor: Actor, follow_up_id: int, outcome: Outcome, reason: str
) -> FollowUpResult:
    """Replace the result that stands by another; the old row stays.

    Refuses with "follow_up_not_done", "result_unknown", "reason_missing" and what is wrong with the day.
    """
    follow_up: FollowUp = take_row(actor, FollowUp.objects.select_related("episode"), follow_up_id)
    old = follow_up.results.filter(corrected_by__isnull=True).first()
    if old is None:
        refuse("follow_up_not_done")
    why = reason_given(reason)
    _check_outcome(follow_up, outcome)
    row = FollowUpResult.objects.create(
        follow_up=follow_up,
        client=follow_up.client,
        result=outcome.result,
        occurred_on=outcome.occurred_on,
        note=paragraphs(outcome.note),
        actor_key=actor.key,
        corrects=old,
    )
    _note_meeting(actor, follow_up, outcome)
    trail.record(
        actor,
        "follow_up.corrected",
        follow_up,
        subject=str(follow_up.client.uid),
        changes=trail.changed(
            {"result": old.result, "occurred_on": old.occurred_on},
            {"result": row.result, "occurred_on": row.occurred_on},
        ),
        reason=why[:500],
    )
    _look_for(actor, follow_up, row)
    signals.follow_up_recorded.send(FollowUpResult, actor=actor, follow_up=follow_up, result=row)
    return row


def _plan(actor: Actor, episode: Episode, new: NewFollowUp) -> FollowUp:
    follow_up = appointment(actor, episode, new)
    follow_up.save()
    _note_planned(actor, follow_up)
    return follow_up


def _look_for(actor: Actor, follow_up: FollowUp, result: FollowUpResult) -> None:
    search = search_after(actor, follow_up, result)
    if search is not None:
        _note_planned(actor, search)


def _note_planned(actor: Actor, follow_up: FollowUp) -> None:
    trail.record(
        actor,
        "follow_up.planned",
        follow_up,
        subject=str(follow_up.client.uid),
        changes={"due_on": [None, follow_up.due_on], "kind": ["", follow_up.kind]},
    )


def _take_planned(actor: Actor, follow_up_id: int) -> FollowUp:
    follow_up: FollowUp = take_row(actor, FollowUp.objects.select_related("episode"), follow_up_id)
    if follow_up.state == State.DONE:
        refuse("follow_up_done")
    if follow_up.state == State.CANCELLED:
        refuse("follow_up_cancelled")
    return follow_up


def _check_outcome(follow_up: FollowUp, outcome: Outcome) -> None:
    if outcome.result not in FollowUpResult.Result.values:
        refuse("result_unknown", "result")
    check_day(outcome.occurred_on, follow_up.client, episode=follow_up.episode)


def _note_meeting(actor: Actor, follow_up: FollowUp, outcome: Outcome) -> None:
    """Keep the episode's contact in step with the result it came from, if it came from one."""
    episode = follow_up.episode
    met = outcome.result in rules.MEETINGS
    noted = episode.events.standing().filter(kind=Kind.CONTACTED, value=str(follow_up.uid)).first()
    if noted is not None and (not met or noted.occurred_on != outcome.occurred_on):
        events.replace(actor, noted, kind=Kind.CONTACTED if met else Kind.VOID, day=outcome.occurred_on)
    elif noted is None and met and not events.was_contacted(episode):
        events.add(actor, episode, Kind.CONTACTED, outcome.occurred_on, value=str(follow_up.uid))
        if episode.closed_on is None:
            events.note_contact(episode)
