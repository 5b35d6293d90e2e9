"""What was saved of a record since somebody read it, from the trail."""

from datetime import date
from typing import Any

from audit import trail
from audit.models import WriteEntry
from casework.models import Client

_MOST = 50  # savings looked back at; a form does not stay open longer than that


def saved_since(client: Client, version: int) -> list[WriteEntry]:
    """Entries of the trail that took the record past `version`, oldest first."""
    saved = WriteEntry.objects.filter(
        object_kind=client._meta.label_lower, object_key=str(client.uid)
    ).order_by("-id")[:_MOST]
    return [entry for entry in reversed(saved) if entry.changes.get("version", [0, 0])[1] > version]


def as_it_was(client: Client, version: int) -> dict[str, Any]:
    """Field → its value at `version`, for the fields that were saved since."""
    was: dict[str, Any] = {}
    for entry in saved_since(client, version):
        for name, (before, _after) in {**entry.changes, **(trail.opened(entry) or {})}.items():
            was.setdefault(name, before)
    was.pop("version", None)
    if was.get("born_on"):
        was["born_on"] = date.fromisoformat(was["born_on"])
    return was
