"""Due work: planned as rows, claimed under a lease, done once.

A handler is registered by kind and gets a batch of items. For an atomic handler (the default) the work and
the marks commit together, so a killed worker leaves nothing half-done. When a batch fails, its items are
tried one by one: the poisoned one is put off with growing pauses and given up after `max_attempts`, the
others go through. Work that ends its worker, or outlives its lease, counts as an attempt too; what was begun
before is taken up in ever smaller batches, in the end alone, so that it drags no other down.
"""

import logging
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from common import clock, queue
from common.db.claim import claim, held
from common.models import DueWork

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """A claimed row, as its handler sees it."""

    pk: int
    subject: str
    period: str
    due_at: datetime
    token: str = ""


Run = Callable[[list[Item]], None]


@dataclass(frozen=True)
class Handler:
    kind: str
    run: Run
    batch: int
    atomic: bool
    max_attempts: int


class LostLease(Exception):
    """The work took longer than its lease and somebody else has it now."""


_handlers: dict[str, Handler] = {}
_SHARES = (("attempts = 0", 1), ("attempts = 1", 8), ("attempts = 2", 64), ("attempts > 2", 1_000_000))
"""Which work is taken first, and by which share of a batch: eight times fewer at each new try, in the end alone."""


def handler(kind: str, *, batch: int = 1, atomic: bool = True, max_attempts: int = 8) -> Callable[[Run], Run]:
    """Register the decorated function for `kind`.

    `atomic=False` is for long work that commits in steps of its own and can be taken up again midway; it calls
    `renew` between its steps.
    """

    def register(function: Run) -> Run:
        _handlers[kind] = Handler(kind, function, batch, atomic, max_attempts)
        return function

    return register


def plan(kind: str, entries: Iterable[tuple[str, str, datetime]]) -> int:
    """Write down (subject, period, due_at) entries; those already there stay as they are.

    Returns how many were given.
    """
    rows = [DueWork(kind=kind, subject=s, period=p, due_at=d) for s, p, d in entries]
    DueWork.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)
    return len(rows)


def wake(kind: str) -> None:
    """Have work of `kind` looked at once the transaction has committed, instead of at the next tick."""
    queue.enqueue("common.work", kind)


def waiting_kinds(now: datetime | None = None) -> list[str]:
    """Kinds with work that is due and not under a running lease."""
    now = now or clock.now()
    open_rows = DueWork.objects.filter(state=DueWork.State.WAITING, due_at__lte=now)
    free = open_rows.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now))
    return sorted(set(free.order_by("kind").values_list("kind", flat=True).distinct()) & set(_handlers))


def work(kind: str, *, seconds: float = 60, now: datetime | None = None) -> int:
    """Claim and do work of `kind` until none is due or `seconds` have passed. Returns how many items were done."""
    chosen, stop, done = _handlers[kind], time.monotonic() + seconds, 0
    while time.monotonic() < stop:
        items = _claim(chosen, now or clock.now())
        if items is None:
            break
        done += _do(chosen, items) if items else 0
    return done


def renew(item: Item) -> None:
    """Prolong the lease of an item whose work takes long. Raises LostLease when somebody else has it."""
    if not _mine([item]).update(lease_until=clock.now() + _lease()):
        raise LostLease(f"{item.subject} {item.period}")


def retry(row: DueWork) -> bool:
    """Put work that was given up back in line; False when it was not given up."""
    given_up = DueWork.objects.filter(pk=row.pk, state=DueWork.State.FAILED)
    changed = given_up.update(
        state=DueWork.State.WAITING,
        attempts=0,
        due_at=clock.now(),
        lease_until=None,
        lease_token="",
        error="",
    )
    wake(row.kind)
    return bool(changed)


def _lease() -> timedelta:
    return timedelta(seconds=settings.DUE_LEASE_SECONDS)


def _mine(items: list[Item]) -> QuerySet[DueWork]:
    """The rows of `items` that are still under the lease they were claimed with."""
    rows = held(DueWork, [item.pk for item in items], items[0].token)
    return rows.filter(state=DueWork.State.WAITING)


def _claim(chosen: Handler, now: datetime) -> list[Item] | None:
    """A batch of fresh work, else of what was begun before; None when nothing is due.

    Empty when the item found was given up instead.
    """
    for attempts, share in _SHARES:
        limit = max(1, chosen.batch // share)
        token, rows = claim(
            DueWork,
            where=f"state = 'waiting' AND kind = %s AND {attempts}",
            params=[chosen.kind],
            now=now,
            lease=_lease(),
            limit=limit,
            columns=("subject", "period", "attempts"),
            count=True,
        )
        if rows:
            items = [Item(pk, subject, period, due_at, token) for due_at, pk, subject, period, _ in rows]
            tries = rows[0][-1]
            return [] if tries > chosen.max_attempts and _given_up(chosen, items) else items
    return None


def _given_up(chosen: Handler, items: list[Item]) -> bool:
    """Write down that these were begun as often as may be, and their worker died each time."""
    for item in items:
        logger.error("due work given up: %s %s %s", chosen.kind, item.subject, item.period)
    rows = _mine(items)
    rows.filter(error="").update(error="WorkerLost")
    rows.update(state=DueWork.State.FAILED)
    return True


def _do(chosen: Handler, items: list[Item]) -> int:
    """Do `items`, together or else one by one; returns how many were done."""
    try:
        _run(chosen, items)
    except LostLease:
        logger.warning("due work took longer than its lease: %s, %s item(s)", chosen.kind, len(items))
        return 0
    except Exception as error:
        if len(items) == 1:
            _put_off(chosen, items[0], error)
            return 0
        return sum(_do_alone(chosen, item) for item in items)
    return len(items)


def _do_alone(chosen: Handler, item: Item) -> int:
    try:
        renew(item)  # the items before it took their time
    except LostLease:
        return 0
    return _do(chosen, [item])


def _run(chosen: Handler, items: list[Item]) -> None:
    if not chosen.atomic:
        chosen.run(items)
        _mark_done(items)
        return
    with transaction.atomic():
        chosen.run(items)
        if _mark_done(items) != len(items):
            raise LostLease(chosen.kind)


def _mark_done(items: list[Item]) -> int:
    return _mine(items).update(state=DueWork.State.DONE, done_at=clock.now(), error="", lease_until=None)


def _put_off(chosen: Handler, item: Item, error: Exception) -> None:
    # The way to the error is logged and its kind, never its words: they may quote what was worked on.
    way = "".join(traceback.format_tb(error.__traceback__))
    name = type(error).__name__
    logger.error("due work failed: %s %s %s (%s)\n%s", chosen.kind, item.subject, item.period, name, way)
    row = _mine([item])
    attempts = row.values_list("attempts", flat=True).first()
    if attempts is None:
        return  # somebody else has it now
    failed = attempts >= chosen.max_attempts
    pause = timedelta(seconds=min(3600, 5 * 2**attempts))
    row.update(
        state=DueWork.State.FAILED if failed else DueWork.State.WAITING,
        due_at=item.due_at if failed else clock.now() + pause,
        lease_until=None,
        lease_token="",
        error=name,
    )
