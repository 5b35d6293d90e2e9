"""Thailand as a tile map."""

from collections.abc import Mapping

from django.utils.translation import get_language

from accounts.reference.provinces import PROVINCES
from common.charts import Chart, Point, Tile, tile_map


def province_tiles(
    values: Mapping[str, Point], *, title: str, unit: str = "", hrefs: Mapping[str, str] | None = None
) -> Chart:
    """The 77 provinces coloured by `values` (province code → reading); one that is missing is grey.

    The label of a reading is replaced by the name of its province.
    """
    english = get_language() == "en"
    links = hrefs or {}
    empty = Point("", None)
    return tile_map(
        [
            Tile(
                row=province.tile[0],
                column=province.tile[1],
                short=province.short_en if english else province.short_th,
                point=values.get(province.code, empty)._replace(
                    label=province.name_en if english else province.name_th
                ),
                href=links.get(province.code),
            )
            for province in PROVINCES
        ],
        title=title,
        unit=unit,
    )
