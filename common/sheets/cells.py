"""A cell as text, and as a day."""

from datetime import date, datetime, time, timedelta

from common.thai.letters import normalise

_LONGEST = 4000
# Days a spreadsheet keeps as a bare number, counted from here; these are the years 1927 to 2064.
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_SERIAL_DAYS = range(10_000, 60_000)
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


def text(value: object) -> str:
    """What a person sees in the cell, cleaned; "" for an empty cell and for a spreadsheet's error.

    Whole numbers have no decimal point, days are ISO. Formulas and markup stay the text they are.
    """
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        cleaned = normalise(value[:_LONGEST])
        return "" if cleaned in _ERRORS else cleaned
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""


def day_value(value: object) -> str | int | date:
    """What `parse_date` reads: a bare number may be a year, or a day as a spreadsheet counts them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _SERIAL_DAY_ZERO + timedelta(days=value) if value in _SERIAL_DAYS else value
    return value if isinstance(value, date) else text(value)
