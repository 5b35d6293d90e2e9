"""Due work: once, in batches, with poison put aside."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from common import clock, due
from common.due import Item
from common.models import DueWork, Heartbeat

pytestmark = pytest.mark.django_db
KIND = "test.work"
SECRET = "นายสมชาย"


class Handler:
    """Registers itself for KIND and keeps what it was given."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.poison: set[str] = set()

    def __call__(self, items: list[Item]) -> None:
        self.batches.append([item.subject for item in items])
        for item in items:
            Heartbeat.objects.create(name=item.subject, seen_at=clock.now())
            if item.subject in self.poison:
                raise ValueError(SECRET)

    def register(self, **options: object) -> "Handler":
        due.handler(KIND, **options)(self)
        return self


@pytest.fixture
def handler() -> Iterator[Handler]:
    yield Handler().register(batch=10)
    del due._handlers[KIND]


def plan(*subjects: str, minutes_ago: int = 1) -> None:
    due.plan(
        KIND, [(subject, "2026-11-23", clock.now() - timedelta(minutes=minutes_ago)) for subject in subjects]
    )


def states() -> dict[str, str]:
    return dict(DueWork.objects.filter(kind=KIND).values_list("subject", "state"))


def written() -> set[str]:
    return set(Heartbeat.objects.values_list("name", flat=True))


def test_work_that_is_planned_twice_is_done_once(handler: Handler) -> None:
    plan("a", "b")
    plan("b", "c")
    assert due.work(KIND) == 3
    assert due.work(KIND) == 0
    assert handler.batches == [["a", "b", "c"]]
    plan("a")
    assert due.work(KIND) == 0


def test_work_that_is_not_due_yet_waits(handler: Handler) -> None:
    plan("later", minutes_ago=-5)
    assert due.waiting_kinds() == []
    assert due.work(KIND) == 0
    assert due.work(KIND, now=clock.now() + timedelta(minutes=6)) == 1


def test_batches_are_as_large_as_the_handler_asked_for(handler: Handler) -> None:
    handler.register(batch=2)
    plan("a", "b", "c", "d", "e")
    assert due.work(KIND) == 5
    assert [len(batch) for batch in handler.batches] == [2, 2, 1]


def test_only_kinds_that_somebody_handles_are_woken(handler: Handler) -> None:
    plan("a")
    due.plan("test.nobody", [("a", "p", clock.now())])
    assert due.waiting_kinds() == [KIND]


def test_a_poisoned_item_is_put_off_and_the_others_go_through(handler: Handler) -> None:
    handler.poison = {"b"}
    plan("a", "b", "c")
    before = clock.now()
    assert due.work(KIND) == 2
    assert states() == {"a": "done", "b": "waiting", "c": "done"}
    assert written() == {"a", "c"}, "what the failed tries wrote is undone"
    row = DueWork.objects.get(subject="b")
    assert row.due_at > before + timedelta(seconds=5)
    assert (row.attempts, row.error, row.lease_until) == (1, "ValueError", None)


def test_the_words_of_an_error_are_neither_kept_nor_logged(
    handler: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    handler.poison = {"b"}
    plan("b")
    due.work(KIND)
    assert "ValueError" in caplog.text
    assert "test_due.py" in caplog.text, "the way to the error is logged"
    assert SECRET not in caplog.text + DueWork.objects.get().error


def test_pauses_grow_and_in_the_end_the_item_is_given_up_and_can_be_tried_again(handler: Handler) -> None:
    handler.register(max_attempts=3)
    handler.poison = {"b"}
    plan("b")
    pauses, now = [], clock.now()
    for _ in range(3):
        due.work(KIND, now=now)
        row = DueWork.objects.get()
        pauses.append(row.due_at - clock.now())
        now = row.due_at + timedelta(seconds=1)
    assert pauses[1] > pauses[0] > timedelta(seconds=5)
    assert (row.state, row.error) == ("failed", "ValueError")
    assert due.work(KIND, now=now) == 0

    handler.poison = set()
    assert due.retry(row)
    assert due.work(KIND) == 1
    assert states() == {"b": "done"}
    assert not due.retry(row), "done is done"


def test_work_under_a_running_lease_is_left_alone_until_it_runs_out(handler: Handler) -> None:
    plan("a")
    DueWork.objects.update(lease_until=clock.now() + timedelta(seconds=30), lease_token="somebody")
    assert due.waiting_kinds() == []
    assert due.work(KIND) == 0
    later = clock.now() + timedelta(seconds=31)
    assert due.waiting_kinds(later) == [KIND]
    assert due.work(KIND, now=later) == 1


def test_work_that_was_begun_before_is_taken_up_last_in_smaller_batches_and_in_the_end_alone(
    handler: Handler,
) -> None:
    handler.register(batch=16)
    plan("fresh1", "fresh2", "fresh3", "once1", "once2", "once3", "thrice1", "thrice2")
    DueWork.objects.filter(subject__startswith="once").update(attempts=1)
    DueWork.objects.filter(subject__startswith="thrice").update(attempts=3)
    assert due.work(KIND) == 8
    assert handler.batches == [
        ["fresh1", "fresh2", "fresh3"],
        ["once1", "once2"],
        ["once3"],
        ["thrice1"],
        ["thrice2"],
    ]


def test_work_whose_worker_died_each_time_is_given_up_and_the_queue_flows(handler: Handler) -> None:
    plan("killer", "b")
    DueWork.objects.filter(subject="killer").update(attempts=8)
    assert due.work(KIND) == 1
    assert states() == {"killer": "failed", "b": "done"}
    assert DueWork.objects.get(subject="killer").error == "WorkerLost"


def test_when_somebody_else_took_the_work_over_nothing_is_written_and_nothing_put_off() -> None:
    """The batch took longer than its lease; another worker claimed the rows meanwhile."""

    @due.handler(KIND, batch=10)
    def slow(items: list[Item]) -> None:
        Heartbeat.objects.create(name="slow", seen_at=clock.now())
        DueWork.objects.filter(subject="b").update(lease_token="somebody else")

    plan("a", "b")
    assert due.work(KIND, seconds=0.01) == 0
    assert written() == set()
    assert states() == {"a": "waiting", "b": "waiting"}
    assert set(DueWork.objects.values_list("error", flat=True)) == {""}
    del due._handlers[KIND]


def test_long_work_renews_its_lease_and_notices_when_it_is_lost() -> None:
    leases = []

    @due.handler(KIND, atomic=False)
    def long(items: list[Item]) -> None:
        DueWork.objects.update(lease_until=clock.now())
        due.renew(items[0])
        leases.append(DueWork.objects.get().lease_until)
        DueWork.objects.update(lease_token="somebody else")
        due.renew(items[0])

    plan("a")
    assert due.work(KIND, seconds=0.01) == 0
    assert leases[0] > clock.now() + timedelta(seconds=60)
    assert DueWork.objects.get().state == "waiting"
    assert DueWork.objects.get().lease_token == "somebody else"
    del due._handlers[KIND]


def test_long_work_keeps_what_it_committed_when_a_later_step_fails() -> None:
    @due.handler(KIND, atomic=False)
    def long(items: list[Item]) -> None:
        Heartbeat.objects.create(name="step one", seen_at=clock.now())
        raise ValueError

    plan("a")
    assert due.work(KIND) == 0
    assert written() == {"step one"}
    assert states() == {"a": "waiting"}
    del due._handlers[KIND]
