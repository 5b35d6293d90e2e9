"""Background work of the network: sheets that nobody finished do not stay for ever."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from common import clock, due, schedule
from common.actor import SystemActor
from network.actions.sheets import sweep_sheets

KEEP_DAYS = 30
"""Rows read from a sheet are swept after this. Our default."""


def _nightly(now: datetime) -> Iterator[tuple[str, datetime]]:
    day = clock.local(now).date()
    yield day.isoformat(), clock.at(day, 3, 50)


schedule.register("network.sheet_sweep", _nightly)


@due.handler("network.sheet_sweep")
def sweep(items: list[due.Item]) -> None:
    """Remove what is older than KEEP_DAYS."""
    sweep_sheets(actor=SystemActor("sheets"), before=clock.now() - timedelta(days=KEEP_DAYS))
