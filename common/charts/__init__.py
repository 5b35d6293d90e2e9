"""Pictures as server-rendered SVG: no script, no stylesheet needed, each with its table and words.

The shapes carry their own colours, so the same picture stands on paper; on a page classes recolour it.
"""

from common.charts.bars import Load, bars, hbars, load_bars
from common.charts.canvas import Chart, Table
from common.charts.lines import line, sparkline
from common.charts.tiles import Tile, tile_map
from common.charts.values import Amount, Masked, Point, Series, Value, count_text, percent, percent_text

__all__ = [
    "Amount",
    "Chart",
    "Load",
    "Masked",
    "Point",
    "Series",
    "Table",
    "Tile",
    "Value",
    "bars",
    "count_text",
    "hbars",
    "line",
    "load_bars",
    "percent",
    "percent_text",
    "sparkline",
    "tile_map",
]
