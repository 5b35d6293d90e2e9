"""Figures counted from the facts as they stand now, and compared with what was frozen."""

from collections.abc import Iterator, Mapping
from datetime import date

from common.thai.periods import Month
from governance.indicators import Indicator, Window
from governance.models import COUNTRY, FigureRow
from governance.rules import Difference, Row, Tally, compare


def by_province(indicator: Indicator, window: Window) -> dict[str, Tally]:
    """A tally for each province that has rows."""
    tallies: dict[str, Tally] = {}
    for row in indicator.rows(window):
        tallies.setdefault(row.province, Tally()).add(row.group, counts=row.counts, amount=row.amount)
    return tallies


def together(tallies: Mapping[str, Tally]) -> Tally:
    """The country: its provinces added up."""
    country = Tally()
    for tally in tallies.values():
        country.include(tally)
    return country


def province_of(area: str) -> str | None:
    """The province that an area code names; None for the country."""
    return None if area == COUNTRY else area


def now(
    indicator: Indicator,
    month: Month,
    area: str,
    *,
    until: date | None = None,
    basis: Mapping[str, int] | None = None,
) -> Tally:
    """What the figure of one area counts today; `until` as in `Window`, the month's end unless given."""
    window = indicator.window(month, until or month.last, province_of(area), basis)
    return together(by_province(indicator, window))


def frozen_rows(month: Month, code: str, area: str) -> Iterator[Row]:
    """The rows that were frozen for one figure."""
    rows = FigureRow.objects.filter(month=str(month), code=code).order_by()
    if area != COUNTRY:
        rows = rows.filter(province_id=area)
    found = rows.values_list("province_id", "key", "group", "counted", "amount").iterator()
    return (Row(*values) for values in found)


def difference(indicator: Indicator, month: Month, area: str, basis: Mapping[str, int]) -> Difference:
    """Which rows of a frozen figure left since, which came, and which are judged otherwise."""
    window = indicator.window(month, month.last, province_of(area), basis)
    frozen = list(frozen_rows(month, indicator.code, area))
    live = list(indicator.rows(window))
    if indicator.successors is None:
        return compare(frozen, live)
    gone = {row.key for row in frozen} - {row.key for row in live}
    return compare(frozen, live, indicator.successors(gone))
