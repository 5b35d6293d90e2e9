"""One's follow-ups as an iCalendar: read by a real parser, codes only, at an address that can be ended."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from accounts.actions.people import set_active
from accounts.actor import actor_for
from accounts.models import ApiToken, User
from accounts.tokens import CALENDAR_DAYS, new_token
from audit.models import WriteEntry
from casework.calendar_feed import calendar_of
from casework.models import Client, FollowUp, Leave
from common import clock
from tests.support import factories as make
from tests.support.client import Client as Browser

BANGKOK = ZoneInfo("Asia/Bangkok")
PAGE = "casework:calendar"


@pytest.fixture
def worker() -> User:
    return make.user()


@pytest.fixture
def signed_in(client: Browser, worker: User) -> Browser:
    client.force_login(worker)
    return client


def address(browser: Browser) -> str:
    """Make the address as somebody does on the page; its path."""
    answer = browser.submit(browser.get(reverse(PAGE)), form="main form:not([action])")
    assert answer.status_code == 200
    shown = BeautifulSoup(answer.content, "html.parser").select_one("code.address").get_text()
    return "/" + shown.split("/", 3)[3]


def follow_up(worker: User | None, client: Client | None = None, **fields: Any) -> FollowUp:
    someone = client or make.client(first_name="สมหญิง", last_name="ลับเฉพาะ", nickname="หมวก")
    return make.follow_up(make.episode(someone, worker), worker=worker, **{"due_on": clock.today()} | fields)


def events(path: str) -> list[Any]:
    answer = Browser().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, no-store"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


@pytest.mark.django_db
def test_the_calendar_holds_days_and_hours_of_bangkok_and_codes_only(
    signed_in: Browser, worker: User
) -> None:
    timed = follow_up(worker, due_time=time(9, 30), purpose="คุยเรื่องยาจิตเวช", place="บ้านเลขที่ 9")
    whole = follow_up(worker, due_on=clock.today() + timedelta(days=3))
    path = address(signed_in)
    first, second = events(path)
    assert first["summary"] == f"{timed.get_kind_display()} {timed.client.code}"
    starts = first.decoded("dtstart")
    assert starts == datetime.combine(timed.due_on, time(9, 30), tzinfo=BANGKOK)
    assert first["dtstart"].params["TZID"] == "Asia/Bangkok"
    assert first.decoded("dtend") - starts == timedelta(hours=1)
    assert second.decoded("dtstart") == whole.due_on
    assert type(second.decoded("dtstart")) is date
    assert second.decoded("dtend") == whole.due_on + timedelta(days=1)
    raw = Browser().get(path).content.decode()
    flat = raw.replace("\r\n ", "")
    assert list(Calendar.from_ical(raw).walk("VTIMEZONE"))
    for secret in ("สมหญิง", "ลับเฉพาะ", "หมวก", "จิตเวช", "บ้านเลขที่"):
        assert secret not in flat
    assert str(timed.uid) in first["uid"]


@pytest.mark.django_db
def test_what_is_done_cancelled_or_of_others_is_not_in_it_and_what_is_covered_is(
    signed_in: Browser, worker: User
) -> None:
    mine = follow_up(worker)
    follow_up(worker, state="cancelled")
    colleague = make.user()
    theirs = follow_up(colleague)
    path = address(signed_in)
    assert [event["uid"].split("@")[0] for event in events(path)] == [str(mine.uid)]
    Leave.objects.create(
        user=colleague, away=colleague.pk, cover=worker, starts_on=clock.today(), ends_on=clock.today()
    )
    assert {event["uid"].split("@")[0] for event in events(path)} == {str(mine.uid), str(theirs.uid)}


@pytest.mark.django_db
def test_a_restricted_file_of_a_colleague_stays_out(signed_in: Browser, worker: User) -> None:
    someone = make.client(restricted=True)
    make.follow_up(make.episode(someone, make.user()), worker=worker, due_on=clock.today())
    assert events(address(signed_in)) == []


@pytest.mark.django_db
def test_only_a_hash_is_kept_and_a_new_address_ends_the_old(signed_in: Browser, worker: User) -> None:
    old = address(signed_in)
    raw = old.rsplit("/", 1)[1].removesuffix(".ics")
    assert raw not in str(list(ApiToken.objects.values()))
    new = address(signed_in)
    assert Browser().get(old).status_code == 404
    assert Browser().get(new).status_code == 200
    assert ApiToken.objects.get(revoked_at=None).last_used_on == clock.today()
    assert WriteEntry.objects.filter(verb="token.issued").count() == 2
    assert raw not in str(list(WriteEntry.objects.values()))


@pytest.mark.django_db
def test_it_ends_by_the_button_with_the_account_with_the_role_and_with_time(
    signed_in: Browser, worker: User
) -> None:
    path = address(signed_in)
    with time_machine.travel(clock.now() + timedelta(days=CALENDAR_DAYS, seconds=1)):
        assert Browser().get(path).status_code == 404
    worker.memberships.update(ends_on=clock.today() - timedelta(days=1))
    assert Browser().get(path).status_code == 404
    worker.memberships.update(ends_on=None)
    assert Browser().get(path).status_code == 200
    page = signed_in.get(reverse(PAGE))
    signed_in.submit(page, form=f"form[action='{reverse('casework:calendar_end')}']")
    assert Browser().get(path).status_code == 404
    again = address(signed_in)
    set_active(actor=make.actor("administrator"), user_id=worker.pk, active=False)
    set_active(actor=make.actor("administrator"), user_id=worker.pk, active=True)
    assert Browser().get(again).status_code == 404, "keys are made anew after an account was closed"


@pytest.mark.django_db
def test_the_address_opens_the_calendar_and_nothing_else(signed_in: Browser) -> None:
    raw = address(signed_in).rsplit("/", 1)[1].removesuffix(".ics")
    answer = Browser().get("/api/v1/clients/", headers={"authorization": f"Bearer {raw}"})
    assert answer.status_code == 403
    assert Browser().post(reverse("casework:calendar_feed", args=[raw])).status_code in {403, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x", "rb_wrong", "x" * 3000])
def test_any_other_key_finds_nothing(key: str) -> None:
    assert Browser().get(reverse("casework:calendar_feed", args=[key])).status_code == 404


@pytest.mark.django_db
def test_a_token_for_programs_opens_no_calendar(worker: User) -> None:
    _row, raw = new_token(worker, name="t", days=1, scopes=["read", "write"])
    assert Browser().get(reverse("casework:calendar_feed", args=[raw])).status_code == 404


@pytest.mark.django_db
def test_the_form_sent_twice_makes_one_address(signed_in: Browser, worker: User) -> None:
    page = signed_in.get(reverse(PAGE))
    signed_in.submit(page, form="main form:not([action])")
    signed_in.submit(page, form="main form:not([action])")
    assert ApiToken.objects.count() == 1


@pytest.mark.django_db
def test_one_question_for_a_hundred_appointments(
    signed_in: Browser, worker: User, django_assert_max_num_queries: Any
) -> None:
    someone = make.client()
    episode = make.episode(someone, worker)
    for day in range(40):
        make.follow_up(episode, worker=worker, due_on=clock.today() + timedelta(days=day))
    path = address(signed_in)
    with django_assert_max_num_queries(8):
        assert len(events(path)) == 40
    assert actor_for(worker).user_id == worker.pk


@given(
    st.dates(date(2026, 1, 1), date(2040, 12, 31)),
    st.none() | st.times().map(lambda at: at.replace(microsecond=0)),
    st.sampled_from(FollowUp.Kind.values),
)
def test_every_day_and_hour_comes_back_as_it_was(day: date, at: time | None, kind: str) -> None:
    planned = FollowUp(due_on=day, due_time=at, kind=kind, client=Client(code="30-2570-00001"))
    raw = calendar_of(User(language="th"), [planned])
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    starts = event.decoded("dtstart")
    assert starts == (datetime.combine(day, at, tzinfo=BANGKOK) if at else day)
    assert "30-2570-00001" in event["summary"]
