"""What has been built on the people whom a register brought in: while there is nothing, the whole can be undone."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import WriteEntry
from casework import permissions
from casework.models import (
    Client,
    ClientSearch,
    Episode,
    EpisodeEvent,
    FollowUp,
    Note,
    Notice,
    Person,
    RegisterImport,
    RegisterRow,
)
from common import slots
from common.actor import Actor
from common.templatetags.thai import be

CHUNK = 2000
MOST_NAMED = 500
"""People with something built on their file who are named; more of them change nothing."""
Item = TypeVar("Item")
MADE: tuple[type[Model], ...] = (Note, FollowUp, Notice, EpisodeEvent, Episode)
"""What a register makes for somebody, besides person, client and search row, in an order in which it can be deleted."""

OWN: tuple[type[Model], ...] = (*MADE, ClientSearch)

_PASSIVE = {RegisterRow, ClientSearch}
"""Tables that follow the client and are nobody's work."""

_WORK = {
    "client.updated": gettext_lazy("The record was changed"),
    "client.id_number_set": gettext_lazy("The ID number was entered or changed"),
    "client.id_number_verified": gettext_lazy("The ID number was verified"),
    "client.restricted": gettext_lazy("The file was restricted"),
    "client.linked": gettext_lazy("The record was linked with another"),
    "note.added": gettext_lazy("A note was added"),
    "document.added": gettext_lazy("A paper or photo was added"),
    "need.stated": gettext_lazy("A need was stated"),
    "safety_flag.raised": gettext_lazy("A safety warning was raised"),
    "episode.assigned": gettext_lazy("The case was assigned"),
    "episode.contacted": gettext_lazy("A contact was recorded"),
    "episode.moved": gettext_lazy("The case went on a step"),
    "episode.closed": gettext_lazy("The case was closed"),
    "follow_up.planned": gettext_lazy("An appointment was planned"),
    "follow_up.recorded": gettext_lazy("A follow-up was recorded"),
    "follow_up.moved": gettext_lazy("An appointment was moved"),
}


class Blocker(NamedTuple):
    """Why one person, or one completed file, cannot be taken back; `row` is None where it is not known any more."""

    row: int | None
    client: Client
    why: str


def whole_blockers(register: RegisterImport) -> list[str]:
    """Reasons that concern the register as a whole, from apps above."""
    return [str(why) for check in slots.entries("register.undo") for why in check(register)]


def blockers(actor: Actor, register: RegisterImport) -> Iterator[Blocker]:
    """Everybody with something built on their file, in the order of registration; then files that were completed."""
    rows = dict(register.rows.filter(client__isnull=False).order_by("row").values_list("client_id", "row"))
    why = _built_on(made_by(register))
    for client in Client.objects.filter(pk__in=sorted(why)[:MOST_NAMED]).order_by("pk"):
        yield Blocker(rows.get(client.pk), client, why[client.pk])
    completed = register.rows.filter(written_at__isnull=False, decision=RegisterRow.Decision.SAME)
    for row in completed.select_related("client").order_by("row"):
        if row.client and (reason := _not_restorable(actor, row, row.client)):
            yield Blocker(row.row, row.client, reason)


def made_by(register: RegisterImport) -> QuerySet[Client]:
    """Everybody who was registered from it."""
    return Client.objects.filter(source_import=register)


def _not_restorable(actor: Actor, row: RegisterRow, client: Client) -> str:
    if not row.before:
        return ""
    if not permissions.can_write(actor, client):
        return _("You may not write in this file")
    return _worked_on(client) if client.version != row.seen_version else ""


def _worked_on(client: Client) -> str:
    entry = WriteEntry.objects.filter(subject=str(client.uid)).order_by("-pk").first()
    return _said(entry) if entry else _("The record was changed")


def _built_on(made: QuerySet[Client]) -> dict[int, str]:
    """Client → the first thing somebody did with the file, for those of `made` with anything."""
    uids = {str(uid): key for key, uid in made.order_by().values_list("pk", "uid")}
    why: dict[int, str] = {}
    for subjects in _in_chunks(sorted(uids)):
        for entry in WriteEntry.objects.filter(subject__in=subjects).order_by("pk"):
            why.setdefault(uids[entry.subject], _said(entry))
    for key in _changed(made):
        why.setdefault(key, _("The record was changed"))
    for key in _attached(made):
        why.setdefault(key, _("Something was added to the file"))
    return why


def _in_chunks(values: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _said(entry: WriteEntry) -> str:
    what = _WORK.get(entry.verb, _("Somebody worked on the file"))
    return _("%(what)s (%(who)s, %(day)s)") % {"what": what, "who": entry.actor_label, "day": be(entry.at)}


def _changed(made: QuerySet[Client]) -> Iterator[int]:
    yield from made.filter(version__gt=1).order_by().values_list("pk", flat=True)
    planned = FollowUp.State.PLANNED
    moved = FollowUp.objects.filter(client__in=made.order_by().values("pk"))
    moved = moved.exclude(state=planned, missed_on__isnull=True)
    yield from moved.order_by().values_list("client_id", flat=True)


def _attached(made: QuerySet[Client]) -> Iterator[int]:
    """Clients on whom, or on whose rows, anything hangs that the register did not make.

    Every table is asked that points at one of ours, so that one added later is not forgotten; each is asked once,
    however many people there are.
    """
    keys = made.order_by().values("pk")
    owners: dict[type[Model], str] = {Client: "pk", Person: "clients__pk", **dict.fromkeys(MADE, "client_id")}
    for model, path in owners.items():
        for relation in model._meta.related_objects:
            other: type[Model] = relation.related_model
            if other in _PASSIVE or relation.many_to_many:
                continue
            hanging = other._default_manager.filter(**{relation.field.attname: OuterRef("pk")})
            if other is Client:
                hanging = hanging.exclude(pk__in=keys)
            elif other in MADE:
                hanging = hanging.exclude(recorded_at=F("client__registered_at"))
            with_some = model._default_manager.filter(Exists(hanging), **{f"{path}__in": keys})
            yield from with_some.order_by().values_list(path, flat=True)


def delete_all(register: RegisterImport) -> int:
    """Delete everybody whom the register made, with all that it made for them. Returns how many.

    Belongs into the action that has locked the register and found no blockers: the database lets these facts go only
    while the register is being undone.
    """
    keys = list(made_by(register).order_by("pk").values_list("pk", flat=True))
    for chunk in _in_chunks(keys):
        people = list(Client.objects.filter(pk__in=chunk).order_by().values_list("person_id", flat=True))
        RegisterRow.objects.filter(match_client__in=chunk).update(match_client=None)
        RegisterRow.objects.filter(client__in=chunk).update(client=None)
        for model in OWN:
            rows = model._default_manager.filter(client__in=chunk)
            rows._raw_delete(
                rows.db
            )  # nothing is collected and nothing cascades: what is unforeseen stops it
        Client.objects.filter(pk__in=chunk)._raw_delete("default")
        Person.objects.filter(pk__in=people)._raw_delete("default")
    return len(keys)
