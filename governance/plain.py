"""A figure for programs: numbers and codes instead of words."""

from typing import Any

from common.money import to_baht
from governance.indicators import Indicator
from governance.reading import Counted
from governance.rules import Tally


def value(counted: Counted, tally: Tally | None = None) -> int | float | None:
    """The count; of a share its part of one, rounded to four digits, None when there is nothing to divide by.

    None for what has a unit too: an amount is exact and goes as text.
    """
    tally = tally or counted.tally
    if counted.indicator.unit:
        return None
    if counted.indicator.kind != "share":
        return tally.counted
    return round(tally.counted / tally.of, 4) if tally.of else None


def groups(tally: Tally) -> dict[str, int]:
    """Group code → how many count."""
    return {code: counted for code, (counted, _of) in sorted(tally.groups.items())}


def amount(indicator: Indicator, satang: int) -> str:
    """An amount as decimal text in its unit: "1250.50" baht or hours, "42" people."""
    return str(satang) if indicator.unit == "people" else str(to_baht(satang))


def amounts(indicator: Indicator, tally: Tally) -> dict[str, Any]:
    """The sum and the sums by group; nothing where rows are counted."""
    if not indicator.unit:
        return {"amount": None, "amounts": {}}
    by_group = {code: amount(indicator, value) for code, value in sorted(tally.amounts.items())}
    return {"amount": amount(indicator, tally.amount), "amounts": by_group}


def figure(counted: Counted) -> dict[str, Any]:
    """One figure with its code, its numbers and what they are called."""
    return {
        "code": counted.indicator.code,
        "title": counted.title,
        "kind": counted.indicator.kind,
        "section": counted.indicator.section,
        "unit": counted.indicator.unit,
        "value": value(counted),
        "counted": counted.tally.counted,
        "of": counted.tally.of,
        "groups": groups(counted.tally),
        **amounts(counted.indicator, counted.tally),
    }
