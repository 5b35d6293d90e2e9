"""The filesystem broker: messages appear whole, each once, and a wiped folder is made anew."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "queue"


@pytest.fixture
def connection(folder: Path) -> Iterator[Connection]:
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder.parent / "control"),
    }
    with Connection("filesystem://localhost", transport_options=options) as connection:
        yield connection


def put(connection: Connection, payload: Any, queue: str = "celery") -> None:
    """As Celery does it: straight to the queue."""
    connection.Producer().publish(payload, routing_key=queue)


def get(connection: Connection, queue: str = "celery") -> Any:
    message = connection.default_channel.basic_get(queue, no_ack=True)
    return None if message is None else message.payload


def size(connection: Connection, queue: str = "celery") -> int:
    return int(connection.default_channel._size(queue))


def test_messages_come_in_the_order_they_were_put_and_once(connection: Connection, folder: Path) -> None:
    for number in range(20):
        put(connection, {"number": number})
    assert size(connection) == 20
    assert [get(connection)["number"] for _ in range(20)] == list(range(20))
    assert get(connection) is None
    assert list(folder.iterdir()) == [], "nothing is left lying about"


def test_half_written_and_broken_messages_are_passed_over(connection: Connection, folder: Path) -> None:
    put(connection, "first")
    for name, text in (("1_a.celery.msg", ""), ("2_b.celery.msg", '{"body": '), ("3_c.celery.msg.half", "")):
        (folder / name).write_text(text)
    put(connection, "second")
    assert [get(connection) for _ in range(3)] == ["first", "second", None]


def test_a_folder_that_was_wiped_is_made_anew(connection: Connection, folder: Path) -> None:
    put(connection, "lost")
    shutil.rmtree(folder)
    assert get(connection) is None
    shutil.rmtree(folder)
    put(connection, "kept")
    assert get(connection) == "kept"


def test_a_folder_that_cannot_be_written_is_an_error_of_the_broker(
    connection: Connection, folder: Path
) -> None:
    folder.write_text("a file where a folder should be")
    with pytest.raises(OperationalError), connection._reraise_as_library_errors():
        put(connection, "lost")


def test_queues_do_not_see_each_others_messages_and_can_be_emptied(connection: Connection) -> None:
    put(connection, "mine")
    put(connection, "theirs", queue="other")
    assert (size(connection), size(connection, "other")) == (1, 1)
    assert connection.default_channel._purge("celery") == 1
    assert get(connection) is None
    assert get(connection, "other") == "theirs"


def test_a_broken_table_of_bindings_is_written_anew(connection: Connection, folder: Path) -> None:
    """As a process leaves it that was killed while writing."""
    control = folder.parent / "control"
    control.mkdir()
    (control / "events.exchange").write_text("")
    channel = connection.default_channel
    assert channel.get_table("events") == []
    for queue in ("one", "two", "one"):
        channel._queue_bind("events", "", "", queue)
    assert [row.queue for row in channel.get_table("events")] == ["two", "one"]
    channel._put_fanout("events", {"body": ""}, "")
    assert (size(connection, "one"), size(connection, "two")) == (1, 1)
    channel._delete("one", "events", "", "")
    assert [row.queue for row in channel.get_table("events")] == ["two"]
    assert size(connection, "one") == 0
