"""Needs, in the words of the person."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.actions.needs import NewNeed, settle_need, state_need
from common import clock
from common.errors import DomainError, NotVisible
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db


def test_a_need_keeps_the_persons_own_words() -> None:
    case = make.episode(make.client())
    need = state_need(
        actor=make.actor(), client_id=case.client_id, need=NewNeed("work", " อยากขับ  รถส่งของ ", urgent=True)
    )
    assert (need.words, need.urgent, need.state, need.episode) == ("อยากขับ รถส่งของ", True, "open", case)


def test_the_same_need_stands_once_but_others_may_be_many() -> None:
    case, actor = make.episode(make.client()), make.actor()
    state_need(actor=actor, client_id=case.client_id, need=NewNeed("food"))
    with pytest.raises(DomainError) as refused:
        state_need(actor=actor, client_id=case.client_id, need=NewNeed("food"))
    assert refused.value.code == "need_same"
    for words in ("แว่น", "รองเท้า"):
        state_need(actor=actor, client_id=case.client_id, need=NewNeed("other", words))
    assert case.needs.count() == 3


def test_a_need_belongs_to_an_open_case() -> None:
    with pytest.raises(DomainError) as refused:
        state_need(actor=make.actor(), client_id=make.client().pk, need=NewNeed("food"))
    assert refused.value.code == "episode_closed"


def test_a_need_is_settled_once_and_on_a_day_that_was() -> None:
    need, actor = make.need(make.episode(make.client())), make.actor()
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(DomainError) as refused:
        settle_need(actor=actor, need_id=need.pk, state="met", settled_on=tomorrow)
    assert refused.value.code == "future"
    settled = settle_need(actor=actor, need_id=need.pk, state="met", settled_on=clock.today(), note="ได้ข้าว")
    assert (settled.state, settled.settled_note) == ("met", "ได้ข้าว")
    with pytest.raises(DomainError) as refused:
        settle_need(actor=actor, need_id=need.pk, state="dropped", settled_on=clock.today())
    assert refused.value.code == "need_settled"


def test_once_settled_it_may_come_up_again() -> None:
    case, actor = make.episode(make.client()), make.actor()
    first = state_need(actor=actor, client_id=case.client_id, need=NewNeed("food"))
    settle_need(actor=actor, need_id=first.pk, state="met", settled_on=clock.today())
    assert state_need(actor=actor, client_id=case.client_id, need=NewNeed("food")).pk


def test_a_need_of_another_centre_is_not_there() -> None:
    need = make.need(make.episode(make.client(make.FOREIGN)))
    with pytest.raises(NotVisible):
        settle_need(actor=make.actor(), need_id=need.pk, state="met", settled_on=clock.today())


def test_the_page_settles_and_leads_back_to_the_file() -> None:
    need, browser = make.need(make.episode(make.client()), words="หิวข้าว"), Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:need_settle", args=[need.uid]))
    assert "หิวข้าว" in page.content.decode()
    answer = browser.submit(page, {"state": "met"})
    file = browser.get(answer.headers["Location"])
    assert "ได้รับแล้ว" in parse(file).select_one("main").get_text()  # type: ignore[union-attr]
