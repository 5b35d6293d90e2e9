"""Which of the rows found is meant most likely. No database."""

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

from casework.searching.question import Question
from common.thai import names

STRONG = 0.9
"""From here on a row is what was asked for; nothing vaguer is looked up when there is one."""

_CLOSELY = 40  # rows that are compared closely
_PREFIX, _TEXT = 0.9, 0.7
_PART = 0.96  # one name of several stays behind the whole


class Row(NamedTuple):
    """A row of casework.ClientSearch, its fields in their order."""

    client_id: int
    centre_id: int
    restricted: bool
    first_n: str
    last_n: str
    nick_n: str
    alias_n: str
    first_k: str
    last_k: str
    nick_k: str
    alias_k: str
    full_k: str
    text: str


def best_first(question: Question, rows: Iterable[Row]) -> list[tuple[float, Row]]:
    """(score 0..1, row) of the likeliest rows, best first, equals in the order of the alphabet."""
    likeliest = sorted(rows, key=lambda row: (-_at_first_sight(question, row), row.client_id))[:_CLOSELY]
    scored = [(score(question, row), _in_the_alphabet(row), row) for row in likeliest]
    ordered = sorted(scored, key=lambda one: (-one[0], one[1], one[2].client_id))
    return [(points, row) for points, _, row in ordered]


def _in_the_alphabet(row: Row) -> str:
    return names.sort_key(f"{row.first_n or row.nick_n or row.alias_n} {row.last_n}")


def score(question: Question, row: Row) -> float:
    """How likely `row` is meant, 0..1."""
    best = names.similarity(question.name, f"{row.first_n} {row.last_n}")
    if best < 1:
        alike = (names.similarity(question.name, name) for name in _also_called(row, len(question.words)))
        best = max(best, _PART * max(alike, default=0))
    if best < _PREFIX and _begins(question, row):
        return _PREFIX
    if best < _TEXT and all(word in row.text for word in question.words):
        return _TEXT
    return best


def _at_first_sight(question: Question, row: Row) -> float:
    """A quick guess, over letters and over sounds."""
    said, key = question.joined, question.key
    typed = max(fuzz.ratio(said, name) for name in _called(row))
    if _begins(question, row):
        return 200 + typed
    heard = max(
        fuzz.ratio(key, name) for name in (row.full_k, row.first_k, row.last_k, row.nick_k, row.alias_k)
    )
    return typed + heard


def _called(row: Row) -> tuple[str, ...]:
    return row.first_n + row.last_n, row.first_n, row.last_n, row.nick_n, row.alias_n


def _also_called(row: Row, words: int) -> list[str]:
    """What the person may be called in so many words, besides first name and surname."""
    called = [name for name in (row.nick_n, row.alias_n) if name]
    if words < 2:
        return [name for name in (row.first_n, row.last_n, *called) if name]
    return [f"{row.first_n} {name}" for name in called] + [f"{name} {row.last_n}" for name in called]


def _begins(question: Question, row: Row) -> bool:
    return any(name.startswith(spelling) for spelling in question.spellings for name in _called(row))
