"""The peer of due-queue and ladder: the usual Celery task for one reminder."""

import os

import django
from celery import Celery
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if not apps.ready:
    django.setup()

from django.core.mail import send_mail
from django.db import transaction

from common import clock
from common.models import DueWork

app = Celery("one_task_each", broker=os.environ["BENCH_REDIS_URL"])
app.conf.update(task_ignore_result=True, task_acks_late=True, broker_connection_retry_on_startup=True)
app.conf.task_default_queue = "bench"


@app.task
def remind(key: int) -> None:
    with transaction.atomic():
        row = DueWork.objects.select_for_update().get(pk=key)
        if row.state == DueWork.State.WAITING:
            row.state, row.done_at = DueWork.State.DONE, clock.now()
            row.save(update_fields=["state", "done_at"])


@app.task
def remind_by_mail(key: int) -> None:
    with transaction.atomic():
        row = DueWork.objects.select_for_update().get(pk=key)
        if row.state == DueWork.State.WAITING:
            text = (
                f"การติดตาม {row.subject} ถึงกำหนดวันนี้\nhttps://ruamban.example/casework/follow-ups/{row.pk}/\n"
            )
            send_mail(f"การติดตาม {row.period}", text, None, [f"{row.pk}@ladder.example"])
            row.state, row.done_at = DueWork.State.DONE, clock.now()
            row.save(update_fields=["state", "done_at"])
