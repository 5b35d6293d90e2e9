"""The project: settings, URLs, the Celery app, the API root."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
