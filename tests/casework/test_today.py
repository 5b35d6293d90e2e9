"""My day: late before today before later."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from casework.models import Client
from casework.places import TodayLine, Waiting
from common import clock, slots
from common.models import Holiday
from tests.support import assessments, plans
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(clock.at(MONDAY, 9), tick=False):
        Holiday.objects.all().delete()
        yield


@pytest.fixture
def me() -> User:
    return make.user()


@pytest.fixture
def desk(me: User) -> Browser:
    desk = Browser()
    desk.force_login(me)
    return desk


def appointment(me: User | None, due_on: date, name: str = "ดำ", **fields: Any) -> Any:
    episode = make.episode(make.client(first_name=name, last_name=""), me, opened_on=date(2026, 10, 1))
    return make.follow_up(episode, due_on, **fields)


def cards(desk: Browser) -> dict[str, list[str]]:
    """Title of each card → names in it."""
    page = parse(desk.get(reverse("casework:today")))
    return {
        card.select_one("h2").get_text(): [a.get_text().strip() for a in card.select("a.n")]  # type: ignore[union-attr]
        for card in page.select("main section.card")
    }


def test_late_stands_before_today_and_what_is_not_mine_nowhere(me: User, desk: Browser) -> None:
    appointment(me, MONDAY, "วันนี้")
    appointment(me, date(2026, 11, 18), "ช้า")
    appointment(me, date(2026, 11, 24), "พรุ่งนี้")
    appointment(make.user(), MONDAY, "ของเพื่อน")
    found = cards(desk)
    assert list(found)[:2] == ["เกินกำหนด", "นัดวันนี้"]
    assert (found["เกินกำหนด"], found["นัดวันนี้"]) == (["ช้า"], ["วันนี้"])
    assert "ของเพื่อน" not in str(found)


def test_lateness_is_counted_in_working_days(me: User, desk: Browser) -> None:
    Holiday.objects.create(day=date(2026, 11, 19), name_th="วันหยุด")
    appointment(me, date(2026, 11, 18))
    page = parse(desk.get(reverse("casework:today")))
    assert page.select_one("li.late .t").get_text() == "ช้า 2 วันทำการ"  # type: ignore[union-attr]


def test_over_a_weekend_nothing_is_a_working_day_late(me: User, desk: Browser) -> None:
    appointment(me, date(2026, 11, 21))
    with time_machine.travel(clock.at(date(2026, 11, 22), 9), tick=False):
        page = parse(desk.get(reverse("casework:today")))
    assert page.select_one("li.late .t").get_text() == "ตั้งแต่ 21 พ.ย. 2569"  # type: ignore[union-attr]


def test_what_is_done_today_is_counted(me: User, desk: Browser) -> None:
    appointment(me, MONDAY)
    make.result(appointment(me, MONDAY, state="done"))
    appointment(me, MONDAY, state="cancelled")
    page = parse(desk.get(reverse("casework:today")))
    assert "เสร็จแล้ว 1 จาก 2 ราย" in page.select_one("main").get_text()  # type: ignore[union-attr]


def test_a_restricted_file_of_a_colleagues_case_does_not_show(me: User, desk: Browser) -> None:
    follow_up = appointment(me, MONDAY, "ซ่อนอยู่")
    Client.objects.filter(pk=follow_up.client_id).update(restricted=True)
    follow_up.episode.worker = make.user()
    follow_up.episode.save()
    assert "ซ่อนอยู่" not in desk.get(reverse("casework:today")).content.decode()


def test_an_empty_day_offers_the_first_act(desk: Browser) -> None:
    page = parse(desk.get(reverse("casework:today")))
    assert page.select_one("main .empty a.btn")
    assert "เกินกำหนด" not in cards(desk)


def test_the_week_ahead_is_a_picture_with_its_table(me: User, desk: Browser) -> None:
    for ahead in (0, 0, 2, 7):
        appointment(me, MONDAY + timedelta(days=ahead))
    page = parse(desk.get(reverse("casework:today")))
    numbers = [cell.get_text() for cell in page.select("figure tbody td")]
    assert numbers == ["2", "0", "1", "0", "0", "0", "0"]


def test_new_cases_that_nobody_met_stand_beside(me: User, desk: Browser) -> None:
    make.episode(
        make.client(first_name="ใหม่", last_name=""), me, opened_on=date(2026, 11, 20), state="notice"
    )
    make.episode(make.client(first_name="เก่า", last_name=""), me, opened_on=date(2026, 9, 1), state="notice")
    assert cards(desk)["ยังไม่ได้พบตัว"] == ["ใหม่"]


@pytest.fixture
def line() -> Iterator[None]:
    """A word from a higher app."""
    slots.add("today.lines", lambda actor: [TodayLine("ค่าเช่า", "ครบกำหนดพรุ่งนี้")], key="test")
    yield
    slots._entries["today.lines"] = [e for e in slots._entries["today.lines"] if e[1] != "test"]


def test_higher_apps_may_say_a_word(desk: Browser, line: None) -> None:
    page = parse(desk.get(reverse("casework:today")))
    assert "ครบกำหนดพรุ่งนี้" in page.select_one("aside .note").get_text()  # type: ignore[union-attr]


def test_the_menu_counts_what_waits(me: User, desk: Browser) -> None:
    appointment(me, MONDAY)
    appointment(me, date(2026, 11, 18))
    appointment(me, date(2026, 11, 25))
    page = parse(desk.get(reverse("casework:clients")))
    item = page.select_one(f".side a[href='{reverse('casework:today')}'] .count")
    assert item is not None
    assert item.get_text() == "2"


def test_a_long_list_is_cut_and_the_rest_is_one_link_away(me: User, desk: Browser) -> None:
    for _ in range(42):
        appointment(me, date(2026, 11, 18))
    page = parse(desk.get(reverse("casework:today")))
    assert len(page.select("li.late")) == 40
    link = page.select_one("main .card footer a")
    assert link is not None
    assert "42" in link.get_text()


@pytest.fixture
def two_things_wait() -> Iterator[None]:
    """Two things that wait for caseworkers, and one for others."""
    yes, no = (lambda actor: True), (lambda actor: False)
    everybody = Client.objects.visible_to
    slots.add("today.waiting", Waiting("t1", "แผนรออนุมัติ", "casework:clients", everybody, yes, "q=x"))
    slots.add(
        "today.waiting",
        Waiting("t2", "ไม่มีอะไร", "casework:clients", lambda actor: Client.objects.none(), yes),
    )
    slots.add("today.waiting", Waiting("t3", "ของคนอื่น", "casework:clients", everybody, no))
    yield
    keys = {"t1", "t2", "t3"}
    slots._entries["today.waiting"] = [e for e in slots._entries["today.waiting"] if e[1] not in keys]


def test_what_waits_says_how_many_and_leads_there(me: User, desk: Browser, two_things_wait: None) -> None:
    appointment(me, MONDAY)
    appointment(me, MONDAY)
    make.client(make.FOREIGN)
    page = parse(desk.get(reverse("casework:today")))
    waiting = page.select("#waiting li")
    assert [" ".join(row.get_text().split()) for row in waiting] == ["แผนรออนุมัติ 2"]
    assert waiting[0].select_one("a")["href"] == reverse("casework:clients") + "?q=x"  # type: ignore[index]


def test_the_caseload_and_what_waits_cost_no_more_questions(
    me: User, desk: Browser, two_things_wait: None
) -> None:
    """My day asks at most ten questions, with three cases or with sixty."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("casework:today"))
        return len(queries)

    def cases(count: int) -> None:
        for _ in range(count):
            appointment(me, date(2026, 11, 18))
        make.episode(make.client(first_name="ใหม่"), me, opened_on=date(2026, 11, 20), state="notice")

    due = appointment(me, MONDAY)
    plans.task(assessments.goal(due.episode), due_on=MONDAY)
    cases(2)
    asked()
    few = asked()
    cases(57)
    assert asked() == few
    assert few <= 10


def test_a_leads_day_costs_no_more_either() -> None:
    lead = make.user("supervisor")
    desk = Browser()
    desk.force_login(lead)
    appointment(lead, date(2026, 11, 18))
    desk.get(reverse("casework:today"))
    with CaptureQueriesContext(connection) as queries:
        desk.get(reverse("casework:today"))
    assert len(queries) <= 10
