"""Real processes of the system under test: worker, beat, and whatever else a test starts."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.support.waiting import wait_until

PROJECT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """A child process in a group of its own, so that kill9() takes its children along.

    Args:
        name: for messages and the log's file name.
        arguments: command line; the first word "python" means this Python.
        env: its whole environment.
        ready: text that its output shows once it works; empty for "as soon as it is started".
    """

    def __init__(
        self, name: str, arguments: Sequence[str], env: Mapping[str, str], folder: Path, ready: str = ""
    ) -> None:
        self.name, self.ready, self.env = name, ready, dict(env)
        self.arguments = [sys.executable if word == "python" else word for word in arguments]
        self.log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, timeout: float = 60) -> "Process":
        """Start it (again) and wait until it is ready."""
        self.log.write_bytes(b"")
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self.arguments,
                cwd=PROJECT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if self.ready:
            wait_until(self._is_ready, timeout, what=f"{self.name} ready")
        return self

    def _is_ready(self) -> bool:
        if not self.running:
            raise AssertionError(f"{self.name} ended with {self.returncode}:\n{self.output()}")
        return self.ready in self.output()

    @property
    def pid(self) -> int:
        assert self._process is not None, f"{self.name} was not started"
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def returncode(self) -> int | None:
        return None if self._process is None else self._process.poll()

    def output(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(errors="replace")

    def signal(self, number: int) -> None:
        """Send a signal to the process itself, not to its children."""
        os.kill(self.pid, number)

    def wait(self, timeout: float = 30) -> int:
        """Wait for its end and return its code."""
        assert self._process is not None, f"{self.name} was not started"
        return self._process.wait(timeout)

    def kill9(self) -> None:
        """Kill it and its children at once, as a power cut would."""
        self._signal_group(signal.SIGKILL)
        if self._process is not None:
            self._process.wait(10)

    def stop(self, timeout: float = 30) -> None:
        """Ask it to stop; whatever is left of it after `timeout` is killed."""
        if self.running:
            self.signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.wait(timeout)
        self.kill9()

    def group(self) -> list[int]:
        """Processes that are still alive in its group."""
        return processes_of_group(self.pid)

    def _signal_group(self, number: int) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)


def processes_of_group(group: int) -> list[int]:
    """Living processes of a process group or session, zombies left out."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, process_group, session = path.read_text().rpartition(")")[2].split()[:4]
            if state != "Z" and group in (int(process_group), int(session)):
                found.append(int(path.parent.name))
    return found


class Worker(Process):
    """A Celery worker with two child processes."""

    def __init__(self, env: Mapping[str, str], folder: Path, number: int = 1) -> None:
        name = f"worker{number}"
        command = [
            "python", "-m", "celery", "-A", "config", "worker", "-c", "2", "-n", f"{name}@%h",
            "--without-mingle", "--without-gossip", "--loglevel", "INFO",
        ]  # fmt: skip
        super().__init__(name, command, {**env, "LOG_LEVEL": "INFO"}, folder, ready=" ready.")


class Beat(Process):
    """A Celery beat; TICK_SECONDS in `env` sets its pace."""

    def __init__(self, env: Mapping[str, str], folder: Path, number: int = 1) -> None:
        command = [
            "python", "-m", "celery", "-A", "config", "beat",
            "--scheduler", "common.beat:HeartbeatScheduler", "--pidfile=", "--loglevel", "INFO",
        ]  # fmt: skip
        super().__init__(
            f"beat{number}", command, {**env, "LOG_LEVEL": "INFO"}, folder, ready="beat: Starting"
        )
