"""A small process manager: starts the services, restarts those that may be, stops them all and leaves none behind."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

LOOK_EVERY_SECONDS = 0.2
STOP_SECONDS = 20
LONGEST_PAUSE_SECONDS = 30
STEADY_AFTER_SECONDS = 60
PR_SET_PDEATHSIG = 1


@dataclass
class Service:
    """One process to keep running.

    Attributes:
        name: how messages call it.
        arguments: its command line.
        essential: when it ends, everything ends; otherwise it is started again, after a pause that doubles.
    """

    name: str
    arguments: Sequence[str]
    essential: bool = False
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    started_at: float = field(default=0, init=False)
    start_at: float | None = field(default=0, init=False)
    failures: int = field(default=0, init=False)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C in the terminal reaches only us."""
        self.start_at, self.started_at = None, time.monotonic()
        self.process = subprocess.Popen(
            self.arguments, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent
        )

    def plan_restart(self) -> float:
        """Note that it ended and return the seconds until it starts again."""
        if time.monotonic() - self.started_at > STEADY_AFTER_SECONDS:
            self.failures = 0
        pause = float(min(2**self.failures, LONGEST_PAUSE_SECONDS))
        self.failures += 1
        self.start_at = time.monotonic() + pause
        return pause

    @property
    def ended_with(self) -> int | None:
        """Exit code of a process that has ended, None while it runs."""
        return self.process.poll() if self.process else None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Signal the process alone: it knows best how to stop its children."""
        if self.process is not None and self.running:
            self.process.send_signal(number)

    def kill_group(self) -> None:
        """Kill whatever is left of it and of its children."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _die_with_parent() -> None:
    """In the child, before it becomes its program: stop politely should we be killed without a chance to act."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Keeps services running until a signal, or until an essential one ends.

    Args:
        services: in the order they start.
        say: prints one line to the operator.
        answers: asked until it is true; then `when_up` is called once.
        when_up: called when the system answers.
    """

    def __init__(
        self,
        services: Sequence[Service],
        say: Callable[[str], None],
        answers: Callable[[], bool],
        when_up: Callable[[], None],
    ) -> None:
        self.services, self.say, self.answers, self.when_up = services, say, answers, when_up
        self._stop, self._hurry = threading.Event(), threading.Event()
        self._is_up = False

    def run(self) -> int:
        """Run until told to stop; 0 after a signal, 1 after an essential service ended by itself."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        ended: Service | None = None
        try:
            while not self._stop.is_set() and ended is None:
                ended = self._look_after_services()
                self._look_whether_up()
                self._stop.wait(LOOK_EVERY_SECONDS)
        finally:
            self._stop_all()
        if ended is not None:
            self.say(
                f"The {ended.name} process ended by itself (code {ended.ended_with}); everything is stopped."
            )
            return 1
        return 0

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._stop.is_set():
            self._hurry.set()
        self._stop.set()

    def _look_after_services(self) -> Service | None:
        """Start what is due; return an essential service that has ended, if any."""
        for service in self.services:
            if service.start_at is not None:
                if time.monotonic() >= service.start_at:
                    service.start()
            elif service.ended_with is not None:
                service.kill_group()
                if service.essential:
                    return service
                pause = service.plan_restart()
                code = service.ended_with
                self.say(f"The {service.name} process ended (code {code}); it starts again in {pause:g} s.")
        return None

    def _look_whether_up(self) -> None:
        if not self._is_up and self.answers():
            self._is_up = True
            self.when_up()

    def _stop_all(self) -> None:
        for service in self.services:
            service.signal(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        while any(service.running for service in self.services):
            if self._hurry.is_set() or time.monotonic() > end:
                break
            time.sleep(0.05)
        for service in self.services:
            service.kill_group()
