"""Waiting for a condition: the only way a test may let time pass."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(predicate: Callable[[], T], timeout: float = 30, what: str = "") -> T:
    """Return the first true answer of `predicate`, asked 20 times a second.

    Raises AssertionError naming `what` when there is none within `timeout` seconds.
    """
    end = time.monotonic() + timeout
    while True:
        answer = predicate()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(
                f"not within {timeout:g} s: {what or getattr(predicate, '__name__', predicate)}"
            )
        time.sleep(0.05)
