"""Fixtures that every test may use. The lanes are explained in tests/support/lanes.py."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.utils import translation

from tests.support import lanes, waiting
from tests.support.client import Client
from tests.support.mailbox import Mailbox, MailServer
from tests.support.processes import Beat, Process, Worker, free_port
from tests.support.strictness import strict

if settings.configured:
    raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: the tests bring their own environment")
ROOT = lanes.prepare_environment()  # the settings are read only after this


# How long an example takes says something about the machine, not about the code. The gate says the same of the same
# commit each time; whoever works here looks at new examples with every run.
hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")


def pytest_make_parametrize_id(val: object) -> str | None:
    """A file made for a case holds the minute it was made, so its bytes are no name for all processes to agree on."""
    return f"file {val[:4]!r}" if isinstance(val, bytes) and len(val) > 16 else None


def pytest_configure(config: pytest.Config) -> None:
    django.setup()
    if not hasattr(config, "workerinput"):  # before the first translation is asked for
        call_command("compile_catalogues", verbosity=0)
    # xdist's runners inherit this environment, and would read the settings before they have one of their own.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    strictness = strict()
    strictness.__enter__()
    config.add_cleanup(lambda: strictness.__exit__(None, None, None))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the runner that started the run tidies up after all
        lanes.open_database(ROOT).remove_all()
        shutil.rmtree(ROOT, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        database = item.get_closest_marker("django_db")
        if database is not None and (
            database.kwargs.get("transaction") or item.get_closest_marker("process")
        ):
            raise pytest.UsageError(
                f"{item.nodeid}: a test that commits is marked `process` and nothing else; nothing is ever flushed"
            )


# --- the runner's database ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def runner_database(django_db_blocker: Any) -> lanes.Database:
    """This runner's database, with the migrated template it is copied from."""

    def migrate(name: str) -> None:
        mine = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = name
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        connection.settings_dict["NAME"] = mine

    database = lanes.open_database(ROOT)
    with django_db_blocker.unblock():
        database.template(migrate)
    return database


@pytest.fixture(scope="session")
def django_db_setup(runner_database: lanes.Database) -> None:
    """Instead of pytest-django's own: each runner starts with a copy of the template."""
    runner_database.reset()


@pytest.fixture
def process_env(
    runner_database: lanes.Database, django_db_setup: None, django_db_blocker: Any
) -> Iterator[dict[str, str]]:
    """The process lane: commits are real, and other processes given this environment see them.

    A test marked `process` has it without asking; ask for it to change what the processes get.
    """

    lanes.empty_broker()
    with django_db_blocker.unblock():
        yield dict(os.environ)
        cache.clear()
        connections.close_all()
    runner_database.reset()


@pytest.fixture(autouse=True)
def _lane(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("process"):
        request.getfixturevalue("process_env")


# --- other processes ---------------------------------------------------------------------------------------


@pytest.fixture
def smtp(process_env: dict[str, str]) -> Iterator[Mailbox]:
    """A mail server that keeps what it gets (tests.support.mailbox.Mailbox); workers send to it."""
    server = MailServer(free_port())
    server.start()
    process_env["EMAIL_URL"] = server.url
    yield server.mailbox
    server.stop()


@pytest.fixture
def _started() -> Iterator[list[Process]]:
    processes: list[Process] = []
    yield processes
    for process in reversed(processes):
        process.kill9()


@pytest.fixture
def worker(process_env: dict[str, str], _started: list[Process], tmp_path: Path) -> Callable[..., Worker]:
    """Start Celery workers: `worker(LETTER_LEASE_SECONDS="2")`; see tests.support.processes.Worker."""

    def start(**env: str) -> Worker:
        process = Worker({**process_env, **env}, tmp_path, number=len(_started) + 1)
        _started.append(process)
        process.start()
        return process

    return start


@pytest.fixture
def beat(process_env: dict[str, str], _started: list[Process], tmp_path: Path) -> Callable[..., Beat]:
    """Start Celery beats, one tick a second unless told otherwise; see tests.support.processes.Beat."""

    def start(**env: str) -> Beat:
        process = Beat({**process_env, "TICK_SECONDS": "1", **env}, tmp_path, number=len(_started) + 1)
        _started.append(process)
        process.start()
        return process

    return start


@pytest.fixture
def wait_until() -> Callable[..., Any]:
    """`wait_until(predicate, timeout=30)`: the first true answer; never sleep in a test."""
    return waiting.wait_until


# --- clients -----------------------------------------------------------------------------------------------


@pytest.fixture
def client() -> Client:
    """A client with CSRF checks on (tests.support.client.Client)."""
    return Client()


@pytest.fixture(autouse=True)
def _clean_language_and_cache() -> Iterator[None]:
    """No test inherits another one's language; what is cached in Redis or memory goes too."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
    heartbeat = sys.modules.get("common.heartbeat")  # importable only once the apps are loaded
    if heartbeat is not None:
        heartbeat.forget()
    if settings.REDIS_URL:
        cache.clear()
