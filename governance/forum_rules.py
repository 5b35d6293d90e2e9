"""Rules of forums, voices and demands: pure functions over plain values. No clock, no database.

A `*_problem` function returns the code of what is wrong, "" when nothing is; governance.refusals holds the words.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

PARTS = ("issue", "who", "result", "improved")
"""The four parts of evidence (transparency assessment, item o25): all four or it does not count."""

LONGEST_VOICE = 5000
"""Characters of one voice. Our default."""

MOST_PEOPLE = 10_000
"""More people of one group than this in a forum, or told at once, is a slip of the finger. Our default."""

PLANS_AHEAD = timedelta(days=2 * 366)
"""How far ahead a forum is planned and an answer promised. Our default."""

ANSWER_WITHIN = timedelta(days=30)
"""What is offered as the day an answer is due. Our default."""


def plan_problem(day: date, *, today: date) -> str:
    """Whether a forum may be planned for, or have been held on, `day`. Codes: "forum_too_far"."""
    return "forum_too_far" if day - today > PLANS_AHEAD else ""


def holding_problem(held_on: date, *, today: date) -> str:
    """Whether a forum can have been held on `held_on` and so have reached a level. Codes: "forum_future"."""
    return "forum_future" if held_on > today else ""


def people_problem(count: int) -> str:
    """Codes: "people_negative", "people_too_many"."""
    if count < 0:
        return "people_negative"
    return "people_too_many" if count > MOST_PEOPLE else ""


def voice_problem(text: str) -> str:
    """Codes: "voice_empty", "voice_too_long"."""
    if not text.strip():
        return "voice_empty"
    return "voice_too_long" if len(text) > LONGEST_VOICE else ""


def voices_problem(*, day: date, today: date, cancelled: bool) -> str:
    """Whether voices of a forum may be written down. Codes: "forum_cancelled", "forum_not_begun"."""
    if cancelled:
        return "forum_cancelled"
    return "forum_not_begun" if day > today else ""


def demand_problem(*, made_on: date, due_on: date, forum_day: date, today: date) -> str:
    """Codes: "demand_future", "demand_before_forum", "due_before_made", "due_too_far"."""
    if made_on > today:
        return "demand_future"
    if made_on < forum_day:
        return "demand_before_forum"
    if due_on < made_on:
        return "due_before_made"
    return "due_too_far" if due_on - made_on > PLANS_AHEAD else ""


def step_problem(day: date, *, made_on: date, today: date) -> str:
    """Whether something can have happened to a demand on `day`. Codes: "step_future", "step_before_made"."""
    if day > today:
        return "step_future"
    return "step_before_made" if day < made_on else ""


def telling_problem(told_on: date, *, first_answer: date | None, today: date) -> str:
    """Whether people can have been told on `told_on`. Codes: "not_answered", "step_future", "told_before_answer"."""
    if first_answer is None:
        return "not_answered"
    if told_on > today:
        return "step_future"
    return "told_before_answer" if told_on < first_answer else ""


def answered_in_time(due_on: date, answered_on: date | None) -> bool:
    """Whether the first answer came on the day it was due or earlier."""
    return answered_on is not None and answered_on <= due_on


def overdue(due_on: date, *, today: date, answered: bool) -> bool:
    """Whether an answer is late: the whole due day belongs to who is to answer."""
    return not answered and due_on < today


def missing_parts(given: Mapping[str, str] | Collection[str]) -> list[str]:
    """Which of the four parts of evidence have no words yet, in their order."""
    texts = given if isinstance(given, Mapping) else dict.fromkeys(given, "x")
    return [part for part in PARTS if not texts.get(part, "").strip()]
