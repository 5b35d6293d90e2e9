"""Unknown, refused and not asked are three answers: kept apart, shown in the file, counted for the lead."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import actor_for
from audit.models import ReadEntry
from casework.actions.clients import update_client
from casework.actions.intake import Intake, register_client
from casework.lacking import counts, files_in_hand
from casework.models import Client, Legal, NoAnswer, Notice
from casework.registering import NewClient
from casework.rules.answers import (
    KNOWN,
    NOT_ASKED,
    QUESTIONS,
    REFUSED,
    STANDINGS,
    UNKNOWN,
    missing,
    no_answer,
    papers_problem,
    standings,
)
from common.errors import DomainError
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

NOBODY = {
    "id_status": "not_asked", "born_on": None, "phone": "", "home_province_id": None, "health_note": "",
    "legal_category": "not_asked", "papers": [], "born_answer": "not_asked", "phone_answer": "not_asked",
    "home_answer": "not_asked", "health_answer": "not_asked", "papers_answer": "not_asked",
}  # fmt: skip
database = pytest.mark.django_db


def register(**known: Any) -> Client:
    new = NewClient(channel=Notice.Channel.WALK_IN, **{"nickname": "ดำ"} | known)
    return register_client(actor=make.actor(), centre_id=make.centre().pk, intake=Intake(client=new))


# --- rules -------------------------------------------------------------------------------------------------


def test_of_somebody_nobody_asked_everything_is_missing_and_not_asked() -> None:
    assert [one.question for one in missing(NOBODY)] == list(QUESTIONS)
    assert {one.standing for one in missing(NOBODY)} == {NOT_ASKED}


def test_the_three_answers_stay_apart_and_what_can_still_be_asked_comes_first() -> None:
    known = NOBODY | {"phone_answer": "refused", "born_answer": "unknown", "id_status": "refused"}
    lacking = missing(known)
    assert standings(known)["phone"] == REFUSED
    assert standings(known)["born"] == UNKNOWN
    assert standings(known)["identity"] == REFUSED
    assert [one.standing for one in lacking] == [NOT_ASKED] * 4 + [REFUSED, REFUSED, UNKNOWN]


def test_a_value_is_known_and_having_no_paper_is_an_answer_too() -> None:
    known = NOBODY | {
        "phone": "0812345678",
        "papers": ["none"],
        "legal_category": "none_fits",
        "id_status": "none",
    }
    assert {q for q, how in standings(known).items() if how == KNOWN} == {
        "phone",
        "papers",
        "legal",
        "identity",
    }


@given(value=st.text(), answer=st.sampled_from(["", *NoAnswer.values]))
def test_a_value_and_did_not_say_are_never_both_true(value: str, answer: str) -> None:
    assert no_answer(value, answer) == (NOT_ASKED if value or not answer else answer)


@pytest.mark.parametrize(
    ("papers", "code"),
    [([], ""), (["none"], ""), (["id_card", "birth"], ""), (["none", "birth"], "papers_contradict")],
)
def test_no_paper_at_all_stands_alone(papers: list[str], code: str) -> None:
    assert papers_problem(papers) == code


# --- writing -----------------------------------------------------------------------------------------------


@database
def test_registering_keeps_what_was_answered() -> None:
    client = register(
        born_answer="unknown",
        phone_answer="refused",
        legal_category="public_place",
        papers=["birth", "id_card"],
    )
    assert (client.born_answer, client.phone_answer, client.home_answer) == (
        "unknown",
        "refused",
        "not_asked",
    )
    assert client.legal_category == Legal.PUBLIC_PLACE
    assert client.papers == ["id_card", "birth"]


@database
def test_nothing_is_chosen_for_the_worker() -> None:
    client = register()
    assert client.legal_category == Legal.NOT_ASKED
    browser = Browser()
    browser.force_login(make.user())
    page = parse(browser.get(reverse("casework:intake")))
    assert page.select("input[name=legal_category]")
    assert not page.select("input[name=legal_category][checked]")


@database
def test_a_number_that_is_told_later_takes_the_refusal_away() -> None:
    client = register(phone_answer="refused")
    actor = make.actor()
    update_client(actor=actor, client_id=client.pk, version=client.version, changes={"phone": "081-234-5678"})
    client.refresh_from_db()
    assert (client.phone, client.phone_answer) == ("0812345678", NoAnswer.NOT_ASKED)


@database
def test_papers_that_contradict_are_refused_at_their_field() -> None:
    with pytest.raises(DomainError) as refused:
        register(papers=["none", "passport"])
    assert (refused.value.code, refused.value.field) == ("papers_contradict", "papers")


@database
def test_the_database_holds_it_too() -> None:
    client = make.client(phone="0812345678")
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=client.pk).update(phone_answer="refused")


# --- the file and the lead's page --------------------------------------------------------------------------


@database
def test_the_file_says_what_is_missing_to_who_may_fill_it_in() -> None:
    client = make.client(phone="0812345678", born_answer="unknown")
    make.episode(client)
    for role, seen in (("social_worker", True), ("nurse", False)):
        browser = Browser()
        browser.force_login(make.user(role))
        page = parse(browser.get(reverse("casework:client", args=[client.uid])))
        said = [" ".join(tag.get_text(" ").split()) for tag in page.select(".missing > li")]
        assert bool(said) is seen
        if seen:
            assert "วันเกิด ไม่ทราบ/จำไม่ได้" in said
            assert "สุขภาพ ยังไม่ได้ถาม" in said
            assert not any(one.startswith("โทรศัพท์") for one in said)


@database
def test_the_edit_form_takes_the_answers() -> None:
    client, browser = make.client(), Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:edit", args=[client.uid]))
    answer = browser.submit(
        page, {"home_answer": "unknown", "legal_category": "no_status", "papers": ["none"]}
    )
    assert answer.status_code == 302
    client.refresh_from_db()
    assert (client.home_answer, client.legal_category, client.papers) == ("unknown", "no_status", ["none"])


@database
def test_counts_are_of_open_cases_one_may_open_and_every_standing_adds_up() -> None:
    lead = make.user("supervisor")
    asked = make.client(phone_answer="refused", born_on="1980-01-01", legal_category="hardship")
    for client in (asked, make.client(), make.client(make.FOREIGN)):
        make.episode(client)
    make.client(phone_answer="unknown")  # no open case
    found = counts(files_in_hand(actor_for(lead)))
    assert found["phone"] == {KNOWN: 0, UNKNOWN: 0, REFUSED: 1, NOT_ASKED: 1}
    assert found["legal"][KNOWN] == found["born"][KNOWN] == 1
    assert {sum(found[question].values()) for question in QUESTIONS} == {2}


@database
def test_every_count_is_the_length_of_the_list_it_opens() -> None:
    lead = make.user("supervisor")
    for fields in (
        {"phone_answer": "refused", "papers": ["none"]},
        {"health_note": "เบาหวาน", "id_status": "refused"},
        {"home_province_id": "30", "legal_category": "unknown", "papers_answer": "refused"},
    ):
        make.episode(make.client(**fields))
    browser = Browser()
    browser.force_login(lead)
    found = counts(files_in_hand(actor_for(lead)))
    for question in QUESTIONS:
        for how in STANDINGS:
            address = reverse("casework:quality")
            page = parse(browser.get(address, {"question": question, "answer": how}))
            assert len(page.select("#files .rows > li")) == found[question][how], (question, how)


@database
def test_the_list_behind_a_figure_is_in_the_trail() -> None:
    case, browser = make.episode(make.client()), Browser()
    browser.force_login(make.user("centre_head"))
    browser.get(reverse("casework:quality"), {"question": "phone", "answer": "not_asked"})
    assert ReadEntry.objects.filter(subject=str(case.client.uid), what="list").exists()
