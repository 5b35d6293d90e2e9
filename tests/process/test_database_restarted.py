"""The database goes away in the middle of work and comes back: every session is cut and new ones are refused meanwhile.

That is what a restart looks like to web, worker and beat; done to the runner's own database alone, because other
runners share the server. A file cannot restart, so these run on PostgreSQL.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from common.models import DueWork
from common.thai.periods import Month
from rentshare import timing
from rentshare.models import Posting
from tests.process.post import PATIENCE, QUICK, all_sent, states, write_letters
from tests.process.test_rent import THIS, charged_once
from tests.support import factories as make
from tests.support import rent
from tests.support.mailbox import Mailbox

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not os.environ.get("TEST_DATABASE_URL"), reason="needs a PostgreSQL"),
]


@contextmanager
def away() -> Iterator[None]:
    """While this lasts, nobody has a session and nobody gets one."""
    import psycopg  # noqa: PLC0415 (not needed on SQLite)

    own = urlsplit(os.environ["DATABASE_URL"])
    name = own.path.lstrip("/")
    connection.close()
    with psycopg.connect(own._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            server.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')


def test_letters_go_on_where_they_stood(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any, repeats: Callable[[int], int]
) -> None:
    write_letters(300)
    ticking = beat(TICK_SECONDS="0.5")
    running = worker(**QUICK)
    wait_until(lambda: len(smtp.messages) > 60, PATIENCE, what="letters to leave")
    with away():
        wait_until(lambda: "OperationalError" in running.output(), PATIENCE, what="the worker to notice")
    assert ticking.running, "beat lived through it"
    assert states().get("sent", 0) < 300, "it was cut in the middle"
    if not running.running:
        worker(**QUICK)  # as whatever looks after it would
    wait_until(all_sent, PATIENCE, what="all letters sent")
    assert repeats(300) <= 1


def test_the_months_run_goes_on_where_it_stood(worker: Any, beat: Any, wait_until: Any) -> None:
    centres = {make.OWN: 150, make.FOREIGN: 150}
    everybody = rent.populate(centres, THIS.first)
    beat(TICK_SECONDS="0.5")
    running = worker(**QUICK)
    wait_until(Posting.objects.filter(party="landlord").exists, PATIENCE, what="a centre to be charged")
    with away():
        pass
    if not running.running:
        worker(**QUICK)
    done = DueWork.objects.filter(kind=timing.RUN, period=str(THIS), state="done")
    wait_until(lambda: done.count() == len(centres), PATIENCE, what="every centre is charged")
    charged_once(everybody, Month.of(THIS.first))
