"""The broker forgets everything, or is not there: work is late at worst."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from common import clock, heartbeat
from common.models import Heartbeat
from tests.process.post import PATIENCE, QUICK, all_sent, states, write_letters
from tests.support import factories as make
from tests.support import lanes
from tests.support.client import Client
from tests.support.mailbox import Mailbox
from tests.support.processes import PROJECT

pytestmark = pytest.mark.process


def lose_everything() -> None:
    """What `FLUSHDB`, or an overeager cleaning of the data folder, would do."""
    lanes.empty_broker()
    if not settings.REDIS_URL:
        # Taken away in one step, because running processes go on writing there.
        lost = settings.BROKER_DIR.with_name("broker-lost")
        settings.BROKER_DIR.rename(lost)
        shutil.rmtree(lost, ignore_errors=True)


def test_what_the_broker_forgot_is_caught_up_by_the_next_tick(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any, repeats: Callable[[int], int]
) -> None:
    write_letters(20)
    lose_everything()
    running = worker(**QUICK)
    beat()
    wait_until(all_sent, PATIENCE, what="letters written before the loss")
    lose_everything()
    write_letters(40)
    lose_everything()
    wait_until(all_sent, PATIENCE, what="letters written after it")
    assert repeats(40) == 0
    assert running.running, "the worker lived through it"


WRITE_ONE = """
from common import letters
letters.write([letters.Draft(
    recipient_key="user:1", to="w1@test.example", kind="k", period="p", subject="s", text="t")])
"""
BLOCK_THE_FOLDER = """
import shutil
from django.conf import settings
shutil.rmtree(settings.BROKER_DIR / "queue")
(settings.BROKER_DIR / "queue").write_text("a file where a folder should be")
"""


@pytest.mark.parametrize(
    ("broker", "code"),
    [("redis://127.0.0.1:1/0", WRITE_ONE), ("", BLOCK_THE_FOLDER + WRITE_ONE)],
    ids=["no redis", "no folder"],
)
def test_without_a_broker_nothing_is_lost_and_nobody_waits_long(
    process_env: dict[str, str], broker: str, code: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        env=process_env | {"REDIS_URL": broker},
        cwd=PROJECT,
        timeout=60,
        capture_output=True,
        text=True,
    )
    (Path(process_env["RUAMBAN_VAR"]) / "broker" / "queue").unlink(missing_ok=True) if not broker else None
    assert ended.returncode == 0, ended.stderr
    assert "broker not reached" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert states() == {"waiting": 1}, "it waits for the next tick"


def test_while_the_worker_is_down_pages_say_so_and_afterwards_it_catches_up(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any
) -> None:
    visitor = Client()
    visitor.force_login(make.user())

    def banner() -> bool:
        heartbeat.forget()
        return "banner bad" in visitor.get("/house/holidays/").content.decode()

    beat()
    first = worker(**QUICK)
    wait_until(lambda: not banner(), PATIENCE, what="signs of life of both")
    first.kill9()
    Heartbeat.objects.filter(name="worker").update(seen_at=clock.now() - timedelta(seconds=100))
    write_letters(5)
    assert banner()
    assert visitor.get("/readyz?strict=1").json()["worker"] is False

    worker(**QUICK)
    wait_until(all_sent, PATIENCE)
    wait_until(lambda: not banner(), PATIENCE)
    assert visitor.get("/readyz?strict=1").status_code == 200
