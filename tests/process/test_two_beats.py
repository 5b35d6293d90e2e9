"""Two schedulers by mistake: everything still happens once."""

from collections.abc import Callable
from typing import Any

import pytest

from common import clock, due, heartbeat
from common.models import DueWork
from tests.process.post import PATIENCE, all_sent, write_letters
from tests.support.mailbox import Mailbox

pytestmark = pytest.mark.process


def test_two_beats_and_two_workers_send_each_letter_once(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any, repeats: Callable[[int], int]
) -> None:
    write_letters(200)
    due.plan("common.sweep", [("all", f"2026-01-{day:02}", clock.now()) for day in range(1, 29)])
    beat(TICK_SECONDS="0.3")
    beat(TICK_SECONDS="0.3")
    worker()
    worker()
    wait_until(all_sent, PATIENCE, what="all letters sent")
    done = DueWork.objects.filter(kind="common.sweep", period__startswith="2026-01")
    wait_until(lambda: not done.exclude(state="done").exists(), PATIENCE, what="due work done")
    assert repeats(200) == 0
    assert set(done.values_list("state", "attempts")) == {("done", 1)}
    assert heartbeat.alive("worker", "beat")
