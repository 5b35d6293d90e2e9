"""From a sheet to rows that a person can decide about: understood, compared with each other and with the files."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, overload

from casework.importing.known import Known, find_known, held_elsewhere
from casework.importing.matching import Match, find_within
from casework.importing.register import ASIDE, ParsedRow, parse_row
from casework.importing.sheet import Sheet
from casework.models import RegisterRow
from common.actor import Actor
from common.thai.dates import PartialDate

CHUNK = 2000
"""Rows that are taken, compared with the files and kept at a time."""

Kind = RegisterRow.Kind
Error = tuple[str, str]
_CHECK_DIGIT: list[Error] = [("pin", "pin_checksum")]
_TAKEN: list[Error] = [("pin", "pin_taken")]
_DAYS = ("noticed_on", "appointment_on")
_UNSAID = {f.name: f.default for f in fields(ParsedRow) if f.name not in {"row", "errors"}}


Step = Callable[[], object]


def _no_step() -> None:
    """Nothing waits."""


@dataclass(frozen=True, slots=True)
class ExaminedRow:
    """A row with what it seems to be.

    Attributes:
        errors: (field, code) pairs: those of the row itself, or ("pin", "pin_taken") for a number that is
            verified for somebody whom the importer may not find; `ask_centre` keeps that file.
        match_row, match_client: who it may be, on what evidence (`score`, `reasons`); a row whose only error
            is the check digit has them too.
    """

    parsed: ParsedRow
    kind: str
    errors: list[Error]
    match_row: int | None = None
    match_client: int | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    ask_centre: int | None = None


def encode(parsed: ParsedRow) -> str:
    """A row as text, without what was not said and without its number and errors, which are kept beside it."""
    said: dict[str, Any] = {}
    for name, unsaid in _UNSAID.items():
        value = getattr(parsed, name)
        if value != unsaid:
            said[name] = value
    if parsed.birth:
        said["birth"] = [parsed.birth.value.isoformat(), parsed.birth.precision]
    for name in _DAYS:
        if name in said:
            said[name] = said[name].isoformat()
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def decode(text: str, *, row: int) -> ParsedRow:
    """What `encode` was given, as the row numbered `row`; its errors stay away."""
    said: dict[str, Any] = json.loads(text)
    if "birth" in said:
        day, precision = said["birth"]
        said["birth"] = PartialDate(date.fromisoformat(day), precision)
    for name in _DAYS:
        if name in said:
            said[name] = date.fromisoformat(said[name])
    return ParsedRow(row=row, **said)


class _Rows(Sequence[ParsedRow]):
    """Rows in the space their text needs, because a register may have 200,000.

    `step` is called each time so many were looked at that something else may want its turn.
    """

    def __init__(self, *others: "_Rows", step: Step = _no_step) -> None:
        self._step, self._looks = step, 0
        self._kept: list[tuple[int, bytes]] = [entry for other in others for entry in other._kept]
        self._recent = lru_cache(maxsize=CHUNK)(self._decoded)

    def append(self, parsed: ParsedRow) -> None:
        self._kept.append((parsed.row, encode(parsed).encode()))

    def chunks(self) -> Iterator[list[ParsedRow]]:
        for start in range(0, len(self), CHUNK):
            yield self[start : start + CHUNK]

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, index: int) -> ParsedRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[ParsedRow]: ...
    def __getitem__(self, index: int | slice) -> ParsedRow | list[ParsedRow]:
        if isinstance(index, slice):
            return [self._decoded(number) for number in range(*index.indices(len(self)))]
        return self._recent(index)

    def _decoded(self, index: int) -> ParsedRow:
        self._looks += 1
        if self._looks % CHUNK == 0:
            self._step()
        row, kept = self._kept[index]
        return decode(kept.decode(), row=row)


class Reading:
    """A register as it is read: take rows, then look at what they seem to be. Nothing is written.

    Rows that a person may keep although the check digit is wrong are compared after the sound ones, so that
    nobody's first row is one that may never be written. `step` is called every few seconds of long work.
    """

    def __init__(self, actor: Actor, *, step: Step = _no_step) -> None:
        self._actor, self._step = actor, step
        self._sound, self._keepable, self._wrong = _Rows(), _Rows(), _Rows()
        self._errors: dict[int, tuple[list[Error], int | None]] = {}

    def __len__(self) -> int:
        return len(self._sound) + len(self._keepable) + len(self._wrong)

    def take(self, rows: Sequence[ParsedRow]) -> None:
        """The next rows of the sheet, CHUNK of them at most."""
        held = held_elsewhere([row for row in rows if not row.errors], actor=self._actor)
        for row in rows:
            errors = _TAKEN if row.row in held else row.errors
            if errors:
                self._errors[row.row] = (errors, held.get(row.row))
            if errors == _CHECK_DIGIT:
                self._keepable.append(row)
            else:
                (self._wrong if errors else self._sound).append(row)

    def examined(self) -> Iterator[list[ExaminedRow]]:
        """All rows taken, CHUNK at a time."""
        for rows in self._wrong.chunks():
            yield [self._examined(row, None, None) for row in rows]
        compared = _Rows(self._sound, self._keepable, step=self._step)
        within = find_within(compared)
        for rows in compared.chunks():
            known = find_known(rows, actor=self._actor)
            yield [self._examined(row, known.get(row.row), within.get(row.row)) for row in rows]

    def _examined(self, row: ParsedRow, known: Known | None, earlier: Match | None) -> ExaminedRow:
        errors, ask_centre = self._errors.get(row.row, ([], None))
        likely: Known | Match | None = known
        if earlier and (known is None or earlier.score > known.score):
            likely = earlier
        kind = Kind.ERROR if errors else Kind.LIKELY_SAME if likely else Kind.NEW
        examined = ExaminedRow(row, kind, errors, ask_centre=ask_centre)
        if likely is None:
            return examined
        return replace(
            examined,
            match_row=likely.row if isinstance(likely, Match) else None,
            match_client=likely.client_id if isinstance(likely, Known) else None,
            score=likely.score,
            reasons=likely.reasons,
        )


def parsed_rows(sheet: Sheet, *, today: date) -> Iterator[list[ParsedRow]]:
    """The rows of a sheet understood, CHUNK at a time. Raises SheetError as the sheet does."""
    numbered = iter(sheet)
    asides = [(sheet.headings[column], column) for column in sheet.mapping.get(ASIDE, ())]
    while chunk := list(islice(numbered, CHUNK)):
        yield [parse_row(sheet.mapping, cells, number, today, asides) for number, cells in chunk]
