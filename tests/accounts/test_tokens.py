"""Keys for programs."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.actions import tokens
from accounts.actor import actor_for
from accounts.models import ApiToken
from common import clock
from common.errors import DomainError, Forbidden
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/clients/"


def bearer(raw: str) -> dict[str, str]:
    return {"authorization": f"Bearer {raw}"}


def issue(user, **fields):
    return tokens.issue_token(
        actor=actor_for(user), user_id=user.pk, name="t", **{"days": 1, "scopes": ["read"]} | fields
    )


def test_a_token_opens_what_its_person_may_open(client: Client) -> None:
    _, raw = issue(make.user("social_worker"))
    assert client.get(ADDRESS, headers=bearer(raw)).status_code == 200


def test_only_the_hash_is_kept() -> None:
    token, raw = issue(make.user("social_worker"))
    assert raw not in str(ApiToken.objects.filter(pk=token.pk).values())


@pytest.mark.parametrize("raw", ["rb_wrong", "", "rb_" + "x" * 5000], ids=["unknown", "empty", "long"])
def test_an_unknown_token_is_refused(client: Client, raw: str) -> None:
    assert client.get(ADDRESS, headers=bearer(raw)).status_code == 401


def test_a_token_ends(client: Client) -> None:
    _, raw = issue(make.user("social_worker"))
    with time_machine.travel(clock.now() + timedelta(days=1, seconds=1)):
        answer = client.get(ADDRESS, headers=bearer(raw))
    assert answer.status_code == 401
    assert answer.json()["code"] == "authentication_failed"


def test_a_revoked_token_is_dead_at_once(client: Client) -> None:
    user = make.user("social_worker")
    token, raw = issue(user)
    tokens.revoke_token(actor=actor_for(user), token_id=token.pk)
    assert client.get(ADDRESS, headers=bearer(raw)).status_code == 401


def test_a_token_to_read_does_not_write(client: Client) -> None:
    _, raw = issue(make.user("social_worker"))
    answer = client.post("/api/v1/follow-ups/", {}, content_type="application/json", headers=bearer(raw))
    assert answer.status_code == 403


def test_nobody_issues_a_token_for_somebody_else() -> None:
    with pytest.raises(Forbidden):
        tokens.issue_token(
            actor=make.actor("centre_head"), user_id=make.user("nurse").pk, name="t", days=1, scopes=["read"]
        )


@pytest.mark.parametrize(
    ("fields", "code"), [({"days": 0}, "days"), ({"days": 367}, "days"), ({"scopes": ["all"]}, "scopes")]
)
def test_a_token_has_an_end_and_a_scope(fields: dict, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        issue(make.user("nurse"), **fields)
    assert refused.value.code == code


def test_the_command_prints_a_token_that_works(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    make.user("social_worker", email="sw@test.example")
    call_command("issue_token", "sw@test.example", "--days", "3")
    raw = capsys.readouterr().out.strip()
    assert client.get(ADDRESS, headers=bearer(raw)).status_code == 200


def test_the_command_says_who_is_unknown() -> None:
    with pytest.raises(CommandError, match=r"nobody@test\.example"):
        call_command("issue_token", "nobody@test.example")


def test_a_form_sent_twice_makes_one_token(client: Client) -> None:
    client.force_login(make.user("auditor"))
    page = client.get("/me/tokens/")
    fields = {"name": "สคริปต์", "days": "7", "scopes": ["read"]}
    first = client.submit(page, fields, form="form:has([name=days])")
    client.submit(page, fields, form="form:has([name=days])")
    assert "rb_" in first.content.decode()
    assert ApiToken.objects.count() == 1
