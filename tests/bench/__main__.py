"""`python -m tests.bench [name…]`: the benches, each in a process and a database of its own, and their table.

PostgreSQL is BENCH_DATABASE_URL or TEST_DATABASE_URL, Redis TEST_REDIS_URL; what is not named is started from
Debian's packages. The databases are dropped afterwards, except that those on BENCH_DATABASE_URL and the SQLite
file in BENCH_FOLDER stay for the next run.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from scripts import with_servers
from tests.bench.measuring import Line, table
from tests.bench.run import BENCHES

ROUNDS, CLIENTS = 5, 1_000_000
COUNTRY, ROWS, RENT, FACTS = (
    "ruamban_bench",
    "ruamban_bench_rows",
    "ruamban_bench_rent",
    "ruamban_bench_facts",
)
SEARCHES = ("search", "short-search", "damaged-names", "sqlite-search")
DATABASES = {
    "import": ROWS,
    "due-queue": ROWS,
    "page": ROWS,
    "ladder": ROWS,
    "rent-month": RENT,
    "reports": FACTS,
}


def main() -> int:
    options = _options()
    with ExitStack() as stack:
        server, kept = _postgres(stack)
        folder = Path(os.environ.get("BENCH_FOLDER") or stack.enter_context(tempfile.TemporaryDirectory()))
        redis = os.environ.get("TEST_REDIS_URL") or stack.enter_context(with_servers.redis())
        lines: list[Line] = []
        _create(server, COUNTRY, anew=not kept)
        for database in (ROWS, RENT, FACTS):
            _create(server, database, anew=True)
        environments = {name: _environment(name, server, folder, redis) for name in _in_order(options.names)}
        try:
            _populate(environments, options)
            for name, environment in environments.items():
                print(f"{name}…", file=sys.stderr, flush=True)
                lines += _run(name, options, environment)
        finally:
            for database in (ROWS, RENT, FACTS) if kept else (ROWS, RENT, FACTS, COUNTRY):
                _drop(server, database)
    print(table(lines))
    return 0 if all(one.holds for one in lines) else 1


def _in_order(names: list[str]) -> list[str]:
    """As the benches stand in the list: what needs empty tables comes before what fills them."""
    return [name for name in BENCHES if name in names]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.split("\n")[0])
    parser.add_argument(
        "names", nargs="*", metavar="name", choices=[*BENCHES], default=[*BENCHES], help=", ".join(BENCHES)
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--clients", type=int, default=CLIENTS, help="people in the searches' databases")
    return parser.parse_args()


def _postgres(stack: ExitStack) -> tuple[str, bool]:
    """The server's URL, and whether what is made there stays."""
    if named := os.environ.get("BENCH_DATABASE_URL"):
        return named, True
    return os.environ.get("TEST_DATABASE_URL") or stack.enter_context(with_servers.postgres()), False


def _environment(name: str, server: str, folder: Path, redis: str) -> dict[str, str]:
    database = f"sqlite:///{folder / 'bench.sqlite3'}" if name == "sqlite-search" else ""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "RUAMBAN_MODE": "demo",
        "RUAMBAN_VAR": str(folder),
        "DATABASE_URL": database or _at(server, DATABASES.get(name, COUNTRY)),
        "REDIS_URL": "",
        "BENCH_REDIS_URL": redis,
        "EMAIL_URL": "",
        "LOG_LEVEL": "ERROR",
    }


def _populate(environments: dict[str, dict[str, str]], options: argparse.Namespace) -> None:
    """Make the people before anything is measured, those of both engines at the same time."""
    databases = {
        environments[name]["DATABASE_URL"]: environments[name] for name in SEARCHES if name in environments
    }
    command = [sys.executable, "-m", "tests.bench.run", "populate", "1", str(options.clients)]
    at_work = [subprocess.Popen(command, env=environment) for environment in databases.values()]
    ended = [process.wait() for process in at_work]
    if any(ended):
        raise SystemExit("bench: the people could not be made")


def _run(name: str, options: argparse.Namespace, environment: dict[str, str]) -> list[Line]:
    command = [sys.executable, "-m", "tests.bench.run", name, str(options.rounds), str(options.clients)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {name} failed")
    return [Line(**json.loads(found)) for found in done.stdout.splitlines() if found.startswith("{")]


# --- databases ---------------------------------------------------------------------------------------------


def _at(server: str, database: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def _create(server: str, database: str, *, anew: bool) -> None:
    if anew:
        _drop(server, database)
    with psycopg.connect(_at(server, "postgres"), autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not there:
            # Trigrams of Thai text are empty under the C locale, whatever the server's own default is.
            connection.execute(
                f"CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8'"
                " LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
            )


def _drop(server: str, database: str) -> None:
    with psycopg.connect(_at(server, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


if __name__ == "__main__":
    sys.exit(main())
