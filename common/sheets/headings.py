"""Headings of a sheet, as people word them, and the field each stands for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from common.thai.names import search_text

Mapping = dict[str, tuple[int, ...]]
"""Field name → columns it is read from, counted from 0."""

_BRACKETS = re.compile(r"[(\[][^(\[)\]]{0,80}[)\]]")


def _unchanged(_found: Mapping, _headings: Sequence[str]) -> None:
    """Nothing is settled between columns."""


@dataclass(frozen=True)
class Vocabulary:
    """What the headings of one kind of sheet may be.

    Attributes:
        plain: field → headings, with commas between them.
        loose: the same for headings that stand for the field only where no plainer one does.
        is_complete: whether the fields found make such a sheet.
        settle: settles between columns that depend on each other; changes the mapping it is given.
    """

    plain: dict[str, str]
    loose: dict[str, str]
    is_complete: Callable[[Mapping], bool]
    settle: Callable[[Mapping, Sequence[str]], None] = _unchanged

    @cached_property
    def _known(self) -> tuple[dict[str, str], dict[str, str]]:
        return _keyed(self.plain), _keyed(self.loose)

    def map_headings(self, headings: Sequence[str]) -> Mapping:
        """Fields and their columns; of two columns for one field the plainer counts, then the first."""
        found: Mapping = {}
        for known in self._known:
            for column, heading in enumerate(headings):
                field = _field_of(heading, known) if heading else None
                if field and field not in found:
                    found[field] = (column,)
        self.settle(found, headings)
        return found

    def fits(self, headings: Sequence[str]) -> bool:
        """True when these are the headings of such a sheet."""
        return self.is_complete(self.map_headings(headings))


def heading_key(heading: str) -> str:
    """Spaces, punctuation, tone marks and letter case make no difference in a heading."""
    return search_text(heading, titled=False).replace(" ", "")


def _keyed(variants: dict[str, str]) -> dict[str, str]:
    return {
        heading_key(variant): field for field, listed in variants.items() for variant in listed.split(",")
    }


def _field_of(heading: str, known: dict[str, str]) -> str | None:
    """What stands in brackets explains: it counts only if the heading is known with it."""
    return known.get(heading_key(heading)) or known.get(heading_key(_BRACKETS.sub(" ", heading)))
