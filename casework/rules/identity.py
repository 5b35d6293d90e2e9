"""When two records may be taken for one person, and how strict the files of one person are. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One of two people who may be one, with all records that are linked already.

    Attributes:
        person: key of the cluster.
        shown: the record in hand is the one that is shown of them.
        numbers: their verified ID numbers.
        cases: centres where a case of theirs is open.
    """

    person: int
    shown: bool
    numbers: frozenset[str] = frozenset()
    cases: frozenset[int] = frozenset()


def link_problem(one: Side, other: Side) -> str:
    """Why the two are not linked, "" if they may be.

    Codes: "link_already", "link_set_aside" (one is set aside: the record that is shown is linked),
    "link_numbers" (two people with two verified ID numbers), "link_cases" (open cases at one centre).
    """
    if one.person == other.person:
        return "link_already"
    if not (one.shown and other.shown):
        return "link_set_aside"
    if len(one.numbers | other.numbers) > 1:
        return "link_numbers"
    return "link_cases" if one.cases & other.cases else ""


def restrictions(own: Sequence[bool]) -> list[tuple[bool, bool]]:
    """(restricted, only because of another) of the records of one person, from what each is by itself.

    The stricter wins: when one is restricted all are.
    """
    strict = any(own)
    return [(strict, strict and not by_itself) for by_itself in own]
