"""Rules of casework: pure functions over plain values. No clock, no database.

A `*_problem` function returns the code of what is wrong, "" when nothing is; casework.refusals holds
the words for each code.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from common.thai import idnumber, names

STATES = ("notice", "contact", "fact_finding", "plan", "follow_through")
"""States of an open episode in the order a case goes through them."""

HELP_ANSWERS = ("accepted_help", "declined_help", "withdrew")
MEETINGS = frozenset({"met", "met_by_phone"})
"""Follow-up results that are a contact with the person."""

EARLIEST_BIRTH = date(1900, 1, 1)
LIKELY_FROM = 0.8
"""Two names this alike (common.thai.names.similarity) are shown as perhaps one person. Our default."""

SAME_FROM = 0.9
"""From here on the person who registers must say why it is somebody else. Our default."""

WITHOUT_SURNAME = 0.88
"""What a first name alone says, of what a whole name would. Our default."""


def day_problem(day: date, *, today: date, born_on: date | None = None, opened_on: date | None = None) -> str:
    """What is wrong with `day` as the day on which something happened.

    Codes: "future"; "before_birth" (`born_on` is the earliest day the person may have been born);
    "before_opening" (the episode began later).
    """
    if day > today:
        return "future"
    if born_on is not None and day < born_on:
        return "before_birth"
    if opened_on is not None and day < opened_on:
        return "before_opening"
    return ""


def birth_problem(born_on: date | None, *, today: date) -> str:
    """Codes: "birth_future", "birth_too_early" (before 1900)."""
    if born_on is None:
        return ""
    if born_on > today:
        return "birth_future"
    return "birth_too_early" if born_on < EARLIEST_BIRTH else ""


def age(born_on: date, *, on: date) -> int:
    """Whole years; of a birthday known by year or month only, its first day counts."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def pin_problem(pin: str) -> str:
    """What is wrong with the digits of an ID number. Codes: "pin_length", "pin_checksum"."""
    if not pin or idnumber.is_valid(pin):
        return ""
    return "pin_length" if len(pin) != idnumber.LENGTH else "pin_checksum"


def paper_status(status: str, pin: str) -> str:
    """The identity-paper status that goes with a number: a number and "has none" cannot both be true."""
    if not pin:
        return "unknown" if status in {"unverified", "category_0"} else status
    if pin[0] == "0":
        return "category_0"
    return status if status in {"has_card", "lost_card", "passport"} else "unverified"


def move_problem(state: str, to: str, *, contacted: bool) -> str:
    """Whether an open episode may go from `state` to `to`.

    Forward as far as one likes, back one step at a time (a plan may turn out to need more facts), and past
    "contact" only once somebody has met the person. Codes: "move_closed", "move_unknown", "move_same",
    "move_too_far_back", "move_needs_contact".
    """
    if state not in STATES:
        return "move_closed"
    if to not in STATES:
        return "move_unknown"
    step = STATES.index(to) - STATES.index(state)
    if step == 0:
        return "move_same"
    if step < -1:
        return "move_too_far_back"
    return "move_needs_contact" if step > 0 and to != "contact" and not contacted else ""


def moves(state: str, *, contacted: bool) -> list[str]:
    """States an episode in `state` may go to."""
    return [to for to in STATES if not move_problem(state, to, contacted=contacted)]


def help_problem(answer: str, answers: Sequence[str]) -> str:
    """Whether `answer` may follow the help answers given so far (oldest first).

    Codes: "help_unknown"; "help_same" (nothing changes); "help_not_accepted" (only what was accepted can be
    withdrawn).
    """
    if answer not in HELP_ANSWERS:
        return "help_unknown"
    last = answers[-1] if answers else ""
    if answer == last:
        return "help_same"
    return "help_not_accepted" if answer == "withdrew" and last != "accepted_help" else ""


def appointment_problem(due_on: date, *, today: date, result: str = "") -> str:
    """Whether `due_on` may be the day of an appointment, planned along with `result` if one was just recorded.

    Codes: "appointment_past", "appointment_too_far" (more than two years ahead, our default), "appointment_died".
    """
    if result == "died":
        return "appointment_died"
    if due_on < today:
        return "appointment_past"
    return "appointment_too_far" if (due_on - today).days > 2 * 366 else ""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What two descriptions of people have in common. None where one of the two says nothing.

    Attributes:
        name: similarity of the names, 0..1: of the first names alone unless `whole_names`.
        whole_names: both have a surname.
        same_number: the ID numbers, right by their check digit.
        same_notice: one day and place of notice, so perhaps one line of a register that came twice.
    """

    name: float = 0.0
    whole_names: bool = False
    same_number: bool | None = None
    births_agree: bool | None = None
    same_phone: bool = False
    same_nickname: bool = False
    same_home: bool = False
    same_place: bool = False
    same_notice: bool = False


class Likeness(NamedTuple):
    """How likely two descriptions are one person, 0..1, and on what evidence; NOBODY without any.

    Reasons: "pin", "phone", "name", "birth", "nickname", "domicile", "notice".
    """

    score: float
    reasons: tuple[str, ...]


NOBODY = Likeness(0.0, ())


def evidence(r: Resemblance) -> Likeness:
    """The strongest evidence that two descriptions are one person, on which a person must look. Our default:

    - the same ID number: the same person; two different ones: never;
    - the same phone and a similar name;
    - a nearly equal name with a surname or an equal nickname, and births that agree;
    - a nearly equal name with surname, an equal nickname and an equal home province, where a birth is not known;
    - a nearly equal name in a notice of the same day and place.

    A first name alone is never enough: there are thousands of สมชาย.
    """
    if r.same_number is not None:
        return Likeness(1.0, ("pin",)) if r.same_number else NOBODY
    if r.same_phone and r.name >= LIKELY_FROM:
        return Likeness(0.95 * r.name, ("phone", "name"))
    if r.name < SAME_FROM or r.births_agree is False:
        return NOBODY
    if r.births_agree and (r.whole_names or r.same_nickname):
        return Likeness(0.9 * r.name, ("name", "birth", *(("nickname",) if r.same_nickname else ())))
    if r.births_agree is None and r.whole_names and r.same_nickname and r.same_home:
        return Likeness(0.85 * r.name, ("name", "nickname", "domicile"))
    return Likeness(0.85 * r.name, ("name", "notice")) if r.same_notice else NOBODY


def likeness(r: Resemblance) -> float:
    """How likely two records are one person, 0..1: what is shown beside a form, the likeliest first.

    Wider than `evidence`, because whoever fills in the form can look at once; never below SAME_FROM where there
    is evidence. A phone may be borrowed and a place shared, so neither is proof. Our default weights.
    """
    if r.same_number is not None:
        return float(r.same_number)
    named = r.name if r.whole_names else WITHOUT_SURNAME * r.name
    score = max(named + 0.08 * r.same_nickname if named else 0.0, 0.75 * r.same_nickname)
    score += 0.25 * r.same_phone + 0.05 * r.same_place
    if r.births_agree is not None:
        score += 0.05 if r.births_agree else -0.2
    least = SAME_FROM if evidence(r).reasons else 0.0
    return max(least, min(score, 0.99))


def same_place(place: str, others: Collection[str]) -> bool:
    """True when `place` is one of `others` as people write it, or part of it."""
    wanted = names.search_text(place).replace(" ", "")
    if len(wanted) < 4:
        return False
    texts = [names.search_text(other).replace(" ", "") for other in others if other]
    return any(wanted in text or (len(text) >= 4 and text in wanted) for text in texts)
