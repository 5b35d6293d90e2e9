"""The network by programs: the same actions, visibility and refusals as the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.tokens import READ, WRITE, new_token
from common import clock
from network.models import Partner
from tests.support import factories as make
from tests.support import partners
from tests.support.client import Client

pytestmark = pytest.mark.django_db
JSON = "application/json"
TODAY = clock.today().isoformat()
GIVEN = {"what": "ข้าวสาร", "quantity": "12.5", "unit": "kg", "given_on": TODAY}


@pytest.fixture
def temple() -> Partner:
    return partners.partner(code="WAT-NONDAENG")


@pytest.fixture
def abbot(temple: Partner) -> User:
    return partners.member(temple)


def call(
    user: User, name: str, data: Any = None, scopes: Any = (READ, WRITE), key: str = "", **args: Any
) -> Any:
    _token, raw = new_token(user, name="t", days=1, scopes=list(scopes))
    headers = {"Authorization": f"Bearer {raw}"} | ({"Idempotency-Key": key} if key else {})
    address = reverse(name, kwargs=args)
    if data is None:
        return Client().get(address, headers=headers)
    return Client().post(address, data, content_type=JSON, headers=headers)


def test_a_partner_logs_and_staff_confirms_by_token(abbot: User, temple: Partner) -> None:
    partners.unit_value("kg", 3000)
    made = call(abbot, "contribution-list", GIVEN)
    assert made.status_code == 201
    body = made.json()
    assert (body["partner"], body["quantity"], body["value"], body["state"]) == (
        "WAT-NONDAENG",
        "12.5",
        "375.00",
        "received",
    )
    confirmed = call(make.user(), "contribution-confirm", {}, uid=body["uid"])
    assert confirmed.status_code == 201
    assert [step["kind"] for step in confirmed.json()["steps"]] == ["received", "confirmed"]
    assert (
        call(make.user(), "contribution-confirm", {}, uid=body["uid"]).json()["code"] == "confirmed_already"
    )
    corrected = call(
        abbot, "contribution-correct", {**GIVEN, "quantity": "10", "reason": "จดผิด"}, uid=body["uid"]
    )
    assert corrected.json()["corrects"] == body["uid"]
    old = call(abbot, "contribution-detail", uid=body["uid"]).json()
    assert old["corrected_by"] == corrected.json()["uid"]
    gone = call(abbot, "contribution-never-came", {"reason": "ไม่มา"}, uid=corrected.json()["uid"])
    assert gone.json()["is_void"]
    listed = call(abbot, "contribution-list").json()["results"]
    assert len(listed) == 3


def test_a_promise_comes(abbot: User) -> None:
    made = call(abbot, "contribution-list", {**GIVEN, "pledged": True}).json()
    assert made["state"] == "pledged"
    came = call(abbot, "contribution-receive", {"occurred_on": TODAY}, uid=made["uid"])
    assert came.json()["state"] == "received"


def test_a_token_that_only_reads_writes_nothing(abbot: User, temple: Partner) -> None:
    assert call(abbot, "contribution-list", GIVEN, scopes=[READ]).status_code == 403
    assert call(abbot, "contribution-list", scopes=[WRITE]).status_code == 403
    assert not temple.contributions.exists()


def test_sent_again_with_the_same_key_it_is_written_once(abbot: User, temple: Partner) -> None:
    answers = [call(abbot, "contribution-list", GIVEN, key="k") for _ in range(2)]
    assert answers[0].json()["uid"] == answers[1].json()["uid"]
    assert temple.contributions.count() == 1
    changed = call(abbot, "contribution-list", {**GIVEN, "quantity": "1"}, key="k")
    assert (changed.status_code, changed.json()["code"]) == (409, "already_sent")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"quantity": "-1"}, 409, "negative"),
        ({"quantity": "1.005"}, 409, "three_decimals"),
        ({"quantity": "25", "unit": "hour"}, 409, "day_over_24"),
        ({"given_on": (clock.today() + timedelta(days=1)).isoformat()}, 409, "future"),
        ({"province": "99"}, 409, "province_elsewhere"),
        ({"unit": "bucket"}, 400, "invalid"),
        ({"given_on": "6/10/2569"}, 400, "invalid"),
        ({"what": "ก" * 5000}, 400, "invalid"),
        ({"people": 0}, 400, "invalid"),
    ],
)
def test_refusals_have_stable_codes(
    abbot: User, temple: Partner, more: dict[str, str], status: int, code: str
) -> None:
    answer = call(abbot, "contribution-list", {**GIVEN, **more})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not temple.contributions.exists()


def test_staff_say_which_partner_and_nobody_writes_for_another(abbot: User, temple: Partner) -> None:
    assert call(make.user(), "contribution-list", GIVEN).status_code == 400
    assert call(make.user(), "contribution-list", {**GIVEN, "partner": temple.code}).status_code == 201
    other = partners.partner(code="OTHER")
    assert call(abbot, "contribution-list", {**GIVEN, "partner": other.code}).status_code == 404
    assert (
        call(make.user("auditor"), "contribution-list", {**GIVEN, "partner": other.code}).status_code == 403
    )


def test_lists_hold_what_the_caller_may_see(abbot: User, temple: Partner) -> None:
    other = partners.partner(code="OTHER", kind="business")
    partners.contribution(temple, unit="kg")
    partners.contribution(other)

    def codes(user: User, **query: str) -> list[str]:
        _token, raw = new_token(user, name="t", days=1, scopes=[READ])
        answer = Client().get(
            reverse("contribution-list"), query_params=query, headers={"Authorization": f"Bearer {raw}"}
        )
        return sorted(row["partner"] for row in answer.json()["results"])

    assert codes(abbot) == ["WAT-NONDAENG"]
    assert codes(abbot, partner="OTHER") == []
    assert codes(make.user("auditor")) == ["OTHER", "WAT-NONDAENG"]
    assert codes(make.user("auditor"), kind="goods", state="received", standing="1") == ["WAT-NONDAENG"]
    assert codes(make.user("nurse")) == []
    assert [row["code"] for row in call(abbot, "partner-list").json()["results"]] == ["WAT-NONDAENG"]
