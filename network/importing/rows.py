"""A row of a sheet of contributions: its cells understood, and what is wrong with them by field and code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from common.money import MoneyError, to_satang
from common.sheets import cells
from common.sheets.headings import Mapping
from common.thai.dates import DateError, parse_date
from common.thai.letters import normalise, says_nothing
from network import rules

_WORDS = {
    "baht": "บาท, baht, thb, ฿, บ.",
    "hour": "ชั่วโมง, ชม, ชม., ชั่วโมงอาสา, hour, hours, hr, hrs, h",
    "set": "ชุด, set, sets",
    "kg": "กก, กก., กิโลกรัม, กิโล, kg, kgs, kilogram, kilograms",
    "box": "กล่อง, ลัง, box, boxes",
    "piece": "ชิ้น, อัน, ตัว, ผืน, ใบ, piece, pieces, pcs",
    "bag": "ถุง, กระสอบ, bag, bags",
    "pack": "แพ็ก, แพ็ค, แพค, ห่อ, pack, packs",
    "bottle": "ขวด, bottle, bottles",
    "litre": "ลิตร, litre, litres, liter, liters, l",
    "day": "วัน, day, days",
    "night": "คืน, night, nights",
    "person": "คน, ราย, person, persons, people",
    "time": "ครั้ง, รอบ, time, times",
}
_UNITS = {word.strip(): unit for unit, listed in _WORDS.items() for word in listed.split(",")}
_LONGEST = {"what": 200, "area": 200, "giver": 150, "remark": 500}
_FINEST = 9  # digits behind the point that a spreadsheet's own arithmetic can be trusted with


@dataclass(slots=True)
class ParsedRow:
    """What a sheet says was given, ready to be written when `errors` is empty.

    Attributes:
        row: data rows under the headings, from 1.
        quantity: hundredths of the unit.
        stated: satang the sheet says it is worth; None where it says nothing that can be read.
        errors: (field, code) pairs; the codes are those of words.ROW.
    """

    row: int
    given_on: date | None = None
    what: str = ""
    quantity: int = 0
    unit: str = ""
    people: int = 1
    stated: int | None = None
    area: str = ""
    giver: str = ""
    remark: str = ""
    errors: list[tuple[str, str]] = field(default_factory=list)


class _Cells:
    """The cells of one row, by field."""

    def __init__(self, mapping: Mapping, row: Sequence[object]) -> None:
        self._mapping, self._row = mapping, row

    def value(self, name: str) -> object:
        columns = self._mapping.get(name, ())
        return self._row[columns[0]] if columns and columns[0] < len(self._row) else None

    def text(self, name: str) -> str:
        return cells.text(self.value(name))

    def number(self, name: str) -> str:
        """As it is shown: a spreadsheet that adds 1.1 three times keeps 3.3000000000000003."""
        value = self.value(name)
        if isinstance(value, float):
            return f"{value:.{_FINEST}f}".rstrip("0").rstrip(".")
        return cells.text(value)


def parse_row(number: int, mapping: Mapping, row: Sequence[object], *, today: date) -> ParsedRow:
    """One row, with everything that is wrong about it."""
    source, parsed = _Cells(mapping, row), ParsedRow(number)
    _read_day(source, parsed, today)
    _read_texts(source, parsed)
    _read_amount(source, parsed)
    _read_stated(source, parsed)
    return parsed


def unit_of(text: str) -> str:
    """The unit a word stands for; "" for a word that is none."""
    return _UNITS.get(normalise(text).lower(), "")


def _read_day(source: _Cells, parsed: ParsedRow, today: date) -> None:
    try:
        found = parse_date(cells.day_value(source.value("given_on")), today=today)
    except DateError as refused:
        parsed.errors.append(("given_on", "future" if refused.code == "future" else "no_date"))
        return
    if found.precision != "day":
        parsed.errors.append(("given_on", "no_date"))
    elif code := rules.day_problem(found.value, today=today):
        parsed.errors.append(("given_on", code))
    else:
        parsed.given_on = found.value


def _read_texts(source: _Cells, parsed: ParsedRow) -> None:
    for name, limit in _LONGEST.items():
        text = source.text(name)
        if name != "remark" and says_nothing(text):
            text = ""
        if len(text) > limit:
            parsed.errors.append((name, "too_long"))
        setattr(parsed, name, text[:limit])
    if not parsed.what:
        parsed.errors.append(("what", "what_missing"))


def _read_amount(source: _Cells, parsed: ParsedRow) -> None:
    parsed.quantity, code = rules.read_quantity(source.number("quantity"))
    if code:
        parsed.errors.append(("quantity", code))
    parsed.unit = unit_of(source.text("unit"))
    if not parsed.unit:
        parsed.errors.append(("unit", "unit"))
    people = source.number("people")
    if not says_nothing(people):
        count, unread = rules.read_quantity(people)
        whole, rest = divmod(count, rules.HUNDREDTHS)
        if unread or rest or rules.people_problem(whole):
            parsed.errors.append(("people", "people"))
        else:
            parsed.people = whole
    if not code and (over := rules.hours_problem(parsed.unit, parsed.quantity, parsed.people)):
        parsed.errors.append(("quantity", over))


def _read_stated(source: _Cells, parsed: ParsedRow) -> None:
    """The giver's own idea of the value is kept where it can be read and bothers nobody where not."""
    try:
        parsed.stated = to_satang(source.number("stated"))
    except MoneyError:
        parsed.stated = None
