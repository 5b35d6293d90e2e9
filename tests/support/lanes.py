"""Where a test run keeps its things: one database, one folder and one broker for each runner.

Both lanes use them. A test of the fast lane works in the runner's database and is rolled back. A test of the
process lane (`@pytest.mark.process`) commits, and other processes see what it commits; afterwards the database
is thrown away and copied anew from a migrated template. Nothing is ever flushed, so what the migrations put
into the database is always there.
"""

import base64
import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

ROOT_VARIABLE = "RUAMBAN_TEST_ROOT"
REDIS_NUMBERS = 16


def runner_name() -> str:
    """Name of this runner: "main", or xdist's "gw0", "gw1"…"""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def runner_number() -> int:
    """0 for the main process, 1 for gw0 and so on."""
    name = runner_name()
    return 0 if name == "main" else int(name.removeprefix("gw")) + 1


def prepare_environment() -> Path:
    """Give this runner an environment of its own, before Django reads its settings; return the run's folder."""
    if ROOT_VARIABLE not in os.environ:
        os.environ[ROOT_VARIABLE] = tempfile.mkdtemp(prefix="ruamban-test-")
    root = Path(os.environ[ROOT_VARIABLE])
    var = root / runner_name()
    var.mkdir(exist_ok=True)
    for name in ("ALLOWED_HOSTS", "PUBLIC_URL", "PORT", "DEFAULT_FROM_EMAIL", "TICK_SECONDS"):
        os.environ.pop(name, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        RUAMBAN_MODE="demo",
        RUAMBAN_VAR=str(var),
        SECRET_KEY="only-for-tests-" * 4,
        FIELD_KEYS=base64.b64encode(b"only for tests, 32 bytes of key.").decode(),
        EMAIL_URL="",
        LOG_LEVEL="WARNING",
        DATABASE_URL=_database_url(root),
        REDIS_URL=_redis_url(),
    )
    return root


def _database_url(root: Path) -> str:
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        return f"sqlite:///{root / runner_name() / 'db.sqlite3'}"
    return _with_path(server, f"{_postgres_prefix(root)}_{runner_name()}")


def _redis_url() -> str:
    server = os.environ.get("TEST_REDIS_URL", "")
    if not server:
        return ""
    first = int(urlsplit(server).path.strip("/") or 0)
    return _with_path(server, str((first + runner_number()) % REDIS_NUMBERS))


def _postgres_prefix(root: Path) -> str:
    return root.name.replace("-", "_").lower()


def _with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


class Database(Protocol):
    """A runner's database, made from a migrated template."""

    def template(self, migrate: Callable[[str], None]) -> None:
        """Make the template unless another runner has; `migrate` gets the name to connect to."""

    def reset(self) -> None:
        """Throw the runner's database away and copy it anew. No connection of ours may be open."""

    def remove_all(self) -> None:
        """Leave nothing of the run behind, templates included."""


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteDatabase:
    """A file, copied."""

    def __init__(self, root: Path, path: Path) -> None:
        self.root, self.path, self.source = root, path, root / "template.sqlite3"

    def template(self, migrate: Callable[[str], None]) -> None:
        with _one_at_a_time(self.root / "template.lock"):
            if self.source.exists():
                return
            half = self.root / "half.sqlite3"
            migrate(str(half))
            with closing(sqlite3.connect(half)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            half.rename(self.source)

    def reset(self) -> None:
        # Files are replaced, not overwritten: whoever still has the old one open keeps the old one.
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.source, self.path)

    def remove_all(self) -> None:
        """Nothing to do: the files go with the run's folder."""


class PostgresDatabase:
    """A database made with CREATE DATABASE … TEMPLATE."""

    def __init__(self, root: Path, url: str) -> None:
        self.root = root
        self.prefix = _postgres_prefix(root)
        self.name = urlsplit(url).path.strip("/")
        self.source = f"{self.prefix}_template"
        self.server = _with_path(url, "postgres")

    def template(self, migrate: Callable[[str], None]) -> None:
        with _one_at_a_time(self.root / "template.lock"):
            if self._names(self.source):
                return
            half = f"{self.prefix}_half"
            # Trigrams of Thai text are empty under the C locale, whatever the server's own default is.
            self._run(
                f"CREATE DATABASE \"{half}\" TEMPLATE template0 ENCODING 'UTF8'"
                " LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            )
            migrate(half)
            self._run(f'ALTER DATABASE "{half}" RENAME TO "{self.source}"')

    def reset(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.source}"')

    def remove_all(self) -> None:
        for name in self._names(f"{self.prefix}%"):
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _names(self, pattern: str) -> list[str]:
        rows = self._run("SELECT datname FROM pg_database WHERE datname LIKE %s", pattern.replace("_", r"\_"))
        return [row[0] for row in rows]

    def _run(self, sql: str, *parameters: str) -> list[Any]:
        import psycopg  # noqa: PLC0415 (not needed on SQLite)

        with psycopg.connect(self.server, autocommit=True) as connection:
            cursor = connection.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []


def open_database(root: Path) -> Database:
    """The database of this runner, by its DATABASE_URL."""
    url = os.environ["DATABASE_URL"]
    if url.startswith("sqlite:"):
        return SqliteDatabase(root, Path(url.removeprefix("sqlite:///")))
    return PostgresDatabase(root, url)


def empty_broker() -> None:
    """Throw away every message of this runner's broker."""
    if url := os.environ["REDIS_URL"]:
        import redis  # noqa: PLC0415 (not needed with the filesystem broker)

        with redis.Redis.from_url(url) as server:
            server.flushdb()
        return
    broker = Path(os.environ["RUAMBAN_VAR"]) / "broker"
    for path in broker.rglob("*"):
        if path.is_file():
            path.unlink(missing_ok=True)
