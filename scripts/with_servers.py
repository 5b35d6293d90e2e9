"""Run a command with a PostgreSQL and a Redis of its own: `with_servers.py COMMAND…`.

Servers named by TEST_DATABASE_URL and TEST_REDIS_URL are used as they are. What is not named is started from
Debian's packages on a free port in a temporary folder (installed first, when missing and run by root), and
stopped and removed afterwards. Python's standard library only.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

PACKAGES = {"postgres": ["postgresql", "postgresql-contrib"], "redis-server": ["redis-server"]}
# A test database may be lost in a power cut; it need not wait for the disk.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "listen_addresses": "127.0.0.1",
}


def find(command: str) -> Path | None:
    """A command on PATH or where Debian keeps PostgreSQL's, newest version first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    folders = [*reversed(versions), *map(Path, os.get_exec_path()), Path("/usr/bin"), Path("/usr/sbin")]
    return next((folder / command for folder in folders if os.access(folder / command, os.X_OK)), None)


def need(command: str) -> Path:
    """The command, installed if that can be done. Ends the program with one line otherwise."""
    packages = PACKAGES[command]
    if find(command) is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Ruamban: installing {' '.join(packages)}", flush=True)
        quiet: dict[str, Any] = {
            "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            "stdout": subprocess.DEVNULL,
        }
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, **quiet
        )
    found = find(command)
    if found is None:
        sys.exit(
            f"Ruamban: {command} is missing: sudo apt-get install {' '.join(packages)} "
            "(or name servers with TEST_DATABASE_URL and TEST_REDIS_URL)"
        )
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(name: str, port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until something answers on the port. Ends the program when the server died or took 30 seconds."""
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"Ruamban: {name} did not start:\n{log.read_text(errors='replace')}")


@contextmanager
def server(
    arguments: list[str], port: int, folder: Path, stop: signal.Signals, user: str | None
) -> Iterator[None]:
    """A server process for as long as the context lasts."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **as_user(user),
        )
    try:
        wait_for(arguments[0], port, process, log)
        yield
    finally:
        process.send_signal(stop)
        process.wait(30)


def as_user(user: str | None) -> dict[str, Any]:
    return {"user": user, "group": user, "extra_groups": []} if user else {}


@contextmanager
def postgres() -> Iterator[str]:
    """A new cluster; yields its URL. PostgreSQL refuses to run as root, so root hands it to user postgres."""
    program = need("postgres")
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="ruamban-postgres-", ignore_cleanup_errors=True) as temporary:
        folder, data = Path(temporary), Path(temporary) / "data"
        if user:
            shutil.chown(folder, user, user)
        init = [
            str(program.with_name("initdb")),
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
        ]
        subprocess.run(
            [*init, "--encoding=UTF8", "--locale=C.UTF-8"],
            check=True, cwd=folder, stdout=subprocess.DEVNULL, **as_user(user),
        )  # fmt: skip
        port = free_port()
        options = [part for name, value in FAST.items() for part in ("-c", f"{name}={value}")]
        arguments = [str(program), "-D", str(data), "-p", str(port), "-k", str(folder), *options]
        with server(arguments, port, folder, signal.SIGINT, user):
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps nothing; yields its URL."""
    program = need("redis-server")
    with tempfile.TemporaryDirectory(prefix="ruamban-redis-") as temporary:
        port = free_port()
        keep_nothing = ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]
        arguments = [
            str(program),
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            temporary,
            *keep_nothing,
        ]
        with server(arguments, port, Path(temporary), signal.SIGTERM, None):
            yield f"redis://127.0.0.1:{port}/0"


def main(command: list[str]) -> int:
    """Run the command and return its exit code."""
    if not command:
        sys.exit(__doc__)
    # Ctrl-C reaches the command by itself; a polite kill must still stop the servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    starters: dict[str, Callable[[], AbstractContextManager[str]]] = {
        "TEST_DATABASE_URL": postgres,
        "TEST_REDIS_URL": redis,
    }
    with ExitStack() as stack:
        env = dict(os.environ)
        for variable, start in starters.items():
            if not env.get(variable):
                env[variable] = stack.enter_context(start())
        try:
            return subprocess.run(command, env=env, check=False).returncode
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
