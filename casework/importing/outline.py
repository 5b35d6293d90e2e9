"""The columns of a register as they are kept for a person to name: headings, samples, what was understood."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from casework.importing.sheet import Sheet
from common.sheets.columns import UNREAD, Choice, Column, choice_of, fingerprint
from common.thai import idnumber, phone


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a sheet's columns before its rows are read.

    Attributes:
        fingerprint: of its set of headings.
        choice: what each column is read as at present.
    """

    fingerprint: str
    columns: tuple[Column, ...]
    choice: Choice

    @property
    def fields(self) -> list[str]:
        """The present choice, column by column."""
        return [self.choice.get(column.key, UNREAD) for column in self.columns]

    @property
    def unread(self) -> list[Column]:
        """Columns with something in them that nothing is read from."""
        return [
            column
            for column, field in zip(self.columns, self.fields, strict=True)
            if column.samples and field == UNREAD
        ]

    def chosen(self, fields: Sequence[str]) -> Choice:
        """One field per column as a choice."""
        return {column.key: field for column, field in zip(self.columns, fields, strict=True)}

    def offers_with_before(self, place: int) -> bool:
        """A column without heading may belong to the one before it."""
        return place > 0 and not self.columns[place].heading


def outline_of(sheet: Sheet) -> Outline:
    """Of a sheet that is open."""
    choice = choice_of(sheet.headings, sheet.mapping)
    return Outline(fingerprint(sheet.headings), tuple(sheet.columns()), choice)


def encode(outline: Outline) -> str:
    """As text; numbers of persons and phones are masked, for they are recognised by their shape."""
    columns = [
        [column.index, column.key, column.heading, [_masked(text) for text in column.samples]]
        for column in outline.columns
    ]
    said = {"fingerprint": outline.fingerprint, "columns": columns, "choice": outline.choice}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Outline:
    """What `encode` was given, but for what it masked."""
    said = json.loads(text)
    columns = tuple(
        Column(index, key, heading, tuple(samples)) for index, key, heading, samples in said["columns"]
    )
    return Outline(said["fingerprint"], columns, said["choice"])


_PHONE_DIGITS = 9  # a day has fewer


def _masked(text: str) -> str:
    digits = idnumber.normalise(text)
    if len(digits) == idnumber.LENGTH:
        return idnumber.mask(digits)
    number = phone.normalise(text)
    return phone.mask(number) if number and len(digits) >= _PHONE_DIGITS else text
