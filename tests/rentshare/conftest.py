"""A fixed day for every test of the rent rooms: Tuesday 10 November 2569 BE, ten in the morning in Bangkok."""

from datetime import UTC, datetime
from typing import Any

import pytest

NOW = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_day_in_november(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
