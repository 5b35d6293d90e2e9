"""Names: cleaning, titles, and keys for searching, sorting and comparing. Keys are stored, so they are plain text."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from common.thai import sounds
from common.thai.digits import to_arabic
from common.thai.letters import normalise
from common.thai.titles import split_title

__all__ = [
    "Name",
    "normalise",
    "search_text",
    "similarity",
    "skeleton",
    "sort_key",
    "sound",
    "split_name",
    "split_title",
]

_MARKS = dict.fromkeys("็่้๊๋์ํ๎ฺ")
_PUNCTUATION = str.maketrans(
    {**dict.fromkeys("ๆฯ.'’`´\"“”"), **dict.fromkeys("-–—_/\\,;:()[]{}<>|*+=!?#&%@~^$", " ")}
)
_UNMARK = str.maketrans(_MARKS)
_LATIN_MARKS = re.compile(r"[̀-ͯ]")
_FOREIGN = re.compile(r"[^\x00-\x7f฀-๿]")
_NICKNAME = re.compile(r"[(\[“\"][^(\[“)\]”\"]{0,80}[)\]”\"]")

_LEADING = re.compile(r"([เ-ไ])([ก-ฮ])")
_MARK = re.compile(r"[็-๎]")
_UNSORTED = str.maketrans(dict.fromkeys("ๆฯฺ.'’`´\"“”()[]-–—_/\\,;:*"))
_UNMARKED, _SECOND = "!", "\x1f"  # both below every letter
_HEARD = 0.97  # a spelling that only sounds the same stays behind the exact one


class Name(NamedTuple):
    """A name taken apart; any part may be ""."""

    title: str
    first: str
    last: str


def split_name(text: str) -> Name:
    """Title, first name and surname out of one cell: "น.ส.สมใจ ใจดี" → ("น.ส.", "สมใจ", "ใจดี").

    The first word is the first name, the rest the surname ("ณ อยุธยา" stays whole); "-" is no surname.
    "Jaidee, Somchai" is read surname first. A nickname in brackets is left out.
    """
    title, rest = split_title(_NICKNAME.sub(" ", text))
    last, comma, first = rest.partition(",")
    if comma and first.strip():
        inner, first = split_title(first)
        return Name(title or inner, first, last.strip())
    first, _, last = rest.replace(",", "").strip().partition(" ")
    return Name(title, *(("" if set(part) <= set("-–— .") else part.strip()) for part in (first, last)))


def _plain(text: str, *, titled: bool = True) -> str:
    """Normalised, lower case, without title and punctuation, Arabic digits; Thai marks are kept."""
    text = normalise(text)
    if titled:
        title, rest = split_title(text)
        text = rest or title
    text = to_arabic(text.lower().translate(_PUNCTUATION))
    if _FOREIGN.search(text):
        text = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(text.split())


def search_text(text: str, *, titled: bool = True) -> str:
    """Text for matching: normalised, lower case, no title, tone mark, ์ or punctuation, Arabic digits.

    A text that is a title and nothing more is kept, so that a search may begin with it. `titled=False` for what
    has no title before it, as a surname or a place.
    """
    return _plain(text, titled=titled).translate(_UNMARK)


def skeleton(text: str, *, titled: bool = True) -> str:
    """The consonants of a name with letters of one sound as one: a key under which damaged spellings meet.

    "วงษ์สุวรรณ", "วงษสุวรรณ" and "วงสุวรรณ" share one. Names written together have the keys of their parts
    together. Rank what is found under a key by `similarity`.
    """
    return sounds.skeleton(_plain(text, titled=titled))


def search_keys(text: str, *, titled: bool = True) -> tuple[str, str]:
    """(search_text, skeleton) of one name, worked out together."""
    plain = _plain(text, titled=titled)
    return plain.translate(_UNMARK), sounds.skeleton(plain)


def sound(text: str) -> str:
    """Like `skeleton` with the vowels kept (long and short alike): narrower, for small slips."""
    return sounds.sound(_plain(text))


def sort_key(text: str) -> str:
    """Dictionary order (Royal Institute) under plain code-point comparison ("C" collation).

    A leading vowel goes behind its consonant; tone marks and ์ decide only between words otherwise equal.
    Sort people by first name, then surname, without the title.
    """
    text = to_arabic(normalise(text).lower()).translate(_UNSORTED)
    text = _LEADING.sub(r"\2\1", " ".join(text.split()))
    if not _MARK.search(text):
        return text
    first: list[str] = []
    second: list[str] = []
    for char in text:
        if "็" <= char <= "๎" and second:
            second[-1] = char if second[-1] == _UNMARKED else second[-1] + char
        else:
            first.append(char)
            second.append(_UNMARKED)
    return "".join(first) + _SECOND + "".join(second).rstrip(_UNMARKED)


@lru_cache(maxsize=8192)
def _compared(name: str) -> tuple[str, str, str]:
    """What `similarity` looks at: the text without spaces, its sound, and its sound with the words in order."""
    plain = _plain(name)
    words = [sounds.sound(word) for word in plain.split()]
    return plain.translate(_UNMARK).replace(" ", ""), "".join(words), "".join(sorted(words))


def similarity(a: str, b: str) -> float:
    """How alike two names are, 0..1; 1.0 only for names equal but for title, spacing, case and Thai marks.

    Spellings of one sound count as nearly equal, and so does another order of the words. From 0.9 on, two full
    names are probably one person's; สมชาย and สมชัย lie below.
    """
    text_a, heard_a, sorted_a = _compared(a)
    text_b, heard_b, sorted_b = _compared(b)
    if not text_a or not text_b:
        return 0.0
    if text_a == text_b:
        return 1.0
    heard = max(fuzz.ratio(heard_a, heard_b), fuzz.ratio(sorted_a, sorted_b))
    return max(heard * _HEARD, fuzz.ratio(text_a, text_b)) / 100
