"""From contact to closing, and back again."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from accounts.actor import actor_for
from audit.models import WriteEntry
from casework.actions.closing import Closing, close_episode, correct_event
from casework.actions.episodes import (
    assign_worker,
    move_state,
    record_contact,
    record_help_answer,
)
from casework.actions.notices import NewNotice, correct_notice, open_episode
from casework.models import Client, Episode, EpisodeEvent, FollowUp, Need
from casework.signals import episode_closed, episode_opened
from common import clock, slots
from common.errors import DomainError, Forbidden, NotVisible
from common.thai.dates import format_be
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Episode:
    """An open case of ten days that nobody has met yet."""
    return make.episode(make.client(), make.user(), opened_on=day(-10), state="notice")


def day(ahead: int) -> date:
    return clock.today() + timedelta(days=ahead)


def kinds(case: Episode) -> list[str]:
    return list(case.events.standing().order_by("pk").values_list("kind", flat=True))


def code(act: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act(**{"actor": make.actor()} | values)
    return refused.value.code


# --- contact, answer, state --------------------------------------------------------------------------------


def test_a_first_contact_moves_the_case_on_and_later_ones_leave_it(case: Episode) -> None:
    record_contact(actor=make.actor(), client_id=case.client_id, occurred_on=day(-8))
    case.refresh_from_db()
    assert case.state == Episode.State.CONTACT
    case.state = Episode.State.PLAN
    case.save()
    record_contact(actor=make.actor(), client_id=case.client_id, occurred_on=day(-1))
    case.refresh_from_db()
    assert case.state == Episode.State.PLAN


@pytest.mark.parametrize(("ahead", "problem"), [(1, "future"), (-11, "before_opening")])
def test_nobody_is_met_tomorrow_or_before_the_notice(case: Episode, ahead: int, problem: str) -> None:
    assert code(record_contact, client_id=case.client_id, occurred_on=day(ahead)) == problem


def test_nobody_is_met_before_they_were_born(case: Episode) -> None:
    Client.objects.filter(pk=case.client_id).update(born_on=day(-5))
    assert code(record_contact, client_id=case.client_id, occurred_on=day(-6)) == "before_birth"


def test_answers_follow_each_other_and_all_of_them_stay(case: Episode) -> None:
    for answer in ("accepted_help", "withdrew", "accepted_help", "declined_help"):
        record_help_answer(actor=make.actor(), client_id=case.client_id, answer=answer, occurred_on=day(-1))
    assert kinds(case)[1:] == ["accepted_help", "withdrew", "accepted_help", "declined_help"]
    again = {"client_id": case.client_id, "answer": "declined_help", "occurred_on": day(0)}
    assert code(record_help_answer, **again) == "help_same"


def test_a_case_goes_past_contact_only_once_somebody_was_met(case: Episode) -> None:
    forward = {"client_id": case.client_id, "to": "plan", "occurred_on": day(0)}
    assert code(move_state, **forward) == "move_needs_contact"
    record_contact(actor=make.actor(), client_id=case.client_id, occurred_on=day(0))
    assert move_state(actor=make.actor(), **forward).state == "plan"
    assert case.events.get(kind="state").value == "plan"


def test_without_an_open_case_nothing_happens_in_it() -> None:
    client = make.client()
    assert code(record_contact, client_id=client.pk, occurred_on=day(0)) == "episode_closed"
    browser = Browser()
    browser.force_login(make.user())
    answer = browser.get(reverse("casework:contact", args=[client.uid]))
    assert answer.status_code == 409


# --- who has it --------------------------------------------------------------------------------------------


def test_a_lead_gives_the_case_and_open_appointments_go_along(case: Episode) -> None:
    newcomer = make.user()
    follow_up, done = make.follow_up(case), make.follow_up(case, state="done")
    colleagues = make.follow_up(case, worker=make.user())
    assign_worker(actor=make.actor("supervisor"), episode_id=case.pk, worker_id=newcomer.pk)
    for row in (follow_up, done, colleagues):
        row.refresh_from_db()
    assert follow_up.worker == newcomer
    assert done.worker == case.worker
    assert colleagues.worker not in (newcomer, case.worker)
    assert case.events.get(kind="worker").value == str(newcomer.uid)


def test_a_case_goes_to_nobody_of_another_centre(case: Episode) -> None:
    stranger = make.user(at=make.FOREIGN)
    values = {"episode_id": case.pk, "worker_id": stranger.pk, "actor": make.actor("supervisor")}
    assert code(assign_worker, **values) == "worker_elsewhere"
    same = {"episode_id": case.pk, "worker_id": case.worker_id, "actor": make.actor("supervisor")}
    assert code(assign_worker, **same) == "worker_same"


def test_a_caseworker_takes_what_nobody_has_and_no_colleagues_case(case: Episode) -> None:
    taker = make.user()
    with pytest.raises(Forbidden):
        assign_worker(actor=actor_for(taker), episode_id=case.pk, worker_id=taker.pk)
    Episode.objects.filter(pk=case.pk).update(worker=None)
    assert assign_worker(actor=actor_for(taker), episode_id=case.pk, worker_id=taker.pk).worker == taker
    with pytest.raises(Forbidden):
        assign_worker(actor=actor_for(make.user()), episode_id=case.pk, worker_id=make.user().pk)


# --- closing -----------------------------------------------------------------------------------------------


def close(case: Episode, outcome: str = "own_home", ahead: int = 0, **more: Any) -> Episode:
    closing = Closing(closed_on=day(ahead), outcome=outcome, **more)
    return close_episode(actor=make.actor(), client_id=case.client_id, closing=closing)


def close_code(case: Episode, outcome: str = "own_home", ahead: int = 0, **more: Any) -> str:
    with pytest.raises(DomainError) as refused:
        close(case, outcome, ahead, **more)
    return refused.value.code


def test_closing_keeps_the_outcome_and_tells_who_listens(case: Episode) -> None:
    told: list[Any] = []
    episode_closed.connect(lambda **kw: told.append(kw["episode"]), weak=False, dispatch_uid="test")
    try:
        closed = close(case)
    finally:
        episode_closed.disconnect(dispatch_uid="test")
    assert (closed.state, closed.outcome, closed.closed_on) == ("closed", "own_home", day(0))
    assert case.events.get(kind="closed").value == "own_home"
    assert told == [closed]
    assert close_code(case) == "episode_closed"


def test_a_case_closes_neither_tomorrow_nor_before_what_happened_in_it(case: Episode) -> None:
    make.event(case, "contacted", on=day(-2))
    assert close_code(case, ahead=1) == "future"
    assert close_code(case, ahead=-3) == "before_last_event"
    assert close_code(case, "won the lottery") == "outcome_missing"
    assert close(case, ahead=-2).closed_on == day(-2)


def test_closing_asks_what_becomes_of_appointments(case: Episode) -> None:
    planned, done = make.follow_up(case, day(5)), make.follow_up(case, state="done")
    assert close_code(case) == "follow_ups_open"
    close(case, cancel_follow_ups=True)
    planned.refresh_from_db()
    done.refresh_from_db()
    assert (planned.state, done.state) == (FollowUp.State.CANCELLED, FollowUp.State.DONE)


def test_closing_asks_what_became_of_each_need(case: Episode) -> None:
    food, room = make.need(case), make.need(case, kind="housing")
    assert close_code(case) == "needs_open"
    some: dict[UUID, str] = {food.uid: "met"}
    assert close_code(case, needs=some) == "needs_open"
    close(case, needs=some | {room.uid: "dropped"})
    assert list(Need.objects.order_by("pk").values_list("state", flat=True)) == ["met", "dropped"]


def test_a_refused_closing_changes_nothing(case: Episode) -> None:
    food, planned = make.need(case), make.follow_up(case)
    close_code(case, cancel_follow_ups=True)
    planned.refresh_from_db()
    food.refresh_from_db()
    assert (planned.state, food.state) == ("planned", "open")


def test_declining_help_is_an_outcome_and_an_answer(case: Episode) -> None:
    close(case, "declined")
    assert kinds(case) == ["opened", "declined_help", "closed"]


def test_an_answer_given_already_is_not_given_again_by_closing(case: Episode) -> None:
    make.event(case, "declined_help", on=day(-1))
    close(case, "declined")
    assert kinds(case) == ["opened", "declined_help", "closed"]


@pytest.fixture
def rent_owed() -> Iterator[None]:
    """A higher app that has something left to settle."""
    slots.add("closing.checks", lambda episode: ["ยังค้างค่าเช่า"], key="test")
    yield
    slots._entries["closing.checks"] = [e for e in slots._entries["closing.checks"] if e[1] != "test"]


def test_a_higher_app_may_hold_a_closing_back(case: Episode, rent_owed: None) -> None:
    with pytest.raises(DomainError) as refused:
        close(case)
    assert (refused.value.code, str(refused.value)) == ("still_open", "ยังค้างค่าเช่า")


def test_the_closing_page_shows_what_ends_and_keeps_what_was_chosen(case: Episode) -> None:
    browser, need = Browser(), make.need(case)
    make.follow_up(case, purpose="พาไปทำบัตร")
    browser.force_login(make.user())
    page = browser.get(reverse("casework:close", args=[case.client.uid]), {"outcome": "died"})
    assert "พาไปทำบัตร" in parse(page).select_one("aside").get_text()  # type: ignore[union-attr]
    answer = browser.submit(page, {f"need_{need.uid}": "dropped"})
    assert answer.status_code == 422
    assert parse(answer).select_one("[name=outcome][value=died][checked]")
    assert parse(answer).select_one("[name=cancel_follow_ups][aria-invalid]")
    assert browser.submit(answer, {"cancel_follow_ups": "on"}).status_code == 302
    assert Episode.objects.get(pk=case.pk).outcome == "died"


# --- coming back -------------------------------------------------------------------------------------------


def word(ahead: int = 0, **more: Any) -> NewNotice:
    return NewNotice(noticed_on=day(ahead), channel="agency", **more)


def test_who_comes_back_gets_a_new_case_and_the_old_one_stays(case: Episode) -> None:
    close(case, ahead=-3)
    told: list[Any] = []
    episode_opened.connect(lambda **kw: told.append(kw["episode"]), weak=False, dispatch_uid="test")
    try:
        again = open_episode(actor=make.actor(), client_id=case.client_id, notice=word(place="วัดพายัพ"))
    finally:
        episode_opened.disconnect(dispatch_uid="test")
    assert (again.number, again.state, again.opened_on) == (2, "notice", day(0))
    assert again.notices.get().place == "วัดพายัพ"
    assert told == [again]
    assert case.client.episodes.count() == 2


def test_one_open_case_at_a_time(case: Episode) -> None:
    assert code(open_episode, client_id=case.client_id, notice=word()) == "episode_open"


def test_word_from_before_the_last_closing_belongs_to_the_last_case(case: Episode) -> None:
    close(case, ahead=-3)
    assert code(open_episode, client_id=case.client_id, notice=word(-4)) == "before_last_event"
    assert open_episode(actor=make.actor(), client_id=case.client_id, notice=word(-3)).number == 2


def test_a_stranger_opens_no_case_of_a_file_they_cannot_see(case: Episode) -> None:
    close(case)
    with pytest.raises(NotVisible):
        open_episode(actor=make.actor(at=make.FOREIGN), client_id=case.client_id, notice=word())


def correct_word(case: Episode, ahead: int, channel: str = "news") -> Any:
    notice = NewNotice(noticed_on=day(ahead), channel=channel, reporter="ป้าแดง")
    standing = case.notices.standing().get()
    return correct_notice(actor=make.actor(), notice_id=standing.pk, notice=notice, reason="จดผิดวัน")


def test_a_corrected_notice_moves_the_beginning_and_the_old_one_stays(case: Episode) -> None:
    make.event(case, "contacted", on=day(-8))
    newer = correct_word(case, -9)
    case.refresh_from_db()
    opened = case.events.standing().get(kind="opened")
    assert (case.opened_on, opened.occurred_on, opened.value) == (day(-9), day(-9), "news")
    assert (newer.reporter, case.notices.count()) == ("ป้าแดง", 2)
    correct_word(case, -12)
    assert case.notices.standing().get().noticed_on == day(-12)


def test_a_case_begins_before_what_happened_in_it_and_after_the_last_one(case: Episode) -> None:
    close(case, ahead=-5)
    again = open_episode(actor=make.actor(), client_id=case.client_id, notice=word(-4))
    record_contact(actor=make.actor(), client_id=case.client_id, occurred_on=day(-3))
    for ahead, problem in ((-2, "after_first_event"), (-6, "before_last_event"), (1, "future")):
        with pytest.raises(DomainError) as refused:
            correct_word(again, ahead)
        assert refused.value.code == problem
    assert correct_word(again, -5).pk


def test_the_file_tells_how_word_came_and_readers_do_not_learn_from_whom(case: Episode) -> None:
    correct_word(case, -10)
    for role, told in (("social_worker", True), ("nurse", False), ("auditor", False)):
        browser = Browser()
        browser.force_login(make.user(role))
        page = browser.get(reverse("casework:client", args=[case.client.uid])).content.decode()
        assert ("ป้าแดง" in page) is told
        assert "ข่าว" in page


# --- corrections -------------------------------------------------------------------------------------------


def test_a_correction_is_a_new_row_and_the_old_one_stays(case: Episode) -> None:
    wrong = make.event(case, "contacted", on=day(-3))
    right = correct_event(
        actor=make.actor(), client_id=case.client_id, event_id=wrong.pk, occurred_on=day(-5), reason="จดผิดวัน"
    )
    assert (right.corrects, right.kind, right.occurred_on) == (wrong, "contacted", day(-5))
    assert list(case.events.standing().filter(kind="contacted")) == [right]
    assert WriteEntry.objects.get(verb="event.corrected").reason == "จดผิดวัน"


def test_what_never_happened_counts_no_more(case: Episode) -> None:
    wrong = make.event(case, "contacted")
    void = correct_event(actor=make.actor(), client_id=case.client_id, event_id=wrong.pk, reason="คนละคน")
    assert void.kind == EpisodeEvent.Kind.VOID
    assert not case.events.standing().filter(kind__in=["contacted", "void"]).exists()
    forward = {"client_id": case.client_id, "to": "plan", "occurred_on": day(0)}
    assert code(move_state, **forward) == "move_needs_contact"


def test_only_the_newest_of_a_chain_is_corrected(case: Episode) -> None:
    wrong = make.event(case, "contacted", on=day(-3))
    values = {"client_id": case.client_id, "event_id": wrong.pk, "reason": "x"}
    correct_event(actor=make.actor(), **values, occurred_on=day(-2))
    assert code(correct_event, **values) == "corrected_already"


def test_what_follows_from_other_acts_is_not_corrected_here(case: Episode) -> None:
    opened = case.events.get(kind="opened")
    values = {"client_id": case.client_id, "reason": "x"}
    assert code(correct_event, event_id=opened.pk, **values) == "not_correctable"
    contact = make.event(case, "contacted")
    assert code(correct_event, event_id=contact.pk, kind="closed", **values) == "not_correctable"
    assert code(correct_event, event_id=contact.pk, **values | {"reason": " "}) == "reason_missing"


def test_an_event_of_another_file_is_not_there(case: Episode) -> None:
    elsewhere = make.event(make.episode(make.client()), "contacted")
    with pytest.raises(NotVisible):
        correct_event(actor=make.actor(), client_id=case.client_id, event_id=elsewhere.pk, reason="x")


def test_the_timeline_tells_all_and_strikes_what_never_happened(case: Episode) -> None:
    wrong = make.event(case, "contacted", note="พบที่ตลาด")
    move = {"client_id": case.client_id, "to": "contact", "occurred_on": day(0)}
    move_state(actor=make.actor(), **move)
    correct_event(actor=make.actor(), client_id=case.client_id, event_id=wrong.pk, reason="คนละคน")
    make.note(case.client, text="เล่าเรื่องลูก")
    make.result(make.follow_up(case, state="done"), result="not_found", note="บ้านปิด")
    browser = Browser()
    browser.force_login(make.user())
    page = parse(browser.get(reverse("casework:client_timeline", args=[case.client.uid])))
    told = page.select_one("ul.line").get_text()  # type: ignore[union-attr]
    for words in ("เปิดเคส", "ขั้นตอน: พบตัวแล้ว", "เล่าเรื่องลูก", "บ้านปิด"):
        assert words in told
    assert len(page.select("ul.line .was")) == 1
    assert not page.select("ul.line li a"), "an entry that is void, and an opening, have nothing to correct"


def test_a_case_that_a_colleague_moved_meanwhile_is_not_moved_unseen() -> None:
    case = make.episode(make.client(), state=Episode.State.NOTICE)
    make.event(case, EpisodeEvent.Kind.CONTACTED)
    browser = Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:state", args=[case.client.uid]))
    Episode.objects.filter(pk=case.pk).update(state=Episode.State.PLAN)
    typed = {
        "to": "fact_finding",
        "occurred_on": format_be(clock.today(), "numeric"),
        "note": "เล่าเรื่องครอบครัว",
    }
    answer = browser.submit(page, typed)
    assert answer.status_code == 422
    soup = parse(answer)
    assert "วางแผน" in soup.select_one(".summary").get_text()  # type: ignore[union-attr]
    assert "เล่าเรื่องครอบครัว" in soup.select_one("[name=note]").get_text()  # type: ignore[union-attr]
    assert browser.submit(answer, {"to": "follow_through"}).status_code == 302
    case.refresh_from_db()
    assert case.state == Episode.State.FOLLOW_THROUGH
