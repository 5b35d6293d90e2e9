"""Demands: drawn from voices, answered, told back."""

import io
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actor import actor_for
from accounts.models import User
from common.errors import DomainError, NotVisible
from governance.actions.demands import (
    Answered,
    NewDemand,
    Told,
    answer_demand,
    make_demand,
    note_step,
    tell_back,
)
from governance.actions.forums import Plan, plan_forum
from governance.actions.voices import capture_voice, correct_voice, take_voice_back
from governance.models import Answer, Demand, Forum, Telling, Voice
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db

TODAY, FORUM_DAY = date(2026, 11, 10), date(2026, 10, 1)
DUE = date(2026, 10, 31)


@pytest.fixture
def worker() -> User:
    return make.user()


@pytest.fixture
def me(worker: User) -> Any:
    return actor_for(worker)


@pytest.fixture
def forum(me: Any) -> Forum:
    return plan_forum(
        actor=me, centre_id=make.centre().pk, plan=Plan("เวที", FORUM_DAY, "วัด", "ห้องเช่า", "involve")
    )


@pytest.fixture
def voice(me: Any, forum: Forum) -> Voice:
    return capture_voice(actor=me, forum_id=forum.pk, group="homeless", text="ค่าเช่าแพงเกินไป")


@pytest.fixture
def demand(me: Any, forum: Forum, voice: Voice) -> Demand:
    return make_demand(actor=me, forum_id=forum.pk, new=new(voice))


@pytest.fixture
def desk(worker: User) -> Browser:
    browser = Browser()
    browser.force_login(worker)
    return browser


def new(*voices: Voice, made_on: date = FORUM_DAY, due_on: date = DUE) -> NewDemand:
    return NewDemand("ขอห้องเช่าคนละครึ่ง", "เทศบาล", made_on, due_on, [voice.uid for voice in voices])


def answered(day: date = TODAY, outcome: str = "granted") -> Answered:
    return Answered(outcome, "เริ่มเดือนหน้า", day)


def code(act: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as refused, transaction.atomic():
        act(**values)
    return refused.value.code


def test_a_demand_goes_from_voices_to_being_told_back(me: Any, demand: Demand) -> None:
    note_step(actor=me, demand_id=demand.pk, kind="passed_on", occurred_on=date(2026, 10, 2))
    answer_demand(actor=me, demand_id=demand.pk, answered=answered(date(2026, 10, 20)))
    demand.refresh_from_db()
    assert demand.state == "answered"
    tell_back(actor=me, demand_id=demand.pk, told=Told(date(2026, 10, 25), "forum", 14))
    demand.refresh_from_db()
    assert demand.state == "told"
    assert [event.kind for event in demand.events.all()] == ["made", "passed_on", "answered", "told_back"]


def test_another_answer_is_news_again(me: Any, demand: Demand) -> None:
    answer_demand(actor=me, demand_id=demand.pk, answered=answered(date(2026, 10, 20), "later"))
    tell_back(actor=me, demand_id=demand.pk, told=Told(date(2026, 10, 25), "visit", 3))
    answer_demand(actor=me, demand_id=demand.pk, answered=answered())
    demand.refresh_from_db()
    assert demand.state == "answered"


def test_a_correction_of_an_answer_is_a_new_row_and_no_news(me: Any, demand: Demand) -> None:
    wrong = answer_demand(actor=me, demand_id=demand.pk, answered=answered(date(2026, 10, 20)))
    tell_back(actor=me, demand_id=demand.pk, told=Told(date(2026, 10, 25), "visit", 3))
    again: dict[str, Any] = {"actor": me, "demand_id": demand.pk, "corrects_id": wrong.pk}
    answer_demand(answered=answered(date(2026, 10, 21), "partly"), **again)
    demand.refresh_from_db()
    assert (demand.state, Answer.objects.count()) == ("told", 2)
    assert Answer.objects.standing().get().outcome == "partly"
    assert code(answer_demand, answered=answered(), **again) == "corrected_already"


@pytest.mark.parametrize(
    ("made", "due", "expected"),
    [
        (FORUM_DAY, FORUM_DAY - timedelta(days=1), "due_before_made"),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=9), "demand_future"),
        (FORUM_DAY - timedelta(days=1), DUE, "demand_before_forum"),
        (FORUM_DAY, date(2030, 1, 1), "due_too_far"),
    ],
)
def test_days_of_a_demand_are_in_order(
    me: Any, forum: Forum, voice: Voice, made: date, due: date, expected: str
) -> None:
    wrong = new(voice, made_on=made, due_on=due)
    assert code(make_demand, actor=me, forum_id=forum.pk, new=wrong) == expected


