"""The monthly report on A4."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.reference.provinces import PROVINCES
from common import pdf
from common.charts import Masked, Point, count_text, percent_text
from governance.rendering.hiding import hidden
from governance.rendering.model import FigureView, ReportView, RestatementView, by_section
from governance.rendering.pictures import picture, province_map
from governance.rendering.small_cells import BELOW
from governance.rendering.words import change, detail, reading

TEMPLATE = "governance/print/report.typ"
COLUMNS = 6
"""Figures beside one another in the table of provinces: as many as A4 takes with their names in full."""


def render_pdf(view: ReportView, *, hide: bool = False, small_cell_below: int = BELOW) -> bytes:
    """The report in the active language. With `hide`, small cells are hidden: for copies that leave the house."""
    if hide:
        view = hidden(view, small_cell_below)
    return pdf.render(TEMPLATE, _page(view), made_at=view.frozen_at)


def _page(view: ReportView) -> dict[str, Any]:
    mapped = [figure for figure in view.figures if figure.provinces]
    return {
        "lang": (get_language() or "th")[:2],
        "labels": _labels(),
        "title": view.title,
        "area": view.area_name,
        "month": view.month_label,
        "frozen": view.frozen_at_text,
        "period": view.period_text,
        "banner": _("Synthetic data for demonstration: nobody in these figures is real")
        if view.synthetic
        else "",
        "sections": [
            {"title": section, "figures": [_figure(figure) for figure in figures]}
            for section, figures in by_section(view.figures)
        ],
        "maps": [{"title": figure.title, "chart": province_map(figure).for_print()} for figure in mapped],
        "provinces": [_province_table(few) for few in _batched(mapped)],
        "restatements": [_restatement(one) for one in view.restatements],
        "footnotes": list(view.footnotes),
    }


def _figure(figure: FigureView) -> dict[str, Any]:
    moved = change(figure)
    return {
        "title": figure.title,
        "reading": reading(figure.now),
        "detail": detail(figure),
        "direction": moved.direction,
        "change": moved.text,
        "definition": figure.definition,
        "note": figure.note,
        "chart": picture(figure).for_print(),
        "kind": figure.kind,
        "table": _categories(figure) if figure.kind == "breakdown" else _months(figure),
    }


def _categories(figure: FigureView) -> dict[str, Any]:
    total = figure.now.value
    return {
        "headers": [_("Category"), figure.unit or _("Count"), _("Share")],
        "rows": [
            [label, count_text(value), "–" if isinstance(value, Masked) else percent_text(value, total)]
            for label, value in figure.rows
        ]
        + [[_("Total"), count_text(total), ""]],
    }


def _months(figure: FigureView) -> dict[str, Any]:
    """Months stand side by side: twelve rows under each picture would fill the page with air."""
    trend = list(figure.trend) or [figure.now]
    rows = [[figure.unit or _("Count"), *(count_text(point.value) for point in trend)]]
    if figure.kind == "share":
        rows = [
            [_("Counted"), *(count_text(point.value) for point in trend)],
            [_("Out of"), *(count_text(point.denominator) for point in trend)],
            [_("Share"), *(percent_text(point.value, point.denominator) for point in trend)],
        ]
    return {"headers": ["", *(point.label for point in trend)], "rows": rows}


def _province_table(figures: list[FigureView]) -> dict[str, Any]:
    english = get_language() == "en"
    empty = Point("", None)
    return {
        "headers": [_("Province"), *(figure.title for figure in figures)],
        "rows": [
            [
                province.name_en if english else province.name_th,
                *(reading(figure.provinces.get(province.code, empty)) for figure in figures),
            ]
            for province in PROVINCES
        ],
    }


def _batched(figures: Sequence[FigureView]) -> Iterator[list[FigureView]]:
    rest = iter(figures)
    while few := list(islice(rest, COLUMNS)):
        yield few


def _restatement(one: RestatementView) -> dict[str, Any]:
    return {
        "title": one.figure_title,
        "frozen": f"{one.frozen.label}: {_full(one.frozen)}",
        "now": f"{one.now.label}: {_full(one.now)}",
        "reasons": list(one.reasons),
    }


def _full(point: Point) -> str:
    """A reading with what it was counted from."""
    if point.denominator is None:
        return reading(point)
    parts = {"counted": count_text(point.value), "all": count_text(point.denominator)}
    return f"{reading(point)} ({_('%(counted)s of %(all)s') % parts})"


def _labels() -> dict[str, str]:
    return {
        "product": _("Ruamban"),
        "summary": _("This month at a glance"),
        "counted": _("How it is counted"),
        "note": _("Note"),
        "restated": _("Corrected after freezing"),
        "restated_lead": _(
            "The frozen figures stay as they were sent. Later corrections would change these:"
        ),
        "provinces": _("Province by province"),
        "page_of": _("Page {n} of {m}"),
        "frozen": _("Figures frozen"),
    }
