"""What happened to somebody, from all that is recorded, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from casework.actions.closing import CORRECTABLE
from casework.models import Client, Episode, EpisodeEvent, FollowUpResult, Note, Notice
from common import slots
from common.templatetags.thai import be

Kind = EpisodeEvent.Kind
LIFE_CHANGING = {Kind.OPENED, Kind.ACCEPTED_HELP, Kind.CLOSED}
MOST = 300  # entries of each sort; nobody's file has had more


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened.

    Attributes:
        key: it changed the course of the case.
        place: number of the event in the file (in the order of recording, which never changes), 0 for other
            entries and for what cannot be corrected.
        void: it turned out never to have happened.
        corrected: it stands for an earlier entry.
    """

    day: date
    recorded_at: datetime
    title: str
    text: str = ""
    actor_key: str = ""
    by: str = ""
    key: bool = False
    place: int = 0
    void: bool = False
    corrected: bool = False

    @property
    def when(self) -> str:
        return be(self.day)


def of_client(client: Client, *, notes: bool, limit: int = MOST) -> list[Entry]:
    """Events, results of follow-ups, what higher apps know and, with `notes`, what was written down; newest first.

    Without `notes` the words are left out and only what happened is told.
    """
    entries = [*_events(client, notes=notes), *_results(client, limit, notes=notes)]
    if notes:
        entries += _notes(client, limit)
    for source in slots.entries("client.timeline"):
        entries += source(client)
    newest = sorted(entries, key=lambda e: (e.day, e.recorded_at), reverse=True)[:limit]
    return _with_names(newest)


def event_at(client: Client, place: int) -> EpisodeEvent | None:
    """The event that is `place`-th in the file."""
    return client.events.order_by("pk")[place - 1 : place].first() if 0 < place <= MOST else None


def _events(client: Client, *, notes: bool) -> list[Entry]:
    rows = list(client.events.select_related("corrected_by").order_by("pk")[:MOST])
    workers = _worker_names(rows)
    return [
        Entry(
            day=row.occurred_on,
            recorded_at=row.recorded_at,
            title=_event_title(row, workers),
            text=row.note if notes else "",
            actor_key=row.actor_key,
            key=row.kind in LIFE_CHANGING,
            place=place if row.kind in CORRECTABLE else 0,
            void=row.kind == Kind.VOID,
            corrected=row.corrects_id is not None,
        )
        for place, row in enumerate(rows, 1)
        if not hasattr(row, "corrected_by")
    ]


def _event_title(row: EpisodeEvent, workers: dict[str, str]) -> str:
    if row.kind == Kind.WORKER:
        return _("Case given to %(worker)s") % {"worker": workers.get(row.value, _("nobody"))}
    if row.kind == Kind.OPENED and row.value in Notice.Channel.values:
        return _("Word came: %(channel)s") % {"channel": Notice.Channel(row.value).label}
    if row.kind == Kind.STATE and row.value in Episode.State.values:
        return _("On to: %(state)s") % {"state": Episode.State(row.value).label}
    if row.kind == Kind.CLOSED and row.value in Episode.Outcome.values:
        return _("Closed: %(outcome)s") % {"outcome": Episode.Outcome(row.value).label}
    return row.get_kind_display()


def _worker_names(rows: Iterable[EpisodeEvent]) -> dict[str, str]:
    uids = {row.value for row in rows if row.kind == Kind.WORKER and row.value}
    return {str(user.uid): str(user) for user in User.objects.filter(uid__in=uids)} if uids else {}


def _results(client: Client, limit: int, *, notes: bool) -> list[Entry]:
    rows = FollowUpResult.objects.standing().filter(client=client).select_related("follow_up")
    return [
        Entry(
            day=row.occurred_on,
            recorded_at=row.recorded_at,
            title=_("Follow-up: %(result)s") % {"result": row.get_result_display()},
            text="\n".join(part for part in (row.follow_up.purpose, row.note if notes else "") if part),
            actor_key=row.actor_key,
            corrected=row.corrects_id is not None,
        )
        for row in rows.order_by("-occurred_on", "-pk")[:limit]
    ]


def _notes(client: Client, limit: int) -> list[Entry]:
    rows = Note.objects.standing().filter(client=client).select_related("author")
    return [
        Entry(
            day=row.occurred_on,
            recorded_at=row.recorded_at,
            title=_("Case note"),
            text=row.text,
            by=str(row.author) if row.author else "",
            corrected=row.corrects_id is not None,
        )
        for row in rows.order_by("-occurred_on", "-pk")[:limit]
    ]


def _with_names(entries: list[Entry]) -> list[Entry]:
    """`entries` with the names of those who recorded them."""
    uids = {e.actor_key.removeprefix("user:") for e in entries if e.actor_key.startswith("user:")}
    names: dict[str, Any] = (
        {user.key: str(user) for user in User.objects.filter(uid__in=uids)} if uids else {}
    )
    return [_replaced(entry, names.get(entry.actor_key, "")) for entry in entries]


def _replaced(entry: Entry, by: str) -> Entry:
    return entry if entry.by or not by else replace(entry, by=by)
