"""What a report shows, apart from how: the page, the PDF and the spreadsheet are made from these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Literal

from common.charts import Point, Value

Kind = Literal["count", "share", "breakdown"]


@dataclass(frozen=True)
class FigureView:
    """One figure of a month.

    By `kind`: a count has its `value`; a share its `numerator` and `denominator`; a breakdown its `rows`
    (category, count), whose sum is its `value`.

    Args:
        code: stable name of the indicator.
        definition: how it is counted, with its denominator, for people.
        previous: the month before, its label saying which; None when there is nothing to compare with.
        trend: months oldest first, this month last; for a share with numerator and denominator each.
        note: what a reader must know about this month's figure.
        provinces: in the report of the country, province code → reading.
        section: the heading it stands under, in words; "" for none.
        unit: how one of what is summed is called ("baht"); "" where rows are counted. Values are then `Amount`s.
    """

    code: str
    title: str
    definition: str
    kind: Kind
    value: Value = None
    numerator: Value = None
    denominator: Value = None
    rows: Sequence[tuple[str, Value]] = ()
    previous: Point | None = None
    trend: Sequence[Point] = ()
    note: str = ""
    provinces: Mapping[str, Point] = field(default_factory=dict)
    section: str = ""
    unit: str = ""

    @property
    def now(self) -> Point:
        """This month's reading as one point."""
        if self.kind == "share":
            return Point(self.title, self.numerator, self.denominator)
        if self.kind == "breakdown" and self.value is None and self.rows:
            return Point(self.title, sum(value for _label, value in self.rows if isinstance(value, int)))
        return Point(self.title, self.value)


def by_section(figures: Sequence[FigureView]) -> list[tuple[str, list[FigureView]]]:
    """(heading, its figures) in order; figures that follow one another under one heading stand together."""
    return [(section, list(found)) for section, found in groupby(figures, key=lambda figure: figure.section)]


@dataclass(frozen=True)
class RestatementView:
    """A frozen figure that would be another one today: both readings, their labels saying when, and why."""

    figure_title: str
    frozen: Point
    now: Point
    reasons: Sequence[str] = ()


@dataclass(frozen=True)
class ReportView:
    """The frozen report of one area and month. Texts are in the language the report is written in.

    Args:
        frozen_at_text: when the figures were frozen, for people; `frozen_at` is the same instant, aware, and
            becomes the date of the files.
        synthetic: the people counted are made up; every page says so.
    """

    title: str
    area_name: str
    month_label: str
    frozen_at_text: str
    period_text: str
    figures: Sequence[FigureView]
    restatements: Sequence[RestatementView] = ()
    footnotes: Sequence[str] = ()
    synthetic: bool = False
    frozen_at: datetime | None = None
