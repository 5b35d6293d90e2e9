"""Numbers of bank accounts. Pure."""

from common.thai import digits

SHORTEST, LONGEST = 10, 15
"""Digits. Ten at most Thai banks, twelve at the Government Savings Bank, longer nowhere that we know."""


def account_number(text: str) -> str:
    """The digits of a bank account's number as somebody typed it; "" when it cannot be one."""
    typed = digits.to_arabic(text).replace("-", "").replace(" ", "")
    return typed if typed.isascii() and typed.isdigit() and SHORTEST <= len(typed) <= LONGEST else ""
