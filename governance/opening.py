"""Opening a figure: the rows it counts, for those who may see them, and a number for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from common.actor import Actor
from common.thai.periods import Month
from governance.counting import province_of
from governance.indicators import Indicator, Window
from governance.models import COUNTRY, FigureRow

BATCH = 5000


class KeyRow(NamedTuple):
    """A row of a figure before anybody looks at what it stands for."""

    key: int
    group: str
    counted: bool
    amount: int = 0


@dataclass(frozen=True)
class Rows:
    """Rows of a figure: how many there are, and those the actor may see (a queryset or a list), newest key first."""

    total: int
    visible: Any

    @property
    def hidden(self) -> int:
        """How many the actor may not see."""
        seen = len(self.visible) if isinstance(self.visible, list) else self.visible.count()
        return self.total - seen


@dataclass(frozen=True)
class Narrowed:
    """Part of a figure: one group of a breakdown, only what counts, or only what does not."""

    group: str = ""
    counted: bool | None = None

    def takes(self, row: KeyRow) -> bool:
        """Whether `row` belongs to this part."""
        return self.group in {"", row.group} and self.counted in {None, row.counted}


def frozen_rows(indicator: Indicator, month: Month, area: str, actor: Actor, part: Narrowed) -> Rows:
    """The rows that were frozen for a figure."""
    rows = FigureRow.objects.filter(month=str(month), code=indicator.code)
    if area != COUNTRY:
        rows = rows.filter(province_id=province_of(area))
    if part.group:
        rows = rows.filter(group=part.group)
    if part.counted is not None:
        rows = rows.filter(counted=part.counted)
    seen = indicator.facts().visible_to(actor).order_by().values("pk")
    return Rows(rows.count(), rows.filter(key__in=seen).order_by("-key"))


def live_rows(indicator: Indicator, window: Window, actor: Actor, part: Narrowed) -> Rows:
    """The rows that a figure counts now."""
    found = [KeyRow(row.key, row.group, row.counts, row.amount) for row in indicator.rows(window)]
    rows = sorted((row for row in found if part.takes(row)), reverse=True)
    seen = visible_keys(indicator, [row.key for row in rows], actor)
    return Rows(len(rows), [row for row in rows if row.key in seen])


def visible_keys(indicator: Indicator, keys: Sequence[int], actor: Actor) -> set[int]:
    """Those of `keys` whose rows `actor` may see; asked in parts, databases limit how many a question may name."""
    facts = indicator.facts().visible_to(actor).order_by()
    seen: set[int] = set()
    for start in range(0, len(keys), BATCH):
        seen.update(facts.filter(pk__in=keys[start : start + BATCH]).values_list("pk", flat=True))
    return seen
