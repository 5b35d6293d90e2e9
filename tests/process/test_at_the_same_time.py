"""Things that two do at the same moment, over connections of their own."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from casework.actions.reassigning import reassign_cases
from casework.caseload import what_moves
from casework.models import Episode, FollowUp
from common import clock, due
from common.db.claim import claim
from common.errors import DomainError
from common.models import DueWork, Holiday, Submission
from common.submissions import once
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.process
Answer = TypeVar("Answer")
AT_ONCE = 8


def at_once(act: Callable[[int], Answer], times: int = AT_ONCE) -> list[Answer]:
    """Answers of `act(0)`, `act(1)`…, all begun at the same moment in threads of their own."""
    barrier = Barrier(times)

    def run(number: int) -> Answer:
        try:
            barrier.wait(30)
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_a_form_sent_many_times_at_once_acts_once_and_all_are_led_to_the_same_place() -> None:
    def act() -> str:
        return str(Holiday.objects.create(day="2099-03-04", name_th="x").pk)

    answers = at_once(lambda number: once(key="k", actor_key="user:1", act=act, content="a"))
    assert len(set(answers)) == 1
    assert Holiday.objects.filter(day="2099-03-04").count() == 1
    assert Submission.objects.count() == 1


def test_when_the_first_of_two_sendings_fails_the_second_acts() -> None:
    """Rolled back, the key is free again for the one that waited."""
    tried: list[int] = []

    def act() -> str:
        tried.append(1)
        if len(tried) == 1:
            raise LookupError
        return "done"

    def send(number: int) -> str:
        try:
            return once(key="k", actor_key="user:1", act=act)
        except LookupError:
            return "failed"

    assert sorted(at_once(send, 2)) == ["done", "failed"]


def test_a_page_sent_many_times_at_once_writes_one_row() -> None:
    user = make.user("administrator")
    first = Client()
    first.force_login(user)
    key = re.search(r'name="submission" value="(\w+)"', first.get("/house/holidays/").content.decode()).group(
        1
    )
    browsers = [Client() for _ in range(AT_ONCE)]
    for browser in browsers:
        browser.cookies = first.cookies
    fields = {"day": "4/3/2642", "name_th": "วันพิเศษ", "name_en": "", "submission": key}
    answers = at_once(lambda number: browsers[number].post("/house/holidays/", fields))
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/house/holidays/?year=2642")
    }
    assert Holiday.objects.filter(day="2099-03-04").count() == 1


def test_claimers_at_once_never_get_the_same_row() -> None:
    now = clock.now()
    due.plan("test.claim", [(str(number), "p", now) for number in range(500)])

    def take_all(number: int) -> list[int]:
        mine: list[int] = []
        while True:
            _, rows = claim(
                DueWork,
                where="kind = %s",
                params=["test.claim"],
                now=clock.now(),
                lease=timedelta(minutes=5),
                limit=7,
            )
            assert len(rows) <= 7
            if not rows:
                return mine
            mine += [pk for _, pk in rows]

    taken = at_once(take_all, 4)
    everything = [pk for mine in taken for pk in mine]
    assert len(everything) == len(set(everything)) == 500


def test_occasions_planned_at_once_are_one_row() -> None:
    at_once(lambda number: due.plan("test.occasion", [("all", "2026-11-23", clock.now())]))
    assert DueWork.objects.filter(kind="test.occasion").count() == 1


def test_two_leads_give_the_same_cases_away_at_once_and_one_is_told() -> None:
    """The second sees what moves by now instead of undoing what the first did."""
    giver, takers = make.user(), [make.user(), make.user()]
    leads = [make.actor("supervisor"), make.actor("centre_head")]
    cases = [make.episode(make.client(), giver) for _number in range(3)]
    for case in cases:
        make.follow_up(case)
    marks = [what_moves(Episode.objects.select_related("worker").order_by("pk"), one).mark for one in takers]

    def give(number: int) -> str:
        try:
            reassign_cases(
                actor=leads[number],
                episode_ids=[case.pk for case in cases],
                worker_id=takers[number].pk,
                mark=marks[number],
            )
        except DomainError as refused:
            return refused.code
        return "given"

    answers = at_once(give, 2)
    assert sorted(answers) == ["cases_changed", "given"]
    last = {case.worker_id for case in Episode.objects.all()}
    assert len(last) == 1, "all cases are with one of the two"
    assert {row.worker_id for row in FollowUp.objects.all()} == last