def test_due_before_made_is_refused_by_the_database_too(forum: Forum) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Demand.objects.create(
            forum=forum, text="ก", owner="ข", made_on=TODAY, due_on=TODAY - timedelta(days=1)
        )


def test_a_demand_is_drawn_from_voices_of_its_forum(me: Any, forum: Forum, voice: Voice) -> None:
    other = plan_forum(
        actor=me, centre_id=make.centre().pk, plan=Plan("อื่น", FORUM_DAY, "วัด", "งาน", "inform")
    )
    assert code(make_demand, actor=me, forum_id=other.pk, new=new(voice)) == "voices_missing"
    assert code(make_demand, actor=me, forum_id=forum.pk, new=new()) == "voices_missing"
    take_voice_back(actor=me, voice_uid=voice.uid, reason="ไม่ได้พูด")
    assert code(make_demand, actor=me, forum_id=forum.pk, new=new(voice)) == "voices_missing"


def test_nobody_is_told_what_was_not_answered(me: Any, demand: Demand) -> None:
    told = Told(TODAY, "forum", 9)
    assert code(tell_back, actor=me, demand_id=demand.pk, told=told) == "not_answered"
    answer_demand(actor=me, demand_id=demand.pk, answered=answered())
    early = Told(TODAY - timedelta(days=1), "forum", 9)
    assert code(tell_back, actor=me, demand_id=demand.pk, told=early) == "told_before_answer"
    assert code(tell_back, actor=me, demand_id=demand.pk, told=Told(TODAY, "forum", 0)) == "people_nobody"
    assert code(tell_back, actor=me, demand_id=demand.pk, told=Told(TODAY, "forum", -2)) == "people_negative"
    assert not Telling.objects.exists()


def test_a_demand_that_was_withdrawn_is_at_rest(me: Any, demand: Demand) -> None:
    step: dict[str, Any] = {"actor": me, "demand_id": demand.pk, "kind": "withdrawn", "occurred_on": TODAY}
    assert code(note_step, **step) == "reason_missing"
    note_step(note="ย้ายออกแล้ว", **step)
    assert code(answer_demand, actor=me, demand_id=demand.pk, answered=answered()) == "demand_settled"


def test_a_step_has_its_day_after_the_demand(me: Any, demand: Demand) -> None:
    step: dict[str, Any] = {"actor": me, "demand_id": demand.pk, "kind": "taken_up"}
    assert code(note_step, occurred_on=TODAY + timedelta(days=1), **step) == "step_future"
    assert code(note_step, occurred_on=FORUM_DAY - timedelta(days=1), **step) == "step_before_made"


@pytest.mark.parametrize("role", ["nurse", "finance_officer", "partner", "volunteer"])
def test_others_answer_nothing(demand: Demand, role: str) -> None:
    with pytest.raises(NotVisible):
        answer_demand(actor=make.actor(role), demand_id=demand.pk, answered=answered())


# --- pages -------------------------------------------------------------------------------------------------


def test_overdue_stands_first_and_is_said(demand: Demand, desk: Browser) -> None:
    page = parse(desk.get(reverse("forums:demands"), {"show": "late"}))
    row = page.select_one("main .rows li.late")
    assert row is not None
    assert "เกินกำหนด 10 วัน" in row.get_text()
    home = parse(desk.get(reverse("forums:home"))).select_one("#waiting").get_text(" ")
    assert "1 ข้อเรียกร้องที่เกินกำหนดตอบ" in " ".join(home.split())


