"""Celery tasks of the house: the tick, the claimer, the sender.

Each does a slice of work and asks for another, so that a worker that is told to stop stops soon.
"""

from celery import shared_task

from common import due, heartbeat, letters, postman, queue, schedule

SLICE_SECONDS = 10


@shared_task(name="common.tick")
def tick() -> None:
    """Plan what the calendar says, then wake a claimer for every kind that has due work."""
    heartbeat.touch("worker")
    schedule.plan_due()
    for kind in due.waiting_kinds():
        queue.send("common.work", kind)
    if letters.waiting():
        queue.send("common.send_letters")


@shared_task(name="common.work")
def work(kind: str) -> None:
    """Do due work of one kind."""
    if due.work(kind, seconds=SLICE_SECONDS) and kind in due.waiting_kinds():
        queue.send("common.work", kind)


@shared_task(name="common.send_letters")
def send_letters() -> None:
    """Send letters that are due."""
    postman.send_due(seconds=SLICE_SECONDS)
    # Also when none left: one may have been written while another sender had its turn, and it has gone since.
    if letters.waiting() and not postman.somebody_sends():
        queue.send("common.send_letters")
