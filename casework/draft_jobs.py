"""Drafts of intakes as background work: what expired is removed in the night."""

from collections.abc import Iterator
from datetime import datetime

from casework.actions.intake_drafts import expire_drafts
from common import clock, due, schedule
from common.actor import SystemActor


def _nightly(now: datetime) -> Iterator[tuple[str, datetime]]:
    day = clock.local(now).date()
    yield day.isoformat(), clock.at(day, 3, 50)


schedule.register("casework.intake_drafts_expire", _nightly)


@due.handler("casework.intake_drafts_expire")
def expire(items: list[due.Item]) -> None:
    """Remove drafts past their day."""
    expire_drafts(actor=SystemActor("intake_drafts"), now=clock.now())
