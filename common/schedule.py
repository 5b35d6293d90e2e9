"""Calendar times in Bangkok, as due work. Beat only ticks; what a tick finds due becomes one row per occasion.

An occasion that was missed (the system was down) is found by the next tick, because each schedule names its
recent occasions and a row that stands already is left alone. Two beats plan the same rows.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from common import clock, due

logger = logging.getLogger(__name__)
Occasions = Callable[[datetime], Iterable[tuple[str, datetime]]]
_schedules: dict[str, Occasions] = {}


def register(kind: str, occasions: Occasions) -> None:
    """`occasions(now)` yields (period, due_at) of recent and present occasions of due-work kind `kind`."""
    _schedules[kind] = occasions


def plan_due(now: datetime | None = None) -> None:
    """Write a due-work row for every occasion whose time has come."""
    now = now or clock.now()
    for kind, occasions in _schedules.items():
        try:
            entries = [("all", period, at) for period, at in occasions(now) if at <= now]
        except Exception:
            logger.exception("the calendar of %s cannot be read", kind)  # and the others still count
            continue
        due.plan(kind, entries)
