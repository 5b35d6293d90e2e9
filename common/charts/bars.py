"""Bars: upright by month, lying by category, and one per worker."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.charts.canvas import Canvas, Chart, Table, nothing
from common.charts.labels import text_width, wrap
from common.charts.values import Amount, Masked, Point, Series, Value, count_text, length

WIDTH = 440.0
_EDGE = 8.0
_PLOT = 132.0
_FILLS = ("s1", "s2", "s3", "s4", "s5")


def bars(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    unit: str = "",
    along: str = "",
    width: float = WIDTH,
) -> Chart:
    """Upright bars over `labels` (months, oldest first), up to five series stacked from the ground.

    Each series has one value per label; None is "not known" and leaves a gap, unlike 0. `along` says what the
    labels are, months if it is empty; `width` (in units of which letters are 12 high) is less for a narrow place.

    Raises:
        ValueError: no series, more than five, or a series whose length is not that of the labels.
    """
    if not 1 <= len(series) <= len(_FILLS):
        raise ValueError("one to five series")
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("a series needs one value per label")
    columns = list(zip(*(one.values for one in series), strict=True))
    table = _bars_table(labels, series, columns, unit=unit, along=along or _("Month"))
    if all(value is None for column in columns for value in column):
        return nothing(width, 120, title=title, table=table)

    stacked = len(series) > 1
    legend = _legend_rows([one.label for one in series]) if stacked else []
    top = 20.0 * len(legend) + 22
    ground = top + _PLOT
    canvas = Canvas(width, ground + 36)
    _draw_legend(canvas, legend)
    for step in range(3):
        height = ground - _PLOT * step / 2
        canvas.rule(_EDGE, height, width - _EDGE, height)
    scale = _PLOT / max([1, *(sum(map(length, column)) for column in columns)])
    slot = (width - 2 * _EDGE) / len(labels)
    crowded = any(text_width(_sum_text(column), 12) > slot for column in columns)
    for index, (label, column) in enumerate(zip(labels, columns, strict=True)):
        middle = _EDGE + slot * (index + 0.5)
        last = index == len(labels) - 1
        with canvas.group(_in_words(label, series, column, unit)):
            reach = _draw_stack(canvas, column, middle, min(slot * 0.66, 50), ground, scale)
            if last or not crowded:
                canvas.text(middle, reach - 6, _sum_text(column), anchor="middle", kind="v", bold=last)
    canvas.axis(labels, _EDGE + slot / 2, slot, ground + 16)
    alt = f"{title}: " + ", ".join(
        _in_words(label, series, column, unit) for label, column in zip(labels, columns, strict=True)
    )
    return canvas.chart(title=title, alt=alt, table=table)


def hbars(
    points: Sequence[Point], *, title: str, unit: str = "", hrefs: Sequence[str | None] | None = None
) -> Chart:
    """Lying bars, one per category in the order given; the label stands above its bar and may be long."""
    links = _links(points, hrefs)
    table = Table(
        headers=(_("Category"), unit or _("Count")),
        rows=tuple((point.label, count_text(point.value)) for point in points),
        hrefs=links,
    )
    if all(point.value is None for point in points):
        return nothing(WIDTH, 80, title=title, table=table)
    most = max([1, *(length(point.value) for point in points)])
    rows = [
        _Row(point.label, count_text(point.value), [("s1", length(point.value))], None, link)
        for point, link in zip(points, links, strict=True)
    ]
    alt = f"{title}: " + ", ".join(_said(point.label, point.value, unit) for point in points)
    return _draw_rows(rows, most, []).chart(title=title, alt=alt, table=table)


@dataclass(frozen=True)
class Load:
    """What one worker carries: `value` in all, `late` of them overdue, and the `limit` agreed for one."""

    label: str
    value: int
    late: int = 0
    href: str | None = None
    limit: int | None = None


def load_bars(loads: Sequence[Load], *, title: str) -> Chart:
    """Caseload per worker: the late part first and in the colour of danger, the limit as a tick."""
    table = Table(
        headers=(_("Worker"), _("In hand"), _("Late"), _("Limit")),
        rows=tuple(
            (load.label, count_text(load.value), count_text(load.late), count_text(load.limit))
            for load in loads
        ),
        hrefs=tuple(load.href for load in loads),
    )
    if not loads:
        return nothing(WIDTH, 80, title=title, table=table)
    most = max([1, *(max(load.value, load.limit or 0) for load in loads)])
    rows = [
        _Row(
            load.label,
            _load_text(load),
            [("late", min(load.late, load.value)), ("s1", load.value - min(load.late, load.value))],
            load.limit,
            load.href,
        )
        for load in loads
    ]
    alt = f"{title}: " + ", ".join(f"{load.label} {_load_text(load)}" for load in loads)
    return _draw_rows(rows, most, [("late", _("Late")), ("s1", _("Not late"))]).chart(
        title=title, alt=alt, table=table
    )


@dataclass(frozen=True)
class _Row:
    label: str
    said: str
    parts: list[tuple[str, int]]
    limit: int | None
    href: str | None


def _draw_rows(rows: Sequence[_Row], most: int, legend: list[tuple[str, str]]) -> Canvas:
    room = WIDTH - 2 * _EDGE
    laid = [wrap(row.label, 13, room - text_width(row.said, 13) - 16) for row in rows]
    legend_rows = [legend] if legend else []
    top = 24.0 * len(legend_rows)
    canvas = Canvas(WIDTH, top + sum(18 * len(lines) + 24 for lines, _cut in laid) + 2)
    _draw_legend(canvas, legend_rows)
    y = top
    for row, (lines, cut) in zip(rows, laid, strict=True):
        with canvas.group(f"{row.label} {row.said}", row.href):
            for line in lines:
                y += 18
                canvas.text(_EDGE, y - 3, line, size=13, full=row.label if cut else "")
            canvas.text(WIDTH - _EDGE, y - 3, row.said, size=13, anchor="end", kind="v", bold=True)
            canvas.rect(_EDGE, y + 4, room, 10, "track", radius=3)
            x = _EDGE
            for kind, value in row.parts:
                canvas.rect(x, y + 4, room * value / most, 10, kind, radius=3)
                x += room * value / most
            if row.limit is not None:
                tick = _EDGE + room * min(row.limit, most) / most
                canvas.rule(tick, y + 1, tick, y + 17, "limit", 2)
        y += 24
    return canvas


def _draw_stack(
    canvas: Canvas, column: Sequence[Value], middle: float, width: float, ground: float, scale: float
) -> float:
    """Draw one column and return how high it reaches."""
    reach = ground
    for kind, value in zip(_FILLS, column, strict=False):
        height = length(value) * scale
        gap = 2 if reach < ground and height > 3 else 0
        canvas.rect(middle - width / 2, reach - height, width, height - gap, kind)
        reach -= height
    return reach


def _legend_rows(labels: Sequence[str]) -> list[list[tuple[str, str]]]:
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for kind, label in zip(_FILLS, labels, strict=False):
        width = 34 + min(text_width(label, 12), WIDTH - 60)
        if rows[-1] and used + width > WIDTH - 2 * _EDGE:
            rows.append([])
            used = 0
        rows[-1].append((kind, label))
        used += width
    return rows


def _draw_legend(canvas: Canvas, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
    for index, row in enumerate(rows):
        x, y = _EDGE, 14 + 20.0 * index
        for kind, label in row:
            lines, cut = wrap(label, 12, WIDTH - 60, lines=1)
            canvas.rect(x, y - 9, 11, 11, kind, radius=2)
            canvas.text(x + 16, y, lines[0], full=label if cut else "")
            x += 34 + text_width(lines[0], 12)


def _bars_table(
    labels: Sequence[str],
    series: Sequence[Series],
    columns: Sequence[Sequence[Value]],
    *,
    unit: str,
    along: str,
) -> Table:
    stacked = len(series) > 1
    names = tuple(one.label or unit or _("Count") for one in series)
    return Table(
        headers=(along, *names, *((_("Total"),) if stacked else ())),
        rows=tuple(
            (label, *map(count_text, column), *((_sum_text(column),) if stacked else ()))
            for label, column in zip(labels, columns, strict=True)
        ),
    )


def _sum_text(column: Sequence[Value]) -> str:
    """The sum of a column, the mask when one part is masked, a dash when none is known."""
    for value in column:
        if isinstance(value, Masked):
            return str(value)
    known = [value for value in column if isinstance(value, int)]
    if len(known) == 1:
        return count_text(known[0])
    if not known:
        return count_text(None)
    total = sum(known)
    return count_text(known[0].like(total) if isinstance(known[0], Amount) else total)


def _in_words(label: str, series: Sequence[Series], column: Sequence[Value], unit: str) -> str:
    if len(series) == 1:
        return _said(label, column[0], unit)
    parts = ", ".join(_said(one.label, value, "") for one, value in zip(series, column, strict=True))
    return f"{label} {_sum_text(column)} {unit}".rstrip() + f" ({parts})"


def _said(label: str, value: Value, unit: str) -> str:
    if value is None:
        return f"{label} {_('no data')}"
    return f"{label} {count_text(value)} {unit}".rstrip()


def _load_text(load: Load) -> str:
    if not load.late:
        return count_text(load.value)
    return _("%(all)s · %(late)s late") % {"all": count_text(load.value), "late": count_text(load.late)}


def _links(points: Sequence[Point], hrefs: Sequence[str | None] | None) -> tuple[str | None, ...]:
    if hrefs is None:
        return (None,) * len(points)
    if len(hrefs) != len(points):
        raise ValueError("one link per point, or none")
    return tuple(hrefs)
