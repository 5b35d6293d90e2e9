"""Two who change the same record: what the second one's form says afterwards. Pure."""

from typing import TypeVar

Value = TypeVar("Value")


def merged(before: Value, now: Value, typed: Value) -> tuple[Value, bool]:
    """(what the form says of one field, whether both changed it to something different).

    Args:
        before: what stood there when the second opened the form; now: what stands since the first saved; typed: what
            the second wrote. Nothing typed is lost, and nothing saved is overwritten by who did not touch it.
    """
    if typed in (before, now):
        return now, False
    return typed, before != now
