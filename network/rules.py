"""Rules of the network: pure functions over plain values. No clock, no database.

A `*_problem` function returns the code of what is wrong, "" when nothing is; network.refusals holds the words.
Quantities are whole hundredths of their unit, as money is whole satang.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from common.money import MoneyError, to_satang

MONEY, GOODS, HOURS, SPACE, SKILLS = KINDS = ("money", "goods", "hours", "space", "skills")
HUNDREDTHS = 100
DAY_HOURS = 24
MOST = 10**11
"""Hundredths: a thousand million units, far above anything one partner gives at once. Our default."""

LARGEST_VALUE = 10**15
MOST_PEOPLE = 1000
EARLIEST = date(1990, 1, 1)
"""A contribution of before this day is a slip of the pen. Our default."""

KIND_OF: Mapping[str, str] = {
    "baht": MONEY,
    "hour": HOURS,
    "set": GOODS,
    "kg": GOODS,
    "box": GOODS,
    "piece": GOODS,
    "bag": GOODS,
    "pack": GOODS,
    "bottle": GOODS,
    "litre": GOODS,
    "day": SPACE,
    "night": SPACE,
    "person": SKILLS,
    "time": SKILLS,
}
"""Unit → kind. The unit says what kind of thing was given, so nobody is asked twice. Our default list."""

STEPS = ("pledged", "received", "confirmed")


def read_quantity(text: str) -> tuple[int, str]:
    """What was typed as hundredths, and the code of what is wrong ("" when nothing is).

    Thai digits and thousands separators are read; nothing is rounded. Codes: "quantity" (no number, or zero),
    "negative", "three_decimals", "too_large".
    """
    try:
        hundredths = to_satang(text.strip().replace("−", "-"))
    except MoneyError as error:
        return 0, "quantity" if error.code == "not_a_number" else error.code
    return hundredths, quantity_problem(hundredths)


def quantity_problem(hundredths: int) -> str:
    """Codes: "negative", "quantity" (zero), "too_large"."""
    if hundredths < 0:
        return "negative"
    if hundredths == 0:
        return "quantity"
    return "too_large" if hundredths > MOST else ""


def as_decimal(hundredths: int) -> Decimal:
    """Hundredths as a number without needless zeros: 1250 → 12.5."""
    number = Decimal(hundredths).scaleb(-2)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def day_problem(given_on: date, *, today: date) -> str:
    """Codes: "future"; "too_early" (before 1990)."""
    if given_on > today:
        return "future"
    return "too_early" if given_on < EARLIEST else ""


def hours_problem(unit: str, hundredths: int, people: int) -> str:
    """Nobody gives more than 24 hours on one day. Code: "day_over_24"."""
    if unit != "hour":
        return ""
    return "day_over_24" if hundredths > DAY_HOURS * HUNDREDTHS * people else ""


def day_together_problem(rows: Iterable[tuple[int, int]]) -> str:
    """Whether (hundredths of hours, people) of one giver on one day fit into it together. Code: "day_over_24".

    As many people as the largest of the rows names are taken to have been there.
    """
    found = list(rows)
    if not found:
        return ""
    return hours_problem("hour", sum(hours for hours, _ in found), max(people for _, people in found))


def people_problem(people: int) -> str:
    """Code: "people" (none, or more than a thousand at once)."""
    return "" if 1 <= people <= MOST_PEOPLE else "people"


def active_problem(given_on: date, *, active_from: date, active_to: date | None) -> str:
    """Whether the partner was one on that day. Code: "partner_inactive"."""
    inside = active_from <= given_on and (active_to is None or given_on <= active_to)
    return "" if inside else "partner_inactive"


def value_of(hundredths: int, satang_per_unit: int) -> int:
    """Satang that a quantity is worth, rounded down to the satang as everywhere in the house."""
    return hundredths * satang_per_unit // HUNDREDTHS


def step_problem(state: str, to: str) -> str:
    """Whether a contribution in `state` may become `to`: one step at a time, never back.

    Codes: "confirmed_already", "received_already", "not_received".
    """
    now, then = STEPS.index(state), STEPS.index(to)
    if then <= now:
        return "confirmed_already" if to == "confirmed" else "received_already"
    return "not_received" if then > now + 1 else ""


def confirm_problem(*, logger: str, confirmer: str) -> str:
    """Who logged it does not confirm it. Code: "own_entry"."""
    return "own_entry" if logger == confirmer else ""


def fingerprint(*parts: object) -> str:
    """A hash of everything a sheet's row says, so that the same row is known again."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:40]
