"""kill -9 in the middle of a batch of due work: done once, nothing half-done."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Membership, User
from casework import reminders
from casework.models import Client, Episode, FollowUp, Person
from common import clock, due
from common.models import DueWork, Letter
from tests.process.post import PATIENCE, QUICK
from tests.support import factories as make
from tests.support.mailbox import Mailbox

pytestmark = pytest.mark.process
WORKERS = 400


def workers_with_something_due(count: int, day: date) -> list[str]:
    """uids of `count` workers, each with one follow-up due on `day`."""
    centre, long_ago = make.centre(), day - timedelta(days=100)
    numbers = range(count)
    users = User.objects.bulk_create(User(email=f"w{n}@test.example", name=f"w{n}") for n in numbers)
    people = Person.objects.bulk_create(Person() for _ in numbers)
    clients = Client.objects.bulk_create(
        Client(person=person, centre=centre, code=f"T30-{n:05}", first_name="ก")
        for n, person in enumerate(people)
    )
    episodes = Episode.objects.bulk_create(
        Episode(client=client, centre=centre, worker=user, opened_on=long_ago)
        for client, user in zip(clients, users, strict=True)
    )
    Membership.objects.bulk_create(
        Membership(user=user, role="social_worker", centre=centre, starts_on=long_ago) for user in users
    )
    FollowUp.objects.bulk_create(
        FollowUp(client=e.client, episode=e, centre=centre, worker=e.worker, due_on=day) for e in episodes
    )
    return [str(user.uid) for user in users]


def test_a_batch_that_was_killed_midway_is_done_once(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any
) -> None:
    day = clock.today()
    uids = workers_with_something_due(WORKERS, day)
    due.plan(reminders.WORKER, [(uid, day.isoformat(), clock.now()) for uid in uids])
    rows = DueWork.objects.filter(kind=reminders.WORKER)
    beat()
    for _ in range(2):
        victim = worker(**QUICK)
        begun = rows.filter(state="waiting", lease_until__gt=clock.now())
        wait_until(begun.exists, PATIENCE, what="a batch to be begun")
        victim.kill9()
        written = Letter.objects.filter(kind="reminder").count()
        assert written == rows.filter(state="done").count(), (
            "what is written is marked, and the other way round"
        )
        assert written < WORKERS

    worker(**QUICK)
    wait_until(lambda: not rows.exclude(state="done").exists(), PATIENCE, what="all rows done")
    assert Letter.objects.filter(kind="reminder").count() == WORKERS
    wait_until(lambda: len(smtp.messages) >= WORKERS, PATIENCE, what="all letters sent")
    assert {message.recipients[0] for message in smtp.messages} == {
        f"w{n}@test.example" for n in range(WORKERS)
    }
