"""Making what was typed fit to be kept: one spelling, no invisible letters, names taken apart, phones as digits."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from casework import rules
from casework.models import Client, Paper
from casework.refusals import refuse, refuse_if
from casework.rules.answers import no_answer, papers_problem
from common.thai import names, phone

RECOGNISED_BY = ("first_name", "nickname", "alias", "descriptor")
LINES = (
    *("title", "first_name", "last_name", "nickname", "alias", "descriptor"),
    *("district_text", "registered_address", "found_place", "sleeping_place"),
)
PARAGRAPHS = ("health_note", "remark")
ANSWERED = {
    "born_answer": ("born_on",),
    "phone_answer": ("phone",),
    "home_answer": ("home_province", "home_province_id"),
    "health_answer": ("health_note",),
    "papers_answer": ("papers",),
}
"""Why a field has no value → the field, under the names it has on the way in and in the record."""
_IN_BRACKETS = re.compile(r"[(\[“\"]([^)\]”\"]+)[)\]”\"]")


def paragraphs(text: str) -> str:
    """Free text of several lines, each normalised; empty lines are kept one at a time."""
    lines = [names.normalise(line) for line in text.strip().splitlines()]
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before)


def tidy(values: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """`values` of a client's fields as they are stored; fields not given stay away.

    Refuses with "too_long", "phone_unreadable", "birth_future", "birth_too_early" or "papers_contradict".
    """
    tidied = dict(values)
    for name in LINES:
        if name in tidied:
            tidied[name] = names.normalise(tidied[name])
    for name in PARAGRAPHS:
        if name in tidied:
            tidied[name] = paragraphs(tidied[name])
    _take_name_apart(tidied)
    for name in LINES:
        limit = getattr(Client._meta.get_field(name), "max_length", 0)
        if len(tidied.get(name, "")) > limit:
            refuse("too_long", name, limit=limit)
    if tidied.get("phone"):
        tidied["phone"] = readable_phone(tidied["phone"])
    refuse_if(rules.birth_problem(tidied.get("born_on"), today=today), "born")
    _settle_answers(tidied)
    return tidied


def _settle_answers(values: dict[str, Any]) -> None:
    """Papers in one order; where there is a value, nothing says why there is none."""
    if "papers" in values:
        refuse_if(papers_problem(values["papers"]), "papers")
        values["papers"] = [paper.value for paper in Paper if paper in values["papers"]]
    for answer in ANSWERED.keys() & values.keys():
        values[answer] = no_answer(any(values.get(name) for name in ANSWERED[answer]), values[answer])


def readable_phone(typed: str, field: str = "phone") -> str:
    """Digits of a phone number. Refuses with "phone_unreadable"."""
    if not typed.strip():
        return ""
    return phone.normalise(typed) or refuse("phone_unreadable", field)


def recognisable(values: Mapping[str, Any]) -> None:
    """Refuse with "name_missing" what nobody could be known by."""
    if not any(values.get(name) for name in RECOGNISED_BY):
        refuse("name_missing", "first_name")


def _take_name_apart(values: dict[str, Any]) -> None:
    """Title, name, surname and a nickname in brackets, typed into one box, go where they belong."""
    first = values.get("first_name")
    if not first:
        return
    if bracketed := _IN_BRACKETS.search(first):
        values["nickname"] = values.get("nickname") or bracketed[1].strip()
        first = names.normalise(_IN_BRACKETS.sub(" ", first))
    if values.get("last_name"):
        title, values["first_name"] = names.split_title(first)
    else:
        title, values["first_name"], values["last_name"] = names.split_name(first)
    values["title"] = values.get("title") or title
