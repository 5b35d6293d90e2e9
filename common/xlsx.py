"""Spreadsheets that open well in Thai: text stays text, dates show the Buddhist Era, headings stay in view."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from common.thai.dates import format_be

FONT = "TH Sarabun New"
# Thai Buddhist calendar in Arabic digits, as Excel writes the format itself.
_BE_DATE = "[$-107041E]d mmm yyyy;@"
_NUMBER_FORMATS = {"int": "#,##0", "percent": "0%", "satang": "#,##0.00", "date": _BE_DATE}
_WIDTHS = {"text": 30, "int": 12, "percent": 10, "satang": 14, "date": 14, "date_text": 16}
_LONGEST = 32_767
# Text that a spreadsheet would take for a formula when somebody edits the cell or saves it as CSV.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """A column and how its values are shown.

    `kind`: text · int · percent (a part of one) · satang (an int, shown in baht) · date (a true date shown in
    the Buddhist Era) · date_text (the date in words). A text in any column is written as it is: "<5".
    """

    header: str
    kind: str = "text"
    width: float | None = None


@dataclass(frozen=True)
class Bars:
    """A bar chart of the sheet's own cells, standing right of the table.

    `rows` are the first and last data row (from 0, both included) and default to all of them.
    """

    title: str
    rows: tuple[int, int] | None = None
    label_column: int = 0
    value_columns: tuple[int, ...] = (1,)


@dataclass(frozen=True)
class Sheet:
    """One sheet: lines of `heading`, a header row that stays in view, and the rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    heading: Sequence[str] = ()
    charts: Sequence[Bars] = ()


def workbook(sheets: Sequence[Sheet], *, title: str = "", made_at: datetime | None = None) -> bytes:
    """An XLSX file; without charts it is written row by row in constant memory.

    Same sheets and `made_at`, same bytes. Text is never a formula, a link or a number. None is an empty cell.

    Raises:
        ValueError: a kind that is not known, a cell that does not fit its column's kind, or a sheet name that
            spreadsheets refuse (empty, longer than 31, repeated, or with any of []:*?/\\).
    """
    out = io.BytesIO()
    # A chart's labels are read back from the cells, which constant memory has let go of by then.
    options = {
        "constant_memory": not any(sheet.charts for sheet in sheets),
        "default_date_format": _BE_DATE,
        "remove_timezone": True,
    }
    try:
        with Workbook(out, options) as book:
            # Without a date of its own the file would carry the moment of writing and differ each time.
            created = made_at.replace(tzinfo=None) if made_at else datetime(2000, 1, 1)  # noqa: DTZ001
            book.set_properties({"title": title, "created": created})
            looks = _Looks(book)
            for sheet in sheets:
                _write_sheet(book, looks, sheet)
    except xlsxwriter.exceptions.XlsxWriterException as refusal:
        raise ValueError(str(refusal)) from refusal
    return out.getvalue()


class _Looks:
    """Formats of a workbook; each must be made once."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": FONT, "font_size": 14, "valign": "top"}
        self.heading = book.add_format({**base, "bold": True, "font_size": 18})
        self.line = book.add_format(base)
        self.header = book.add_format(
            {**base, "bold": True, "bg_color": "#E1EFEC", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.text = book.add_format({**base, "text_wrap": True})
        self.quoted = book.add_format({**base, "text_wrap": True, "quote_prefix": True})
        self.aside = book.add_format({**base, "align": "right"})
        self.numbers = {
            kind: book.add_format({**base, "num_format": shown}) for kind, shown in _NUMBER_FORMATS.items()
        }


def _write_sheet(book: Workbook, looks: _Looks, sheet: Sheet) -> None:
    page: Worksheet = book.add_worksheet(sheet.name)
    for index, column in enumerate(sheet.columns):
        if column.kind not in _WIDTHS:
            raise ValueError(f"{column.kind!r} is no kind of column")
        page.set_column(index, index, column.width or _WIDTHS[column.kind])
    row = 0
    for number, line in enumerate(sheet.heading):
        _write_text(page, row, 0, line, looks.heading if number == 0 else looks.line, looks)
        row += 1
    header_row = row
    for index, column in enumerate(sheet.columns):
        _write_text(page, row, index, column.header, looks.header, looks)
    for values in sheet.rows:
        row += 1
        for index, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            _write_cell(page, row, index, column, value, looks)
    page.freeze_panes(header_row + 1, 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(header_row)
    _add_charts(book, page, sheet, header_row, row)


def _write_cell(page: Worksheet, row: int, index: int, column: Column, value: Any, looks: _Looks) -> None:
    if value is None:
        return
    if isinstance(value, str):
        _write_text(page, row, index, value, looks.text if column.kind == "text" else looks.aside, looks)
    elif column.kind == "date_text" and isinstance(value, date):
        _write_text(page, row, index, format_be(value), looks.text, looks)
    elif column.kind == "date" and isinstance(value, date):
        page.write_datetime(row, index, value, looks.numbers["date"])
    elif column.kind in {"int", "percent", "satang"} and isinstance(value, int | float):
        number = value / 100 if column.kind == "satang" else value
        page.write_number(row, index, number, looks.numbers[column.kind])
    else:
        raise ValueError(f"{column.header!r} ({column.kind}) cannot hold {type(value).__name__}")


def _write_text(page: Worksheet, row: int, index: int, text: str, look: Format, looks: _Looks) -> None:
    # A lone half of a surrogate pair cannot be written as UTF-8 and would lose the whole file.
    safe = text.encode("utf-8", "replace").decode("utf-8")[:_LONGEST]
    if safe.startswith(_FORMULA_STARTS):
        look = looks.quoted
    page.write_string(row, index, safe, look)


def _add_charts(book: Workbook, page: Worksheet, sheet: Sheet, header_row: int, last_row: int) -> None:
    top = header_row
    for bars in sheet.charts:
        first, last = bars.rows or (0, last_row - header_row - 1)
        if last < first:
            continue
        chart = book.add_chart({"type": "bar"})
        for column in bars.value_columns:
            chart.add_series(
                {
                    "name": [sheet.name, header_row, column],
                    "categories": _cells(sheet, header_row, first, last, bars.label_column),
                    "values": _cells(sheet, header_row, first, last, column),
                    "fill": {"color": "#0B5D5B"},
                    "data_labels": {"value": True, "font": {"name": FONT}},
                }
            )
        chart.set_title({"name": bars.title, "name_font": {"name": FONT, "size": 14}})
        # Bars are drawn upwards by default: reversed they stand in the order of the table.
        chart.set_y_axis({"reverse": True, "num_font": {"name": FONT}})
        chart.set_x_axis({"num_font": {"name": FONT}, "major_gridlines": {"visible": False}})
        if len(bars.value_columns) == 1:
            chart.set_legend({"none": True})
        height = 60 + 26 * (last - first + 1)
        chart.set_size({"width": 560, "height": max(200, height)})
        page.insert_chart(top, len(sheet.columns) + 1, chart, {"description": bars.title})
        top += max(200, height) // 20 + 2


def _cells(sheet: Sheet, header_row: int, first: int, last: int, column: int) -> list[Any]:
    return [sheet.name, header_row + 1 + first, column, header_row + 1 + last, column]
