"""Rows of an episode's history, as the actions write and read them. Nothing here checks who may."""

from datetime import date

from casework import rules
from casework.models import Episode, EpisodeEvent
from common.actor import Actor

Kind = EpisodeEvent.Kind


def add(
    actor: Actor, episode: Episode, kind: str, day: date, *, value: str = "", note: str = ""
) -> EpisodeEvent:
    """Write one event of `episode`; belongs inside an action."""
    return EpisodeEvent.objects.create(
        episode=episode,
        client_id=episode.client_id,
        centre_id=episode.centre_id,
        kind=kind,
        occurred_on=day,
        actor_key=actor.key,
        value=value,
        note=note,
    )


def replace(actor: Actor, event: EpisodeEvent, *, kind: str, day: date) -> EpisodeEvent:
    """Write the row that from now on stands for `event`; belongs inside an action."""
    return EpisodeEvent.objects.create(
        episode_id=event.episode_id,
        client_id=event.client_id,
        centre_id=event.centre_id,
        kind=kind,
        occurred_on=day,
        actor_key=actor.key,
        value=event.value,
        note=event.note,
        corrects=event,
    )


def note_contact(episode: Episode) -> None:
    """A case still at its notice is now in contact; it has no event of its own, the contact is one."""
    if episode.state == Episode.State.NOTICE:
        episode.state = Episode.State.CONTACT
        episode.save(update_fields=["state"])


def was_contacted(episode: Episode) -> bool:
    """Whether a contact stands in this episode."""
    return episode.events.standing().filter(kind=Kind.CONTACTED).exists()


def help_answers(episode: Episode) -> list[str]:
    """The answers to the offer of help that stand, oldest first."""
    given = episode.events.standing().filter(kind__in=rules.HELP_ANSWERS).order_by("occurred_on", "pk")
    return list(given.values_list("kind", flat=True))
