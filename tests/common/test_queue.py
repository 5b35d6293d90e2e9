"""Waking workers: after the commit, by a known name, and without ever failing the request."""

from typing import Any

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from common import queue

pytestmark = pytest.mark.django_db


class Task:
    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []
        self.error: Exception | None = None

    def apply_async(self, *, args: tuple[Any, ...], **_: Any) -> None:
        if self.error:
            raise self.error
        self.sent.append(args)


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Task:
    task = Task()
    monkeypatch.setattr(queue, "current_app", type("App", (), {"tasks": {"common.work": task}}))
    monkeypatch.setattr(queue, "_pause_until", 0.0)
    return task


def test_a_message_leaves_once_the_transaction_has_committed(
    task: Task, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue.enqueue("common.work", "test.kind")
        assert task.sent == []
    assert task.sent == [("test.kind",)]


def test_nothing_leaves_for_a_transaction_that_failed(
    task: Task, django_capture_on_commit_callbacks: Any
) -> None:
    def fail() -> None:
        queue.enqueue("common.work", "test.kind")
        raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        transaction.atomic(fail)()
    assert task.sent == []


def test_a_name_nobody_registered_is_a_mistake_seen_at_once(task: Task) -> None:
    with pytest.raises(LookupError):
        queue.enqueue("common.wrok")


def test_the_names_we_send_are_known_to_the_web_process_too() -> None:
    for name in ("common.tick", "common.work", "common.send_letters"):
        queue.enqueue(name)


@pytest.mark.parametrize("error", [OperationalError("away"), OSError("disk full")])
def test_a_broker_that_is_away_fails_no_request(task: Task, error: Exception) -> None:
    task.error = error
    assert queue.send("common.work", "test.kind") is False


def test_a_broker_that_failed_is_left_alone_for_a_while(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(queue.time, "monotonic", lambda: now[0])
    task.error = OperationalError("away")
    queue.send("common.work", "one")
    task.error = None
    assert queue.send("common.work", "two") is False
    now[0] += queue.PAUSE_SECONDS
    assert queue.send("common.work", "three") is True
    assert task.sent == [("three",)]
