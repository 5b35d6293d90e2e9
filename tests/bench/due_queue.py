"""due-queue: 100,000 due reminders claimed and marked through common.due, against one task for each.

Nothing is mailed: the handler only takes the batch. The peer is the usual design, a Celery message for each
reminder: a real worker with two processes takes it from Redis, locks its row, marks it and commits; from the
first message sent until the last row marked. The floor is one UPDATE of all rows.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from common import clock, due
from common.models import DueWork
from tests.bench.measuring import Line, interleaved, line, seconds
from tests.bench.one_task_each import remind, remind_by_mail

KIND, ROWS, PEER_ROWS, BATCH = "bench.reminder", 100_000, 2_000, 500
WAITED_AT_MOST = 300


def due_queue(rounds: int, clients: int) -> list[Line]:
    """`clients` is not used."""
    taken: list[int] = []

    @due.handler(KIND, batch=BATCH)
    def take(items: list[due.Item]) -> None:
        taken.append(len(items))

    with peer_worker():
        one_task_each(50)  # warm
        seen = interleaved(
            rounds,
            peer=lambda: one_task_each(PEER_ROWS) * (ROWS / PEER_ROWS),
            product=lambda: _planned(ROWS) or seconds(lambda: due.work(KIND, seconds=600)),
            floor=lambda: _planned(ROWS) or seconds(_one_update),
        )
    _forget()
    what = f"{ROWS:,} due rows, batches of {BATCH}, one process; peer: a task each, {PEER_ROWS:,} measured and scaled"
    return [line("due-queue", what, seen, unit="s", at_least=150)]


def _planned(count: int) -> None:
    """`count` rows are due, and none is left of the round before."""
    _forget()
    at = clock.now() - timedelta(minutes=1)
    due.plan(KIND, ((f"user:{number}", "2026-11-23", at) for number in range(count)))
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {DueWork._meta.db_table}")


def _forget() -> None:
    DueWork.objects.filter(kind=KIND).delete()


def _one_update() -> None:
    DueWork.objects.filter(kind=KIND).update(state=DueWork.State.DONE, done_at=clock.now())


def one_task_each(count: int, *, mailed: bool = False) -> float:
    """Seconds that the peer takes for `count` reminders; with `mailed` each sends its mail."""
    _planned(count)
    task = remind_by_mail if mailed else remind
    keys = list(DueWork.objects.filter(kind=KIND).order_by("pk").values_list("pk", flat=True))
    waiting = DueWork.objects.filter(kind=KIND, state=DueWork.State.WAITING)
    start = time.perf_counter()
    for key in keys:
        task.delay(key)
    while waiting.exists():
        if time.perf_counter() - start > WAITED_AT_MOST:
            raise TimeoutError("the worker does not get through")
        time.sleep(0.02)
    return time.perf_counter() - start


@contextmanager
def peer_worker() -> Iterator[None]:
    """The peer's Celery worker with two processes."""
    command = [sys.executable, "-m", "celery", "-A", "tests.bench.one_task_each", "worker"]
    worker = subprocess.Popen([*command, "--concurrency", "2", "--loglevel", "ERROR", "--without-gossip"])
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)
