"""Children, those who answer for them, and how relations look from the other side. Pure."""

from datetime import date, timedelta

ADULT_AT = 18
"""Years. Child Protection Act B.E. 2546, section 4 (marriage before that age is not asked about here)."""

_UNSURE = {"day": 0, "month": 30, "year": 365}
"""Days by which somebody may be younger than the first day of what is known of the birthday."""

_INVERSE = {"child": "parent", "parent": "child", "guardian": "ward", "ward": "guardian"}


def is_child(born_on: date | None, precision: str, *, today: date) -> bool:
    """Whether somebody is, or may still be, under age; of whom no birthday is known nothing is assumed."""
    if born_on is None:
        return False
    latest = born_on + timedelta(days=_UNSURE[precision])
    years = today.year - latest.year - ((today.month, today.day) < (latest.month, latest.day))
    return years < ADULT_AT


def inverse(relation: str) -> str:
    """What somebody is to the one who is `relation` to them: of a child the parent; a spouse is a spouse."""
    return _INVERSE.get(relation, relation)


def guardianship_problem(relation: str, guardianship: str, *, child: bool) -> str:
    """Whether somebody may answer for the client. Codes: "guardian_is_child" (a child or ward of the client, or
    somebody under age)."""
    if not guardianship:
        return ""
    return "guardian_is_child" if child or relation in {"child", "ward"} else ""
