"""Referrals: what goes along and on what ground, who reads it, how it is answered, chased and called back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from casework.actions.consents import withdraw_consent
from casework.actions.referrals import (
    NewReferral,
    answer_referral,
    finish_referral,
    review_referral,
    revoke_referral,
    send_referral,
)
from casework.models import Consent, Episode, Referral, ReferralEvent, SharedPart
from casework.referring import CHASE, CHASED_AT_MOST
from common import clock, due
from common.errors import DomainError, Forbidden, NotVisible
from common.models import DueWork, Letter
from network.models import Partner
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.consents import consent
from tests.support.partners import giver, member, partner
from tests.support.referrals import referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def temple() -> Partner:
    return partner()


@pytest.fixture
def case() -> Episode:
    client = make.client(first_name="บุญมา", last_name="ลับเฉพาะ", phone="0812345678", health_note="เบาหวาน")
    made = make.episode(client, make.user())
    make.need(made, kind="food", words="อยากกินข้าวร้อน")
    return made


def new(**fields: Any) -> NewReferral:
    return NewReferral(**{"ask": "ขอที่พักสามคืน", "parts": ["name"], "basis": "consent"} | fields)


def send(case: Episode, wanted: NewReferral, role: str = "social_worker") -> Referral:
    return send_referral(actor=make.actor(role), client_id=case.client_id, new=wanted)


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


# --- sending -----------------------------------------------------------------------------------------------


def test_without_a_consent_that_covers_it_nothing_goes(case: Episode, temple: Partner) -> None:
    wanted = new(partner_id=temple.pk, parts=["name", "health"])
    assert code_of(lambda: send(case, wanted)) == "not_covered"
    today = clock.today()
    not_enough = (
        {"parts": "name"},
        {"parts": "health,name", "partner": partner()},
        {"parts": "health,name", "purpose": "research"},
        {"parts": "health,name", "given_on": today - timedelta(days=9), "ends_on": today - timedelta(days=1)},
        {"parts": "", "answer": "refused"},
    )
    for fields in not_enough:
        consent(case.client, **fields)
        assert code_of(lambda: send(case, wanted)) == "not_covered"
    assert not Referral.objects.exists()
    with pytest.raises(DomainError) as refused:
        send(case, wanted)
    assert "สุขภาพ" in str(refused.value)
    assert "ชื่อและอายุ" not in str(refused.value)


def test_what_goes_is_what_was_chosen_and_stays_as_it_was(case: Episode, temple: Partner) -> None:
    held = consent(case.client, parts="health,name,needs", partner=temple)
    row = send(case, new(partner_id=temple.pk, parts=["needs", "name"]))
    assert row.shown() == [
        ("ชื่อและอายุ", [case.client.display_name]),
        ("สิ่งที่ต้องการ", ["อาหารและน้ำ: อยากกินข้าวร้อน"]),
    ]
    assert [(one.part, one.consent, one.basis) for one in row.shared.all()] == [
        ("name", held, "consent"),
        ("needs", held, "consent"),
    ]
    case.needs.all().delete()
    assert len(row.shown()[1][1]) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ask": " "}, "ask_missing"),
        ({"parts": []}, "parts_missing"),
        ({"parts": ["photo"]}, "parts_missing"),
        ({"basis": "vital_interest"}, "basis_reason_missing"),
        ({"partner_id": None}, "recipient_missing"),
    ],
)
def test_half_a_referral_is_refused(
    case: Episode, temple: Partner, fields: dict[str, Any], code: str
) -> None:
    assert code_of(lambda: send(case, new(**{"partner_id": temple.pk} | fields))) == code


def test_the_own_centre_and_a_closed_case_are_refused(case: Episode) -> None:
    assert code_of(lambda: send(case, new(centre_id=case.client.centre_id))) == "own_centre"
    alone = make.client()
    act = lambda: send_referral(actor=make.actor(), client_id=alone.pk, new=new(centre_id=1))  # noqa: E731
    assert code_of(act) == "episode_closed"
    with pytest.raises(Forbidden):
        send(case, new(centre_id=make.centre("10").pk), role="nurse")


def test_an_emergency_goes_at_night_and_another_lead_looks_at_it(case: Episode) -> None:
    wanted = new(centre_id=make.centre("50").pk, basis="vital_interest", basis_reason="หมดสติ ถามไม่ได้")
    lead, other = make.actor("supervisor"), make.actor("centre_head")
    row = send_referral(actor=lead, client_id=case.client_id, new=wanted)
    assert list(Referral.objects.to_review(lead)) == []
    assert list(Referral.objects.to_review(other)) == [row]
    with pytest.raises(Forbidden):
        review_referral(actor=lead, referral_id=row.pk)
    review_referral(actor=other, referral_id=row.pk, note="เห็นด้วย")
    assert not Referral.objects.to_review(other).exists()
    assert code_of(lambda: review_referral(actor=other, referral_id=row.pk)) == "referral_reviewed"


def test_the_database_keeps_the_rules_too(case: Episode, temple: Partner) -> None:
    row = referral(case, temple)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(centre=make.centre("50"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(reviewed_by=row.sent_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedPart.objects.create(referral=row, part="health", basis="consent")
    with pytest.raises(DatabaseError), transaction.atomic():
        SharedPart.objects.filter(referral=row).update(part="health")


# --- receiving ---------------------------------------------------------------------------------------------


def test_only_whoever_received_it_answers_and_once(case: Episode, temple: Partner) -> None:
    row, ours = referral(case, temple), giver(temple)
    with pytest.raises(NotVisible):
        answer_referral(actor=giver(partner()), referral_id=row.pk, accept=True)
    with pytest.raises(NotVisible):
        answer_referral(actor=make.actor(), referral_id=row.pk, accept=True)
    assert code_of(lambda: finish_referral(actor=ours, referral_id=row.pk)) == "referral_not_accepted"
    assert code_of(lambda: answer_referral(actor=ours, referral_id=row.pk, accept=False)) == "reason_missing"
    assert answer_referral(actor=ours, referral_id=row.pk, accept=True).state == "accepted"
    assert (
        code_of(lambda: answer_referral(actor=ours, referral_id=row.pk, accept=True)) == "referral_answered"
    )
    assert finish_referral(actor=ours, referral_id=row.pk, note="ได้ที่พักแล้ว").state == "done"
    assert (
        code_of(lambda: revoke_referral(actor=make.actor(), referral_id=row.pk, reason="ช้า"))
        == "referral_over"
    )


def test_a_centre_receives_through_its_caseworkers(case: Episode) -> None:
    row = referral(case, make.centre("50"))
    there = make.actor(at="50")
    assert list(Referral.objects.received_by(there)) == [row]
    assert answer_referral(actor=there, referral_id=row.pk, accept=False, note="เตียงเต็ม").state == "declined"
    assert row.events.get(kind="declined").note == "เตียงเต็ม"


def test_called_back_it_shows_nothing_any_more(case: Episode, temple: Partner) -> None:
    row = referral(case, temple, parts=("name", "needs"))
    assert len(row.shown()) == 2
    row = revoke_referral(actor=make.actor(), referral_id=row.pk, reason="เปลี่ยนใจ")
    assert row.shown() == []
    assert (
        code_of(lambda: answer_referral(actor=giver(temple), referral_id=row.pk, accept=True))
        == "referral_answered"
    )


def test_a_consent_taken_back_stops_the_sharing_and_says_whom_to_tell(case: Episode, temple: Partner) -> None:
    held = consent(case.client, parts="name,needs", partner=temple)
    row = send(case, new(partner_id=temple.pk, parts=["name", "needs"]))
    browser = Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:consent_withdraw", args=[held.uid]))
    answer = browser.submit(page, {"note": ""}, form="main form")
    shown = parse(browser.get(answer["Location"])).get_text(" ", strip=True)
    assert f"ต้องแจ้ง: {temple.name}" in shown
    fresh = Referral.objects.get(pk=row.pk)
    assert fresh.shown() == []
    assert fresh.events.filter(kind=ReferralEvent.Kind.WITHDRAWN).exists()


def test_another_consent_taken_back_leaves_it_alone(case: Episode, temple: Partner) -> None:
    consent(case.client, parts="name", partner=temple)
    row = send(case, new(partner_id=temple.pk))
    other = consent(case.client, parts="health", how="written")
    withdraw_consent(actor=make.actor(), consent_id=other.pk)
    assert len(Referral.objects.get(pk=row.pk).shown()) == 1
    assert not Referral.objects.relying_on(Consent.objects.get(pk=other.pk)).exists()


def test_a_partner_reads_what_was_shared_and_nothing_else_of_the_file(case: Episode, temple: Partner) -> None:
    consent(case.client, parts="needs", partner=temple)
    row = send(case, new(partner_id=temple.pk, parts=["needs"]))
    browser = Browser()
    browser.force_login(member(temple))
    page = browser.get(reverse("casework:referral", args=[row.uid])).content.decode()
    assert "อยากกินข้าวร้อน" in page
    for secret in ("บุญมา", "ลับเฉพาะ", "0812345678", "เบาหวาน"):
        assert secret not in page
    listed = browser.get(reverse("casework:referrals")).content.decode()
    assert case.client.code in listed
    assert "บุญมา" not in listed
    assert browser.get(reverse("casework:client", args=[case.client.uid])).status_code == 404
    found = browser.get("/api/v1/referrals/").json()["results"]
    assert [one["client_code"] for one in found] == [case.client.code]
    assert found[0]["shared"] == [{"part": "สิ่งที่ต้องการ", "lines": ["อาหารและน้ำ: อยากกินข้าวร้อน"]}]


# --- letters -----------------------------------------------------------------------------------------------


def test_the_recipient_gets_a_letter_with_the_code_alone(case: Episode, temple: Partner) -> None:
    reader = member(temple)
    consent(case.client, parts="name", partner=temple)
    send(case, new(partner_id=temple.pk))
    letter = Letter.objects.get(kind="referral")
    assert letter.to == reader.email
    assert case.client.code in letter.subject
    for text in (letter.subject, letter.text, letter.html):
        assert "บุญมา" not in text
        assert "ขอที่พัก" not in text


def test_unanswered_it_chases_itself_three_times_and_no_more(
    case: Episode, temple: Partner, time_machine: Any
) -> None:
    member(temple)
    consent(case.client, parts="name", partner=temple)
    row = send(case, new(partner_id=temple.pk))
    for _ in range(CHASED_AT_MOST + 2):
        waiting = DueWork.objects.filter(kind=CHASE, state=DueWork.State.WAITING).first()
        if waiting is None:
            break
        time_machine.move_to(waiting.due_at + timedelta(minutes=1), tick=False)
        due.work(CHASE)
        due.work(CHASE)
    assert Letter.objects.filter(kind="referral").count() == 1 + CHASED_AT_MOST
    assert row.events.filter(kind="chased").count() == CHASED_AT_MOST


def test_answered_it_is_chased_no_more(case: Episode, temple: Partner, time_machine: Any) -> None:
    member(temple)
    consent(case.client, parts="name", partner=temple)
    row = send(case, new(partner_id=temple.pk))
    answer_referral(actor=giver(temple), referral_id=row.pk, accept=True)
    time_machine.move_to(DueWork.objects.get(kind=CHASE).due_at + timedelta(minutes=1), tick=False)
    due.work(CHASE)
    assert Letter.objects.filter(kind="referral").count() == 1
