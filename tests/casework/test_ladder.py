"""Late follow-ups climb, leave moves them, schedules are laid out on working days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import actor_for
from accounts.models import User
from audit.models import WriteEntry
from casework.actions.follow_ups import NewFollowUp, Outcome, record_follow_up
from casework.actions.leaves import end_leave, enter_leave, set_back_up
from casework.actions.schedules import NewSchedule, add_schedule, lay_out_schedule
from casework.models import BackUp, FollowUp, LadderStep, Leave, ScheduleTemplate
from casework.rules import ladder
from common import clock
from common.errors import DomainError, Forbidden
from common.models import Holiday, Letter
from common.workdays import is_workday, workdays_between
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.fixture(autouse=True)
def monday() -> Iterator[Any]:
    with time_machine.travel(clock.at(MONDAY, 7, 31), tick=False) as traveller:
        Holiday.objects.all().delete()
        yield traveller


@pytest.fixture
def worker() -> User:
    return make.user(name="สุดา")


def late(worker: User | None, due_on: date, **fields: Any) -> FollowUp:
    return make.follow_up(make.episode(make.client(**fields), worker, date(2026, 9, 1)), due_on)


def morning() -> None:
    call_command("send_reminders", verbosity=0)


def told(user: User) -> list[str]:
    return list(Letter.objects.filter(to=user.email).order_by("pk").values_list("text", flat=True))


def code(act: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act(**values)
    return refused.value.code


# --- rules -------------------------------------------------------------------------------------------------


@given(start=DAYS, holidays=st.sets(DAYS, max_size=30))
def test_a_schedule_falls_on_rising_working_days(start: date, holidays: set[date]) -> None:
    laid = ladder.lay_out(start, [7, 14, 30], 5, holidays)
    days = [one.due_on for one in laid]
    assert days == sorted(set(days))
    assert all(is_workday(day, holidays) for day in days)
    assert all(one.due_on >= one.meant for one in laid)


def test_monthly_ones_keep_the_day_where_the_month_has_it() -> None:
    meant = [one.meant for one in ladder.lay_out(date(2024, 1, 1), [30], 3, [])]
    assert meant == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]


@given(day=DAYS, workdays=st.integers(1, 9), holidays=st.sets(DAYS, max_size=40))
def test_late_since_is_the_last_day_that_is_late_enough(
    day: date, workdays: int, holidays: set[date]
) -> None:
    since = ladder.late_since(day, workdays, holidays)
    assert workdays_between(since, day, holidays) >= workdays
    assert workdays_between(since + timedelta(days=1), day, holidays) < workdays


@pytest.mark.parametrize(
    ("covers", "who"), [({}, 1), ({1: 2}, 2), ({1: 2, 2: 3}, 3), ({1: 2, 2: 1}, None), ({2: 1}, 1)]
)
def test_cover_passes_on_to_the_covers_cover(covers: dict[int, int], who: int | None) -> None:
    assert ladder.stand_in(1, covers) == who


# --- climbing ----------------------------------------------------------------------------------------------


def test_it_climbs_to_the_back_up_then_to_the_supervisor_each_once(monday: Any, worker: User) -> None:
    back_up, lead = make.user(name="อำพล"), make.user("supervisor")
    BackUp.objects.create(user=worker, colleague=back_up)
    follow_up = late(worker, date(2026, 11, 19), first_name="มาลัย")
    for day in range(23, 31):
        monday.move_to(clock.at(date(2026, 11, day), 7, 31))
        morning()
    texts = told(back_up)
    assert len(texts) == 1, "on the third working day, and not again"
    assert follow_up.client.code in texts[0]
    assert "สุดา" in texts[0]
    assert "มาลัย" not in texts[0]
    assert LadderStep.objects.get(rung="back_up").climbed_on == date(2026, 11, 24)
    assert LadderStep.objects.get(rung="supervisor").climbed_on == date(2026, 11, 30)
    assert len(told(lead)) == 1
    assert follow_up.client.code in told(lead)[0]


def test_one_letter_holds_ones_own_and_what_climbed(worker: User) -> None:
    back_up = make.user()
    BackUp.objects.create(user=worker, colleague=back_up)
    found = [late(worker, date(2026, 11, 18)) for _ in range(3)] + [late(back_up, MONDAY)]
    morning()
    morning()
    (text,) = told(back_up)
    assert all(follow_up.client.code in text for follow_up in found)


def test_a_rung_written_after_the_letter_stands_in_the_next_one(monday: Any, worker: User) -> None:
    back_up = make.user()
    late(back_up, MONDAY)
    follow_up = late(worker, date(2026, 11, 18))
    morning()
    BackUp.objects.create(user=worker, colleague=back_up)
    morning()
    assert follow_up.client.code not in told(back_up)[0]
    monday.move_to(clock.at(date(2026, 11, 24), 7, 31))
    morning()
    assert follow_up.client.code in told(back_up)[1]


def test_what_is_done_moved_or_closed_does_not_climb(worker: User) -> None:
    make.user("supervisor")
    FollowUp.objects.filter(pk=late(worker, date(2026, 11, 2)).pk).update(state="done")
    late(worker, MONDAY)
    morning()
    assert not LadderStep.objects.exists()


def test_a_restricted_file_reaches_the_lead_and_not_the_back_up(worker: User) -> None:
    lead, back_up = make.user("supervisor"), make.user()
    BackUp.objects.create(user=worker, colleague=back_up)
    late(worker, date(2026, 11, 2), restricted=True)
    morning()
    assert [(step.rung, step.person) for step in LadderStep.objects.all()] == [("supervisor", lead)]


def test_what_nobody_has_reaches_the_supervisor() -> None:
    lead = make.user("supervisor")
    late(None, date(2026, 11, 2))
    morning()
    assert LadderStep.objects.get().person == lead


def test_a_rung_is_climbed_once_whoever_writes_it(worker: User) -> None:
    follow_up = late(worker, date(2026, 11, 2))
    step = {"follow_up": follow_up, "rung": "supervisor", "person": worker, "climbed_on": MONDAY}
    LadderStep.objects.create(**step)
    with pytest.raises(IntegrityError), transaction.atomic():
        LadderStep.objects.create(**step)


def test_what_climbed_stands_on_my_day_and_in_its_list(worker: User) -> None:
    lead = make.user("supervisor")
    late(worker, date(2026, 11, 2), first_name="มาลัย", last_name="")
    morning()
    desk = Browser()
    desk.force_login(lead)
    link = parse(desk.get(reverse("casework:today"))).select_one("#waiting a")
    assert link is not None
    assert "มาลัย" in desk.get(str(link["href"])).content.decode()


# --- leave -------------------------------------------------------------------------------------------------


def leave(worker: User, cover: User, first: date = MONDAY, last: date = MONDAY, **more: Any) -> Leave:
    values = {"user_id": worker.pk, "cover_id": cover.pk, "starts_on": first, "ends_on": last}
    return enter_leave(**{"actor": actor_for(worker)} | values | more)


def test_during_leave_the_cover_gets_the_letter_and_sees_the_day(monday: Any, worker: User) -> None:
    cover = make.user()
    follow_up = late(worker, MONDAY, first_name="มาลัย", last_name="")
    restricted = late(worker, MONDAY, restricted=True)
    leave(worker, cover)
    morning()
    assert told(worker) == []
    assert follow_up.client.code in told(cover)[0]
    assert restricted.client.code not in told(cover)[0]
    desk = Browser()
    desk.force_login(cover)
    page = desk.get(reverse("casework:today")).content.decode()
    assert "มาลัย" in page
    assert "สุดา" in page
    monday.move_to(clock.at(date(2026, 11, 24), 7, 31))
    morning()
    assert len(told(worker)) == 1
    assert len(told(cover)) == 1


def test_a_back_up_who_is_away_hears_nothing_and_their_cover_does(worker: User) -> None:
    back_up, cover = make.user(), make.user()
    BackUp.objects.create(user=worker, colleague=back_up)
    leave(back_up, cover)
    late(worker, date(2026, 11, 18))
    morning()
    assert told(back_up) == []
    assert len(told(cover)) == 1


def test_leave_that_cannot_be_is_refused(worker: User) -> None:
    cover, stranger = make.user(), make.user(at=make.FOREIGN)
    leave(worker, cover)
    tomorrow = MONDAY + timedelta(days=1)
    assert code(leave, worker=worker, cover=cover) == "leave_overlaps"
    assert code(leave, worker=worker, cover=worker, first=tomorrow, last=tomorrow) == "leave_own_cover"
    assert code(leave, worker=worker, cover=stranger, first=tomorrow, last=tomorrow) == "cover_elsewhere"
    assert code(leave, worker=worker, cover=cover, first=tomorrow, last=MONDAY) == "leave_backwards"
    assert (
        code(leave, worker=worker, cover=cover, first=date(2026, 1, 1), last=date(2026, 1, 2)) == "leave_over"
    )
    with pytest.raises(Forbidden):
        leave(worker, cover, tomorrow, tomorrow, actor=actor_for(cover))


def test_two_leaves_of_one_person_never_share_a_day(worker: User) -> None:
    cover = make.user()
    first = leave(worker, cover, MONDAY, MONDAY + timedelta(days=5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.create(user=worker, cover=cover, starts_on=MONDAY, ends_on=MONDAY, away=worker.pk)
    end_leave(actor=actor_for(worker), leave_id=first.pk)
    again = leave(worker, cover)
    assert again.away == worker.pk


def test_back_from_leave_early_the_days_that_were_stay(monday: Any, worker: User) -> None:
    row = leave(worker, make.user(), MONDAY, MONDAY + timedelta(days=5))
    monday.move_to(clock.at(MONDAY + timedelta(days=2), 9))
    end_leave(actor=actor_for(worker), leave_id=row.pk)
    row.refresh_from_db()
    assert (row.ends_on, row.cancelled_at) == (MONDAY + timedelta(days=1), None)


def test_a_lead_names_the_back_up_and_the_trail_knows(worker: User) -> None:
    back_up = make.user()
    set_back_up(actor=make.actor("supervisor"), user_id=worker.pk, colleague_id=back_up.pk)
    assert BackUp.objects.get().colleague == back_up
    assert WriteEntry.objects.filter(verb="back_up.set").count() == 1
    assert code(
        set_back_up, actor=actor_for(worker), user_id=worker.pk, colleague_id=worker.pk
    ) == "leave_own_cover"  # fmt: skip


# --- schedules ---------------------------------------------------------------------------------------------


def test_the_days_of_a_schedule_are_shown_changed_and_saved(worker: User) -> None:
    Holiday.objects.create(day=date(2026, 11, 30), name_th="วันหยุด")
    episode = make.episode(make.client(), worker)
    desk = Browser()
    desk.force_login(worker)
    address = reverse("casework:schedule_lay_out", args=[episode.client.uid])
    start = parse(desk.get(address)).select_one("[name=start]")
    assert start["value"] == "23/11/2569"  # type: ignore[index]
    page = desk.get(address, {"schedule": "house", "start": "23/11/2569"})
    text = page.content.decode()
    assert "30 พ.ย. 2569" in text, "that day is off, and the page says where it went"
    assert parse(page).select_one("[name=day_1]")["value"] == "01/12/2569"  # type: ignore[index]
    form = "form[method=post]:has([name=day_1])"
    answer = desk.submit(page, {"day_2": "9/12/2569", "day_8": ""}, form=form)
    assert answer.status_code == 302
    days = list(FollowUp.objects.order_by("due_on").values_list("due_on", flat=True))
    assert len(days) == 7
    assert days[:2] == [date(2026, 12, 1), date(2026, 12, 9)]
    assert set(FollowUp.objects.values_list("worker", flat=True)) == {worker.pk}
    assert WriteEntry.objects.filter(verb="schedule.laid_out").count() == 1


def test_what_is_wrong_in_a_schedules_days_saves_none(worker: User) -> None:
    episode = make.episode(make.client(), worker)
    actor = actor_for(worker)

    def lay(*days: date) -> str:
        new = [NewFollowUp(due_on=day) for day in days]
        return code(lay_out_schedule, actor=actor, client_id=episode.client_id, appointments=new)

    tomorrow = MONDAY + timedelta(days=1)
    assert lay() == "schedule_empty"
    assert lay(tomorrow, tomorrow) == "schedule_same_day"
    assert lay(tomorrow, MONDAY - timedelta(days=1)) == "appointment_past"
    assert not FollowUp.objects.exists()


def test_a_lead_keeps_the_centres_schedules() -> None:
    lead, centre = make.actor("supervisor"), make.centre()
    new = NewSchedule("ถี่", [3, 7], 2)
    made = add_schedule(actor=lead, centre_id=centre.pk, new=new)
    assert ScheduleTemplate.objects.visible_to(make.actor()).get() == made
    assert code(add_schedule, actor=lead, centre_id=centre.pk, new=new) == "schedule_name_taken"
    for days, why in (
        ([], "schedule_empty"),
        ([7, 3], "schedule_not_rising"),
        ([0], "schedule_not_rising"),
        ([400], "schedule_too_long"),
    ):
        assert code(add_schedule, actor=lead, centre_id=centre.pk, new=NewSchedule("x", days)) == why
    with pytest.raises(Forbidden):
        add_schedule(actor=make.actor(), centre_id=centre.pk, new=NewSchedule("y", [7]))


# --- what a result calls for -------------------------------------------------------------------------------


def record(worker: User, episode: Any, result: str, **more: Any) -> FollowUp:
    follow_up = make.follow_up(episode, MONDAY, **more.pop("fields", {}))
    record_follow_up(
        actor=actor_for(worker), follow_up_id=follow_up.pk, outcome=Outcome(result, MONDAY), **more
    )
    return follow_up


def searches() -> int:
    return FollowUp.objects.filter(kind="search").count()


def test_not_found_twice_running_somebody_goes_out_to_look_once(worker: User) -> None:
    episode = make.episode(make.client(), worker)
    record(worker, episode, "not_found")
    assert searches() == 0
    record(worker, episode, "met")
    record(worker, episode, "not_found")
    assert searches() == 0
    record(worker, episode, "not_found")
    search = FollowUp.objects.get(kind="search")
    assert (search.due_on, search.worker) == (MONDAY + timedelta(days=1), worker)
    record(worker, episode, "not_found")
    assert searches() == 1
    record_follow_up(actor=actor_for(worker), follow_up_id=search.pk, outcome=Outcome("not_found", MONDAY))
    assert searches() == 1, "a search that found nobody calls for no other by itself"


@pytest.mark.parametrize("result", ["hospital", "prison"])
def test_who_cannot_come_is_gone_to(worker: User, result: str) -> None:
    episode = make.episode(make.client(), worker)
    assert code(record, worker=worker, episode=episode, result=result) == "next_wanted"
    later = NewFollowUp(due_on=MONDAY + timedelta(days=7))
    record(worker, episode, result, next_one=later)
    record(worker, episode, result)  # one is planned already
    assert FollowUp.objects.filter(state="planned", due_on=later.due_on).count() == 1


def test_who_died_closes_nothing_by_itself(worker: User) -> None:
    episode = make.episode(make.client(), worker)
    record(worker, episode, "died")
    episode.refresh_from_db()
    assert episode.closed_on is None
