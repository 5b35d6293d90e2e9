"""Named places that a lower app offers and a higher one fills, so that casework shows rent without knowing it.

A slot is a list of entries in order. Apps fill it in `AppConfig.ready`:

    slots.add("client.tabs", Tab(...), order=40)
"""

from collections import defaultdict
from typing import Any

_entries: dict[str, list[tuple[int, str, Any]]] = defaultdict(list)


def add(slot: str, entry: Any, *, order: int = 100, key: str | None = None) -> None:
    """Put `entry` into `slot`; the same `key` twice keeps the last (so that reloading does no harm)."""
    name = key or getattr(entry, "key", None) or repr(entry)
    _entries[slot] = [e for e in _entries[slot] if e[1] != name] + [(order, name, entry)]


def entries(slot: str) -> list[Any]:
    """The entries of `slot`, in order."""
    return [entry for _, _, entry in sorted(_entries[slot], key=lambda e: (e[0], e[1]))]
