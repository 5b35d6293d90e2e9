"""What was typed into the search box, understood: a number, a code, or names and words. No database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from common.thai import names, phone
from common.thai.digits import to_arabic
from common.thai.idnumber import LENGTH as PIN_DIGITS

T = TypeVar("T")

LONGEST = 100  # characters; more of a name nobody types
_READ_AT_MOST = 5_000
_LONGEST_VARIED = 24  # letters of a skeleton whose neighbours are tried
_NUMBER = re.compile(r"[0-9 +().-]+")
_CODE = re.compile(r"([0-9a-z]{2,8})[ -]?(25[0-9]{2})[ -]?([0-9]{1,7})", re.IGNORECASE)
_THAI_SOUNDS = "".join(sorted({names.skeleton(chr(letter)) for letter in range(ord("ก"), ord("ฮ") + 1)}))
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Question:
    """One question. `typed` is normalised and at most LONGEST characters long."""

    typed: str

    @classmethod
    def read(cls, q: str) -> "Question":
        return cls(to_arabic(names.normalise(q[:_READ_AT_MOST]))[:LONGEST].strip())

    @cached_property
    def digits(self) -> str:
        """The digits, when nothing but a number was typed."""
        return re.sub(r"[^0-9]", "", self.typed) if _NUMBER.fullmatch(self.typed) else ""

    @property
    def pin(self) -> str:
        return self.digits if len(self.digits) == PIN_DIGITS else ""

    @property
    def phone(self) -> str:
        """A whole telephone number; short codes are no person's."""
        return (phone.normalise(self.typed) or "") if len(self.digits) >= 9 and not self.pin else ""

    @property
    def code(self) -> str:
        """A whole client code in its one spelling: 30-2570-00417."""
        match = _CODE.fullmatch(self.typed)
        return f"{match[1].upper()}-{match[2]}-{int(match[3]):05d}" if match else ""

    @property
    def number(self) -> str:
        """Whatever of these was typed."""
        return self.pin or self.code or self.phone

    @cached_property
    def words(self) -> list[str]:
        """The words, without a title before them."""
        return names.search_text(self.typed).split()

    @cached_property
    def name(self) -> str:
        return " ".join(self.words)

    @cached_property
    def joined(self) -> str:
        return "".join(self.words)

    @cached_property
    def orders(self) -> list[list[str]]:
        """The words in the orders people write them: as typed, and surname first."""
        if len(self.words) < 2:
            return [self.words]
        return [self.words, [*self.words[1:], self.words[0]], [self.words[-1], *self.words[:-1]]]

    @cached_property
    def spellings(self) -> list[str]:
        """The words as one, in each order; also with a title that may be part of the name (พระทอง)."""
        whole = names.search_text(self.typed, titled=False).replace(" ", "")
        return _different(["".join(order) for order in self.orders] + [whole])

    @cached_property
    def skeletons(self) -> list[str]:
        """The skeleton of the whole, in each order of the words."""
        whole = names.skeleton(self.typed, titled=False)
        first = names.skeleton(self.typed)
        return _different([first, *("".join(map(names.skeleton, order)) for order in self.orders[1:]), whole])

    @property
    def key(self) -> str:
        """The skeleton of the whole as typed."""
        return self.skeletons[0] if self.skeletons else ""

    @cached_property
    def parts(self) -> tuple[str, str] | None:
        """Skeletons of the first word and of the rest; None when one word was typed."""
        if len(self.words) < 2:
            return None
        first, rest = names.skeleton(self.words[0]), names.skeleton(" ".join(self.words[1:]), titled=False)
        return (first, rest) if first and rest else None


def neighbours(skeleton: str) -> list[str]:
    """`skeleton` and all that differ from it by one letter: wrong, missing, too many, or two swapped."""
    if not 1 < len(skeleton) <= _LONGEST_VARIED:
        return [skeleton]
    return _different([skeleton, *_one_slip(skeleton)])


def _one_slip(word: str) -> Iterator[str]:
    letters = _LATIN_LETTERS if word.isascii() else _THAI_SOUNDS
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _different(values: list[T]) -> list[T]:
    return list(dict.fromkeys(value for value in values if value))
