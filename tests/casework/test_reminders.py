"""Morning reminders: who gets one, when, and what it says."""

import json
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actor import actor_for
from accounts.models import Membership, User
from accounts.roles import Role
from casework import reminders
from casework.models import Client, ClientGrant, Episode, FollowUp
from common import clock, due, schedule
from common.models import DueWork, Holiday, Letter
from tests.support import factories as make
from tests.support.client import Client as Browser

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def on_monday_morning() -> Iterator[Any]:
    with time_machine.travel(clock.at(MONDAY, 7, 31), tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _only_this_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_schedules", {reminders.MORNING: schedule._schedules[reminders.MORNING]})


@pytest.fixture
def worker() -> User:
    return make.user()


def appointment(worker: User | None, due_on: date = MONDAY, at: str = make.OWN, **fields: Any) -> FollowUp:
    """Of a client of the worker's own."""
    client = make.client(at, **fields.pop("client", {}))
    return make.follow_up(make.episode(client, worker), due_on, **fields)


def tick() -> None:
    """What the worker does at a tick, in one process."""
    schedule.plan_due()
    for _ in range(3):
        for kind in due.waiting_kinds():
            due.work(kind)


def recipients() -> set[str]:
    return set(Letter.objects.filter(kind="reminder").values_list("to", flat=True))


def letter_of(user: User) -> Letter:
    return Letter.objects.get(kind="reminder", to=user.email)


# --- when --------------------------------------------------------------------------------------------------


def test_each_worker_with_something_due_gets_one_letter_on_a_working_morning(worker: User) -> None:
    other = make.user(at=make.FOREIGN)
    appointment(worker)
    appointment(worker, MONDAY - timedelta(days=3))
    appointment(other, at=make.FOREIGN)
    make.user()
    for _ in range(3):
        tick()
    assert recipients() == {worker.email, other.email}
    assert Letter.objects.count() == 2
    assert letter_of(worker).period == "2026-11-23"


def test_nothing_leaves_before_half_past_seven(on_monday_morning: Any, worker: User) -> None:
    appointment(worker)
    on_monday_morning.move_to(clock.at(MONDAY, 7, 29))
    tick()
    assert recipients() == set()
    on_monday_morning.move_to(clock.at(MONDAY, 7, 30))
    tick()
    assert recipients() == {worker.email}


@pytest.mark.parametrize("day", [SATURDAY, SATURDAY + timedelta(days=1), date(2026, 12, 10)])
def test_no_letters_on_weekends_and_holidays(on_monday_morning: Any, worker: User, day: date) -> None:
    appointment(worker)
    on_monday_morning.move_to(clock.at(day, 9))
    tick()
    assert recipients() == set()


def test_a_holiday_that_was_taken_out_is_a_working_morning(on_monday_morning: Any, worker: User) -> None:
    appointment(worker)
    Holiday.objects.filter(day=date(2026, 12, 10)).delete()
    on_monday_morning.move_to(clock.at(date(2026, 12, 10), 9))
    tick()
    assert recipients() == {worker.email}


def test_a_missed_morning_is_made_up_for_on_the_same_day(on_monday_morning: Any, worker: User) -> None:
    appointment(worker)
    on_monday_morning.move_to(clock.at(MONDAY, 10, 5))
    tick()
    assert letter_of(worker).period == "2026-11-23"


def test_a_missed_day_is_not_made_up_for_on_the_next(on_monday_morning: Any, worker: User) -> None:
    """The system was down from before the morning, or stopped between planning and writing."""
    appointment(worker)
    schedule.plan_due()
    due.work(reminders.MORNING)
    assert DueWork.objects.filter(kind=reminders.WORKER, state="waiting").count() == 1
    on_monday_morning.move_to(clock.at(MONDAY + timedelta(days=1), 7, 20))
    tick()
    assert recipients() == set()
    assert not DueWork.objects.filter(state="waiting").exists(), "yesterday's rows are done with"
    on_monday_morning.move_to(clock.at(MONDAY + timedelta(days=1), 7, 31))
    tick()
    assert letter_of(worker).period == "2026-11-24"


# --- who ---------------------------------------------------------------------------------------------------


def test_nothing_due_no_letter(worker: User) -> None:
    appointment(worker, MONDAY + timedelta(days=1))
    appointment(worker, state=FollowUp.State.DONE)
    appointment(worker, state=FollowUp.State.CANCELLED)
    appointment(None)
    closed = appointment(worker)
    Episode.objects.filter(pk=closed.episode_id).update(closed_on=MONDAY, state="closed", outcome="family")
    tick()
    assert recipients() == set()


def test_people_who_no_longer_work_there_get_none(worker: User) -> None:
    gone, closed, moved = make.user(), make.user(), make.user()
    for user in (worker, gone, closed, moved):
        appointment(user)
    yesterday = MONDAY - timedelta(days=1)
    gone.memberships.update(ends_on=yesterday)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    moved.memberships.update(centre=make.centre(make.FOREIGN))
    tick()
    assert recipients() == {worker.email}


def test_somebody_whose_account_was_closed_after_planning_gets_none(worker: User) -> None:
    appointment(worker)
    schedule.plan_due()
    due.work(reminders.MORNING)
    User.objects.update(is_active=False)
    due.work(reminders.WORKER)
    assert recipients() == set()


def test_a_letter_speaks_of_every_file_the_worker_may_open_and_of_no_other(worker: User) -> None:
    """The set-based rule and Client.objects.visible_to must be one."""
    lead = make.user(Role.SUPERVISOR)
    colleague = make.user()
    foreign = make.user(at=make.FOREIGN)
    found = [
        appointment(worker),
        appointment(worker, client={"restricted": True}),
        make.follow_up(make.episode(make.client(restricted=True), colleague), MONDAY, worker=worker),
        make.follow_up(make.episode(make.client(restricted=True), colleague), MONDAY, worker=lead),
        make.follow_up(make.episode(make.client(make.FOREIGN), foreign), MONDAY, worker=worker),
        make.follow_up(
            make.episode(make.client(make.FOREIGN, restricted=True), foreign), MONDAY, worker=worker
        ),
        make.follow_up(make.episode(make.client(make.FOREIGN), foreign), MONDAY, worker=lead),
    ]
    granted = make.follow_up(make.episode(make.client(make.FOREIGN), foreign), MONDAY, worker=worker)
    over = make.follow_up(make.episode(make.client(make.FOREIGN), foreign), MONDAY, worker=worker)
    for follow_up, ends_on in ((granted, None), (over, MONDAY - timedelta(days=1))):
        ClientGrant.objects.create(
            client=follow_up.client,
            centre=make.centre(),
            basis="x",
            starts_on=date(2026, 1, 1),
            ends_on=ends_on,
        )
    for follow_up in (*found, granted, over):
        visible = (
            Client.objects.visible_to(actor_for(follow_up.worker)).filter(pk=follow_up.client_id).exists()
        )
        spoken_of = reminders.due_by(MONDAY).filter(pk=follow_up.pk).exists()
        assert spoken_of == visible, follow_up.client.code
    assert 0 < reminders.due_by(MONDAY).count() < 9


def test_a_role_that_opens_no_files_is_reminded_of_none() -> None:
    carer = make.user(Role.CARER)
    appointment(carer)
    tick()
    assert recipients() == set()


# --- what it says ------------------------------------------------------------------------------------------


def test_overdue_comes_first_with_the_working_days_it_is_late(worker: User) -> None:
    friday, long_ago = appointment(worker, date(2026, 11, 20)), appointment(worker, date(2026, 11, 12))
    early = appointment(worker, due_time=time(9, 30))
    whenever = appointment(worker)
    tick()
    text = letter_of(worker).text
    order = [text.index(f.client.code) for f in (long_ago, friday, early, whenever)]
    assert order == sorted(order)
    assert "เลยกำหนด (2)" in text
    assert "ช้า 1 วันทำการ" in text
    assert "ช้า 7 วันทำการ" in text
    assert "นัดวันนี้ (2)" in text
    assert "09.30 น." in text
    assert "วันจันทร์ที่ 23 พฤศจิกายน 2569" in text


def test_it_holds_codes_and_links_and_never_a_name(worker: User) -> None:
    found = appointment(
        worker,
        purpose="เยี่ยมป้ามาลัย",
        place="บ้านป้ามาลัย",
        client={"first_name": "มาลัย", "last_name": "ศรีสุข", "nickname": "ดำ", "phone": "0812345678"},
    )
    tick()
    letter = letter_of(worker)
    everything = letter.subject + letter.text + letter.html
    for word in ("มาลัย", "ศรีสุข", "ดำ", "0812345678"):
        assert word not in everything
    assert found.client.code in letter.text
    assert found.client.code in letter.html
    assert found.client.code not in letter.subject
    assert f"http://127.0.0.1:8000/casework/follow-ups/{found.uid}/record/" in letter.text


def test_its_links_open_what_they_say(worker: User) -> None:
    appointment(worker)
    tick()
    page = BeautifulSoup(letter_of(worker).html, "html.parser")
    browser = Browser()
    browser.force_login(worker)
    links = [a["href"].removeprefix("http://127.0.0.1:8000") for a in page.select("a[href]")]
    assert len(links) == 3
    for link in links:
        assert browser.get(link, follow=True).status_code == 200


def test_it_is_written_in_the_readers_language(worker: User) -> None:
    reader = make.user(language="en")
    appointment(reader, date(2026, 11, 20))
    appointment(worker)
    tick()
    english = letter_of(reader)
    assert english.subject == "Follow-ups 23 Nov 2569: 0 due, 1 overdue"
    assert "1 working day late" in english.text
    assert (english.language, letter_of(worker).language) == ("en", "th")
    assert letter_of(worker).subject == "งานติดตาม 23 พ.ย. 2569: นัดวันนี้ 1 ราย"


def test_a_very_long_list_is_cut_and_says_how_much_more_there_is(
    worker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "LISTED", 3)
    for _ in range(2):
        appointment(worker, date(2026, 11, 20))
        appointment(worker)
    tick()
    text = letter_of(worker).text
    assert text.count("/record/") == 3
    assert "เลยกำหนด (2)" in text
    assert "นัดวันนี้ (2)" in text
    assert "และอีก 1 ราย" in text


def test_writing_many_takes_as_many_queries_as_writing_few() -> None:
    def write(count: int) -> int:
        uids = [str(appointment(make.user()).worker.uid) for _ in range(count)]
        due.plan(reminders.WORKER, [(uid, MONDAY.isoformat(), clock.now()) for uid in uids])
        with CaptureQueriesContext(connection) as queries:
            due.work(reminders.WORKER)
        return len(queries)

    assert write(2) == write(20) < 20
    assert Letter.objects.count() == 22


# --- the command -------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    call_command("send_reminders", "--json", *arguments)
    said: dict[str, Any] = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    return said


def test_the_command_writes_the_letters_of_today_once_with_the_schedule(
    worker: User, capsys: pytest.CaptureFixture[str]
) -> None:
    appointment(worker)
    appointment(worker)
    first = run(capsys)
    assert first == {
        "on": "2026-11-23",
        "workday": True,
        "workers": 1,
        "letters": 1,
        "already": 0,
        "follow_ups": 2,
    }
    tick()
    assert run(capsys)["already"] == 1
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("text", ["28/11/2569", "2026-11-28", "28 พ.ย. 2569"])
def test_the_command_takes_a_day_and_says_when_offices_are_closed(
    worker: User, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    appointment(worker, SATURDAY)
    call_command("send_reminders", "--on", text)
    assert "without office hours" in capsys.readouterr().out
    assert letter_of(worker).period == "2026-11-28"
    assert run(capsys, "--on", text)["workday"] is False


def test_an_earlier_day_can_be_asked_for(worker: User, capsys: pytest.CaptureFixture[str]) -> None:
    appointment(worker, date(2026, 11, 20))
    appointment(worker)
    assert run(capsys, "--on", "20/11/2569")["follow_ups"] == 1
    assert letter_of(worker).period == "2026-11-20"


@pytest.mark.parametrize("text", ["yesterday", "31/11/2569", "11/2569", "20/11/69"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="2026-11-23"):
        call_command("send_reminders", "--on", text)


def test_with_nobody_to_remind_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys)["letters"] == 0


def test_memberships_of_that_day_count_not_of_today(worker: User, capsys: pytest.CaptureFixture[str]) -> None:
    appointment(worker, SATURDAY)
    Membership.objects.filter(user=worker).update(ends_on=SATURDAY - timedelta(days=1))
    assert run(capsys, "--on", "28/11/2569")["letters"] == 0
