"""Housekeeping of this app: what is only kept for a while is swept each night."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q

from common import clock, due, schedule
from common.db import statistics
from common.models import DueWork, Letter, OutboxMail, Submission

KEEP_DAYS = 60
KEEP_WORK_DAYS = 425


def _nightly(now: datetime) -> Iterator[tuple[str, datetime]]:
    day = clock.local(now).date()
    yield day.isoformat(), clock.at(day, 3, 30)


schedule.register("common.sweep", _nightly)


@due.handler("common.sweep")
def sweep(items: list[due.Item]) -> None:
    """Delete what is older than KEEP_DAYS (our default): form keys, kept mails, what sent letters said.

    The rows of letters and of finished work stay (work for KEEP_WORK_DAYS): they are why nothing is done twice.
    """
    now = clock.now()
    before = now - timedelta(days=KEEP_DAYS)
    Session.objects.filter(expire_date__lt=now).delete()
    Submission.objects.filter(created_at__lt=before).delete()
    OutboxMail.objects.filter(kept_at__lt=before).delete()
    spoken = Letter.objects.filter(state=Letter.State.SENT, sent_at__lt=before)
    spoken.exclude(text="", html="").update(text="", html="", attachments=[])
    finished = Q(state=DueWork.State.DONE, done_at__lt=now - timedelta(days=KEEP_WORK_DAYS))
    DueWork.objects.filter(finished).delete()
    statistics.refresh()
