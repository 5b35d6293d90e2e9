"""Reading the trail: who wrote and who looked, in order of time, with what this reader may see of it."""

import heapq
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import Membership, User
from accounts.roles import LEADS, Role
from audit.models import ReadEntry, WriteEntry
from audit.trail import opened
from casework.models import Client
from common import clock
from common.actor import Actor
from governance import trail_words as words
from governance.permissions import can_open_sealed

PAGE = 50
BATCH = 500
LATELY = timedelta(days=90)
"""How far back the summary of a file's readers goes (our default)."""
Entry = WriteEntry | ReadEntry


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: everything older has a smaller key in its own table."""

    write: int | None = None
    read: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """ "120-4711" → writes before 120, reads before 4711; anything else is the beginning."""
        parts = text.split("-")
        if len(parts) == 2 and all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            return cls(int(parts[0]), int(parts[1]))
        return cls()

    def __str__(self) -> str:
        return f"{self.write or 0}-{self.read or 0}"


@dataclass(frozen=True)
class Line:
    """One entry as the page shows it; a look at several people at once is one line.

    Attributes:
        clients: whom it is about, as far as this reader may know; `others` counts the rest.
        masked: fields whose sensitive values this reader may not see; `erased` says that nobody can, their key is
            gone.
    """

    at: datetime
    actor_key: str
    actor_label: str
    is_read: bool
    text: str
    clients: list[Client] = field(default_factory=list)
    others: int = 0
    kind: str = ""
    object_kind: str = ""
    object_key: str = ""
    reason: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    masked: list[str] = field(default_factory=list)
    erased: bool = False


@dataclass(frozen=True)
class Page:
    """One page of entries, newest first; `older` is the cursor of the next, None at the end."""

    lines: list[Line]
    older: Cursor | None


def read_page(writes: QuerySet[WriteEntry], reads: QuerySet[ReadEntry], actor: Actor, after: Cursor) -> Page:
    """The newest entries of both tables together, older than `after`."""
    if after.write is not None:
        writes = writes.filter(pk__lt=after.write)
    if after.read is not None:
        reads = reads.filter(pk__lt=after.read)
    newest: list[list[Entry]] = [[*writes.order_by("-pk")[: PAGE + 1]], [*reads.order_by("-pk")[: PAGE + 1]]]
    # Merged, not sorted: each table keeps the order of its keys, on which the cursor stands.
    found = list(heapq.merge(*newest, key=lambda entry: entry.at, reverse=True))
    shown = found[:PAGE]
    older = None
    if len(found) > PAGE:
        # A table that gave no line to this page goes on where it stood.
        last_write = min((e.pk for e in shown if isinstance(e, WriteEntry)), default=after.write)
        last_read = min((e.pk for e in shown if isinstance(e, ReadEntry)), default=after.read)
        older = Cursor(_or_newest(last_write, found, WriteEntry), _or_newest(last_read, found, ReadEntry))
    return Page(_lines(shown, actor), older)


def _or_newest(key: int | None, found: Iterable[Entry], table: type) -> int:
    if key is not None:
        return key
    return max((entry.pk for entry in found if isinstance(entry, table)), default=0) + 1


# --- whose trail a reader may open -------------------------------------------------------------------------


def clients_of(actor: Actor) -> QuerySet[Client]:
    """People served whose trail `actor` reads: all for auditors, those of the own centres for leads."""
    visible = Client.objects.visible_to(actor)
    if actor.has(Role.AUDITOR):
        return visible
    return visible.filter(centre_id__in=actor.centres_as(*LEADS))


def colleagues_of(actor: Actor) -> QuerySet[User]:
    """People who sign in whose trail `actor` reads: all for auditors, those of the own centres, also former ones."""
    if actor.has(Role.AUDITOR):
        return User.objects.all()
    held = Membership.objects.filter(centre_id__in=actor.centres_as(*LEADS)).order_by().values("user_id")
    return User.objects.filter(pk__in=held)


def of_client(client: Client) -> tuple[QuerySet[WriteEntry], QuerySet[ReadEntry]]:
    """Every entry about one person served."""
    subject = str(client.uid)
    return WriteEntry.objects.filter(subject=subject), ReadEntry.objects.filter(subject=subject)


def of_user(user: User) -> tuple[QuerySet[WriteEntry], QuerySet[ReadEntry]]:
    """Everything one person wrote and looked at."""
    return WriteEntry.objects.filter(actor_key=user.key), ReadEntry.objects.filter(actor_key=user.key)


def of_record(kind: str, key: str) -> QuerySet[WriteEntry]:
    """Every write to one record."""
    return WriteEntry.objects.filter(object_kind=kind, object_key=key)


def may_read_record(actor: Actor, entries: QuerySet[WriteEntry]) -> bool:
    """Whether the trail of a record concerns the reader: auditors all, leads what is about their own people.

    A record that is about nobody served (a report, a role) is read by leads when somebody of their centre wrote it.
    """
    if actor.has(Role.AUDITOR):
        return entries.exists()
    subjects = set(entries.order_by().values_list("subject", flat=True).distinct())
    if subjects - {""}:
        return bool(own_subjects(actor, subjects))
    keys = set(entries.order_by().values_list("actor_key", flat=True).distinct())
    return bool(keys & colleague_keys(actor))


def of_day(day: date, actor: Actor) -> tuple[QuerySet[WriteEntry], QuerySet[ReadEntry]]:
    """Entries of one day: all for auditors; for leads what their colleagues did and what was done to their people."""
    begin = clock.at(day, 0)
    span = Q(at__gte=begin, at__lt=begin + timedelta(days=1))
    writes, reads = WriteEntry.objects.filter(span), ReadEntry.objects.filter(span)
    if actor.has(Role.AUDITOR):
        return writes, reads
    subjects: set[str] = set()
    for entries in (writes, reads):
        subjects.update(entries.order_by().values_list("subject", flat=True).distinct())
    mine = Q(subject__in=own_subjects(actor, subjects)) | Q(actor_key__in=colleague_keys(actor))
    return writes.filter(mine), reads.filter(mine)


def colleague_keys(actor: Actor) -> set[str]:
    """How the trail names the colleagues of a lead."""
    return {f"user:{uid}" for uid in colleagues_of(actor).order_by().values_list("uid", flat=True)}


def own_subjects(actor: Actor, subjects: Collection[str]) -> set[str]:
    """Those of `subjects` that are people whose trail the actor reads."""
    return {str(client.uid) for client in _clients(actor, subjects).values()}


def _clients(actor: Actor, subjects: Collection[str]) -> dict[str, Client]:
    wanted = [uid for uid in map(_uuid, sorted(set(subjects))) if uid is not None]
    found: dict[str, Client] = {}
    for start in range(0, len(wanted), BATCH):
        for client in clients_of(actor).filter(uid__in=wanted[start : start + BATCH]):
            found[str(client.uid)] = client
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def by_reader(reads: QuerySet[ReadEntry]) -> list[dict[str, Any]]:
    """Who looked, how often and when last; the latest first."""
    rows = reads.order_by().values("actor_key", "actor_label").annotate(times=Count("pk"), last=Max("at"))
    return [dict(row) for row in rows.order_by("-last", "actor_key")]


# --- entries in words --------------------------------------------------------------------------------------


def _lines(entries: list[Entry], actor: Actor) -> list[Line]:
    subjects = {entry.subject for entry in entries}
    clients = _clients(actor, subjects)
    others = _strangers(subjects - clients.keys())
    lines: list[Line] = []
    for _look, together in groupby(entries, key=_one_look):
        group = list(together)
        about = {entry.subject for entry in group}
        first = replace(
            _line(group[0], actor, clients.get(group[0].subject), is_other=group[0].subject in others),
            clients=sorted((clients[uid] for uid in about & clients.keys()), key=lambda client: client.code),
            others=len(about & others),
        )
        lines.append(first)
    return lines


def _one_look(entry: Entry) -> tuple[object, ...]:
    """Looks of one actor at one instant are one look at a list; a write stands alone."""
    if isinstance(entry, ReadEntry):
        return entry.at, entry.actor_key, entry.what, entry.door
    return (entry.pk,)


def _strangers(subjects: Collection[str]) -> set[str]:
    """Those of `subjects` that are people served of whom the reader may not know."""
    wanted = [uid for uid in map(_uuid, sorted(subjects)) if uid is not None]
    return {
        str(uid) for uid in Client.objects.filter(uid__in=wanted).order_by().values_list("uid", flat=True)
    }


def _line(entry: Entry, actor: Actor, client: Client | None, *, is_other: bool) -> Line:
    """`is_other`: about somebody whose trail is not the reader's; then nothing tells who it was."""
    line = Line(
        at=entry.at,
        actor_key=entry.actor_key,
        actor_label=words.actor(entry.actor_key, entry.actor_label),
        is_read=isinstance(entry, ReadEntry),
        text=words.read(entry.what) if isinstance(entry, ReadEntry) else words.verb(entry.verb),
    )
    if isinstance(entry, ReadEntry):
        return replace(line, kind=words.door(entry.door))
    line = replace(line, kind=words.kind(entry.object_kind))
    if is_other:
        return line
    line = replace(
        line,
        object_kind=entry.object_kind,
        object_key=entry.object_key,
        reason=entry.reason,
        changes=[words.change(entry.object_kind, name, values) for name, values in entry.changes.items()],
    )
    return _with_sealed(line, entry, actor, client) if entry.sealed else line


def _with_sealed(line: Line, entry: WriteEntry, actor: Actor, client: Client | None) -> Line:
    """Sensitive values for the leads of the client's centre; for others only that there were some."""
    values = opened(entry)
    if values is None:
        return replace(line, erased=True)
    changes = [words.change(entry.object_kind, name, pair) for name, pair in values.items()]
    if client is not None and can_open_sealed(actor, client):
        return replace(line, changes=line.changes + changes)
    return replace(line, masked=[name for name, _before, _after in changes])
