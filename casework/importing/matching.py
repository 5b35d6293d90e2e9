"""Whether two rows, or a row and a record, are one person: what they have in common, judged by casework.rules."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple, Protocol

from casework.importing.register import ParsedRow
from casework.rules import NOBODY, Likeness, Resemblance, evidence, same_place
from common.thai import idnumber, names
from common.thai.dates import PartialDate, be_year

_EACH_PART = 0.75  # a long surname must not outvote the first name: brothers share it
_INDEX_BITS = 20
_INDEX, _HASH = (1 << _INDEX_BITS) - 1, (1 << 64 - _INDEX_BITS) - 1
_MOST_COMPARED = 30  # rows under one key; more of them are namesakes, not one person


class Named(Protocol):
    """What rows and records call alike. Phone and pin are digits."""

    first_name: str
    last_name: str
    nickname: str
    alias: str
    descriptor: str
    pin: str
    phone: str


class MatchKeys(NamedTuple):
    """What people are compared by.

    Attributes:
        name: first name; of somebody without one what they are called, or how they are recognised.
        named: `name` is a first name.
        nicknames: nickname and street name, as `common.thai.names.search_text` has them.
        pin: valid or "".
        notice: day and place of the notice; "" where either is not known.
        places: where somebody was found and sleeps, as written.
    """

    name: str
    named: bool
    last_name: str
    nicknames: frozenset[str]
    pin: str
    phone: str
    birth: PartialDate | None
    domicile: str
    notice: str = ""
    places: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: ParsedRow) -> "MatchKeys":
        """Of a parsed row."""
        return cls.known(
            row,
            birth=row.birth,
            domicile=row.domicile_province,
            notice=notice_key(row.noticed_on, row.found_place),
        )

    @classmethod
    def known(
        cls,
        person: Named,
        *,
        birth: PartialDate | None,
        domicile: str,
        notice: str = "",
        places: tuple[str, ...] = (),
    ) -> "MatchKeys":
        """Of anybody, row or record."""
        called = person.first_name or person.nickname or person.alias or person.descriptor
        nicknames = (
            names.search_text(nick, titled=False) for nick in (person.nickname, person.alias) if nick
        )
        return cls(
            names.normalise(called),
            bool(person.first_name),
            person.last_name,
            frozenset(nicknames),
            person.pin if idnumber.is_valid(person.pin) else "",
            person.phone,
            birth,
            domicile,
            notice,
            places,
        )


class Match(NamedTuple):
    """The first row of a sheet with the same person, and why it is taken for the same."""

    row: int
    score: float
    reasons: tuple[str, ...]


def notice_key(day: date | None, place: str) -> str:
    """Day and place of a notice as one text; "" where either is not known."""
    where = names.search_text(place, titled=False) if place else ""
    return f"{day} {where}" if day and where else ""


def likely_same(a: MatchKeys, b: MatchKeys) -> Likeness:
    """The strongest evidence that `a` and `b` are one person; `NOBODY` when there is none."""
    if a.pin and b.pin and a.pin != b.pin:
        return NOBODY  # whatever else they have in common need not be looked at
    return evidence(compare(a, b))


def compare(a: MatchKeys, b: MatchKeys) -> Resemblance:
    """What `a` and `b` have in common. A nickname that stands for both names is not counted twice."""
    return Resemblance(
        name=_name_likeness(a, b),
        whole_names=bool(a.last_name and b.last_name),
        same_number=a.pin == b.pin if a.pin and b.pin else None,
        births_agree=a.birth.agrees_with(b.birth) if a.birth and b.birth else None,
        same_phone=bool(a.phone) and a.phone == b.phone,
        same_nickname=(a.named or b.named) and bool(a.nicknames & b.nicknames),
        same_home=bool(a.domicile) and a.domicile == b.domicile,
        same_place=any(same_place(place, b.places) for place in a.places),
        same_notice=bool(a.notice) and a.notice == b.notice,
    )


def find_within(rows: Sequence[ParsedRow]) -> dict[int, Match]:
    """Rows of a person whom an earlier row has already: row number → first row of that person.

    Give it the rows that can be taken; one with errors is nobody's first. Rows are compared only under a key
    they share, so the work grows with the number of rows, not with its square.
    """
    found: dict[int, Match] = {}
    groups_of = _groups_of(rows)
    met: dict[int, list[int]] = {}  # group → rows to compare with: one of each person

    @lru_cache(maxsize=16_384)
    def person(index: int) -> tuple[int, MatchKeys]:
        row = rows[index]
        return row.row, MatchKeys.of(row)

    for index in sorted(groups_of):
        number, this = person(index)
        before = sorted({other for group in groups_of[index] for other in met.get(group, ())})
        likely = [(likely_same(this, other), earlier) for earlier, other in map(person, before)]
        best, earlier = max(likely, key=lambda pair: pair[0].score, default=(NOBODY, 0))
        if best.score:
            found[number] = Match(found[earlier].row if earlier in found else earlier, *best)
        for group in groups_of[index]:
            others = met.setdefault(group, [])
            if not others or (not best.score and len(others) < _MOST_COMPARED):
                others.append(index)
    return found


def _groups_of(rows: Sequence[ParsedRow]) -> dict[int, list[int]]:
    """Index of a row → the keys it shares with others, as numbers. Rows that share none are left out.

    A key is kept as 44 bits of its hash beside the index, eight bytes in all: a register may have 200,000 rows.
    """
    packed = array("Q")
    for index, row in enumerate(rows):
        packed.extend((hash(key) & _HASH) << _INDEX_BITS | index for key in keys(MatchKeys.of(row)))
    groups_of: dict[int, list[int]] = {}
    for group, members in groupby(sorted(packed), key=lambda entry: entry >> _INDEX_BITS):
        indexes = [entry & _INDEX for entry in members]
        for index in indexes if len(indexes) > 1 else ():
            groups_of.setdefault(index, []).append(group)
    return groups_of


def keys(person: MatchKeys) -> Iterator[tuple[object, ...]]:
    """Keys of which two descriptions of one person share at least one, whatever evidence joins them."""
    first, last = _skeleton(person.name), _skeleton(person.last_name)
    birth = person.birth
    if person.pin:
        yield ("pin", person.pin)
    if person.phone:
        yield ("phone", person.phone)
    if last and birth:
        yield ("surname", first, last, be_year(birth.value))
    if birth and birth.precision == "day" and first:
        yield ("day", birth.value, first[0], last[:1])  # a consonant mistyped later in the name
    if person.notice:
        yield ("notice", person.notice, first)
    if person.named:
        yield from _nickname_keys(person, first, last)


def _nickname_keys(person: MatchKeys, first: str, last: str) -> Iterator[tuple[object, ...]]:
    for nickname in person.nicknames:
        if person.birth:
            yield ("nickname", first, nickname, be_year(person.birth.value))
        if last and person.domicile:
            yield ("home", first, last, nickname, person.domicile)


@lru_cache(maxsize=16_384)
def _skeleton(name: str) -> str:
    return names.skeleton(name, titled=False) if name else ""


def _name_likeness(a: MatchKeys, b: MatchKeys) -> float:
    """Likeness of the whole names, or of the first names where a surname is missing."""
    first = names.similarity(a.name, b.name)
    if not (a.last_name and b.last_name):
        return first
    parts = min(first, names.similarity(a.last_name, b.last_name))
    if parts < _EACH_PART:
        return parts
    return names.similarity(f"{a.name} {a.last_name}", f"{b.name} {b.last_name}")
