"""Warnings that everybody sees first."""

import pytest
from django.urls import reverse

from accounts.actor import actor_for
from audit.models import WriteEntry
from casework.actions.safety import lift_safety_flag, raise_safety_flag
from casework.models import SafetyFlag
from common.errors import DomainError, Forbidden
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
