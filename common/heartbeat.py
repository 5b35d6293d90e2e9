"""Signs of life: the worker and the scheduler each touch a row; pages and /readyz read them."""

import time
from datetime import timedelta
from typing import Any

from celery import signals
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from common import clock, queue
from common.models import Heartbeat

EVERY_SECONDS = 10
REMEMBERED_SECONDS = 5
_last_touch: dict[str, float] = {}
_remembered: tuple[float, bool] | None = None


def touch(name: str) -> None:
    """Note that `name` is alive, at most every EVERY_SECONDS. A database that is away is no reason to die."""
    if time.monotonic() - _last_touch.get(name, -EVERY_SECONDS) < EVERY_SECONDS:
        return
    _last_touch[name] = time.monotonic()
    try:
        close_old_connections()
        Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": clock.now()})
    except DatabaseError:
        close_old_connections()


def alive(*names: str) -> bool:
    """True when all `names` were seen lately (three ticks, or 90 seconds if that is longer)."""
    limit = timedelta(seconds=max(90.0, 3 * settings.TICK_SECONDS))
    return Heartbeat.objects.filter(name__in=names, seen_at__gte=clock.now() - limit).count() == len(names)


def jobs_running() -> bool:
    """True when both worker and scheduler are alive; each process remembers it for some seconds, as every page asks.

    Remembered here and not in the cache: a page must neither write to the database nor need Redis for a banner.
    """
    global _remembered
    now = time.monotonic()
    if _remembered is None or now - _remembered[0] > REMEMBERED_SECONDS:
        _remembered = (now, alive("worker", "beat"))
    return _remembered[1]


def forget() -> None:
    """Ask the database again at the next page (for tests)."""
    global _remembered
    _remembered = None


@signals.heartbeat_sent.connect
def _worker_lives(**_: Any) -> None:
    touch("worker")


@signals.worker_ready.connect
def _worker_is_ready(**_: Any) -> None:
    """A worker that starts sweeps at once what waited for it."""
    touch("worker")
    queue.send("common.tick")
