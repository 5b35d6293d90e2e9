"""Writing the trail. Only actions record writes; only the doors of a record note reads."""

import json
import os
from typing import Any

from django.db import models

from audit.models import ReadEntry, SubjectKey, WriteEntry
from common import clock, crypto
from common.actor import Actor
from common.db import bulk


def record(  # noqa: PLR0913 (one row says all of it)
    actor: Actor,
    verb: str,
    obj: models.Model,
    *,
    subject: str = "",
    changes: dict[str, list[Any]] | None = None,
    sensitive: dict[str, list[Any]] | None = None,
    reason: str = "",
    batch: str = "",
) -> None:
    """Write one row for one action, inside its transaction.

    Args:
        verb: "client.registered", "follow_up.recorded": noun and past participle.
        subject: uid of the person served, as text.
        changes: field → [before, after], nothing sensitive.
        sensitive: the same for values that only the person's own key may open.
    """
    sealed = b""
    if sensitive:
        sealed = crypto.seal(
            json.dumps(sensitive, default=str, ensure_ascii=False).encode(), subject_key(subject)
        )
    WriteEntry.objects.create(
        at=clock.now(),
        actor_key=actor.key,
        actor_label=actor.label,
        verb=verb,
        object_kind=obj._meta.label_lower,
        object_key=str(getattr(obj, "uid", obj.pk)),
        subject=subject,
        changes=json.loads(json.dumps(changes or {}, default=str)),
        sealed=sealed,
        reason=reason,
        batch=batch,
    )


READ_COLUMNS = ["at", "actor_key", "actor_label", "door", "what", "subject"]


def noted_read(actor: Actor, what: str, *, subjects: list[str], door: str = "page") -> None:
    """Note that `actor` saw `what` of each person in `subjects` (uids). `door` is page, api, print or export."""
    if not subjects:
        return
    now = clock.now()
    rows = [(now, actor.key, actor.label, door, what, subject) for subject in subjects]
    bulk.insert(ReadEntry, READ_COLUMNS, rows)


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} for the fields that differ."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def subject_key(subject: str) -> bytes:
    """The 32-byte key of `subject`, made on first use. Raises ValueError without a subject."""
    if not subject:
        raise ValueError("sensitive values need a subject")
    row = SubjectKey.objects.filter(subject=subject).first()
    if row is None:
        row, _ = SubjectKey.objects.get_or_create(
            subject=subject, defaults={"wrapped": crypto.seal(os.urandom(32))}
        )
    return crypto.unseal(row.wrapped)


def opened(entry: WriteEntry) -> dict[str, list[Any]] | None:
    """The sensitive changes of `entry`; {} when it has none, None when the person's key was destroyed."""
    if not entry.sealed:
        return {}
    row = SubjectKey.objects.filter(subject=entry.subject).first()
    if row is None:
        return None
    opened_values: dict[str, list[Any]] = json.loads(crypto.unseal(entry.sealed, crypto.unseal(row.wrapped)))
    return opened_values


def forget(subject: str) -> None:
    """Destroy the key of `subject`: sealed values in the trail can never be opened again."""
    SubjectKey.objects.filter(subject=subject).delete()
