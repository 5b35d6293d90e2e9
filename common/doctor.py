"""Looks at everything an installation stands on, and says how to mend what is broken."""

import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from common import heartbeat, letters, postman, probes
from common.db import guards, health
from common.management.commands import compile_catalogues
from common.web.health import database_answers

OK, WARN, BAD = "ok", "warn", "bad"
NEEDED_MEGABYTES, COMFORTABLE_MEGABYTES = 200, 1000
FONTS = ("Laksaman.ttf", "Laksaman-Bold.ttf")
START = "start it: `make run`, or `docker compose up -d worker beat`"


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` was looked at, its `state` ("ok", "warn", "bad"), what was `said`, how to `mend` it."""

    what: str
    state: str
    said: str
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Every finding, in the order in which one would mend them. One look that fails does not hide the others."""
    looks: list[Callable[[], Iterator[Finding]]] = [_disk, _settings, _catalogues, _fonts, _broker, _mail]
    if _schema_is_there():
        looks = [_database, _migrations, _guards, *looks, _processes, _failures]
    else:
        looks = [_no_database, *looks]
    for look in looks:
        try:
            yield from look()
        except Exception as error:  # what a look could not stand is a finding too
            yield Finding(look.__name__.strip("_"), BAD, f"cannot be looked at: {type(error).__name__}")


def mend() -> list[str]:
    """Put right what needs no decision; returns what was done."""
    done = [f"guard {guard.name} installed" for guard in guards.install()] if _schema_is_there() else []
    for source in _stale_catalogues():
        compile_catalogues.compile_one(source)
        done.append(f"catalogue {source} compiled")
    return done


def _schema_is_there() -> bool:
    return database_answers()


def _no_database() -> Iterator[Finding]:
    place = health.place()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        yield Finding("database", BAD, f"does not answer ({place})", "start it, and look at DATABASE_URL")
        return
    yield Finding("database", BAD, f"is empty ({place})", "manage.py migrate")


def _database() -> Iterator[Finding]:
    yield Finding("database", OK, health.version())
    for trouble in health.troubles():
        yield Finding("database", BAD, trouble.said, trouble.mend)


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(str(migration) for migration, _ in plan[:5])
        yield Finding("migrations", BAD, f"{len(plan)} not applied: {names}", "manage.py migrate")
    else:
        yield Finding("migrations", OK, "all applied")


def _guards() -> Iterator[Finding]:
    missing = guards.missing()
    if missing:
        names = ", ".join(guard.name for guard in missing)
        yield Finding("guards", BAD, f"missing: {names}", "manage.py doctor --mend")
    else:
        yield Finding("guards", OK, f"{len(guards.registered())} in place ({guards.fingerprint()})")


def _broker() -> Iterator[Finding]:
    what = "Redis" if settings.REDIS_URL else f"folder {settings.BROKER_DIR}"
    if probes.broker_answers():
        yield Finding("broker", OK, f"{what} takes messages")
    elif settings.REDIS_URL:
        mend = "start Redis, look at REDIS_URL, and at its memory (maxmemory-policy must be noeviction)"
        yield Finding("broker", BAD, f"{what} takes no messages", mend)
    else:
        yield Finding(
            "broker", BAD, f"{what} cannot be written", "look at the folder's owner and the disk's space"
        )


def _processes() -> Iterator[Finding]:
    for name in ("worker", "beat"):
        if heartbeat.alive(name):
            yield Finding(name, OK, "seen lately")
        else:
            yield Finding(name, BAD, "not seen for a while: no letters, no reports", START)


def _mail() -> Iterator[Finding]:
    if not settings.EMAIL_URL:
        state = OK if settings.MODE == "demo" else WARN
        mend = "" if state == OK else "set EMAIL_URL, for example smtp+tls://user:password@mail.example:587"
        yield Finding("mail", state, "no mail server is set: letters are kept in the outbox", mend)
        return
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    server = get_connection()
    try:
        server.open()
        server.close()
    except Exception as error:  # OSError, SMTPException, ssl.SSLError: whatever stops a letter
        mend = "look at EMAIL_URL and at the mail server"
        yield Finding("mail", BAD, f"{place}: {postman.describe(error)}", mend)
    else:
        yield Finding("mail", OK, f"{place} answers")


def _disk() -> Iterator[Finding]:
    folder = Path(settings.VAR)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"probe")
    except OSError as error:
        mend = "look at RUAMBAN_VAR, the folder's owner and the disk's space"
        yield Finding("disk", BAD, f"{folder} cannot be written: {error.strerror}", mend)
        return
    free = shutil.disk_usage(folder).free // 2**20
    state = BAD if free < NEEDED_MEGABYTES else WARN if free < COMFORTABLE_MEGABYTES else OK
    mend = "" if state == OK else "make room, or set RUAMBAN_VAR to a folder on another disk"
    yield Finding("disk", state, f"{free} MB free in {folder}", mend)


def _settings() -> Iterator[Finding]:
    yield Finding("settings", OK, f"mode {settings.MODE}, {settings.PUBLIC_URL}")
    for secrets in Path(settings.VAR).glob("*.env"):
        if stat.S_IMODE(secrets.stat().st_mode) & 0o077:
            yield Finding("settings", BAD, f"others can read {secrets}", f"chmod 600 {secrets}")
    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        mend = "set PUBLIC_URL to the https:// address people use"
        yield Finding("settings", WARN, f"{settings.PUBLIC_URL} is not encrypted on its way", mend)
    if settings.EMAIL_URL and "localhost.invalid" in settings.DEFAULT_FROM_EMAIL:
        mend = "set DEFAULT_FROM_EMAIL to an address of your domain"
        yield Finding("settings", WARN, "letters come from an address that does not exist", mend)
    if settings.MODE == "production":
        for message in checks.run_checks(include_deployment_checks=True):
            if message.level >= checks.WARNING:
                yield Finding("settings", WARN, f"{message.id}: {message.msg}", message.hint or "")


def _stale_catalogues() -> list[Path]:
    return [source for source in compile_catalogues.sources() if compile_catalogues.is_stale(source)]


def _catalogues() -> Iterator[Finding]:
    stale = _stale_catalogues()
    if stale:
        yield Finding(
            "catalogues", BAD, f"{len(stale)} not compiled: pages speak English", "manage.py doctor --mend"
        )
    else:
        yield Finding("catalogues", OK, f"{len(compile_catalogues.sources())} compiled")


def _fonts() -> Iterator[Finding]:
    folder = Path(settings.BASE_DIR) / "static" / "fonts"
    missing = [name for name in FONTS if not (folder / name).is_file()]
    if missing:
        yield Finding(
            "fonts", BAD, f"missing: {', '.join(missing)}", f"put them back into {folder} (git checkout)"
        )
    else:
        yield Finding("fonts", OK, "Thai fonts for PDF are there")


def _failures() -> Iterator[Finding]:
    failed = letters.failures()
    if failed:
        mend = "look at the page “Letters and jobs”, mend the reason and send them again"
        yield Finding("letters", WARN, f"{failed} letter(s) or job(s) were given up", mend)
    else:
        yield Finding("letters", OK, "none given up")
