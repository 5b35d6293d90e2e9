"""Papers and photos of a file: added, corrected by a new version, removed by marking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from audit import trail
from casework import permissions, storing
from casework.models import Client, ClientDocument
from casework.refusals import refuse, refuse_if
from casework.rules import documents as rules
from casework.taking import check_day, reason_given, take_client, take_row
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require
from common.thai import names
from common.uploads import Taken

MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a paper: its kind, a title ("" without), the day it is from (None when not known)."""

    kind: str
    title: str = ""
    taken_on: date | None = None


@action
def add_documents(
    *, actor: Actor, client_id: int, about: About, contents: Sequence[Taken]
) -> list[ClientDocument]:
    """Put papers or photos of one kind into a file, all of them or none.

    Refuses with "document_missing", "document_too_many", "future", "before_birth", "too_long".
    """
    client = take_client(actor, client_id)
    if not contents:
        refuse("document_missing", "chosen")
    if len(contents) > MOST_AT_ONCE:
        refuse("document_too_many", "chosen", most=MOST_AT_ONCE)
    told = _checked(client, about)
    return [_write(actor, client, told, content) for content in contents]


@action
def correct_document(
    *, actor: Actor, document_id: int, about: About, reason: str, content: Taken | None = None
) -> ClientDocument:
    """A new version of a paper: other words about it, another content, or both. The old version stays.

    Refuses with "document_removed", "corrected_already", "reason_missing", "future", "before_birth", "too_long".
    """
    old = _in_hand(actor, document_id)
    told, why = _checked(old.client, about), reason_given(reason)
    newer = _write(actor, old.client, told, content, replaces=old)
    trail.record(
        actor,
        "document.corrected",
        newer,
        subject=str(old.client.uid),
        changes=trail.changed(
            {"kind": old.kind, "taken_on": old.taken_on}, {"kind": newer.kind, "taken_on": newer.taken_on}
        ),
        sensitive=trail.changed({"title": old.title}, {"title": newer.title}),
        reason=why[:500],
    )
    return newer


@action
def remove_document(*, actor: Actor, document_id: int, reason: str) -> ClientDocument:
    """It does not belong here: nobody opens it any more, nor an earlier version; the row with the reason stays.

    Refuses with "document_removed", "corrected_already", "reason_missing".
    """
    row = _in_hand(actor, document_id)
    why = reason_given(reason)[:300]
    earlier: ClientDocument | None = row
    while earlier is not None:
        earlier.removed_at, earlier.removed_by_id, earlier.removed_reason = clock.now(), actor.user_id, why
        earlier.save(update_fields=["removed_at", "removed_by", "removed_reason"])
        earlier = earlier.corrects
    trail.record(actor, "document.removed", row, subject=str(row.client.uid), reason=why)
    return row


def _in_hand(actor: Actor, document_id: int) -> ClientDocument:
    row: ClientDocument = take_row(actor, ClientDocument.objects, document_id)
    require(permissions.can_open_document(actor, row), _("This paper is not for your role."))
    corrected = ClientDocument.objects.filter(corrects=row).exists()
    refuse_if(rules.next_problem(corrected=corrected, removed=row.removed_at is not None))
    return row


def _checked(client: Client, about: About) -> About:
    """What is said of it, as it is kept."""
    if about.taken_on is not None:
        check_day(about.taken_on, client, field="taken_on")
    title = names.normalise(about.title)
    if len(title) > 200:
        refuse("too_long", "title", limit=200)
    return About(ClientDocument.Kind(about.kind), title, about.taken_on)


def _write(
    actor: Actor,
    client: Client,
    about: About,
    content: Taken | None,
    replaces: ClientDocument | None = None,
) -> ClientDocument:
    """The row, after its content: a crash in between leaves a file that no row names, never half a paper."""
    kept: list[str] = []
    row = ClientDocument(
        client=client,
        kind=about.kind,
        title=about.title,
        taken_on=about.taken_on,
        added_by_id=actor.user_id,
        corrects=replaces,
    )
    try:
        if content is not None:
            kept.append(storing.put(client, content.content))
            kept.append(storing.put(client, content.thumbnail) if content.thumbnail else "")
            row.stored_as, row.thumbnail_as = kept
            row.media_type, row.extension = content.media_type, content.extension
            row.size, row.width, row.height = len(content.content), content.width, content.height
        elif replaces is not None:
            for name in ("stored_as", "thumbnail_as", "media_type", "extension", "size", "width", "height"):
                setattr(row, name, getattr(replaces, name))
        row.save()
    except BaseException:
        storing.drop(*kept)
        raise
    if replaces is None:
        trail.record(
            actor,
            "document.added",
            row,
            subject=str(client.uid),
            changes={"kind": ["", row.kind], "media_type": ["", row.media_type], "size": [None, row.size]},
            sensitive={"title": ["", row.title]},
        )
    return row
