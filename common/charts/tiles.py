"""A tile map: each area one square at a place of its own, coloured in five steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from common.charts.canvas import Canvas, Chart, Table, nothing
from common.charts.labels import text_width
from common.charts.values import Point, count_text, percent, percent_text

_SIDE, _GAP, _EDGE = 36.0, 3.0, 4.0
_STEPS = 5


@dataclass(frozen=True)
class Tile:
    """One area: where its square stands, the two or three letters on it, and its reading."""

    row: int
    column: int
    short: str
    point: Point
    href: str | None = None


def tile_map(tiles: Sequence[Tile], *, title: str, unit: str = "") -> Chart:
    """Areas coloured by their reading; an area without one is grey and says so.

    Shares are coloured in bands of 20 %. Counts are coloured by rank, so that one very large area does
    not leave all others in the palest step.
    """
    shares = any(tile.point.denominator is not None for tile in tiles)
    table = Table(
        headers=(_("Area"), _("Share") if shares else unit or _("Count")),
        rows=tuple((tile.point.label, _text(tile.point, shares=shares)) for tile in tiles),
        hrefs=tuple(tile.href for tile in tiles),
    )
    readings = [_reading(tile.point, shares=shares) for tile in tiles]
    bounds = _bounds(readings, shares=shares)
    rows = max((tile.row for tile in tiles), default=0) + 1
    columns = max((tile.column for tile in tiles), default=0) + 1
    width, height = _EDGE * 2 + columns * (_SIDE + _GAP), _EDGE * 2 + rows * (_SIDE + _GAP)
    if not tiles or (all(reading is None for reading in readings) and not _has_mask(tiles)):
        return nothing(max(width, 200), 120, title=title, table=table, kind="map")
    canvas = Canvas(width, height + 30)
    for tile, reading in zip(tiles, readings, strict=True):
        step = _step(reading, bounds)
        x, y = _EDGE + tile.column * (_SIDE + _GAP), _EDGE + tile.row * (_SIDE + _GAP)
        said = _text(tile.point, shares=shares)
        with canvas.group(f"{tile.point.label} {said if said != '–' else _('no data')}", tile.href):
            canvas.rect(x, y, _SIDE, _SIDE, f"q{step}", radius=5)
            canvas.text(
                x + _SIDE / 2, y + 16, tile.short, size=13, anchor="middle", kind=f"t{step}", bold=True
            )
            shown = said if text_width(said, 10) < _SIDE - 2 else "…"
            canvas.text(x + _SIDE / 2, y + 30, shown, size=10, anchor="middle", kind=f"t{step}")
    _draw_legend(canvas, bounds, height + 6, shares=shares)
    return canvas.chart(title=title, alt=_alt(title, tiles, readings, shares=shares), table=table, kind="map")


def _reading(point: Point, *, shares: bool) -> int | None:
    if shares:
        return percent(point.value, point.denominator)
    return point.value if isinstance(point.value, int) else None


def _text(point: Point, *, shares: bool) -> str:
    return percent_text(point.value, point.denominator) if shares else count_text(point.value)


def _has_mask(tiles: Sequence[Tile]) -> bool:
    return any(isinstance(tile.point.value, str) for tile in tiles)


def _bounds(readings: Sequence[int | None], *, shares: bool) -> list[int]:
    """Lowest reading of each of the steps two to five."""
    if shares:
        return [20, 40, 60, 80]
    ranked = sorted({reading for reading in readings if reading})
    if not ranked:
        return []
    return sorted({ranked[len(ranked) * step // _STEPS] for step in range(1, _STEPS)} - {ranked[0]})


def _step(reading: int | None, bounds: Sequence[int]) -> int:
    return 0 if reading is None else 1 + sum(reading >= bound for bound in bounds)


def _draw_legend(canvas: Canvas, bounds: Sequence[int], y: float, *, shares: bool) -> None:
    lows = [0, *bounds]
    last = f"{lows[-1]:,}+\u00a0%" if shares else f"{lows[-1]:,}+"
    names = [*(f"{low:,}–{high - 1:,}" for low, high in pairwise(lows)), last]
    slot = min(62, (canvas.width - 2 * _EDGE) / (len(names) + 1))
    for step, name in enumerate([*names, "–"], start=1):
        kind = f"q{step % (len(names) + 1)}"
        x = _EDGE + slot * (step - 1)
        canvas.rect(x, y, 14, 14, kind, radius=3)
        canvas.text(x + 17, y + 11, name, size=10)


def _alt(title: str, tiles: Sequence[Tile], readings: Sequence[int | None], *, shares: bool) -> str:
    """The five highest and how many say nothing: seventy-seven readings are for the table."""
    known = [(reading, tile) for reading, tile in zip(readings, tiles, strict=True) if reading is not None]
    known.sort(key=lambda pair: -pair[0])
    highest = ", ".join(
        f"{tile.point.label} {_text(tile.point, shares=shares)}" for _reading, tile in known[:5]
    )
    return _("%(title)s. Highest: %(highest)s. Areas without a figure: %(missing)s.") % {
        "title": title,
        "highest": highest or "–",
        "missing": len(tiles) - len(known),
    }
