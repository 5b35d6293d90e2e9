"""What happens in an open episode: meeting the person, their answer, the state of the case, who has it."""

from datetime import date

from django.utils.translation import gettext as _

from audit import trail
from casework import events, permissions, rules
from casework.models import Episode, EpisodeEvent, FollowUp
from casework.refusals import refuse, refuse_if
from casework.taking import check_day, take_client, take_open_episode, take_row, worker_at
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require

Kind = EpisodeEvent.Kind


@action
def record_contact(*, actor: Actor, client_id: int, occurred_on: date, note: str = "") -> EpisodeEvent:
    """Somebody has met the person or talked with them. A case still at its notice moves on to "contact".

    Refuses with "episode_closed", "future", "before_birth", "before_opening".
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    check_day(occurred_on, client, episode=episode)
    event = events.add(actor, episode, Kind.CONTACTED, occurred_on, note=paragraphs(note))
    events.note_contact(episode)
    trail.record(
        actor,
        "episode.contacted",
        episode,
        subject=str(client.uid),
        changes={"occurred_on": [None, occurred_on]},
    )
    return event


@action
def record_help_answer(
    *, actor: Actor, client_id: int, answer: str, occurred_on: date, note: str = ""
) -> EpisodeEvent:
    """The person accepts help, declines it, or takes the acceptance back.

    Args:
        answer: "accepted_help", "declined_help" or "withdrew".

    Refuses with "help_unknown", "help_same", "help_not_accepted" and as record_contact does.
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    check_day(occurred_on, client, episode=episode)
    earlier = events.help_answers(episode)
    refuse_if(rules.help_problem(answer, earlier), "answer")
    event = events.add(actor, episode, answer, occurred_on, note=paragraphs(note))
    trail.record(
        actor,
        "episode.help_answered",
        episode,
        subject=str(client.uid),
        changes={"answer": [earlier[-1] if earlier else None, answer]},
    )
    return event


@action
def move_state(
    *, actor: Actor, client_id: int, to: str, occurred_on: date, note: str = "", seen: str = ""
) -> Episode:
    """Move the open case on (or one step back); see rules.move_problem for what is refused.

    Args:
        seen: where the case was when the actor looked; refuses with "state_changed" when it moved since.
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    if seen and seen != episode.state:
        refuse("state_changed", "to", state=episode.get_state_display())
    check_day(occurred_on, client, episode=episode)
    refuse_if(rules.move_problem(episode.state, to, contacted=events.was_contacted(episode)), "to")
    before, episode.state = episode.state, to
    episode.save(update_fields=["state"])
    events.add(actor, episode, Kind.STATE, occurred_on, value=to, note=paragraphs(note))
    trail.record(actor, "episode.moved", episode, subject=str(client.uid), changes={"state": [before, to]})
    return episode


@action
def assign_worker(*, actor: Actor, episode_id: int, worker_id: int | None) -> Episode:
    """Give the open case to a colleague of the centre (None takes it from everybody).

    Appointments still planned with the worker before go along. Refuses with "episode_closed",
    "worker_elsewhere", "worker_same".
    """
    episode: Episode = take_row(actor, Episode.objects, episode_id)
    if episode.closed_on is not None:
        refuse("episode_closed")
    worker = worker_at(worker_id, episode.centre_id)
    require(
        permissions.can_assign(actor, episode, worker),
        _("Cases are assigned by the supervisor or the centre head."),
    )
    if worker_id == episode.worker_id:
        refuse("worker_same", "worker")
    before = episode.worker
    planned = FollowUp.objects.filter(episode=episode, state=FollowUp.State.PLANNED, worker=before)
    moved = planned.update(worker=worker)
    episode.worker = worker
    episode.save(update_fields=["worker"])
    events.add(actor, episode, Kind.WORKER, clock.today(), value=str(worker.uid) if worker else "")
    trail.record(
        actor,
        "episode.assigned",
        episode,
        subject=str(episode.client.uid),
        changes={
            "worker": [before.key if before else None, worker.key if worker else None],
            "follow_ups_moved": [0, moved],
        },
    )
    return episode
