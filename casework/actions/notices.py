"""Word of somebody: a new episode for who comes back, and correcting what was noted when word came."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Centre
from audit import trail
from casework import events, permissions, signals
from casework.identity import hold
from casework.models import Episode, EpisodeEvent, Notice
from casework.refusals import refuse
from casework.taking import check_day, reason_given, take_client, take_row, worker_at
from casework.tidying import paragraphs
from common.actions import action
from common.actor import Actor
from common.permissions import require
from common.thai import names

Kind = EpisodeEvent.Kind


@dataclass(frozen=True, slots=True)
class NewNotice:
    """Word of somebody who may need help: when and how it came, from whom, what was said."""

    noticed_on: date
    channel: str
    place: str = ""
    reporter: str = ""
    reporter_phone: str = ""
    details: str = ""


@action
def open_episode(
    *,
    actor: Actor,
    client_id: int,
    notice: NewNotice,
    centre_id: int | None = None,
    worker_id: int | None = None,
) -> Episode:
    """Begin a new episode for somebody whose earlier ones are closed.

    Args:
        centre_id: one of the actor's centres; by default the one that keeps the file.

    Refuses with "episode_open", "episode_open_linked" (a linked record has an open one at this centre), "future",
    "before_birth", "before_last_event" (the notice is older than the last closing), "worker_elsewhere".
    """
    records = hold(client_id)
    client = take_client(actor, client_id)
    centre = Centre.objects.get(pk=centre_id or client.centre_id)
    require(permissions.can_register_at(actor, centre.pk), _("Episodes are opened at a centre of your own."))
    last = client.episodes.order_by("-number").first()
    if last is not None and last.closed_on is None:
        refuse("episode_open")
    if Episode.objects.filter(client__in=records, centre=centre, closed_on__isnull=True).exists():
        refuse("episode_open_linked")
    check_day(notice.noticed_on, client, field="noticed_on")
    if last is not None and last.closed_on and notice.noticed_on < last.closed_on:
        refuse("before_last_event", "noticed_on")
    worker = worker_at(worker_id, centre.pk)
    episode = Episode.objects.create(
        client=client,
        centre=centre,
        worker=worker,
        number=last.number + 1 if last else 1,
        opened_on=notice.noticed_on,
    )
    _write(actor, episode, notice)
    events.add(actor, episode, Kind.OPENED, notice.noticed_on, value=notice.channel)
    trail.record(
        actor,
        "episode.opened",
        episode,
        subject=str(client.uid),
        changes={"number": [None, episode.number], "opened_on": [None, notice.noticed_on]},
    )
    signals.episode_opened.send(Episode, actor=actor, episode=episode)
    return episode


@action
def correct_notice(*, actor: Actor, notice_id: int, notice: NewNotice, reason: str) -> Notice:
    """Replace what was noted when word came; the old notice stays. The episode begins on the day now given.

    Refuses with "corrected_already", "reason_missing", "future", "before_birth", "after_first_event" (something
    in the episode happened earlier), "before_last_event" (an earlier episode was closed later).
    """
    old: Notice = take_row(actor, Notice.objects.select_related("episode"), notice_id)
    if Notice.objects.filter(corrects=old).exists():
        refuse("corrected_already")
    why = reason_given(reason)
    episode = old.episode
    check_day(notice.noticed_on, old.client, field="noticed_on")
    _check_order(episode, notice.noticed_on)
    newer = _write(actor, episode, notice, corrects=old)
    opened = episode.events.standing().filter(kind=Kind.OPENED).first()
    if opened is not None and (opened.occurred_on, opened.value) != (notice.noticed_on, notice.channel):
        opened.value = notice.channel
        events.replace(actor, opened, kind=Kind.OPENED, day=notice.noticed_on)
    episode.opened_on = notice.noticed_on
    episode.save(update_fields=["opened_on"])
    trail.record(
        actor,
        "notice.corrected",
        newer,
        subject=str(old.client.uid),
        changes=trail.changed(
            {"noticed_on": old.noticed_on, "channel": old.channel},
            {"noticed_on": newer.noticed_on, "channel": newer.channel},
        ),
        reason=why[:500],
    )
    return newer


def _check_order(episode: Episode, day: date) -> None:
    """An episode begins before what happened in it, and not before the one before it ended."""
    happened = episode.events.standing().exclude(kind=Kind.OPENED).order_by("occurred_on").first()
    if happened is not None and day > happened.occurred_on:
        refuse("after_first_event", "noticed_on")
    before = Episode.objects.filter(client_id=episode.client_id, number__lt=episode.number)
    last = before.order_by("-number").values_list("closed_on", flat=True).first()
    if last is not None and day < last:
        refuse("before_last_event", "noticed_on")


def _write(actor: Actor, episode: Episode, notice: NewNotice, corrects: Notice | None = None) -> Notice:
    return Notice.objects.create(
        centre_id=episode.centre_id,
        client_id=episode.client_id,
        episode=episode,
        channel=notice.channel,
        noticed_on=notice.noticed_on,
        place=names.normalise(notice.place),
        reporter=names.normalise(notice.reporter),
        reporter_phone=notice.reporter_phone.strip(),
        details=paragraphs(notice.details),
        actor_key=actor.key,
        corrects=corrects,
    )
