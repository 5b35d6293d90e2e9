"""The menu, filled through slots: slot "menu" takes MenuItem, "home" takes Home, "profile.acts" takes MenuItem."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from common import slots
from common.actor import Actor
from common.counting import counts

GROUP_ORDER = ("work", "programmes", "overview", "house")


@dataclass(frozen=True)
class MenuItem:
    """One entry of the navigation.

    Attributes:
        key: unique; also names the current page ("casework:today" marks every page of namespace and name).
        label: lazy string.
        group: one of GROUP_ORDER.
        allowed: who sees it.
        count: a number to show beside it (0 shows none); may be costly, so it is asked only for those who see it.
        counted: the rows to count instead; all entries that have it are counted in one query.
        dock: place on the phone's bar (1..3), None if not there.
        symbol: name of an icon (templates/components/icon.html).
        prefixes: path prefixes for which the entry is the current one.
    """

    key: str
    label: Any
    group: str
    allowed: Callable[[Actor], bool]
    count: Callable[[Actor], int] | None = None
    counted: Callable[[Actor], Any] | None = None
    dock: int | None = None
    symbol: str = ""
    dock_label: Any = ""
    prefixes: tuple[str, ...] = field(default=())

    @property
    def url(self) -> str:
        return reverse(self.key)


@dataclass(frozen=True)
class Home:
    """Where a role's day begins; of several that are allowed the first in order counts.

    Attributes:
        key: unique.
        url_name: the page, which takes no arguments.
        allowed: whose home it is.
    """

    key: str
    url_name: str
    allowed: Callable[[Actor], bool]


def add(item: MenuItem, *, order: int) -> None:
    """Register a menu entry."""
    slots.add("menu", item, order=order, key=item.key)


def visible(actor: Actor) -> list[MenuItem]:
    """Entries this actor may use, in order."""
    return [item for item in slots.entries("menu") if item.allowed(actor)]


def numbers(
    items: list[MenuItem], actor: Actor, beside: Mapping[str, Any] | None = None
) -> tuple[dict[str, int], dict[str, int]]:
    """Key → the number beside the entry, of those that have one; and how many rows each of `beside` has, which a page
    wants to know as well. One query for all that is counted."""
    asked = {item.key: item.count(actor) for item in items if item.count}
    rows = {("menu", item.key): item.counted(actor) for item in items if item.counted}
    found = counts(rows | {("page", key): what for key, what in (beside or {}).items()})
    of = {
        place: {key: n for (where, key), n in found.items() if where == place} for place in ("menu", "page")
    }
    return asked | of["menu"], of["page"]
