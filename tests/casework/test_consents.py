"""Consent to use data: asked for, covering what it says, taken back with one press."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from audit.models import WriteEntry
from casework.actions.consents import Asked, record_consent, withdraw_consent
from casework.models import Client, Consent
from casework.rules.consents import ANYBODY, Given, problem, uncovered
from common import clock
from common.errors import DomainError, Forbidden
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.consents import consent
from tests.support.partners import partner

DAY = date(2026, 2, 28)
PARTS = st.frozensets(st.sampled_from(["name", "needs", "health"]))


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def one(**fields: Any) -> Given:
    return Given(
        **{"purpose": "help", "recipient": "partner:1", "parts": frozenset({"name"}), "given_on": DAY}
        | fields
    )


def asked(**fields: Any) -> Asked:
    defaults = {
        "purpose": "help",
        "answer": "given",
        "how": "written",
        "given_on": clock.today(),
        "parts": ["name"],
    }
    return Asked(**defaults | fields)


# --- rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "day", "covers"),
    [
        (one(), DAY, True),
        (one(), DAY - timedelta(days=1), False),
        (one(ends_on=DAY), DAY, True),
        (one(ends_on=DAY), DAY + timedelta(days=1), False),
        (one(withdrawn_on=DAY), DAY, False),
        (one(withdrawn_on=DAY + timedelta(days=1)), DAY, True),
        (one(recipient="partner:2"), DAY, False),
        (one(recipient=ANYBODY), DAY, True),
        (one(purpose="research"), DAY, False),
        (one(parts=frozenset({"needs"})), DAY, False),
    ],
)
def test_a_consent_covers_its_purpose_recipient_parts_and_days(held: Given, day: date, covers: bool) -> None:
    left = uncovered([held], purpose="help", recipient="partner:1", parts=["name"], day=day)
    assert (left == frozenset()) is covers


@given(PARTS, PARTS, PARTS)
def test_two_consents_together_cover_what_either_does(
    first: frozenset[str], second: frozenset[str], wanted: frozenset[str]
) -> None:
    left = uncovered(
        [one(parts=first), one(parts=second)], purpose="help", recipient="partner:1", parts=wanted, day=DAY
    )
    assert left == wanted - first - second


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, None),
        ({"parts": []}, ("consent_without_parts", "parts")),
        ({"parts": [], "given": False}, None),
        ({"how": "thumb"}, ("witness_missing", "witness")),
        ({"how": "thumb", "witness": "ป้าแจ๋ว"}, None),
        ({"how": "spoken"}, None),
        ({"how": "spoken", "parts": ["health"]}, ("witness_missing", "witness")),
        ({"how": "spoken", "parts": [], "given": False}, None),
        ({"how": "guardian"}, ("guardian_missing", "guardian")),
        ({"ends_on": DAY}, None),
        ({"ends_on": DAY - timedelta(days=1)}, ("ends_before_given", "ends_on")),
    ],
)
def test_what_an_answer_needs(changes: dict[str, Any], found: tuple[str, str] | None) -> None:
    plain: dict[str, Any] = {
        "given": True, "how": "written", "parts": ["name"], "witness": "", "guardian": "",
        "given_on": DAY, "ends_on": None,
    }  # fmt: skip
    assert problem(**plain | changes) == found


# --- actions -----------------------------------------------------------------------------------------------


@pytest.fixture
def client_(db: None) -> Client:
    return make.client()


def test_an_answer_is_kept_with_what_was_asked(client_: Client) -> None:
    temple = partner()
    row = record_consent(
        actor=make.actor(),
        client_id=client_.pk,
        asked=asked(
            parts=["needs", "name", "needs", "nothing"],
            partner_id=temple.pk,
            how="thumb",
            witness=" ป้า  แจ๋ว ",
        ),
    )
    assert (row.parts, row.recipient_key, row.witness) == ("name,needs", f"partner:{temple.pk}", "ป้า แจ๋ว")
    assert row.state == "holds"
    entry = WriteEntry.objects.get(verb="consent.recorded")
    assert "แจ๋ว" not in str(entry.changes)


def test_a_no_is_an_answer_too(client_: Client) -> None:
    row = record_consent(
        actor=make.actor(), client_id=client_.pk, asked=asked(answer="refused", how="spoken")
    )
    assert (row.parts, row.ends_on, row.state) == ("", None, "refused")
    assert not client_.consents.holding().exists()


def test_nobody_is_asked_tomorrow_or_for_two_at_once(client_: Client) -> None:
    act = lambda **fields: record_consent(actor=make.actor(), client_id=client_.pk, asked=asked(**fields))  # noqa: E731
    assert code_of(lambda: act(given_on=clock.today() + timedelta(days=1))) == "future"
    assert code_of(lambda: act(partner_id=partner().pk, centre_id=make.centre().pk)) == "one_recipient"
    with pytest.raises(IntegrityError), transaction.atomic():
        consent(client_, partner=partner(), centre=make.centre())
    with pytest.raises(IntegrityError), transaction.atomic():
        consent(client_, parts="")


def test_it_is_taken_back_once_and_holds_no_more(client_: Client) -> None:
    row, actor = consent(client_), make.actor()
    assert list(client_.consents.holding()) == [row]
    withdraw_consent(actor=actor, consent_id=row.pk, note="ไม่สบายใจ")
    assert not client_.consents.holding().exists()
    fresh = Consent.objects.get(pk=row.pk)
    assert (fresh.state, fresh.as_given().holds_on(clock.today())) == ("withdrawn", False)
    assert code_of(lambda: withdraw_consent(actor=actor, consent_id=row.pk)) == "consent_not_held"
    no = consent(client_, answer="refused", parts="")
    assert code_of(lambda: withdraw_consent(actor=actor, consent_id=no.pk)) == "consent_not_held"


def test_the_rule_and_the_query_agree(client_: Client) -> None:
    today = clock.today()
    for ends_on in (None, today, today + timedelta(days=1)):
        consent(client_, ends_on=ends_on)
    consent(client_, given_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    taken_back = consent(client_)
    withdraw_consent(actor=make.actor(), consent_id=taken_back.pk)
    for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
        held = {row.pk for row in client_.consents.holding(day)}
        rows = client_.consents.select_related("withdrawal")
        assert held == {row.pk for row in rows if row.as_given().holds_on(day)}


def test_answers_are_never_changed(client_: Client) -> None:
    row = consent(client_)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=row.pk).update(parts="health,name")


def test_a_nurse_does_not_ask_for_it(client_: Client) -> None:
    with pytest.raises(Forbidden):
        record_consent(actor=make.actor("nurse"), client_id=client_.pk, asked=asked())


# --- pages -------------------------------------------------------------------------------------------------


def test_the_tab_says_it_in_plain_words(client_: Client) -> None:
    consent(client_, witness="ป้าแจ๋ว", how="thumb")
    for role, sees in (("social_worker", True), ("auditor", False)):
        browser = Browser()
        browser.force_login(make.user(role))
        page = parse(browser.get(reverse("casework:client_consents", args=[client_.uid])))
        words = page.select_one("main").get_text(" ", strip=True)  # type: ignore[union-attr]
        assert "ชื่อและอายุ, สิ่งที่ต้องการ" in words
        assert ("ป้าแจ๋ว" in words) is sees


def test_a_yes_by_word_of_mouth_lasts_as_long_as_the_house_says(client_: Client) -> None:
    browser = Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:consent", args=[client_.uid]))
    values = {"purpose": "help", "answer": "given", "parts": ["name"], "how": "spoken"}
    assert browser.submit(page, values, form="main form").status_code == 302
    assert client_.consents.get().ends_on == clock.today() + timedelta(days=365)


def test_the_paper_is_a_pdf_with_the_code_alone(client_: Client) -> None:
    browser = Browser()
    browser.force_login(make.user())
    assert browser.get(reverse("casework:consent_paper", args=[client_.uid])).content.startswith(b"%PDF")
