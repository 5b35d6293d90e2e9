"""The team's board."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import Episode, Leave
from common import clock
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db

BOARD = "casework:team"


@pytest.fixture
def desk() -> Browser:
    desk = Browser()
    desk.force_login(make.user("supervisor", name="หัวหน้า"))
    return desk


def case(worker: Any = None, name: str = "ดำ", at: str = make.OWN) -> Episode:
    return make.episode(make.client(at, first_name=name, last_name=""), worker)


def test_the_board_says_who_carries_what_and_what_is_late(desk: Browser) -> None:
    busy, idle = make.user(name="สุดา"), make.user(name="อำพล")
    late = case(busy)
    case(busy)
    make.follow_up(late, clock.today() - timedelta(days=1))
    make.follow_up(late, clock.today() - timedelta(days=9))
    page = parse(desk.get(reverse(BOARD)))
    rows = {
        row.select_one("th").get_text(): [cell.get_text() for cell in row.select("td")][:2]  # type: ignore[union-attr]
        for row in page.select("#load tbody tr")
    }
    assert rows["สุดา"] == ["2", "1"]
    assert rows[idle.name] == ["0", "0"]


def test_the_board_says_who_is_away_and_who_covers(desk: Browser) -> None:
    away, cover = make.user(name="สุดา"), make.user(name="อำพล")
    day = clock.today()
    Leave.objects.create(user=away, away=away.pk, cover=cover, starts_on=day, ends_on=day)
    shown = [row.get_text() for row in parse(desk.get(reverse(BOARD))).select("#load tbody th")]
    assert "สุดา (ลา, อำพล ทำแทน)" in shown
    assert "อำพล" in shown


def test_a_case_that_nobody_has_is_given_on_the_spot(desk: Browser) -> None:
    worker, nobodys = make.user(), case(name="รอคน")
    page = desk.get(reverse(BOARD))
    assert "รอคน" in parse(page).select_one(".assign").get_text()  # type: ignore[union-attr]
    answer = desk.submit(page, {"worker": str(worker.uid)}, form=".assign form")
    assert answer.headers["Location"] == reverse(BOARD)
    nobodys.refresh_from_db()
    assert nobodys.worker == worker
    assert not parse(desk.get(reverse(BOARD))).select(".assign")


def test_one_workers_cases_open_below(desk: Browser) -> None:
    mine, theirs = make.user(), make.user()
    case(mine, "ของสุดา")
    case(theirs, "ของอำพล")
    page = parse(desk.get(reverse(BOARD), {"worker": str(mine.uid)}))
    assert [a.get_text() for a in page.select("#cases a.n")] == ["ของสุดา"]
    assert not parse(desk.get(reverse(BOARD), {"worker": "x"})).select("#cases")


def test_another_centres_team_is_not_mine(desk: Browser) -> None:
    stranger = make.user(at=make.FOREIGN, name="เชียงใหม่")
    case(stranger, "ไกล", make.FOREIGN)
    case(None, "ไกลไม่มีคน", make.FOREIGN)
    page = desk.get(reverse(BOARD), {"worker": str(stranger.uid)}).content.decode()
    assert "ไกล" not in page
    assert "เชียงใหม่" not in page


def test_closed_cases_weigh_nothing(desk: Browser) -> None:
    worker = make.user(name="สุดา")
    closed = case(worker)
    Episode.objects.filter(pk=closed.pk).update(state="closed", outcome="work", closed_on=clock.today())
    page = parse(desk.get(reverse(BOARD)))
    row = next(row for row in page.select("#load tbody tr") if "สุดา" in row.get_text())
    assert row.select_one("td").get_text() == "0"  # type: ignore[union-attr]


def test_twenty_cases_cost_no_more_questions_than_one(desk: Browser) -> None:
    worker = make.user()
    address = reverse(BOARD) + f"?worker={worker.uid}"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    case(worker)
    case()
    asked()
    few = asked()
    for _ in range(10):
        make.follow_up(case(worker))
        case()
    assert asked() <= few
