"""Health for machines, and what people see while something is away."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test.client import Client as Probe

from common import clock, heartbeat, probes
from common.models import Heartbeat
from common.web import health
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db
ALL = {"database": True, "broker": True, "worker": True, "beat": True}


@pytest.fixture(autouse=True)
def _ask_anew() -> Any:
    heartbeat.forget()
    yield
    heartbeat.forget()


def seen(*names: str, seconds_ago: float = 5) -> None:
    for name in names:
        Heartbeat.objects.create(name=name, seen_at=clock.now() - timedelta(seconds=seconds_ago))


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every query fails, as when the server is gone."""

    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", gone)


# --- /healthz and /readyz --------------------------------------------------------------------------------------


def test_healthz_asks_nobody(no_database: None) -> None:
    answer = Probe().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_says_what_it_stands_on() -> None:
    seen("worker", "beat")
    answer = Probe().get("/readyz?strict=1")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, **ALL}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("missing", ["worker", "beat"])
def test_without_jobs_pages_are_ready_and_only_the_strict_question_says_no(missing: str) -> None:
    seen(*({"worker", "beat"} - {missing}))
    seen(missing, seconds_ago=200)
    assert Probe().get("/readyz").status_code == 200
    strict = Probe().get("/readyz?strict=1")
    assert strict.status_code == 503
    assert strict.json() == {"ready": False, **ALL, missing: False}


def test_without_the_broker_only_the_strict_question_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    seen("worker", "beat")
    monkeypatch.setattr(probes, "broker_answers", lambda: False)
    assert Probe().get("/readyz").json() == {"ready": True, **ALL, "broker": False}
    assert Probe().get("/readyz?strict=1").status_code == 503


@pytest.mark.parametrize("signed_in", [True, False])
def test_without_the_database_readyz_is_503_json_even_for_somebody_with_a_session(
    signed_in: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = Client()
    if signed_in:
        probe.force_login(make.user())
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction lives in it

    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = probe.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "database": False,
        "broker": True,
        "worker": False,
        "beat": False,
    }


def test_a_database_without_our_tables_is_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoTable:
        def __enter__(self) -> "NoTable":
            return self

        def __exit__(self, *_: Any) -> None:
            pass

        def execute(self, sql: str) -> None:
            raise DatabaseError("no such table")

    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(connection, "cursor", NoTable)
    assert not health.database_answers()


def test_probes_that_call_an_address_of_their_own_are_answered() -> None:
    answer = Probe().get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200


def test_nothing_is_changed_through_health() -> None:
    assert Probe().post("/readyz").status_code == 405


# --- the broker -------------------------------------------------------------------------------------------


def test_the_broker_answers_when_a_message_could_be_handed_over() -> None:
    assert probes.broker_answers()


def test_a_broker_folder_that_cannot_be_written_does_not_answer(settings: Any, tmp_path: Path) -> None:
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path / "gone"
    assert not probes.broker_answers()


def test_a_redis_that_is_not_there_does_not_answer(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert not probes.broker_answers()


# --- what people see --------------------------------------------------------------------------------------


BANNER = "งานเบื้องหลัง"


def test_a_banner_stands_on_every_page_while_jobs_do_not_run() -> None:
    client = Client()
    client.force_login(make.user())
    assert BANNER in banners(client)
    seen("worker", "beat")
    heartbeat.forget()
    assert BANNER not in banners(client)


def banners(client: Client) -> str:
    page: str = client.get("/house/holidays/").content.decode()
    return page.split('class="banners"')[1].split("<header")[0]


def test_the_answer_is_remembered_for_some_seconds(django_assert_num_queries: Any) -> None:
    seen("worker", "beat")
    assert heartbeat.jobs_running()
    Heartbeat.objects.all().delete()
    with django_assert_num_queries(0):
        assert heartbeat.jobs_running()
    heartbeat.forget()
    assert not heartbeat.jobs_running()


def test_a_sign_of_life_is_written_at_most_every_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(heartbeat, "_last_touch", {})
    monkeypatch.setattr(heartbeat.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(heartbeat, "close_old_connections", lambda: None)
    times = []
    for step in (0, 9, 2):
        now[0] += step
        heartbeat.touch("worker")
        times.append(Heartbeat.objects.get(name="worker").seen_at)
    assert times[0] == times[1] < times[2]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_page_without_a_database_is_503_and_says_when_to_try_again(
    error: type[Exception], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make.user())
    client.raise_request_exception = False

    def gone(*_: Any, **__: Any) -> None:
        raise error("connection refused")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/house/holidays/")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "ยังไม่ได้บันทึก" in answer.content.decode()


def test_the_api_without_a_database_answers_json(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(make.user())
    client.raise_request_exception = False

    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/api/v1/clients/")
    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"


def test_a_mistake_of_ours_is_500_without_its_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(make.user())
    client.raise_request_exception = False
    monkeypatch.setattr(heartbeat, "jobs_running", lambda: 1 / 0)
    answer = client.get("/house/holidays/")
    assert answer.status_code == 500
    assert "division" not in answer.content.decode()
