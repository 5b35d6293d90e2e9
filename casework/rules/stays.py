"""Who may lie in which bed, and which nights a stay has. Pure.

A stay is counted by nights: the day of leaving has none, so that a bed freed in the morning is given in the evening.
"""

from collections.abc import Iterable, Sequence
from datetime import date

Span = tuple[date, date | None]
"""The first day of a stay, and the day of leaving (None: not yet)."""

MOST_BEDS = 40
"""So many beds one enters with a room at once; a larger room gets the others one by one (our default)."""

OTHER_SEX = {"women": "male", "men": "female"}
"""Whom a bed is not meant for. Whoever is neither, or whose sex nobody knows, says themselves where they are safe."""


def bed_problem(*, kept_for: str, sex: str, closed: bool, note: str) -> str:
    """What speaks against giving a bed to somebody: "bed_closed", "bed_kept", "" when nothing does.

    That a bed is kept for women or men is a rule with a reason, and the person knows best: with a `note` that says why
    it is the right one, it is given (our default).
    """
    if closed:
        return "bed_closed"
    return "bed_kept" if OTHER_SEX.get(kept_for) == sex and not note.strip() else ""


def share_a_night(one: Span, other: Span) -> bool:
    """Whether two stays have a night in common."""
    (starts, ends), (begins, leaves) = one, other
    first = max(starts, begins)
    return all(last is None or first < last for last in (ends, leaves))


def end_problem(starts_on: date, ends_on: date) -> str:
    """ "stay_backwards" when somebody would leave before they came."""
    return "stay_backwards" if ends_on < starts_on else ""


def nights(starts_on: date, ends_on: date | None, *, today: date) -> int:
    """Nights slept so far."""
    return max(0, ((ends_on or today) - starts_on).days)


def slept_on(night: date, stay: Span) -> bool:
    """Whether the night that begins on the evening of `night` belongs to the stay."""
    starts_on, ends_on = stay
    return starts_on <= night and (ends_on is None or night < ends_on)


def per_night(stays: Iterable[Span], evenings: Sequence[date]) -> list[int]:
    """How many slept here in each of these nights."""
    spans = list(stays)
    return [sum(slept_on(night, span) for span in spans) for night in evenings]
