"""The scheduler: in memory (the schedule is static, what is due lies in rows), and it shows that it is alive."""

from typing import Any

from celery.beat import Scheduler

from common import heartbeat


class HeartbeatScheduler(Scheduler):
    """Celery's plain scheduler, which also touches its sign of life."""

    max_interval = 5

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        heartbeat.touch("beat")
        return super().tick(*args, **kwargs)
