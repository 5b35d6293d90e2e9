"""ladder: the morning of 100,000 late follow-ups, climbing and letters and mail, against one task for each reminder.

2,000 workers have fifty each, of which many climb to a back-up and to a lead. The product is one process: it writes
the rungs, one letter for each person, and sends them over SMTP. The peer is the usual design, a Celery message for
each reminder: a real worker with two processes locks its row, sends its mail, marks it and commits. The floor is as
many prepared messages as the product sends, over one connection. Both send to the same server, which throws mail away.
"""

import os
import signal
import smtplib
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from django.db.models import QuerySet
from django.test import override_settings

from accounts.models import Centre, Membership, User
from accounts.roles import Role
from casework import reminders
from casework.models import BackUp, Client, Episode, FollowUp, LadderStep, Person
from common import clock, due, letters, postman
from common.models import DueWork, Letter
from scripts import with_servers
from tests.bench.due_queue import one_task_each, peer_worker
from tests.bench.measuring import Line, interleaved, line, seconds

WORKERS, EACH, PEER_ROWS = 2_000, 50, 2_000
LATE_BY = (0, 0, 1, 2, 4, 6, 9, 14)
"""Calendar days that follow-ups are late by: a quarter is due on the day, some reach the second rung."""


def ladder(rounds: int, clients: int) -> list[Line]:
    """`clients` is not used."""
    day = clock.today()
    _late_follow_ups(day)
    with _sink() as port, _mail_to(port), peer_worker():
        one_task_each(50, mailed=True)  # warm
        seen = interleaved(
            rounds,
            peer=lambda: one_task_each(PEER_ROWS, mailed=True) * (WORKERS * EACH / PEER_ROWS),
            product=lambda: _forget() or seconds(lambda: _morning(day)),
            floor=lambda: _prepared(port),
        )
    what = (
        f"{WORKERS * EACH:,} late follow-ups of {WORKERS:,} workers: {LadderStep.objects.count():,} rungs, "
        f"{_sent().count():,} letters sent; peer: a task and a mail each, {PEER_ROWS:,} measured and scaled"
    )
    _forget()
    return [line("ladder", what, seen, unit="s", at_least=10)]


def _late_follow_ups(day: date) -> None:
    centres = list(Centre.objects.order_by("code"))
    workers = User.objects.bulk_create(
        [User(email=f"w{number}@ladder.example", name=f"ladder {number}") for number in range(WORKERS)]
    )
    home = [centres[number % len(centres)] for number in range(WORKERS)]
    since = day - timedelta(days=400)
    Membership.objects.bulk_create(
        Membership(user=w, role=Role.SOCIAL_WORKER, centre=c, starts_on=since)
        for w, c in zip(workers, home, strict=True)
    )
    leads = User.objects.bulk_create(
        [User(email=f"lead{c.code}@ladder.example", name=c.code) for c in centres]
    )
    Membership.objects.bulk_create(
        Membership(user=lead, role=Role.SUPERVISOR, centre=c, starts_on=since)
        for lead, c in zip(leads, centres, strict=True)
    )
    beside = len(centres)  # the next worker of the same centre
    BackUp.objects.bulk_create(
        BackUp(user=worker, colleague=workers[number + beside])
        for number, worker in enumerate(workers[:-beside])
    )
    for start in range(0, WORKERS, 100):
        _their_files(day, list(zip(workers, home, strict=True))[start : start + 100], start)


def _their_files(day: date, workers: list[tuple[User, Centre]], start: int) -> None:
    people = Person.objects.bulk_create([Person() for _ in range(len(workers) * EACH)])
    owners = [pair for pair in workers for _ in range(EACH)]
    clients = Client.objects.bulk_create(
        [
            Client(person=person, centre=centre, code=f"L-{start * EACH + number:06}", first_name="สมชาย")
            for number, (person, (_, centre)) in enumerate(zip(people, owners, strict=True))
        ]
    )
    episodes = Episode.objects.bulk_create(
        [
            Episode(
                client=client,
                centre=client.centre,
                worker=worker,
                number=1,
                opened_on=day - timedelta(days=60),
            )
            for client, (worker, _) in zip(clients, owners, strict=True)
        ]
    )
    FollowUp.objects.bulk_create(
        FollowUp(
            episode=episode, client=episode.client, centre=episode.centre, worker=episode.worker, purpose="เยี่ยม",
            due_on=day - timedelta(days=LATE_BY[number % len(LATE_BY)]),
        )
        for number, episode in enumerate(episodes)
    )  # fmt: skip


def _morning(day: date) -> None:
    """What the workers do between 07.30 and the last letter."""
    due.plan(reminders.MORNING, [("", day.isoformat(), clock.now())])
    due.work(reminders.MORNING, seconds=600)
    due.work(reminders.WORKER, seconds=600)
    postman.send_due(seconds=600)


def _sent() -> QuerySet[Letter]:
    return Letter.objects.filter(kind=reminders.KIND, state=Letter.State.SENT)


def _forget() -> None:
    DueWork.objects.filter(kind__in=[reminders.MORNING, reminders.WORKER]).delete()
    Letter.objects.filter(kind=reminders.KIND).delete()
    LadderStep.objects.all().delete()


def _prepared(port: int) -> float:
    """Seconds for the letters that stand, made into mail beforehand, over one connection."""
    mails = [
        (letter.to, letters.message(letter).message().as_bytes(linesep="\r\n"))
        for letter in _sent().iterator()
    ]

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            for to, mail in mails:
                server.sendmail("ruamban@bench.example", [to], mail)

    return seconds(send)


@contextmanager
def _mail_to(port: int) -> Iterator[None]:
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"  # the peer's worker reads it
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        yield


@contextmanager
def _sink() -> Iterator[int]:
    """A mail server in a process of its own that takes everything and keeps nothing."""
    port = with_servers.free_port()
    command = [
        sys.executable,
        "-m",
        "aiosmtpd",
        "-n",
        "-c",
        "aiosmtpd.handlers.Sink",
        "-l",
        f"127.0.0.1:{port}",
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        with_servers.server(command, port, Path(folder), signal.SIGTERM, None),
    ):
        yield port
