"""What may stand in the slots that casework offers to higher apps (common.slots).

| slot             | entry       | shown                                            |
|------------------|-------------|--------------------------------------------------|
| "client.tabs"    | ClientTab   | in the client file, after or among our own tabs  |
| "client.timeline" | callable   | Client → iterable of casework.web.timeline.Entry: what else happened |
| "today.lines"    | callable    | Actor → iterable of TodayLine, beside my day (a Waiting is cheaper) |
| "today.waiting"  | Waiting     | how many of something wait for the actor, on my day |
| "closing.checks" | callable    | Episode → iterable of sentences: what must be settled before it is closed |
| "register.undo" | callable    | RegisterImport → iterable of sentences: why what it wrote must stay |
| "linking.checks" | callable    | (Client, Client) → iterable of sentences: what speaks against taking them for one |
| "search.allowed" | callable    | Actor → bool: whether the search box is shown    |
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common import slots
from common.actor import Actor
from common.counting import counts

ClosingCheck = Callable[[Any], Iterable[Any]]


def everybody(actor: Actor, client: Any) -> bool:
    """Whoever may open the file sees the tab."""
    return True


@dataclass(frozen=True)
class ClientTab:
    """A tab of the client file; its page takes the client's uid as its only argument.

    Attributes:
        key: unique; the page passes it to `casework.web.file.file_context` as the current tab.
        allowed: who sees it, given the client.
    """

    key: str
    label: Any
    url_name: str
    allowed: Callable[[Actor, Any], bool] = everybody


@dataclass(frozen=True)
class TodayLine:
    """A word beside my day: what waits, and where to go for it. Tones as the note component has them."""

    title: Any
    text: Any
    url: str = ""
    link_label: Any = ""
    tone: str = ""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody on their day: so many, and where to go for it. Nothing shows at zero.

    All entries together cost my day one query, which counts what `rows` gives.

    Attributes:
        key: unique.
        label: what waits ("Plans to approve"), a lazy string.
        url_name: the page that lists exactly these rows; it takes no arguments.
        rows: Actor → queryset of them, through `visible_to` where the model has it.
        allowed: who has such things to do at all; others are not counted for.
        query: what stands behind the "?" of that page.
        tone: "bad" for what is late or dangerous, else marigold.
    """

    key: str
    label: Any
    url_name: str
    rows: Callable[[Actor], Any]
    allowed: Callable[[Actor], bool]
    query: str = ""
    tone: str = "warn"

    @property
    def url(self) -> str:
        """Address of the page with what waits."""
        return reverse(self.url_name) + (f"?{self.query}" if self.query else "")


def waiting(
    actor: Actor, count: Callable[[Mapping[str, Any]], dict[str, int]] = counts
) -> list[tuple[Waiting, int]]:
    """What waits for `actor` and how many of it, in the order of the slot; `count` is asked once for all of them."""
    entries = [entry for entry in slots.entries("today.waiting") if entry.allowed(actor)]
    found = count({entry.key: entry.rows(actor) for entry in entries})
    return [(entry, found[entry.key]) for entry in entries if found[entry.key]]
