"""The picture that belongs to a figure, the same on the page and on paper."""

from collections.abc import Mapping

from accounts.reference.tiles import province_tiles
from common.charts import Amount, Chart, Point, Series, bars, hbars, line
from governance.rendering.model import FigureView


def picture(figure: FigureView) -> Chart:
    """Months as bars for a count, as a line for a share; categories as lying bars for a breakdown."""
    unit = figure.unit
    if figure.kind == "breakdown":
        return hbars([Point(label, value) for label, value in figure.rows], title=figure.title, unit=unit)
    months = list(figure.trend) or [figure.now]
    if figure.kind == "share":
        return line(months, title=figure.title)
    return bars(
        [point.label for point in months],
        [Series("", [point.value for point in months])],
        title=figure.title,
        unit=unit,
    )


def province_map(figure: FigureView) -> Chart:
    """The figure of each province on the tile map; for the report of the country. Amounts in whole units."""
    return province_tiles(whole_units(figure.provinces), title=figure.title, unit=figure.unit)


def whole_units(provinces: Mapping[str, Point]) -> dict[str, Point]:
    """Readings for a map, whose squares have room for whole baht and hours only."""
    return {
        code: point._replace(value=round(point.value / point.value.scale))
        if isinstance(point.value, Amount)
        else point
        for code, point in provinces.items()
    }
