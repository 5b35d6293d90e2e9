"""Warnings that everybody sees first."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import actor_for
from audit.models import WriteEntry
from casework.actions.safety import lift_safety_flag, raise_safety_flag, review_safety_flag
from casework.models import SafetyFlag, SafetyReview
from casework.rules.safety import is_due, review_day, review_problem
from casework.warning import to_review
from common import clock
from common.db import guards
from common.errors import DomainError, Forbidden
from common.thai.dates import format_be
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db

TABS = ("client", "client_timeline", "client_follow_ups", "client_notes", "client_around", "client_print")


@pytest.mark.parametrize("tab", TABS)
def test_a_warning_stands_before_everything_else_on_every_page_of_the_file(tab: str) -> None:
    client, browser = make.client(), Browser()
    raise_safety_flag(actor=make.actor(), client_id=client.pk, kind="violence", text="อย่าไปคนเดียว")
    browser.force_login(make.user("nurse"))
    page = parse(browser.get(reverse(f"casework:{tab}", args=[client.uid])))
    main = page.select_one("main")
    assert main is not None
    first = next(tag for tag in main.find_all(True, recursive=False) if tag.get("id") != "messages")
    assert "flag" in first["class"]
    assert "อย่าไปคนเดียว" in first.get_text()


def test_the_day_and_the_lists_show_it_too() -> None:
    worker, browser = make.user(), Browser()
    case = make.episode(make.client(), worker)
    make.follow_up(case)
    raise_safety_flag(actor=actor_for(worker), client_id=case.client_id, kind="infection", text="ใส่หน้ากาก")
    browser.force_login(worker)
    for name in ("casework:today", "casework:clients"):
        page = parse(browser.get(reverse(name)))
        assert "โรคติดต่อ" in page.select_one("main .rows > li .chip.bad").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize("act", ["edit", "note", "follow_up_plan"])
def test_it_stands_before_every_form_about_the_person(act: str) -> None:
    worker, browser = make.user(), Browser()
    case = make.episode(make.client(), worker)
    raise_safety_flag(actor=actor_for(worker), client_id=case.client_id, kind="never_alone", text="ไปสองคน")
    browser.force_login(worker)
    addresses = [
        reverse(f"casework:{act}", args=[case.client.uid]),
        reverse("casework:follow_up_record", args=[make.follow_up(case).uid]),
    ]
    for address in addresses:
        assert "ไปสองคน" in parse(browser.get(address)).select_one("main .flag").get_text()  # type: ignore[union-attr]


def test_the_gravest_stands_first() -> None:
    client, browser = make.client(), Browser()
    for kind in ("dog", "medical", "violence", "never_alone"):
        raise_safety_flag(actor=make.actor(), client_id=client.pk, kind=kind, text=kind)
    browser.force_login(make.user())
    page = parse(browser.get(reverse("casework:client", args=[client.uid])))
    assert [flag.select_one("p + p").get_text() for flag in page.select("main .flag")] == [  # type: ignore[union-attr]
        "violence",
        "never_alone",
        "medical",
        "dog",
    ]


@given(st.sampled_from(SafetyFlag.Kind.values), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_every_kind_is_looked_at_again_within_a_year(kind: str, today: date) -> None:
    day = review_day(kind, today=today)
    assert not review_problem(day, today=today)
    assert not is_due(day, today=today)
    assert is_due(day, today=day)
    assert review_problem(today, today=today) == "review_past"
    assert review_problem(today + timedelta(days=367), today=today) == "review_too_far"


def test_a_look_gives_new_words_and_a_new_day_and_each_is_kept() -> None:
    actor = make.actor()
    flag = raise_safety_flag(actor=actor, client_id=make.client().pk, kind="dog", text="หมาดุ")
    assert flag.review_on == clock.today() + timedelta(days=180)
    again = clock.today() + timedelta(days=60)
    review_safety_flag(actor=actor, flag_id=flag.pk, text="หมาดุ ล่ามไว้แล้ว", review_on=again)
    flag.refresh_from_db()
    assert (flag.text, flag.review_on) == ("หมาดุ ล่ามไว้แล้ว", again)
    assert flag.reviews.get().text == "หมาดุ ล่ามไว้แล้ว"
    entry = WriteEntry.objects.get(verb="safety_flag.reviewed")
    assert "หมาดุ" not in str(entry.changes)
    for text, day, code in (("", again, "text_missing"), ("x", clock.today(), "review_past")):
        with pytest.raises(DomainError) as refused:
            review_safety_flag(actor=actor, flag_id=flag.pk, text=text, review_on=day)
        assert refused.value.code == code
    lift_safety_flag(actor=actor, flag_id=flag.pk, reason="ย้ายแล้ว")
    with pytest.raises(DomainError) as refused:
        review_safety_flag(actor=actor, flag_id=flag.pk, text="x", review_on=again)
    assert refused.value.code == "flag_lifted"
    guards.install()
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyReview.objects.update(review_on=clock.today())


def test_what_is_due_waits_for_who_has_the_case_or_for_the_lead_of_nobodys() -> None:
    worker, colleague, lead, browser = make.user(), make.user(), make.user("supervisor"), Browser()
    mine = make.episode(make.client(), worker).client
    nobodys = make.episode(make.client()).client
    yesterday = clock.today() - timedelta(days=1)
    for client, day in ((mine, yesterday), (mine, clock.today() + timedelta(days=5)), (nobodys, None)):
        SafetyFlag.objects.create(client=client, kind="violence", text="ระวัง", review_on=day)
    whose = {user: {flag.client for flag in to_review(actor_for(user))} for user in (worker, colleague, lead)}
    assert whose == {worker: {mine}, colleague: set(), lead: {nobodys}}
    browser.force_login(worker)
    waits = parse(browser.get(reverse("casework:today"))).select_one("#waiting")
    address = reverse("casework:warnings")
    assert waits is not None
    assert waits.select_one(f'a[href="{address}"]')
    page = browser.get(address)
    (row,) = parse(page).select("main .rows > li")
    review = browser.get(row.select("a")[-1]["href"])
    day = format_be(clock.today() + timedelta(days=20), "numeric")
    assert browser.submit(review, {"review_on": day}).status_code == 302
    assert not parse(browser.get(address)).select("main .rows > li")


def test_a_warning_says_what_to_do_and_is_lifted_with_a_reason() -> None:
    client, actor = make.client(), make.actor()
    with pytest.raises(DomainError) as refused:
        raise_safety_flag(actor=actor, client_id=client.pk, kind="violence", text=" ")
    assert refused.value.code == "text_missing"
    flag = raise_safety_flag(actor=actor, client_id=client.pk, kind="violence", text="อย่าไปคนเดียว")
    with pytest.raises(DomainError) as refused:
        lift_safety_flag(actor=actor, flag_id=flag.pk, reason="")
    assert refused.value.code == "reason_missing"
    assert lift_safety_flag(actor=actor, flag_id=flag.pk, reason="ย้ายออกแล้ว").lifted_at
    with pytest.raises(DomainError) as refused:
        lift_safety_flag(actor=actor, flag_id=flag.pk, reason="อีกครั้ง")
    assert refused.value.code == "flag_lifted"
    assert WriteEntry.objects.get(verb="safety_flag.lifted").reason == "ย้ายออกแล้ว"


def test_a_lifted_warning_is_seen_no_more_but_kept() -> None:
    flag = SafetyFlag.objects.create(client=make.client(), kind="violence", text="ระวัง")
    lift_safety_flag(actor=make.actor(), flag_id=flag.pk, reason="x")
    browser = Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:client", args=[flag.client.uid]))
    assert "ระวัง" not in page.content.decode()
    assert SafetyFlag.objects.get(pk=flag.pk).text == "ระวัง"


def test_who_only_reads_raises_no_warning() -> None:
    with pytest.raises(Forbidden):
        raise_safety_flag(actor=make.actor("nurse"), client_id=make.client().pk, kind="other", text="x")
