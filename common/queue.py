"""Waking workers. A lost message costs time, never work: what is due lies in rows and the tick sweeps it up."""

import logging
import time
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 10
_pause_until = 0.0


def enqueue(task: str, *args: Any) -> None:
    """Send task `task` (a registered name; primary keys only as arguments) once the transaction has committed.

    A broker that is down is logged and otherwise ignored: the request must not fail for it. Raises LookupError
    for a name nobody registered.
    """
    if task not in current_app.tasks:
        raise LookupError(f"no task is called {task}")
    transaction.on_commit(lambda: send(task, *args), robust=True)


def send(task: str, *args: Any) -> bool:
    """Send now; False when the broker could not be reached.

    After a failure it is left alone for a while: one that hangs must not hold up one page after the other.
    """
    global _pause_until
    if time.monotonic() < _pause_until:
        return False
    try:
        current_app.tasks[task].apply_async(args=args, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        _pause_until = time.monotonic() + PAUSE_SECONDS
        logger.warning("broker not reached, %s waits for the next tick (%s)", task, type(error).__name__)
        return False
    return True
