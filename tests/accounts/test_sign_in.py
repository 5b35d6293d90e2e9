"""Coming in: password, reset, language, the demo's buttons."""

import pytest
from django.core import mail
from django.test import override_settings

from accounts.models import User
from tests.support import factories as make
from tests.support.client import Client, parse

pytestmark = pytest.mark.django_db
SENTENCE = "ฝนตกที่โนนแดงวันศุกร์"
RESET = "form:has([name=email])"


def somebody() -> User:
    user = make.user("auditor", email="somebody@test.example")
    user.set_password(SENTENCE)
    user.save()
    return user


def test_sign_in_with_e_mail_and_password(client: Client) -> None:
    somebody()
    answer = client.submit(
        client.get("/sign-in/login/"),
        {"login": "Somebody@test.example", "password": SENTENCE},
        form="form.sign-in",
    )
    assert answer.status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_wrong_password_says_so_in_thai_and_lets_nobody_in(client: Client) -> None:
    somebody()
    answer = client.submit(
        client.get("/sign-in/login/"),
        {"login": "somebody@test.example", "password": "wrong"},
        form="form.sign-in",
    )
    assert "รหัสผ่าน" in answer.content.decode()
    assert client.get("/me/").status_code == 302


def test_the_session_key_changes_at_sign_in(client: Client) -> None:
    somebody()
    page = client.get("/sign-in/login/")
    before = client.session.session_key
    client.submit(page, {"login": "somebody@test.example", "password": SENTENCE}, form="form.sign-in")
    assert client.session.session_key != before


@pytest.mark.parametrize("address", ["somebody@test.example", "nobody@test.example"])
def test_reset_answers_the_same_for_known_and_unknown(client: Client, address: str) -> None:
    somebody()
    answer = client.submit(client.get("/sign-in/password/reset/"), {"email": address}, form=RESET)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/done/")


@override_settings(PUBLIC_URL="https://ruamban.example", ALLOWED_HOSTS=["*"])
def test_a_forged_host_does_not_lead_a_reset_link_astray(client: Client) -> None:
    somebody()
    page = client.get("/sign-in/password/reset/")
    client.submit(page, {"email": "somebody@test.example"}, form=RESET, headers={"host": "evil.example"})
    text = mail.outbox[0].body
    assert "https://ruamban.example/" in text
    assert "evil.example" not in text


def test_pages_are_thai_until_english_is_chosen(client: Client) -> None:
    thai = client.get("/sign-in/login/", headers={"accept-language": "en"})
    assert parse(thai).html["lang"] == "th"
    client.post("/language/", {"language": "en", "next": "/sign-in/login/"})
    assert parse(client.get("/sign-in/login/")).html["lang"] == "en"


def test_the_language_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def demo_person() -> User:
    return make.user("nurse", email="nurse@demo.example", is_synthetic=True)


def test_the_demo_signs_in_by_role(client: Client) -> None:
    demo_person()
    page = client.get("/sign-in/login/")
    assert "nurse@demo.example" in page.content.decode()
    assert client.post("/demo/sign-in/", {"email": "nurse@demo.example"}).status_code == 302
    assert client.get("/me/").status_code == 200


@override_settings(IS_DEMO=False)
def test_outside_the_demo_there_is_no_sign_in_by_role(client: Client) -> None:
    demo_person()
    assert "nurse@demo.example" not in client.get("/sign-in/login/").content.decode()
    assert client.post("/demo/sign-in/", {"email": "nurse@demo.example"}).status_code == 404


def test_a_real_person_cannot_be_entered_through_the_demo_door(client: Client) -> None:
    make.user("nurse", email="real@demo.example")
    assert client.post("/demo/sign-in/", {"email": "real@demo.example"}).status_code == 404
