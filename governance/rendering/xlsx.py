"""The monthly report as a spreadsheet. It is made to travel, so small cells are always hidden."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.reference.provinces import BY_CODE
from common.charts import Amount, Masked, Point, Value, percent
from common.xlsx import Bars, Column, Sheet, workbook
from governance.rendering.hiding import hidden
from governance.rendering.model import ReportView, by_section
from governance.rendering.small_cells import BELOW
from governance.rendering.words import change


def render_xlsx(view: ReportView, *, small_cell_below: int = BELOW) -> bytes:
    """Sheets: summary, tables, definitions, and what was restated when something was."""
    view = hidden(view, small_cell_below)
    sheets = [_summary(view), _tables(view), _definitions(view)]
    if view.restatements:
        sheets.append(_restated(view))
    return workbook(sheets, title=f"{view.title} {view.area_name} {view.month_label}", made_at=view.frozen_at)


def _summary(view: ReportView) -> Sheet:
    return Sheet(
        name=_("Summary"),
        heading=_heading(view),
        columns=[
            Column(_("Figure"), width=44),
            Column(_("Counted"), "int"),
            Column(_("Out of"), "int"),
            Column(_("Share"), "percent"),
            Column(_("Amount"), "satang"),
            Column(_("Unit"), width=12),
            Column(_("Change"), width=44),
        ],
        rows=list(_summary_rows(view)),
    )


def _summary_rows(view: ReportView) -> Iterator[list[Any]]:
    for section, figures in by_section(view.figures):
        if section:
            yield [section, *[None] * 6]
        for one in figures:
            yield [one.title, *_cells(one.now, one.unit), change(one).text]


def _tables(view: ReportView) -> Sheet:
    rows: list[list[Any]] = []
    charts = []
    for figure in view.figures:
        first = len(rows)
        rows += [
            [figure.title, _("Month"), point.label, *_cells(point, figure.unit)] for point in figure.trend
        ]
        if figure.kind == "breakdown":
            first = len(rows)
            whole = figure.now.value
            rows += [
                [figure.title, _("Category"), label, *_cells(Point(label, value, whole), figure.unit)]
                for label, value in figure.rows
            ]
        if len(rows) > first:
            column = 6 if figure.unit else 5 if figure.kind == "share" else 3
            charts.append(Bars(figure.title, (first, len(rows) - 1), label_column=2, value_columns=(column,)))
        rows += [
            [figure.title, _("Province"), _province(code), *_cells(point, figure.unit)]
            for code, point in sorted(figure.provinces.items())
        ]
    return Sheet(
        name=_("Tables"),
        heading=_heading(view),
        columns=[
            Column(_("Figure"), width=36),
            Column(_("Broken down by"), width=14),
            Column(_("Month, category or province")),
            Column(_("Counted"), "int"),
            Column(_("Out of"), "int"),
            Column(_("Share"), "percent"),
            Column(_("Amount"), "satang"),
            Column(_("Unit"), width=12),
        ],
        rows=rows,
        charts=charts,
    )


def _definitions(view: ReportView) -> Sheet:
    rows = [[figure.title, figure.definition, figure.note or None, figure.code] for figure in view.figures]
    rows += [[_("Notes"), note, None, None] for note in view.footnotes]
    return Sheet(
        name=_("Definitions"),
        columns=[
            Column(_("Figure"), width=36),
            Column(_("How it is counted"), width=80),
            Column(_("Note"), width=40),
            Column(_("Code"), width=24),
        ],
        rows=rows,
    )


def _restated(view: ReportView) -> Sheet:
    return Sheet(
        name=_("Corrected after freezing"),
        columns=[
            Column(_("Figure"), width=36),
            Column(_("As of"), width=30),
            Column(_("Counted"), "int"),
            Column(_("Out of"), "int"),
            Column(_("Share"), "percent"),
            Column(_("Amount"), "satang"),
            Column(_("Unit"), width=12),
            Column(_("Reasons"), width=60),
        ],
        rows=[
            [
                one.figure_title,
                point.label,
                *_cells(point, point.value.unit if isinstance(point.value, Amount) else ""),
                "\n".join(one.reasons) if point is one.now else None,
            ]
            for one in view.restatements
            for point in (one.frozen, one.now)
        ],
    )


def _heading(view: ReportView) -> list[str]:
    lines = [
        f"{view.title} {view.month_label}",
        view.area_name,
        f"{view.period_text} · {_('Figures frozen')} {view.frozen_at_text}",
    ]
    if view.synthetic:
        lines.append(_("Synthetic data for demonstration: nobody in these figures is real"))
    return lines


def _cells(point: Point, unit: str = "") -> list[Value | float | str]:
    """Counted, out of, the share as a part of one, the amount and its unit; a mask stays a mask.

    Of an amount, what is counted are the rows it was summed from.
    """
    counted, out_of, share = _counted(point)
    if not unit:
        return [counted, out_of, share, None, None]
    value = point.value
    if isinstance(value, Amount):
        return [value.rows, None, share, value * 100 // value.scale, unit]
    return [None, None, share, value, unit]


def _counted(point: Point) -> tuple[Value, Value, Value | float]:
    share = percent(point.value, point.denominator)
    masked = point.denominator is not None and (
        isinstance(point.value, Masked) or isinstance(point.denominator, Masked)
    )
    shown = Masked(_("hidden")) if masked else None
    return point.value, point.denominator, shown if share is None else share / 100


def _province(code: str) -> str:
    seed = BY_CODE.get(code)
    if seed is None:
        return code
    return seed.name_en if get_language() == "en" else seed.name_th