def test_the_due_day_itself_is_not_late(me: Any, forum: Forum, voice: Voice, desk: Browser) -> None:
    make_demand(actor=me, forum_id=forum.pk, new=new(voice, due_on=TODAY))
    assert not parse(desk.get(reverse("forums:demands"))).select("main .rows li.late")


def test_a_demand_is_made_answered_and_told_back_by_its_pages(
    forum: Forum, voice: Voice, desk: Browser
) -> None:
    form = desk.get(reverse("forums:demand_new", args=[forum.uid]))
    wrong = desk.submit(form, {"text": "ขอห้อง", "owner": "เทศบาล", "made_on": "1/10/2569"})
    assert wrong.status_code == 422
    assert "เลือกเสียง" in wrong.content.decode()
    sent = {"text": "ขอห้อง", "owner": "เทศบาล", "made_on": "1/10/2569", "voices": [str(voice.uid)]}
    desk.submit(form, sent)
    demand = Demand.objects.get()
    page = reverse("forums:demand", args=[demand.uid])
    desk.submit(
        desk.get(reverse("forums:answer", args=[demand.uid])),
        {"outcome": "partly", "text": "ให้ได้ห้าห้อง", "answered_on": "20/10/2569"},
    )
    desk.submit(
        desk.get(reverse("forums:tell", args=[demand.uid])),
        {"told_on": "25/10/2569", "how": "leaders", "people": "14"},
    )
    said = parse(desk.get(page)).get_text(" ")
    for words in ("ให้ได้ห้าห้อง", "แจ้งกลับแล้ว 14 คน", "ผ่านแกนนำของเขาเอง", "ค่าเช่าแพงเกินไป"):
        assert words in said


def test_the_words_behind_a_demand_are_those_that_stand(
    me: Any, demand: Demand, voice: Voice, desk: Browser
) -> None:
    correct_voice(actor=me, voice_uid=voice.uid, group="homeless", text="ค่าเช่าแพงมาก")
    page = desk.get(reverse("forums:demand", args=[demand.uid])).content.decode()
    assert "ค่าเช่าแพงมาก" in page
    assert "ค่าเช่าแพงเกินไป" not in page


def test_the_sheet_tells_the_answer_and_no_voice(me: Any, demand: Demand, desk: Browser) -> None:
    url = reverse("forums:sheet", args=[demand.forum.uid])
    assert "ยังไม่มีคำตอบ" in paper(desk.get(url))
    answer_demand(actor=me, demand_id=demand.pk, answered=answered(date(2026, 10, 20)))
    text = paper(desk.get(url))
    for words in ("สิ่งที่ท่านขอไว้", "ขอห้องเช่าคนละครึ่ง", "เทศบาล", "เริ่มเดือนหน้า", "20 ตุลาคม 2569"):
        assert words in text
    assert "ค่าเช่าแพงเกินไป" not in text


def paper(response: Any) -> str:
    assert response.headers["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(io.BytesIO(response.content))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


# --- programs ----------------------------------------------------------------------------------------------


def test_a_program_makes_a_demand_once_and_reads_what_became_of_it(
    forum: Forum, voice: Voice, desk: Browser
) -> None:
    body = {
        "forum": str(forum.uid),
        "text": "ขอห้อง",
        "owner": "เทศบาล",
        "made_on": "2026-10-01",
        "due_on": "2026-10-31",
        "voices": [str(voice.uid)],
    }
    sent: dict[str, Any] = {"content_type": "application/json", "headers": {"Idempotency-Key": "a"}}
    first = desk.post("/api/v1/demands/", body, **sent)
    assert first.status_code == 201
    assert desk.post("/api/v1/demands/", body, **sent).json()["uid"] == first.json()["uid"]
    assert Demand.objects.count() == 1
    wrong = desk.post("/api/v1/demands/", body | {"due_on": "2026-09-01"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "due_before_made")
    url = f"/api/v1/demands/{first.json()['uid']}/"
    answer = {"outcome": "granted", "text": "ได้", "answered_on": "2026-10-20"}
    desk.post(f"{url}answer/", answer, content_type="application/json")
    found = desk.get(url).json()
    assert (found["state"], found["answers"][0]["outcome"]) == ("answered", "granted")
