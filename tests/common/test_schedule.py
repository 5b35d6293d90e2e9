"""Occasions of the calendar become rows, once each."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from common import clock, schedule, schedules
from common.due import Item
from common.models import DueWork, Letter, OutboxMail, Submission

pytestmark = pytest.mark.django_db
KIND = "test.occasion"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=clock.BANGKOK)


def daily(now: datetime) -> Iterator[tuple[str, datetime]]:
    day = clock.local(now).date()
    yield day.isoformat(), clock.at(day, 7, 30)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_schedules", {KIND: daily})


def periods() -> list[str]:
    return list(DueWork.objects.filter(kind=KIND).order_by("due_at").values_list("period", flat=True))


def test_an_occasion_becomes_one_row_however_often_is_ticked() -> None:
    schedule.plan_due(NOON - timedelta(hours=5))
    assert periods() == []
    for _ in range(3):
        schedule.plan_due(NOON)
    assert periods() == ["2026-11-23"]
    row = DueWork.objects.get(kind=KIND)
    assert (row.subject, row.due_at) == ("all", clock.at(NOON.date(), 7, 30))


def test_a_missed_occasion_is_found_by_the_next_tick() -> None:
    schedule.plan_due(NOON.replace(hour=23, minute=59))
    assert periods() == ["2026-11-23"]


def test_days_turn_at_midnight_in_bangkok() -> None:
    """00.30 in Bangkok is still the day before in UTC."""
    monkey_midnight = NOON + timedelta(hours=12, minutes=30)
    schedule._schedules[KIND] = lambda now: [(clock.local(now).date().isoformat(), now)]
    schedule.plan_due(monkey_midnight)
    assert periods() == ["2026-11-24"]


def test_a_calendar_that_cannot_be_read_does_not_stop_the_others() -> None:
    def broken(now: datetime) -> Iterator[tuple[str, datetime]]:
        raise LookupError
        yield

    schedule._schedules.clear()
    schedule.register("test.broken", broken)
    schedule.register(KIND, daily)
    schedule.plan_due(NOON)
    assert periods() == ["2026-11-23"]


# --- the nightly sweep -------------------------------------------------------------------------------------


def sweep() -> None:
    schedules.sweep([Item(1, "all", "2026-11-23", clock.now())])


def letter(**fields: object) -> Letter:
    usual = {
        "recipient_key": "user:1", "to": "a@test.example", "kind": "k", "period": "p", "subject": "s",
        "text": "t", "html": "h", "message_id": "<1@test>", "due_at": clock.now(),
    }  # fmt: skip
    return Letter.objects.create(**usual | fields)


def test_the_sweep_forgets_what_was_said_but_not_that_it_was_sent() -> None:
    old, new = clock.now() - timedelta(days=61), clock.now() - timedelta(days=59)
    letter(state="sent", sent_at=old)
    letter(state="sent", sent_at=new, period="q", message_id="<2@test>")
    letter(state="failed", period="r", message_id="<3@test>")
    sweep()
    assert dict(Letter.objects.values_list("period", "text")) == {"p": "", "q": "t", "r": "t"}


def test_the_sweep_deletes_old_form_keys_and_kept_mail() -> None:
    with time_machine.travel(clock.now() - timedelta(days=61)):
        Submission.objects.create(key="old", actor_key="user:1")
        OutboxMail.objects.create(to="a@test.example", subject="old", raw=b"")
    Submission.objects.create(key="new", actor_key="user:1")
    OutboxMail.objects.create(to="a@test.example", subject="new", raw=b"")
    sweep()
    assert [row.key for row in Submission.objects.all()] == ["new"]
    assert [row.subject for row in OutboxMail.objects.all()] == ["new"]


def test_the_sweep_keeps_finished_work_of_the_year_so_that_nothing_is_done_twice() -> None:
    for days, period in ((426, "long ago"), (400, "last year")):
        done = clock.now() - timedelta(days=days)
        DueWork.objects.create(kind="k", subject="s", period=period, due_at=done, done_at=done, state="done")
    DueWork.objects.create(
        kind="k", subject="s", period="failed", due_at=clock.now() - timedelta(days=900), state="failed"
    )
    sweep()
    assert set(DueWork.objects.values_list("period", flat=True)) == {"last year", "failed"}
