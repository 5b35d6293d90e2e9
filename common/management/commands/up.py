"""Start everything: database, demo data the first time, then web, worker and beat until Ctrl-C."""

import argparse
import errno
import fcntl
import io
import os
import shutil
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from common.supervisor import Service, Supervisor

NEEDED_MEGABYTES = 200
WEB_PROCESSES, WEB_THREADS, WORKER_PROCESSES = 2, 4, 2


class Command(BaseCommand):
    help = "Start web, worker and beat (Ctrl-C stops them). The first start makes the database and the demo data."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--host", default=os.environ.get("BIND", "127.0.0.1"), help="address to listen on (BIND)"
        )
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="port to listen on (PORT)")
        parser.add_argument(
            "--demo-scale", type=float, default=None, help="size of the demo data, 1 is the usual"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], port_number(options["port"])
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(
                line_buffering=True
            )  # so that our lines and those of the services keep their order
        try:
            require_free(host, port)
            require_space()
            with sole_holder():
                self.prepare(options["demo_scale"])
                code = self.keep_running(host, port)
        except DatabaseError as error:
            raise CommandError(f"The database does not do what is needed: {first_line(error)}") from error
        except OSError as error:
            raise CommandError(f"Cannot start: {error}") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was running.", returncode=130) from None
        if code:
            sys.exit(code)

    def prepare(self, demo_scale: float | None) -> None:
        """Bring catalogues and database up to date; quick when there is nothing to do."""
        call_command("compile_catalogues", verbosity=0)
        if migrations_wait():
            self.stdout.write("Preparing the database…")
            call_command("migrate", interactive=False, verbosity=0)
        if settings.MODE == "demo" and not get_user_model().objects.exists():
            self.stdout.write("Making the demo data (only this once)…")
            call_command("demo", **({} if demo_scale is None else {"scale": demo_scale}))
        connection.close()

    def keep_running(self, host: str, port: int) -> int:
        """Run the services until a signal; return the exit code."""
        address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 (compared, not bound)

        def greet() -> None:
            self.stdout.write(f"Ruamban is running at {address}\nCtrl-C stops it.")

        code = Supervisor(services(host, port), self.stdout.write, lambda: answers(address), greet).run()
        self.stdout.write("Ruamban has stopped.")
        return code


def services(host: str, port: int) -> list[Service]:
    """Web, worker and beat as this machine's one process manager runs them."""
    # A demo is often tried as root in a container, where Celery's warning would hide the address.
    quiet = (
        ["-W", "ignore:You're running the worker with superuser privileges"]
        if settings.MODE == "demo"
        else []
    )
    python = [sys.executable, *quiet, "-m"]
    web = [
        *python, "gunicorn", "config.wsgi", "--bind", f"{host}:{port}", "--worker-class", "gthread",
        "--workers", str(WEB_PROCESSES), "--threads", str(WEB_THREADS), "--graceful-timeout", "10",
        "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    celery = [*python, "celery", "--quiet", "--app", "config"]
    worker = [
        "worker", "--concurrency", str(WORKER_PROCESSES), "--without-mingle", "--without-gossip",
        "--loglevel", "WARNING",
    ]  # fmt: skip
    beat = ["beat", "--scheduler", "common.beat:HeartbeatScheduler", "--pidfile=", "--loglevel", "WARNING"]
    return [
        Service("web", web, essential=True),
        Service("worker", [*celery, *worker]),
        Service("beat", [*celery, *beat]),
    ]


def port_number(text: str) -> int:
    """The port as a number. Raises CommandError when it is none."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def require_free(host: str, port: int) -> None:
    """Raise CommandError unless the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"Port {port} of {host} cannot be used: {error.strerror}.") from error
            other = port + 1 if port < 65535 else 8000
            raise CommandError(
                f"Port {port} is in use. Stop what uses it, or take another: PORT={other} make run"
            ) from error


def require_space() -> None:
    """Raise CommandError when the disk of the data folder is about full."""
    free = shutil.disk_usage(settings.VAR).free // 2**20
    if free < NEEDED_MEGABYTES:
        raise CommandError(
            f"The disk is full: {settings.VAR} has {free} MB left and needs {NEEDED_MEGABYTES} MB. Make room, or set "
            "RUAMBAN_VAR to a folder elsewhere."
        )


@contextmanager
def sole_holder() -> Iterator[None]:
    """Hold the data folder for as long as the context lasts; two systems in one folder would share a broker."""
    path = settings.VAR / "up.lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(f"Ruamban is already running with the data in {settings.VAR}.") from error
        yield


def migrations_wait() -> bool:
    """True when a migration has not been applied."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def answers(address: str) -> bool:
    """True when the web server answers, whatever it says."""
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310 (always http)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def first_line(error: Exception) -> str:
    """The first line of an error, for people."""
    return str(error).strip().partition("\n")[0]
