"""Appointments and what came of them."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actor import actor_for
from audit.models import WriteEntry
from casework.actions.follow_ups import (
    NewFollowUp,
    Outcome,
    cancel_follow_up,
    correct_follow_up_result,
    move_follow_up,
    plan_follow_up,
    record_follow_up,
)
from casework.models import Client, Episode, EpisodeEvent, FollowUp, FollowUpResult
from casework.signals import follow_up_recorded
from common import clock
from common.errors import DomainError, Forbidden, NotVisible
from common.models import Holiday
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.htmx import Page

pytestmark = pytest.mark.django_db


def day(ahead: int) -> date:
    return clock.today() + timedelta(days=ahead)


def code(act: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act(**{"actor": make.actor()} | values)
    return refused.value.code


def record(follow_up: FollowUp, result: str = "met", ahead: int = 0, **more: Any) -> FollowUpResult:
    outcome = Outcome(result, day(ahead), more.pop("note", ""))
    return record_follow_up(actor=make.actor(), follow_up_id=follow_up.pk, outcome=outcome, **more)


@pytest.fixture
def case() -> Episode:
    """An open case that nobody has met yet."""
    return make.episode(make.client(), make.user(), opened_on=day(-10), state="notice")


@pytest.fixture
def desk(case: Episode) -> Browser:
    """The browser of the worker in charge."""
    desk = Browser()
    desk.force_login(case.worker)
    return desk


# --- planning ----------------------------------------------------------------------------------------------


def test_an_appointment_falls_to_the_worker_in_charge_unless_somebody_is_named(case: Episode) -> None:
    colleague = make.user()
    plain = plan_follow_up(actor=make.actor(), client_id=case.client_id, new=NewFollowUp(day(0)))
    named = plan_follow_up(
        actor=make.actor(), client_id=case.client_id, new=NewFollowUp(day(3), worker_id=colleague.pk)
    )
    assert (plain.worker, named.worker) == (case.worker, colleague)


def test_in_a_case_that_nobody_has_it_falls_to_who_makes_it() -> None:
    case, me = make.episode(make.client()), make.user()
    assert plan_follow_up(actor=actor_for(me), client_id=case.client_id, new=NewFollowUp(day(1))).worker == me


@pytest.mark.parametrize(("ahead", "problem"), [(-1, "appointment_past"), (800, "appointment_too_far")])
def test_an_appointment_lies_ahead(case: Episode, ahead: int, problem: str) -> None:
    assert code(plan_follow_up, client_id=case.client_id, new=NewFollowUp(day(ahead))) == problem


def test_appointments_belong_to_open_cases_and_own_colleagues(case: Episode) -> None:
    stranger = make.user(at=make.FOREIGN)
    assert (
        code(plan_follow_up, client_id=case.client_id, new=NewFollowUp(day(1), worker_id=stranger.pk))
        == "worker_elsewhere"
    )
    assert code(plan_follow_up, client_id=make.client().pk, new=NewFollowUp(day(1))) == "episode_closed"


@time_machine.travel("2026-11-20 03:00", tick=False)
def test_a_day_off_is_a_hint_and_no_refusal(case: Episode, desk: Browser) -> None:
    url = reverse("casework:follow_up_plan", args=[case.client.uid])
    answer = desk.submit(desk.get(url), {"due_on": "22/11/2569"})
    page = parse(desk.get(answer.headers["Location"]))
    assert "ไม่ใช่วันทำการ" in page.select_one("#messages").get_text()  # type: ignore[union-attr]
    assert case.follow_ups.get().due_on == date(2026, 11, 22)


def test_while_the_day_is_typed_a_holiday_is_named(desk: Browser) -> None:
    Holiday.objects.update_or_create(day=date(2026, 12, 7), defaults={"name_th": "วันหยุดชดเชย"})
    url = reverse("casework:day_hint")
    assert "วันหยุดชดเชย" in desk.get(url, {"due_on": "7/12/2569"}).content.decode()
    for ordinary in ("8/12/2569", "", "ไม่รู้", "2569", "31/2/2569"):
        assert "ไม่ใช่" not in desk.get(url, {"next_due_on": ordinary}).content.decode()


# --- moving, cancelling ------------------------------------------------------------------------------------


def test_moving_keeps_the_day_before_and_the_reason(case: Episode) -> None:
    follow_up = make.follow_up(case, day(-1))
    moved = move_follow_up(actor=make.actor(), follow_up_id=follow_up.pk, due_on=day(2), reason="ฝนตก")
    assert moved.due_on == day(2)
    entry = WriteEntry.objects.get(verb="follow_up.moved")
    assert (entry.reason, entry.changes["due_on"]) == ("ฝนตก", [day(-1).isoformat(), day(2).isoformat()])


def test_what_is_moved_in_time_was_never_missed_and_what_is_late_stays_so(case: Episode) -> None:
    in_time, late = make.follow_up(case, day(0)), make.follow_up(case, day(-3))
    for follow_up in (in_time, late):
        move_follow_up(actor=make.actor(), follow_up_id=follow_up.pk, due_on=day(2), reason="ฝนตก")
    in_time.refresh_from_db()
    late.refresh_from_db()
    assert (in_time.missed_on, late.missed_on) == (None, day(-3))
    dropped = make.follow_up(case, day(-1))
    cancel_follow_up(actor=make.actor(), follow_up_id=dropped.pk, reason="ย้ายแล้ว")
    dropped.refresh_from_db()
    assert dropped.missed_on == day(-1)


def test_moving_wants_a_reason_and_a_day_to_come(case: Episode) -> None:
    follow_up = make.follow_up(case)
    assert code(move_follow_up, follow_up_id=follow_up.pk, due_on=day(2), reason=" ") == "reason_missing"
    assert code(move_follow_up, follow_up_id=follow_up.pk, due_on=day(-2), reason="x") == "appointment_past"


def test_what_was_cancelled_or_done_is_neither_moved_nor_recorded(case: Episode) -> None:
    cancelled, done = make.follow_up(case), make.follow_up(case)
    cancel_follow_up(actor=make.actor(), follow_up_id=cancelled.pk, reason="ย้ายแล้ว")
    record(done)
    outcome = Outcome("met", day(0))
    for follow_up, problem in ((cancelled, "follow_up_cancelled"), (done, "follow_up_done")):
        key = {"follow_up_id": follow_up.pk}
        assert code(move_follow_up, **key, due_on=day(1), reason="x") == problem
        assert code(cancel_follow_up, **key, reason="x") == problem
        assert code(record_follow_up, **key, outcome=outcome) == problem


# --- recording ---------------------------------------------------------------------------------------------


def test_a_result_is_kept_with_the_next_appointment_made_along_with_it(case: Episode) -> None:
    told: list[Any] = []
    follow_up_recorded.connect(lambda **kw: told.append(kw["result"]), weak=False, dispatch_uid="test")
    follow_up = make.follow_up(case)
    try:
        result = record(follow_up, note="คุยดี", next_one=NewFollowUp(day(7), purpose="เยี่ยมห้อง"))
    finally:
        follow_up_recorded.disconnect(dispatch_uid="test")
    follow_up.refresh_from_db()
    assert (follow_up.state, result.note) == ("done", "คุยดี")
    assert case.follow_ups.get(state="planned").purpose == "เยี่ยมห้อง"
    assert told == [result]


def test_meeting_somebody_for_the_first_time_is_a_contact(case: Episode) -> None:
    record(make.follow_up(case), "met_by_phone", -1)
    contact = case.events.get(kind="contacted")
    case.refresh_from_db()
    assert (contact.occurred_on, case.state) == (day(-1), "contact")
    record(make.follow_up(case), "met")
    assert case.events.filter(kind="contacted").count() == 1


def test_not_finding_somebody_is_no_contact(case: Episode) -> None:
    record(make.follow_up(case), "not_found")
    case.refresh_from_db()
    assert case.state == "notice"
    assert not case.events.filter(kind="contacted").exists()


def test_a_refused_next_appointment_leaves_the_result_unwritten(case: Episode) -> None:
    follow_up = make.follow_up(case)
    for next_one, result, problem in (
        (NewFollowUp(day(-1)), "met", "appointment_past"),
        (NewFollowUp(day(1)), "died", "appointment_died"),
    ):
        with pytest.raises(DomainError) as refused:
            record(follow_up, result, next_one=next_one)
        assert (refused.value.code, refused.value.field) == (problem, "next_due_on")
    follow_up.refresh_from_db()
    assert follow_up.state == "planned"
    assert not FollowUpResult.objects.exists()


@pytest.mark.parametrize(("ahead", "problem"), [(1, "future"), (-11, "before_opening")])
def test_a_result_happened_on_a_day_that_was(case: Episode, ahead: int, problem: str) -> None:
    outcome = Outcome("met", day(ahead))
    assert code(record_follow_up, follow_up_id=make.follow_up(case).pk, outcome=outcome) == problem
    nonsense = Outcome("perhaps", day(0))
    assert code(record_follow_up, follow_up_id=make.follow_up(case).pk, outcome=nonsense) == "result_unknown"


def test_a_follow_up_has_one_first_result_whatever_happens(case: Episode) -> None:
    follow_up = make.follow_up(case)
    make.result(follow_up)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.result(follow_up, result="died")


def test_a_colleague_may_cover_and_strangers_and_readers_may_not(case: Episode) -> None:
    follow_up, outcome = make.follow_up(case), Outcome("met", day(0))
    with pytest.raises(NotVisible):
        record_follow_up(actor=make.actor(at=make.FOREIGN), follow_up_id=follow_up.pk, outcome=outcome)
    with pytest.raises(Forbidden):
        record_follow_up(actor=make.actor("nurse"), follow_up_id=follow_up.pk, outcome=outcome)
    assert record(follow_up).pk


# --- correcting --------------------------------------------------------------------------------------------


def correct(follow_up: FollowUp, result: str, ahead: int = 0) -> FollowUpResult:
    outcome = Outcome(result, day(ahead))
    return correct_follow_up_result(
        actor=make.actor(), follow_up_id=follow_up.pk, outcome=outcome, reason="จดผิดคน"
    )


def standing(case: Episode, kind: str) -> list[EpisodeEvent]:
    return list(case.events.standing().filter(kind=kind))


def test_a_corrected_result_takes_the_contact_that_came_of_it_along(case: Episode) -> None:
    follow_up = make.follow_up(case)
    first = record(follow_up, "met", -1)
    second = correct(follow_up, "not_found", -1)
    assert second.corrects == first
    assert standing(case, "contacted") == []
    correct(follow_up, "met", -2)
    assert [event.occurred_on for event in standing(case, "contacted")] == [day(-2)]
    assert list(FollowUpResult.objects.standing().values_list("result", flat=True)) == ["met"]


def test_a_correction_of_the_day_moves_the_contact(case: Episode) -> None:
    follow_up = make.follow_up(case)
    record(follow_up, "met", -1)
    correct(follow_up, "met", -3)
    assert [event.occurred_on for event in standing(case, "contacted")] == [day(-3)]


def test_a_contact_of_its_own_stays_when_a_result_is_corrected(case: Episode) -> None:
    own = make.event(case, "contacted", on=day(-5))
    follow_up = make.follow_up(case)
    record(follow_up, "met", -1)
    correct(follow_up, "not_found", -1)
    assert standing(case, "contacted") == [own]


def test_there_must_be_something_to_correct(case: Episode) -> None:
    values = {"follow_up_id": make.follow_up(case).pk, "outcome": Outcome("met", day(0)), "reason": "x"}
    assert code(correct_follow_up_result, **values) == "follow_up_not_done"


# --- pages -------------------------------------------------------------------------------------------------


def test_recording_opens_in_the_row_and_works_as_a_page(case: Episode, desk: Browser) -> None:
    make.follow_up(case, purpose="เยี่ยมห้อง")
    page = Page(desk, reverse("casework:today"))
    page.trigger("main .rows > li a.btn")
    assert page.one("main .rows > li > form.record")
    answer = page.trigger("form.record", {"result": "met", "note": "สบายดี", "next_due_on": "x"})
    assert answer.status_code == 422
    assert page.one("form.record [name=note]").get_text().strip() == "สบายดี"
    page.trigger("form.record", {"next_due_on": ""})
    assert page.redirected_to == reverse("casework:today")
    assert FollowUpResult.objects.get().note == "สบายดี"


def test_without_script_the_page_records_and_leads_back(case: Episode, desk: Browser) -> None:
    follow_up = make.follow_up(case)
    url = reverse("casework:follow_up_record", args=[follow_up.uid]) + "?back=follow_ups"
    answer = desk.submit(desk.get(url), {"result": "not_found"})
    assert answer.headers["Location"] == reverse("casework:follow_ups")


def test_the_way_back_is_one_of_ours(case: Episode, desk: Browser) -> None:
    follow_up = make.follow_up(case)
    url = reverse("casework:follow_up_record", args=[follow_up.uid]) + "?back=//evil.example"
    answer = desk.submit(desk.get(url), {"result": "met"})
    assert answer.headers["Location"] == reverse("casework:client", args=[case.client.uid])


def test_a_double_press_records_once(case: Episode, desk: Browser) -> None:
    page = desk.get(reverse("casework:follow_up_record", args=[make.follow_up(case).uid]))
    answers = [desk.submit(page, {"result": "met", "next_due_on": day(7).isoformat()}) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert (FollowUpResult.objects.count(), case.follow_ups.count()) == (1, 2)


def test_a_death_leads_to_the_closing(case: Episode, desk: Browser) -> None:
    page = desk.get(reverse("casework:follow_up_record", args=[make.follow_up(case).uid]))
    answer = desk.submit(page, {"result": "died"})
    assert answer.headers["Location"] == reverse("casework:close", args=[case.client.uid]) + "?outcome=died"


def test_what_is_done_already_is_said_at_once(case: Episode, desk: Browser) -> None:
    follow_up = make.follow_up(case)
    record(follow_up)
    answer = desk.get(reverse("casework:follow_up_record", args=[follow_up.uid]))
    assert answer.status_code == 409
    assert "บันทึกผลไว้แล้ว" in answer.content.decode()


def shown(desk: Browser, **query: str) -> list[str]:
    page = parse(desk.get(reverse("casework:follow_ups"), query))
    return [row.get_text().split(" (")[0].strip() for row in page.select("main .rows > li a.n")]


def test_the_list_tells_late_from_today_from_to_come_from_done(case: Episode, desk: Browser) -> None:
    Client.objects.filter(pk=case.client_id).update(first_name="ดำ", last_name="")
    make.follow_up(case, day(-3))
    make.follow_up(case, day(0))
    make.follow_up(case, day(3))
    make.follow_up(case, day(-9), state="done")
    make.follow_up(case, day(-9), state="cancelled")
    for show in ("late", "today", "coming", "done"):
        assert shown(desk, show=show) == ["ดำ"]
    assert shown(desk, show="nonsense", sort="x; drop table", page="x") == ["ดำ"]


def test_mine_are_not_the_centres(case: Episode, desk: Browser) -> None:
    make.follow_up(make.episode(make.client(first_name="มาลี", last_name=""), make.user()), day(-1))
    make.follow_up(make.episode(make.client(make.FOREIGN, first_name="ไกล", last_name="")), day(-1))
    assert shown(desk) == []
    assert shown(desk, whose="centre") == ["มาลี"]


def test_the_list_sorts_by_day_and_by_name(case: Episode, desk: Browser) -> None:
    for name, ahead in (("ข", -1), ("ก", -2), ("ค", -3)):
        other = make.episode(make.client(first_name=name, last_name="", sort_key=name), case.worker)
        make.follow_up(other, day(ahead))
    assert shown(desk) == ["ค", "ก", "ข"]
    assert shown(desk, sort="-due") == ["ข", "ก", "ค"]
    assert shown(desk, sort="name") == ["ก", "ข", "ค"]


def test_twenty_rows_cost_no_more_questions_than_one(case: Episode, desk: Browser) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(shown(desk, whose="centre")) > 0
        return len(queries)

    make.follow_up(case, day(-3))
    asked()
    one = asked()
    for _ in range(19):
        make.follow_up(make.episode(make.client(), make.user()), day(-3))
    assert asked() <= one
