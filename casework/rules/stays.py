"""Who may lie in which bed, and which nights a stay has. Pure.

A stay is counted by nights: the day of leaving has none, so that a bed freed in the morning is given in the evening.
"""

from datetime import date

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


def share_a_night(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two stays, each from its first day to the day of leaving (None: not yet), have a night in common."""
    (starts, ends), (begins, leaves) = one, other
    first = max(starts, begins)
    return all(last is None or first < last for last in (ends, leaves))


def end_problem(starts_on: date, ends_on: date) -> str:
    """ "stay_backwards" when somebody would leave before they came."""
    return "stay_backwards" if ends_on < starts_on else ""


def nights(starts_on: date, ends_on: date | None, *, today: date) -> int:
    """Nights slept so far."""
    return max(0, ((ends_on or today) - starts_on).days)
