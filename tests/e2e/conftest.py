"""The started system in Chromium: `make e2e`.

One system runs for each of the two runners (web, worker and beat on SQLite, a small demo), as `make run` starts it,
and `prepared` puts people into it whom the tests may work with: each test takes its own, so that none needs another,
and what a test leaves behind has Thai names, because pages that others look at show it too.
Every page opened by a test is watched: an error on the console, a breach of the security policy, an uncaught
exception or an answer of 5xx fails the test.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor, Watch
from tests.support.processes import PROJECT, Process, free_port

DEMO_SCALE = os.environ.get("DEMO_SCALE", "0.5")
PATIENCE_MS = 15_000
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TELEPHONE: dict[str, Any] = {
    "viewport": PHONE,
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The running system; `system.output()` is its log."""
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    env = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
    env |= {
        "RUAMBAN_VAR": str(folder / "var"),
        "RUAMBAN_MODE": "demo",
        "TICK_SECONDS": "2",
        "PORT": str(port),
    }
    command = ["python", "manage.py", "up", "--demo-scale", DEMO_SCALE]
    process = Process("site", command, env, folder, ready="Ruamban is running at").start(timeout=300)
    yield process
    process.stop()


@pytest.fixture(scope="session")
def in_system(system: Process) -> Callable[..., str]:
    """`in_system("manage.py", "send_reminders")`: run Python in the system's environment; returns what it printed."""

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=PROJECT, env=system.env, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    return run


@pytest.fixture(scope="session")
def prepared(in_system: Callable[..., str]) -> dict[str, Any]:
    """What tests.e2e.prepare has put into the system."""
    answer: dict[str, Any] = json.loads(in_system("-m", "tests.e2e.prepare"))
    return answer


@pytest.fixture(scope="session")
def _waiting(prepared: dict[str, Any]) -> Iterator[Person]:
    return (Person(**person) for person in prepared["people"])


@pytest.fixture
def person(_waiting: Iterator[Person]) -> Person:
    """Somebody whom no other test knows."""
    somebody = next(_waiting, None)
    assert somebody, "more tests ask for somebody of their own than tests.e2e.people has names"
    return somebody


@pytest.fixture(scope="session")
def elsewhere(prepared: dict[str, Any]) -> Person:
    """Somebody of another province."""
    return Person(**prepared["elsewhere"])


@pytest.fixture(scope="session")
def site(system: Process) -> str:
    """Address of the running system."""
    return f"http://127.0.0.1:{system.env['PORT']}"


@pytest.fixture(scope="session")
def base_url(site: str) -> str:
    """So that page.goto("/") goes to the running system."""
    return site


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; nothing is fetched, and it talks to nobody but us."""
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
    ]
    return {"executable_path": shutil.which("chromium") or "/usr/bin/chromium", "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {
        "base_url": base_url,
        "viewport": WIDE,
        "locale": "th-TH",
        "timezone_id": "Asia/Bangkok",
        "reduced_motion": "reduce",  # so that colours are measured and not their change
    }


@pytest.fixture
def visit(
    browser: Browser, browser_context_args: dict[str, Any], system: Process
) -> Iterator[Callable[..., Visitor]]:
    """`visit("social_worker", "en", phone=True)`: somebody who came in by one click and reads that language.

    Further options are those of a browser context; `role` "" stays at the door.
    """
    from accounts.demo import demo_email  # noqa: PLC0415 (models may be imported once Django is set up)

    came: list[Visitor] = []

    def come(
        role: str = "social_worker", language: str = "th", *, phone: bool = False, **options: Any
    ) -> Visitor:
        context = browser.new_context(**browser_context_args | (TELEPHONE if phone else {}) | options)
        context.set_default_timeout(PATIENCE_MS)
        visitor = Visitor(context.new_page(), Watch(context), language)
        came.append(visitor)
        visitor.page.goto("/sign-in/login/")
        if language == "en":
            visitor.page.get_by_role("button", name="English").click()
        if role:
            visitor.page.locator(f'button[name="email"][value="{demo_email(role)}"]').click()
            visitor.page.wait_for_url(lambda url: "/sign-in/" not in url)
        return visitor

    yield come
    complaints = [complaint for visitor in came for complaint in visitor.watch.complaints]
    for visitor in came:
        visitor.page.context.close()
    log = "\n".join(system.output().splitlines()[-40:])
    assert not complaints, "\n".join([*complaints, "The end of the system's log:", log])
