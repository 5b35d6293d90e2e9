"""When background work stands still, every page says so; when it runs again, it does not."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.casework.register_sheets import row, workbook
from tests.e2e.test_register import bring, counts
from tests.e2e.visitor import Visitor
from tests.support.processes import Process
from tests.support.waiting import wait_until

LONG_AGO = timedelta(minutes=10)
STANDS_STILL = (
    "Background work is not running. What you save is kept; "
    "letters and reports leave as soon as it runs again."
)


def workers(system: Process) -> list[int]:
    """The worker's main process and its children."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            ours = f"RUAMBAN_VAR={system.env['RUAMBAN_VAR']}".encode() in (folder / "environ").read_bytes()
        except OSError:
            continue
        if ours and b"celery" in words and b"worker" in words:
            found.append(int(folder.name))
    return found


@contextmanager
def standing_still(system: Process) -> Iterator[None]:
    """A worker that hangs: nothing ends, so nothing starts it anew."""
    stopped = workers(system)
    assert stopped

    def hangs() -> bool:
        """Stopped, and not in the middle of a write, which would keep everybody else from writing."""
        _signal(stopped, signal.SIGSTOP)
        if _can_write(system):
            return True
        _signal(stopped, signal.SIGCONT)
        return False

    wait_until(hangs, timeout=60, what="a moment in which the worker writes nothing")
    try:
        yield
    finally:
        _signal(stopped, signal.SIGCONT)


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        os.kill(pid, number)


def _can_write(system: Process) -> bool:
    with closing(sqlite3.connect(database(system), timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        connection.execute("ROLLBACK")
        return True


def database(system: Process) -> Path:
    return Path(system.env["RUAMBAN_VAR"]) / "db.sqlite3"


def let_time_pass(system: Process) -> None:
    """The worker's last sign of life is as old as if minutes had gone by."""
    then = (datetime.now(UTC) - LONG_AGO).replace(tzinfo=None).isoformat(" ")
    with closing(sqlite3.connect(database(system), timeout=30)) as connection, connection:
        changed = connection.execute("UPDATE common_heartbeat SET seen_at = ? WHERE name = 'worker'", [then])
        assert changed.rowcount == 1


def test_a_register_that_was_brought_meanwhile_is_read_afterwards(
    system: Process, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker")
    with standing_still(system):
        let_time_pass(system)
        bring(me, "ระหว่างรอ.xlsx", workbook(row(last_name="ศรีบุญรอด", pin=None)))
        progress = me.main.locator("#progress")
        expect(progress).to_contain_text(me.say("Waiting to be read"))
        waits = "Background work is not running. Your file is kept and read as soon as it runs again."
        expect(progress).to_contain_text(me.say(waits), timeout=15_000)
        assert not me.faults()
    assert counts(me) == {"new": 1, "likely_same": 0, "error": 0}


def test_a_banner_stands_on_every_page_while_the_worker_hangs(
    system: Process, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", phone=True)
    banner = me.page.locator(".banners .banner.bad")

    def shown() -> bool:
        me.page.reload()
        return banner.count() > 0

    wait_until(lambda: not shown(), timeout=60, what="a worker that lives")
    with standing_still(system):
        let_time_pass(system)
        wait_until(shown, what="the banner")
        expect(banner).to_contain_text(me.say(STANDS_STILL))
        assert not me.faults()
        me.page.locator("nav.dock").get_by_role("link", name=me.say("Notice")).click()
        expect(banner).to_be_visible()
        ready = me.page.request.get("/readyz?strict=1")
        assert ready.status == 503
        assert me.page.request.get("/readyz").status == 200
    wait_until(lambda: not shown(), timeout=60, what="the banner gone")
    assert me.page.request.get("/readyz?strict=1").status == 200
