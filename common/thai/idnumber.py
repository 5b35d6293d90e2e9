"""The thirteen-digit number of Thai civil registration.

The first digit is the category: 1–5 Thai nationals, 6 and 7 people with temporary permission and their
children, 8 lawful aliens, 0 people without registration status. All of these are real people; 9 is not given
to persons. Nobody is required to have a number.
"""

import re

from common.thai.digits import to_arabic

LENGTH = 13
_CATEGORIES = frozenset("012345678")
_NOT_DIGIT = re.compile(r"[^0-9]+")


def normalise(value: str | int) -> str:
    """Digits alone, in Arabic figures; "" when there are none.

    A spreadsheet drops the leading zero of a number kept as an integer: twelve digits of an int get it back.
    """
    if isinstance(value, int):
        text = str(abs(value))
        return text.zfill(LENGTH) if len(text) == LENGTH - 1 else text
    return _NOT_DIGIT.sub("", to_arabic(value))


def check_digit(first12: str) -> int:
    """The thirteenth digit: (11 − Σ dᵢ·(14 − i) mod 11) mod 10 over the first twelve.

    Raises:
        ValueError: `first12` is not twelve digits.
    """
    if len(first12) != LENGTH - 1 or not (first12.isascii() and first12.isdigit()):
        raise ValueError("twelve digits are needed")
    total = sum(int(digit) * weight for digit, weight in zip(first12, range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10


def category(pin: str) -> str | None:
    """The category "0".."8"; None without thirteen digits or beginning with 9. The check digit is not looked at."""
    if len(pin) == LENGTH and pin.isascii() and pin.isdigit() and pin[0] in _CATEGORIES:
        return pin[0]
    return None


def is_valid(pin: str) -> bool:
    """True for thirteen digits of a known category with the right check digit."""
    return category(pin) is not None and check_digit(pin[:12]) == int(pin[12])


def format_pin(pin: str) -> str:
    """1-2345-45678-78-1; anything that has not thirteen digits is given back as it is."""
    if len(pin) != LENGTH:
        return pin
    return f"{pin[0]}-{pin[1:5]}-{pin[5:10]}-{pin[10:12]}-{pin[12]}"


def mask(pin: str) -> str:
    """x-xxxx-xxxxx-78-1: the last three digits at most; what is not a full number is hidden whole."""
    if not pin:
        return ""
    return f"x-xxxx-xxxxx-{pin[10:12]}-{pin[12]}" if len(pin) == LENGTH else "x" * len(pin)
