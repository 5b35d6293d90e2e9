"""Warnings of a danger: which comes first, and how long they stand before somebody looks again. Pure; our defaults."""

from datetime import date, timedelta

REVIEW_DAYS = {
    "violence": 90,
    "never_alone": 90,
    "self_harm": 14,
    "infection": 30,
    "threatened": 30,
    "medical": 90,
    "dog": 180,
    "other": 90,
}
"""Kind → days after which a warning is looked at again; in the order in which warnings stand on a file."""

LONGEST = timedelta(days=366)


def review_day(kind: str, *, today: date) -> date:
    """The day by which a warning of `kind` is looked at again, unless somebody chooses another."""
    return today + timedelta(days=REVIEW_DAYS.get(kind, REVIEW_DAYS["other"]))


def review_problem(review_on: date, *, today: date) -> str:
    """What is wrong with a day of review. Codes: "review_past", "review_too_far"."""
    if review_on <= today:
        return "review_past"
    return "review_too_far" if review_on - today > LONGEST else ""


def is_due(review_on: date | None, *, today: date) -> bool:
    """Whether somebody must look again; a warning from before there were days of review is due."""
    return review_on is None or review_on <= today


def rank(kind: str) -> int:
    """Place of a kind among the warnings of a file: what endangers whoever goes there comes first."""
    kinds = list(REVIEW_DAYS)
    return kinds.index(kind) if kind in kinds else len(kinds)
