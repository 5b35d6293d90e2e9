"""A form sent twice acts once."""

import re
from datetime import date

import pytest
from django.db import IntegrityError

from common.errors import DomainError
from common.models import Holiday, Submission
from common.submissions import AlreadySent, once
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db


class Act:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return f"/done/{self.times}/"


def test_the_second_sending_leads_to_what_the_first_one_made() -> None:
    act = Act()
    assert once(key="k", actor_key="user:1", act=act, content="a") == "/done/1/"
    assert once(key="k", actor_key="user:1", act=act, content="a") == "/done/1/"
    assert act.times == 1


def test_another_key_and_another_person_act_for_themselves() -> None:
    act = Act()
    for key, actor in (("k", "user:1"), ("l", "user:1"), ("k", "user:2")):
        once(key=key, actor_key=actor, act=act)
    assert act.times == 3


def test_a_form_without_a_key_acts_each_time() -> None:
    act = Act()
    once(key="", actor_key="user:1", act=act)
    once(key="", actor_key="user:1", act=act)
    assert act.times == 2
    assert not Submission.objects.exists()


def test_a_refused_act_leaves_the_key_unused() -> None:
    def refuse() -> str:
        Holiday.objects.create(day=date(2099, 1, 1), name_th="x")
        raise DomainError("no", "no")

    with pytest.raises(DomainError):
        once(key="k", actor_key="user:1", act=refuse)
    assert not Holiday.objects.filter(day=date(2099, 1, 1)).exists()
    assert once(key="k", actor_key="user:1", act=Act()) == "/done/1/"


def test_something_changed_after_going_back_is_not_said_to_be_saved() -> None:
    act = Act()
    once(key="k", actor_key="user:1", act=act, content="a")
    with pytest.raises(AlreadySent):
        once(key="k", actor_key="user:1", act=act, content="b")
    assert act.times == 1


def test_a_constraint_the_act_broke_is_not_taken_for_a_second_sending() -> None:
    day = Holiday.objects.latest("pk").day
    with pytest.raises(IntegrityError):
        once(key="k", actor_key="user:1", act=lambda: str(Holiday.objects.create(day=day, name_th="x").pk))


# --- as a page -------------------------------------------------------------------------------------------------

DAY = {"day": "2/1/2642", "name_th": "วันทดสอบ", "name_en": ""}


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make.user("administrator"))
    return client


def test_a_page_sent_twice_writes_one_row_and_leads_to_the_same_place(administrator: Client) -> None:
    page = administrator.get("/house/holidays/")
    answers = [administrator.submit(page, DAY) for _ in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/house/holidays/?year=2642")
    }
    assert Holiday.objects.filter(day__year=2099).count() == 1


def test_going_back_and_changing_something_asks_before_it_is_saved_as_well(administrator: Client) -> None:
    page = administrator.get("/house/holidays/")
    administrator.submit(page, DAY)
    changed = administrator.submit(page, DAY | {"day": "3/1/2642"})
    assert changed.status_code == 422
    assert Holiday.objects.filter(day__year=2099).count() == 1
    assert "3/1/2642" in changed.content.decode(), "what was typed stays"

    pressed_again = administrator.submit(changed)
    assert pressed_again.status_code == 302
    assert Holiday.objects.filter(day__year=2099).count() == 2


def test_every_form_that_is_opened_has_a_key_of_its_own(administrator: Client) -> None:
    pages = [administrator.get("/house/holidays/").content.decode() for _ in range(2)]
    keys = {re.search(r'name="submission" value="(\w{32})"', page).group(1) for page in pages}
    assert len(keys) == 2
