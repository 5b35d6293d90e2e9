"""The Celery app. Messages only wake workers; the work itself lies in rows (common.due)."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["filesystem"] = "common.broker:Transport"

app = Celery("ruamban")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
