"""The REST doors of casework: the same eyes and the same rules as the pages."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from openapi_spec_validator import validate

from audit.models import ReadEntry
from casework.models import FollowUp, FollowUpResult
from casework.searchable import refresh
from common import clock
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client: Client) -> Client:
    client.force_login(make.user("social_worker"))
    return client


def post(client: Client, address: str, data: dict[str, Any], key: str = "") -> Any:
    headers = {"idempotency-key": key} if key else {}
    return client.post(address, data, content_type="application/json", headers=headers)


def test_a_list_holds_the_own_centres_people_only(worker: Client) -> None:
    near, far = make.client("30"), make.client("50")
    codes = [row["code"] for row in worker.get("/api/v1/clients/").json()["results"]]
    assert near.code in codes
    assert far.code not in codes


def test_a_file_elsewhere_is_not_there(worker: Client) -> None:
    assert worker.get(f"/api/v1/clients/{make.client('50').uid}/").status_code == 404


def test_opening_a_file_is_in_the_trail(worker: Client) -> None:
    person = make.client()
    worker.get(f"/api/v1/clients/{person.uid}/")
    assert ReadEntry.objects.filter(subject=str(person.uid), what="client", door="api").count() == 1


def test_number_and_phone_are_masked_for_a_nurse(client: Client) -> None:
    person = make.client(pin="1999900000013", phone="0812345678")
    client.force_login(make.user("nurse"))
    shown = client.get(f"/api/v1/clients/{person.uid}/").json()
    assert "1999900000013" not in str(shown)
    assert "0812345678" not in str(shown)


def test_search_answers_ranked(worker: Client) -> None:
    refresh(make.client(first_name="สมหมาย", last_name="ใจดี"))
    wanted = make.client(first_name="สมชาย", last_name="คำแก้ว")
    refresh(wanted)
    hits = worker.get("/api/v1/clients/", {"q": "สมชาย คําแก้ว"}).json()["results"]
    assert hits[0]["code"] == wanted.code


def test_a_card_says_whom_to_call_and_nothing_more(worker: Client) -> None:
    refresh(make.client("50", first_name="บุญส่ง", last_name="ดอนเมือง", phone="0812345678"))
    (card,) = worker.get("/api/v1/cards/", {"q": "บุญส่ง ดอนเมือง"}).json()
    assert card["uid"] is None
    assert set(card) == {
        "name",
        "nickname",
        "birth_year",
        "province",
        "centre",
        "centre_phone",
        "can_open",
        "uid",
    }
    assert "0812345678" not in str(card)


def test_a_follow_up_is_made_once_for_one_key(worker: Client) -> None:
    episode = make.episode(make.client())
    data = {"client": str(episode.client.uid), "due_on": str(clock.today() + timedelta(days=7))}
    first = post(worker, "/api/v1/follow-ups/", data, key="abc")
    again = post(worker, "/api/v1/follow-ups/", data, key="abc")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["uid"] == again.json()["uid"]
    assert FollowUp.objects.count() == 1


def test_a_result_is_recorded_and_shown(worker: Client) -> None:
    follow_up = make.follow_up(make.episode(make.client()))
    data = {"result": "met", "occurred_on": str(clock.today()), "note": "สบายดี"}
    answer = post(worker, f"/api/v1/follow-ups/{follow_up.uid}/result/", data)
    assert answer.status_code == 201
    assert answer.json()["results"][0]["result"] == "met"


def test_a_broken_rule_is_409_with_a_code_and_nothing_is_written(worker: Client) -> None:
    follow_up = make.follow_up(make.episode(make.client()))
    data = {"result": "met", "occurred_on": str(clock.today() + timedelta(days=1))}
    answer = post(worker, f"/api/v1/follow-ups/{follow_up.uid}/result/", data)
    assert answer.status_code == 409
    assert answer.json()["code"] == "future"
    assert not FollowUpResult.objects.exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"client": "x", "due_on": "32/1/2569"}, {"client": str(uuid.uuid4())}],
    ids=["empty", "nonsense", "no day"],
)
def test_a_bad_shape_is_400_by_field(worker: Client, data: dict[str, str]) -> None:
    answer = post(worker, "/api/v1/follow-ups/", data)
    assert answer.status_code == 400
    assert "due_on" in answer.json()["errors"]


@pytest.mark.parametrize("query", [{"client": "nonsense"}, {"limit": "x"}, {"cursor": "%%%"}])
def test_nonsense_in_a_query_is_no_fault_of_the_server(worker: Client, query: dict[str, str]) -> None:
    assert worker.get("/api/v1/follow-ups/", query).status_code in {200, 400, 404}


def test_a_partner_reaches_nobody(client: Client) -> None:
    make.follow_up(make.episode(make.client()))
    client.force_login(make.user("partner"))
    assert client.get("/api/v1/clients/").json()["results"] == []
    assert client.get("/api/v1/follow-ups/").json()["results"] == []
    assert client.get("/api/v1/cards/", {"q": "สมชาย"}).status_code == 403


def test_the_schema_is_openapi_3_1_and_valid(worker: Client) -> None:
    document = worker.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"}).json()
    assert document["openapi"].startswith("3.1")
    validate(document)
