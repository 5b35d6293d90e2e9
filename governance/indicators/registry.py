"""What an indicator is, and where all of them stand."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from common.actor import Actor
from common.thai.periods import Month
from governance.rules import Row

Kind = Literal["breakdown", "share", "count"]
Unit = Literal["", "satang", "hours", "people"]
Section = Literal["people", "rooms", "community", "voices", "quality"]

SECTIONS: Mapping[Section, Any] = {
    "people": pgettext_lazy("section", "People"),
    "rooms": pgettext_lazy("section", "Rooms"),
    "community": pgettext_lazy("section", "Community"),
    "voices": pgettext_lazy("section", "Voices"),
    "quality": pgettext_lazy("section", "Data quality"),
}
"""Headings of a report, in the order it shows them."""


@dataclass(frozen=True)
class Window:
    """What is counted: a month up to the end of the day `until`, in one province or in all, under a basis.

    `until` is the month's last day for a frozen figure; for the month so far it is yesterday, and nothing whose
    time has not run out by then is judged.
    """

    month: Month
    until: date
    province: str | None = None
    basis: Mapping[str, int] = field(default_factory=dict)

    def within(self, rows: QuerySet[Any], path: str) -> QuerySet[Any]:
        """`rows` of the province; `path` leads to its code."""
        return rows if self.province is None else rows.filter(**{path: self.province})


@dataclass(frozen=True, slots=True)
class Opened:
    """A row behind a figure, as the page that opens the figure shows it.

    `subject` is the uid of the person served whose record it shows ("" for none): the look is noted.
    """

    key: int
    name: str
    url: str
    when: date
    code: str = ""
    detail: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Indicator:
    """One figure.

    Attributes:
        code: stable, machine-readable.
        title, definition: lazy strings for people; may hold %(name)s of the basis. The definition states the
            denominator.
        kind: "count" (rows), "breakdown" (rows by group) or "share" (rows that count, out of all).
        section: the heading the figure stands under; within one, figures stand in the order of registration.
        unit: "" where rows are counted. Otherwise the figure is the sum of its counted rows' `amount`: whole numbers
            of "satang" (shown in baht), of hundredths of an hour ("hours": 1.25 h is 125), or of "people". A
            corrected amount needs no opposite row: of a chain of corrections the row that stands today counts. A
            reversal that stands as a row of its own brings a negative amount. A share has no unit.
        rows: one set-based query for a window; yields rows of every province, each key once.
        facts: the queryset that the keys belong to; it has visible_to(actor).
        describe: facts → what the page shows of each.
        groups: group code → label, in the order they are shown.
        basis: settings the figure is counted under now.
        successors: keys of corrected facts → {key: key of the row that stands in its place today}; None where keys
            outlive corrections.
        restates: False where the facts keep no past (a phone number is today's), so that counting an earlier month
            again would compare it with today.
        good: which way is better, "" when neither is.
    """

    code: str
    title: Any
    definition: Any
    kind: Kind
    rows: Callable[[Window], Iterable[Row]]
    facts: Callable[[], Any]
    describe: Callable[[Any], Iterable[Opened]]
    groups: Callable[[], Mapping[str, Any]] = dict
    basis: Callable[[], Mapping[str, int]] = dict
    successors: Callable[[Collection[int]], dict[int, int]] | None = None
    good: Literal["up", "down", ""] = ""
    section: Section = "people"
    unit: Unit = ""
    restates: bool = True

    def __post_init__(self) -> None:
        if self.unit and self.kind == "share":
            raise ValueError(f"{self.code}: a share has no unit")

    def title_for(self, basis: Mapping[str, int]) -> str:
        """The title, with the settings it was counted under."""
        return str(self.title) % basis

    def definition_for(self, basis: Mapping[str, int]) -> str:
        """The definition, with the settings it was counted under."""
        return str(self.definition) % basis

    def window(
        self, month: Month, until: date, province: str | None = None, basis: Mapping[str, int] | None = None
    ) -> Window:
        """What to count; under today's settings unless a frozen figure brings its own."""
        return Window(month, until, province, self.basis() if basis is None else basis)

    def open_rows(self, keys: Collection[int], actor: Actor) -> dict[int, Opened]:
        """Those of `keys` (a page of them) whose rows `actor` may see, described."""
        seen = self.facts().visible_to(actor).filter(pk__in=keys)
        return {row.key: row for row in self.describe(seen)}


_indicators: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Add an indicator after those of its section that stand; the same code again takes the earlier one's place.

    Every module of this package is imported when the app is ready: a new file that calls this is all it takes.
    Page, PDF, spreadsheet, letter and API show the figure under its section's heading.
    """
    _indicators[indicator.code] = indicator
    return indicator


def all_indicators() -> list[Indicator]:
    """Every indicator, in the order reports show them."""
    order = list(SECTIONS)
    return sorted(_indicators.values(), key=lambda one: order.index(one.section))


def get(code: str) -> Indicator | None:
    """The indicator named `code`."""
    return _indicators.get(code)
