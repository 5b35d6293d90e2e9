"""Columns as a person names them: what a sheet's columns hold, and a choice that is found again next time."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from common.sheets.headings import Mapping, Vocabulary, heading_key

UNREAD = ""
"""A column nobody wants."""

WITH_BEFORE = "+"
"""A column without heading that belongs to the one before it, as when one heading spans three columns."""

Choice = dict[str, str]
"""Key of a column → its field."""

_FEWEST_COLUMNS = 2
_WIDE_ENOUGH = 0.6  # a title or a heading of a group fills fewer cells than the headings do
_SURE = 2  # headings known in one row: no row of data has so many
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it is shown: `index` counts from 0, `samples` are what stands in its first rows."""

    index: int
    key: str
    heading: str
    samples: tuple[str, ...]


def letter_of(index: int) -> str:
    """A, B … Z, AA: as a spreadsheet calls its columns."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, len(ascii_uppercase))
        letters, index = ascii_uppercase[rest] + letters, index - 1
    return letters


def column_keys(headings: Sequence[str]) -> list[str]:
    """A key for each column that it keeps when columns change places: its heading, and which one of that heading.

    A column without heading is known by the one before it.
    """
    keys: list[str] = []
    seen: dict[str, int] = {}
    before, after = "", 0
    for heading in headings:
        if not heading:
            after += 1
            keys.append(f"{before}+{after}")
            continue
        key = heading_key(heading) or heading.strip()
        seen[key] = seen.get(key, 0) + 1
        before, after = (key if seen[key] == 1 else f"{key}#{seen[key]}"), 0
        keys.append(before)
    return keys


def fingerprint(headings: Sequence[str]) -> str:
    """The same for the same set of headings in any order; columns without heading do not count."""
    named = sorted(
        key for key, heading in zip(column_keys(headings), headings, strict=True) if heading.strip()
    )
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def mapping_of(headings: Sequence[str], choice: Choice) -> Mapping:
    """The choice for these very headings."""
    found: Mapping = {}
    last = UNREAD
    for column, key in enumerate(column_keys(headings)):
        chosen = choice.get(key, UNREAD)
        last = last if chosen == WITH_BEFORE else chosen
        if last != UNREAD:
            found[last] = (*found.get(last, ()), column)
    return found


def choice_of(headings: Sequence[str], mapping: Mapping) -> Choice:
    """The reverse: what is read from each column, as a person would have chosen it."""
    fields = {column: name for name, columns in mapping.items() for column in columns}
    chosen: Choice = {}
    for column, key in enumerate(column_keys(headings)):
        name = fields.get(column, UNREAD)
        spans = name and not headings[column] and fields.get(column - 1) == name
        chosen[key] = WITH_BEFORE if spans else name
    return chosen


@dataclass(frozen=True)
class Remembering:
    """A vocabulary that knows, besides its own words, what people chose for whole sets of headings.

    `choices` are by `fingerprint`; they count before the vocabulary.
    """

    vocabulary: Vocabulary
    choices: dict[str, Choice] = field(default_factory=dict)

    def chosen(self, headings: Sequence[str]) -> bool:
        """True when somebody chose for these headings."""
        return fingerprint(headings) in self.choices

    def map_headings(self, headings: Sequence[str]) -> Mapping:
        choice = self.choices.get(fingerprint(headings))
        return self.vocabulary.map_headings(headings) if choice is None else mapping_of(headings, choice)

    def fits(self, headings: Sequence[str]) -> bool:
        return self.chosen(headings) or self.vocabulary.fits(headings)


def likely_headings(rows: Sequence[Sequence[str]], known: Sequence[int]) -> int | None:
    """Which row may hold the headings when they are not known; None when none does.

    Args:
        rows: the first rows of the sheet as text.
        known: how many of the cells of each row are headings that are known.
    """
    best = max(range(len(rows)), key=lambda row: known[row], default=None)
    if best is None:
        return None
    if known[best] >= _SURE:
        return best
    widths = [sum(1 for text in row if text) for row in rows]
    enough = max(_FEWEST_COLUMNS, max(widths) * _WIDE_ENOUGH)
    for number, row in enumerate(rows[:-1]):
        if widths[number] >= enough and all(_may_head(text) for text in row if text):
            return number if any(widths[number + 1 :]) else None
    return None


def _may_head(text: str) -> bool:
    """A heading has letters and is no number, no day and no phone."""
    return any(sign.isalpha() for sign in text) and sum(sign.isdigit() for sign in text) <= _MOST_DIGITS
