"""Inviting, roles with dates, closing an account."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.actions import people
from accounts.actor import actor_for
from accounts.models import Centre, Invitation, Membership, User
from audit.models import WriteEntry
from common import clock
from common.errors import DomainError, Forbidden
from common.models import Letter
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db
SENTENCE = "ฝนตกที่โนนแดงวันศุกร์"
ACCEPT = "form:has([name=password])"


def invite(**fields: object) -> Invitation:
    wanted = {
        "email": "New@Test.example",
        "name": "ใหม่ มาดี",
        "role": "nurse",
        "centre": make.centre(),
        "province": None,
    }
    return people.invite(actor=make.actor("administrator"), **wanted | fields)


def link_of_last_letter() -> str:
    letter = Letter.objects.latest("pk")
    return re.search(r"/invitation/[\w-]+/", letter.text).group()


def test_an_invited_person_chooses_a_password_and_is_signed_in(client: Client) -> None:
    invite()
    page = client.get(link_of_last_letter())
    answer = client.submit(page, {"password": SENTENCE}, form=ACCEPT)
    assert answer.status_code == 302
    user = User.objects.get(email="new@test.example")
    assert actor_for(user).has("nurse")
    assert client.get("/me/").status_code == 200


def test_an_invitation_works_once(client: Client) -> None:
    invite()
    link = link_of_last_letter()
    page = client.get(link)
    client.submit(page, {"password": SENTENCE}, form=ACCEPT)
    assert Client().get(link).status_code == 404


def test_an_invitation_ends_after_seven_days(client: Client) -> None:
    invite()
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        assert client.get(link_of_last_letter()).status_code == 404


def test_a_weak_password_is_refused_and_the_name_stays(client: Client) -> None:
    invite()
    page = client.get(link_of_last_letter())
    answer = client.submit(page, {"name": "ใหม่ มาดี", "password": "1234"}, form=ACCEPT)
    assert answer.status_code == 422
    assert "ใหม่ มาดี" in answer.content.decode()
    assert not User.objects.filter(email="new@test.example").exists()


def test_the_letter_of_an_invitation_is_thai_and_says_the_role() -> None:
    invite()
    letter = Letter.objects.latest("pk")
    assert "พยาบาล" in letter.text
    assert "เชิญ" in letter.subject


def test_only_administrators_invite() -> None:
    with pytest.raises(Forbidden):
        people.invite(
            actor=make.actor("centre_head"),
            email="x@test.example",
            name="x",
            role="nurse",
            centre=make.centre(),
            province=None,
        )


def test_the_first_administrator_is_let_in_by_a_command(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("invite", "First@test.example")
    link = capsys.readouterr().out.strip()
    page = client.get(urlsplit(link).path)
    client.submit(page, {"name": "คนแรก", "password": SENTENCE}, form=ACCEPT)
    first = User.objects.get(email="first@test.example")
    assert actor_for(first).roles == {"administrator"}
    call_command("invite", "nurse@test.example", "--role", "nurse", "--centre", make.OWN)
    assert Invitation.objects.get(email="nurse@test.example").centre == make.centre()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nobody"], "no e-mail"),
        (["a@test.example", "--role", "nurse"], "centre"),
        (["a@test.example", "--centre", "99"], "99"),
        (["known@test.example"], "account"),
    ],
)
def test_the_command_says_why_it_invites_nobody(arguments: list[str], said: str) -> None:
    make.user(email="known@test.example")
    with translation.override("en"), pytest.raises(CommandError, match=said):
        call_command("invite", *arguments)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"centre": None}, "place_missing"), ({"role": "auditor"}, "place_not_wanted")],
)
def test_a_role_has_the_place_it_needs(fields: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        invite(**fields)
    assert refused.value.code == code


def test_an_address_with_an_account_is_not_invited_again() -> None:
    make.user(email="new@test.example")
    with pytest.raises(DomainError) as refused:
        invite()
    assert refused.value.code == "has_account"


def give(user: User, **fields: object) -> Membership:
    today = clock.today()
    wanted = {
        "role": "supervisor",
        "centre": make.centre(),
        "province": None,
        "starts_on": today,
        "ends_on": None,
    }
    return people.give_role(actor=make.actor("administrator"), user_id=user.pk, **wanted | fields)


def test_a_role_counts_from_its_first_to_its_last_day() -> None:
    user, today = make.user("social_worker"), clock.today()
    give(user, starts_on=today + timedelta(days=1), ends_on=today + timedelta(days=2))
    held = [actor_for(user, today + timedelta(days=n)).has("supervisor") for n in range(4)]
    assert held == [False, True, True, False]


def test_the_same_role_is_not_given_twice_over_the_same_days() -> None:
    user = make.user("nurse")
    give(user)
    with pytest.raises(DomainError) as refused:
        give(user, starts_on=clock.today() + timedelta(days=10))
    assert refused.value.code == "role_held"


def test_nobody_gives_themselves_a_role() -> None:
    user = make.user("administrator")
    with pytest.raises(Forbidden):
        people.give_role(
            actor=actor_for(user), user_id=user.pk, role="auditor", centre=None, province=None,
            starts_on=clock.today(), ends_on=None,
        )  # fmt: skip


def test_a_closed_account_is_out_at_once(client: Client) -> None:
    user = make.user("social_worker")
    client.force_login(user)
    assert client.get("/me/").status_code == 200
    people.set_active(actor=make.actor("administrator"), user_id=user.pk, active=False)
    assert client.get("/me/").status_code == 302
    assert not actor_for(User.objects.get(pk=user.pk)).roles


def test_a_role_that_ended_closes_its_doors_on_the_next_request(client: Client) -> None:
    user = make.user("supervisor")
    client.force_login(user)
    assert client.get("/people/").status_code == 200
    Membership.objects.filter(user=user).update(ends_on=clock.today() - timedelta(days=1))
    assert client.get("/people/").status_code == 403


def test_a_lead_sees_the_own_centre_only(client: Client) -> None:
    near, far = make.user("nurse", "30"), make.user("nurse", "50")
    client.force_login(make.user("centre_head", "30"))
    page = client.get("/people/").content.decode()
    assert near.email in page
    assert far.email not in page


def test_what_is_done_to_people_is_in_the_trail() -> None:
    user = make.user("nurse")
    give(user)
    entry = WriteEntry.objects.get(verb="role.given")
    assert entry.object_key == str(user.uid)
    assert entry.changes["role"] == [None, "supervisor"]


def test_every_province_has_its_centre_and_there_are_eleven_homes() -> None:
    assert Centre.objects.filter(kind="provincial").count() == 77
    assert Centre.objects.filter(kind="home").count() == 11
    assert Centre.objects.get(code="30").province.name_en == "Nakhon Ratchasima"
