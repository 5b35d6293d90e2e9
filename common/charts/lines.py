"""Lines: a share over months, and the small one that stands beside a figure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from common.charts.canvas import Canvas, Chart, Table, nothing
from common.charts.values import Point, count_text, length, percent, percent_text

WIDTH = 440.0
_LEFT, _RIGHT, _TOP, _PLOT = 56.0, 22.0, 28.0, 124.0


def line(points: Sequence[Point], *, title: str) -> Chart:
    """A share over months, oldest first, on a scale from 0 to 100 %; a month without a denominator is a gap."""
    shares = [percent(point.value, point.denominator) for point in points]
    table = Table(
        headers=(_("Month"), _("Share"), _("Counted"), _("Out of")),
        rows=tuple(
            (
                point.label,
                percent_text(point.value, point.denominator),
                count_text(point.value),
                count_text(point.denominator),
            )
            for point in points
        ),
    )
    if all(share is None for share in shares):
        return nothing(WIDTH, 120, title=title, table=table)
    ground = _TOP + _PLOT
    canvas = Canvas(WIDTH, ground + 36)
    for mark in (0, 50, 100):
        y = ground - _PLOT * mark / 100
        canvas.rule(_LEFT - 14, y, WIDTH - _RIGHT + 14, y)
        canvas.text(_LEFT - 20, y + 4, f"{mark}\u00a0%", anchor="end", size=11)
    slot = (WIDTH - _LEFT - _RIGHT) / max(len(points) - 1, 1)
    places = [
        None if share is None else (_LEFT + slot * index, ground - _PLOT * share / 100)
        for index, share in enumerate(shares)
    ]
    for run in _runs(places):
        canvas.curve(run)
    crowded = slot < 24
    for index, (point, share, place) in enumerate(zip(points, shares, places, strict=True)):
        last = index == len(points) - 1
        with canvas.group(_said(point)):
            if place and share is not None:
                canvas.dot(*place)
                if last or not crowded:
                    canvas.text(place[0], place[1] - 9, str(share), anchor="middle", kind="v", bold=last)
    canvas.axis([point.label for point in points], _LEFT, slot, ground + 16)
    return canvas.chart(title=title, alt=f"{title}: " + ", ".join(map(_said, points)), table=table)


def sparkline(points: Sequence[Point], *, title: str) -> Chart:
    """A line of 120 × 32 with its last point marked: counts from 0 to their highest, shares from 0 to 100 %."""
    shares = any(point.denominator is not None for point in points)
    readings = [
        percent(point.value, point.denominator)
        if shares
        else (length(point.value) if isinstance(point.value, int) else None)
        for point in points
    ]
    table = Table(
        headers=(_("Month"), _("Share") if shares else _("Count")),
        rows=tuple(
            (point.label, percent_text(point.value, point.denominator) if shares else count_text(point.value))
            for point in points
        ),
    )
    known = [reading for reading in readings if reading is not None]
    if not known:
        return nothing(120, 32, title=title, table=table, kind="spark")
    canvas = Canvas(120, 32)
    most = 100 if shares else max([1, *known])
    slot = 108 / max(len(points) - 1, 1)
    places = [
        None if reading is None else (6 + slot * index, 27 - 22 * reading / most)
        for index, reading in enumerate(readings)
    ]
    canvas.rule(2, 29, 118, 29)
    for run in _runs(places):
        canvas.curve(run, 2)
    canvas.dot(*[place for place in places if place][-1], 3.5)
    said = ", ".join(f"{point.label} {row[1]}" for point, row in zip(points, table.rows, strict=True))
    return canvas.chart(title=title, alt=f"{title}: {said}", table=table, kind="spark")


def _runs(places: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Unbroken stretches of at least two points."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


def _said(point: Point) -> str:
    share = percent(point.value, point.denominator)
    if share is None and not isinstance(point.value, str):
        return f"{point.label} {_('no data')}"
    return _("%(label)s %(share)s (%(counted)s of %(all)s)") % {
        "label": point.label,
        "share": percent_text(point.value, point.denominator),
        "counted": count_text(point.value),
        "all": count_text(point.denominator),
    }
