"""App configuration."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = _("Common")

    def ready(self) -> None:
        from common import (  # noqa: PLC0415
            entries,  # noqa: F401 (fills slots)
            heartbeat,  # noqa: F401 (listens to Celery)
            holidays,
            schedules,  # noqa: F401 (registers due work)
            tasks,  # noqa: F401 (whoever sends a message knows the tasks by name)
        )
        from common.db import guards  # noqa: PLC0415

        # SQLite rebuilds a table for most schema changes and silently loses its triggers: guards leave
        # before the first app migrates and come back after the last one.
        pre_migrate.connect(guards.before_migrate, sender=self, dispatch_uid="guards-off")
        post_migrate.connect(guards.after_migrate, dispatch_uid="guards-on")
        post_migrate.connect(holidays.seed_when_empty, sender=self, dispatch_uid="holidays")
        post_migrate.connect(_make_cache_table, sender=self, dispatch_uid="cache-table")


def _make_cache_table(*, using: str, **_: Any) -> None:
    """The cache lies in a table where there is no Redis; it comes with the other tables."""
    call_command("createcachetable", database=using, verbosity=0)
