"""One command starts everything, stops everything, and says in one line why it cannot."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from common.management.commands.up import require_space
from tests.support.processes import PROJECT, Process, free_port, processes_of_group
from tests.support.waiting import wait_until

pytestmark = pytest.mark.process


def shell(var: Path) -> dict[str, str]:
    """What a new user's shell has: no settings, no PostgreSQL, no Redis; only the data folder is moved."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    return kept | {"PATH": "/usr/bin:/bin", "RUAMBAN_VAR": str(var), "RUAMBAN_MODE": "single"}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start leaves it, made once for the tests that are not about the first start."""
    var = tmp_path_factory.mktemp("migrated") / "var"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=PROJECT, env=shell(var), check=True
    )
    return var


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return shell(tmp_path / "var")


@pytest.fixture
def started_before(migrated: Path, env: dict[str, str]) -> None:
    shutil.copytree(migrated, env["RUAMBAN_VAR"])


@pytest.fixture
def up(env: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Start `manage.py up` on a port; whatever a test leaves running is killed with all its children."""
    started: list[Process] = []

    def start(port: int, *, ready: str = "Ruamban is running at", **more: str) -> Process:
        command = ["python", "manage.py", "up", "--port", str(port), "--demo-scale", "0.02"]
        process = Process(f"up{len(started)}", command, {**env, **more}, tmp_path, ready=ready)
        started.append(process)
        return process.start(timeout=120)

    yield start
    for process in started:
        below = descendants(process.pid)
        process.kill9()
        for child in below:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def descendants(pid: int) -> set[int]:
    """Processes below `pid`, and those of the sessions they lead."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, waiting = set(), [pid]
    while waiting:
        above = waiting.pop()
        below = {child for child, parent in parents.items() if parent == above} - found
        found |= below
        waiting += below
    return found


def still_there(pids: set[int]) -> set[int]:
    return {pid for pid in pids if processes_of_group(pid) or Path(f"/proc/{pid}/cmdline").exists()}


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def test_it_starts_says_where_and_stops_without_a_trace(up: Callable[..., Process]) -> None:
    port = free_port()
    process = up(port)
    assert f"Ruamban is running at http://127.0.0.1:{port}" in process.output()
    wait_until(lambda: '"worker": true, "beat": true' in get(port, "/readyz"), 60, "worker and beat alive")
    everyone = descendants(process.pid)
    assert len(everyone) >= 7  # web and its two, the worker and its two, beat
    process.signal(signal.SIGINT)
    assert process.wait(40) == 0
    assert "Ruamban has stopped." in process.output()
    wait_until(lambda: not still_there(everyone), 5, "nothing left running")


def test_the_second_start_makes_nothing_anew_and_keeps_what_was_there(
    up: Callable[..., Process], env: dict[str, str]
) -> None:
    port = free_port()
    up(port, RUAMBAN_MODE="demo").stop()
    var = Path(env["RUAMBAN_VAR"])
    secrets = (var / "secrets.env").read_text()
    assert stat.S_IMODE((var / "secrets.env").stat().st_mode) == 0o600
    second = up(port, RUAMBAN_MODE="demo")
    assert "demo data" not in second.output()
    assert (var / "secrets.env").read_text() == secrets
    assert "social-worker@demo.example" in get(port, "/sign-in/login/")


@pytest.mark.usefixtures("started_before")
def test_a_killed_supervisor_takes_its_children_along(up: Callable[..., Process]) -> None:
    process = up(free_port())
    everyone = descendants(process.pid)
    process.signal(signal.SIGKILL)
    process.wait(10)
    wait_until(lambda: not still_there(everyone), 40, "children of a killed supervisor gone")


@pytest.mark.usefixtures("started_before")
def test_a_worker_that_dies_comes_back_and_web_that_dies_ends_it(up: Callable[..., Process]) -> None:
    process = up(free_port())

    def child(words: str) -> int:
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in descendants(process.pid)}
        parents = [pid for pid, line in lines.items() if words in line]
        return min(parents, default=0)

    worker = wait_until(lambda: child("celery\0--quiet\0--app\0config\0worker"), what="a worker")
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: "The worker process ended (code -9); it starts again" in process.output(), what="told")
    wait_until(
        lambda: child("celery\0--quiet\0--app\0config\0worker") not in {0, worker}, what="a new worker"
    )
    os.kill(child("gunicorn"), signal.SIGKILL)
    assert process.wait(40) == 1
    assert "The web process ended by itself (code -9); everything is stopped." in process.output()


def refusal(process: Process) -> str:
    """What a start that is refused says: one line, and no trace of where in the code."""
    assert process.wait(60) != 0
    lines = process.output().strip().splitlines()
    assert len(lines) == 1, process.output()
    return lines[0]


def test_a_port_in_use_is_one_line_that_names_it(up: Callable[..., Process]) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        line = refusal(up(port, ready=""))
    assert f"Port {port} is in use" in line
    assert "PORT=" in line


@pytest.mark.usefixtures("started_before")
def test_two_systems_never_share_a_folder(up: Callable[..., Process], env: dict[str, str]) -> None:
    up(free_port())
    assert f"already running with the data in {env['RUAMBAN_VAR']}" in refusal(up(free_port(), ready=""))


def test_a_folder_that_cannot_be_used_is_one_line(up: Callable[..., Process], tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    assert str(in_the_way) in refusal(up(free_port(), ready="", RUAMBAN_VAR=str(in_the_way / "var")))


def test_a_full_disk_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=3 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(CommandError, match=r"The disk is full: .* has 3 MB left"):
        require_space()


def test_a_database_that_is_away_is_one_line(up: Callable[..., Process]) -> None:
    url = f"postgres://nobody@127.0.0.1:{free_port()}/none"
    assert "The database" in refusal(up(free_port(), ready="", DATABASE_URL=url))


@pytest.mark.parametrize("port", ["0", "65536", "eight"])
def test_a_port_that_is_none_is_one_line(port: str, env: dict[str, str], tmp_path: Path) -> None:
    process = Process("up", ["python", "manage.py", "up"], {**env, "PORT": port}, tmp_path).start()
    assert f"not '{port}'" in refusal(process)
