"""Closing an episode of help, and correcting what was entered about one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F

from audit import trail
from casework import events, rules, signals
from casework.models import Client, Episode, EpisodeEvent, FollowUp, Need
from casework.refusals import refuse
from casework.taking import check_day, reason_given, take_client, take_open_episode
from casework.tidying import paragraphs
from common import clock, slots
from common.actions import action
from common.actor import Actor
from common.errors import DomainError, NotVisible

Kind = EpisodeEvent.Kind
CORRECTABLE = (Kind.CONTACTED, *rules.HELP_ANSWERS)
"""Kinds that people enter as such. Opening, state, worker and closing follow from other acts."""


@dataclass(frozen=True, slots=True)
class Closing:
    """How an episode ends.

    Attributes:
        needs: uid of each open need → "met" or "dropped".
        cancel_follow_ups: appointments still planned end with the episode.
    """

    closed_on: date
    outcome: str
    note: str = ""
    needs: Mapping[UUID, str] = field(default_factory=dict)
    cancel_follow_ups: bool = False


@action
def close_episode(*, actor: Actor, client_id: int, closing: Closing) -> Episode:
    """Close the open episode with an outcome. "Declined" is a valid outcome and records that answer if need be.

    Refuses with "episode_closed", "outcome_missing", "future", "before_birth", "before_opening",
    "before_last_event", "needs_open", "follow_ups_open"; with "still_open" when a higher app has something left.
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    _check_closing(client, episode, closing)
    cancelled = _end_follow_ups(episode, closing)
    _settle_needs(episode, closing)
    _note_declined(actor, episode, closing)
    episode.state, episode.closed_on = Episode.State.CLOSED, closing.closed_on
    episode.outcome = closing.outcome
    episode.save(update_fields=["state", "closed_on", "outcome"])
    events.add(
        actor, episode, Kind.CLOSED, closing.closed_on, value=closing.outcome, note=paragraphs(closing.note)
    )
    trail.record(
        actor,
        "episode.closed",
        episode,
        subject=str(client.uid),
        changes={
            "outcome": ["", closing.outcome],
            "closed_on": [None, closing.closed_on],
            "follow_ups_cancelled": [0, cancelled],
        },
    )
    signals.episode_closed.send(Episode, actor=actor, episode=episode)
    return episode


@action
def correct_event(
    *,
    actor: Actor,
    client_id: int,
    event_id: int,
    reason: str,
    occurred_on: date | None = None,
    kind: str = "",
) -> EpisodeEvent:
    """Write a row that replaces an event: another day or answer, or, without `occurred_on`, "it never happened".

    Only contacts and answers to the offer of help are entered as events of their own; the others are put right
    where they came from. Refuses with "not_correctable", "corrected_already", "reason_missing" and what is wrong
    with the day.
    """
    client = take_client(actor, client_id)
    event = client.events.select_related("episode").filter(pk=event_id).first()
    if event is None:
        raise NotVisible
    why = reason_given(reason)
    new_kind = kind or event.kind
    if event.kind not in CORRECTABLE or new_kind not in CORRECTABLE:
        refuse("not_correctable")
    if EpisodeEvent.objects.filter(corrects=event).exists():
        refuse("corrected_already")
    if occurred_on is not None:
        check_day(occurred_on, client, episode=event.episode)
    newer = events.replace(
        actor, event, kind=new_kind if occurred_on else Kind.VOID, day=occurred_on or event.occurred_on
    )
    trail.record(
        actor,
        "event.corrected",
        event.episode,
        subject=str(client.uid),
        changes=trail.changed(
            {"kind": event.kind, "occurred_on": event.occurred_on},
            {"kind": newer.kind, "occurred_on": newer.occurred_on},
        ),
        reason=why[:500],
    )
    return newer


def _check_closing(client: Client, episode: Episode, closing: Closing) -> None:
    if closing.outcome not in Episode.Outcome.values:
        refuse("outcome_missing", "outcome")
    check_day(closing.closed_on, client, episode=episode, field="closed_on")
    last = episode.events.standing().order_by("-occurred_on").values_list("occurred_on", flat=True).first()
    if last is not None and closing.closed_on < last:
        refuse("before_last_event", "closed_on")
    for check in slots.entries("closing.checks"):
        for sentence in check(episode):
            raise DomainError("still_open", sentence)


def _note_declined(actor: Actor, episode: Episode, closing: Closing) -> None:
    if closing.outcome != Episode.Outcome.DECLINED:
        return
    if events.help_answers(episode)[-1:] in ([], ["accepted_help"]):
        events.add(actor, episode, Kind.DECLINED_HELP, closing.closed_on)


def _end_follow_ups(episode: Episode, closing: Closing) -> int:
    planned = episode.follow_ups.filter(state=FollowUp.State.PLANNED)
    if not closing.cancel_follow_ups and planned.exists():
        refuse("follow_ups_open", "cancel_follow_ups")
    planned.filter(due_on__lt=clock.today(), missed_on__isnull=True).update(missed_on=F("due_on"))
    return planned.update(state=FollowUp.State.CANCELLED)


def _settle_needs(episode: Episode, closing: Closing) -> None:
    for need in episode.needs.filter(state=Need.State.OPEN):
        state = closing.needs.get(need.uid, "")
        if state not in (Need.State.MET, Need.State.DROPPED):
            refuse("needs_open", f"need_{need.uid}")
        need.state, need.settled_on = state, closing.closed_on
        need.save(update_fields=["state", "settled_on"])
