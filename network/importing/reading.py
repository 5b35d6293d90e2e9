"""From a partner's sheet to rows that can be written: understood, and compared with each other and what is stored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Self

from django.conf import settings

from common.actor import Actor
from common.sheets import cells
from common.sheets.sheet import read_rows
from network import permissions, rules
from network.giving import Given, provinces_of
from network.importing.headings import CONTRIBUTIONS
from network.importing.rows import ParsedRow, parse_row
from network.models import ContributionSheet, Partner

MOST_ROWS = 5_000
"""A sheet of one partner and month has a hundred; this is read while one waits. Our default."""

_LOOKED_UP = 500
_TYPED = 300
Error = tuple[str, str]


@dataclass(slots=True)
class Line:
    """A row with what it seems to be. `given` is None where it cannot be read; `doubled` where it is there already."""

    row: int
    given: Given | None
    errors: list[Error]
    typed: str = ""
    doubled: bool = False

    @property
    def is_new(self) -> bool:
        return not self.errors and not self.doubled


@dataclass(frozen=True, slots=True)
class Expected:
    """How many rows somebody saw when they confirmed."""

    new: int
    doubled: int

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self:
        """Of rows as they are judged now."""
        found = list(lines)
        return cls(sum(line.is_new for line in found), sum(line.doubled for line in found))


def read_lines(actor: Actor, partner: Partner, file: str | Path | IO[bytes], *, today: date) -> list[Line]:
    """Every row of the sheet, judged for who brings it. Raises SheetError for a file that cannot be taken."""
    most = min(MOST_ROWS, settings.IMPORT_MAX_ROWS)
    provinces = _Provinces(partner)
    with read_rows(file, CONTRIBUTIONS, max_rows=most, max_bytes=settings.IMPORT_MAX_BYTES) as sheet:
        lines = [
            _line(parse_row(number, sheet.mapping, row, today=today), row, provinces) for number, row in sheet
        ]
    own = permissions.own_partner(actor)
    for line in lines:
        at = line.given.province if line.given else ""
        if at and own != partner and not permissions.can_log_at(actor, at):
            line.errors.append(("area", "province_not_yours"))
    judge(partner, lines)
    return lines


def lines_of(sheet: ContributionSheet) -> list[Line]:
    """The rows that were kept of a sheet, judged as things stand now."""
    rows = sheet.rows.order_by("row").values_list("row", "payload", "errors", "typed")
    lines = [
        Line(
            row,
            Given.from_payload(payload) if payload else None,
            [(field, code) for field, code in errors],
            typed,
        )
        for row, payload, errors, typed in rows
    ]
    judge(sheet.partner, lines)
    return lines


def judge(partner: Partner, lines: Sequence[Line]) -> None:
    """Note which rows are there already and whose day would have more than 24 hours.

    A row is there already when an earlier one of the sheet or a stored one says exactly the same: the stored ones
    count also after they were corrected.
    """
    sound = [(line, line.given) for line in lines if line.given is not None and not line.errors]
    stored = _stored(partner, [given.fingerprint for _line, given in sound])
    seen: set[str] = set()
    for line, given in sound:
        mark = given.fingerprint
        line.doubled = mark in seen or mark in stored
        seen.add(mark)
        if active := rules.active_problem(
            given.given_on, active_from=partner.active_from, active_to=partner.active_to
        ):
            line.errors.append(("given_on", active))
            line.doubled = False
    _judge_days(partner, [line for line, _given in sound if line.is_new])


def outcome(lines: Sequence[Line]) -> dict[str, Any]:
    """Counts, each error with its row, and the rows that are there already: what commands print as JSON."""
    errors = [
        {"row": line.row, "field": field, "code": code} for line in lines for field, code in line.errors
    ]
    doubled = [line.row for line in lines if line.doubled]
    return {
        "rows": len(lines),
        "new": sum(line.is_new for line in lines),
        "likely_same": len(doubled),
        "errors": sum(bool(line.errors) for line in lines),
        "error_rows": errors,
        "doubled": doubled,
    }


class _Provinces:
    """In which of its provinces a partner gave: where the area names one, else where it is at home."""

    def __init__(self, partner: Partner) -> None:
        self._home = partner.province_id
        self._names = {
            area.name_th: area.pk for area in partner.areas.all() if area.pk in provinces_of(partner)
        }

    def of(self, area: str) -> str:
        return next((code for name, code in self._names.items() if name in area), self._home)


def _line(parsed: ParsedRow, row: Sequence[object], provinces: _Provinces) -> Line:
    typed = " · ".join(text for text in map(cells.text, row) if text)[:_TYPED] if parsed.errors else ""
    return Line(parsed.row, _given(parsed, provinces), list(parsed.errors), typed)


def _given(row: ParsedRow, provinces: _Provinces) -> Given | None:
    if row.given_on is None or row.errors:
        return None
    return Given(
        what=row.what,
        quantity=row.quantity,
        unit=row.unit,
        given_on=row.given_on,
        people=row.people,
        area=row.area,
        province=provinces.of(row.area),
        giver=row.giver,
        remark=row.remark,
        stated_satang=row.stated,
    )


def _stored(partner: Partner, marks: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(marks), _LOOKED_UP):
        part = marks[start : start + _LOOKED_UP]
        found.update(partner.contributions.filter(fingerprint__in=part).values_list("fingerprint", flat=True))
    return found


def _judge_days(partner: Partner, lines: Iterable[Line]) -> None:
    """A named giver's hours of one day, those stored among them, fit into it; the row that is too much is wrong."""
    days: dict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for line, given in _with_hours(lines):
        key = (given.giver, given.given_on)
        if key not in days:
            days[key] = list(
                partner.contributions.standing()
                .filter(unit="hour", giver=given.giver, given_on=given.given_on)
                .values_list("quantity", "people")
            )
        together = [*days[key], (given.quantity, given.people)]
        if code := rules.day_together_problem(together):
            line.errors.append(("quantity", code))
        else:
            days[key] = together


def _with_hours(lines: Iterable[Line]) -> Iterator[tuple[Line, Given]]:
    for line in lines:
        if line.given is not None and line.given.unit == "hour" and line.given.giver:
            yield line, line.given
