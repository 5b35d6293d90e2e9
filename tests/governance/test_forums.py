"""Forums and voices: planned, held, who came, what was said, whose name stands at it."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.actor import actor_for
from accounts.models import User
from audit.models import ReadEntry, WriteEntry
from casework.web import timeline
from common.errors import DomainError, Forbidden, NotVisible
from governance.actions.forums import (
    Held,
    Plan,
    cancel_forum,
    change_plan,
    hold_forum,
    plan_forum,
    record_attendance,
    write_evidence,
)
from governance.actions.voices import (
    attribute_voice,
    capture_voice,
    correct_voice,
    take_voice_back,
    withdraw_attribution,
)
from governance.models import Attendance, Attribution, Evidence, Forum, Holding, Voice
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.htmx import Page

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 10)
PLAN = Plan("เวทีโนนแดง", date(2026, 11, 5), "ศาลาวัดโนนแดง", "ห้องเช่า", "consult")
SCRIPT = "<script>alert('ผม')</script>"


@pytest.fixture
def worker() -> User:
    return make.user()


@pytest.fixture
def me(worker: User) -> Any:
    return actor_for(worker)


@pytest.fixture
def forum(me: Any) -> Forum:
    return plan_forum(actor=me, centre_id=make.centre().pk, plan=PLAN)


@pytest.fixture
def desk(worker: User) -> Browser:
    browser = Browser()
    browser.force_login(worker)
    return browser


def code(act: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as refused, transaction.atomic():
        act(**values)
    return refused.value.code


def say(me: Any, forum: Forum, text: str = "อยากมีห้องของตัวเอง", group: str = "homeless") -> Voice:
    return capture_voice(actor=me, forum_id=forum.pk, group=group, text=text)


# --- planning and holding ----------------------------------------------------------------------------------


def test_a_forum_is_planned_changed_and_held(me: Any, forum: Forum) -> None:
    changed = Plan("เวทีห้องเช่า", date(2026, 11, 6), "ศาลา", "ห้อง", "involve")
    change_plan(actor=me, forum_id=forum.pk, plan=changed)
    held = Held(date(2026, 11, 7), "collaborate", "ตกลงกติการ่วมกัน")
    hold_forum(actor=me, forum_id=forum.pk, held=held)
    forum.refresh_from_db()
    assert (forum.title, forum.day, forum.state) == ("เวทีห้องเช่า", date(2026, 11, 7), "held")
    assert code(change_plan, actor=me, forum_id=forum.pk, plan=changed) == "forum_held"
    assert code(cancel_forum, actor=me, forum_id=forum.pk, reason="x") == "forum_held"
    assert [entry.verb for entry in WriteEntry.objects.order_by("pk")] == [
        "forum.planned",
        "forum.plan_changed",
        "forum.held",
    ]


def test_a_level_is_corrected_by_a_new_row_and_both_are_kept(me: Any, forum: Forum) -> None:
    hold_forum(actor=me, forum_id=forum.pk, held=Held(date(2026, 11, 5), "empower", "คิดว่าใช่"))
    right = Held(date(2026, 11, 5), "consult", "รับฟังเท่านั้น")
    hold_forum(actor=me, forum_id=forum.pk, held=right)
    assert Holding.objects.standing().get().level == "consult"
    assert Holding.objects.count() == 2
    assert code(hold_forum, actor=me, forum_id=forum.pk, held=right) == "nothing_changed"


def test_a_forum_in_the_future_has_no_achieved_level(me: Any, forum: Forum) -> None:
    tomorrow = Held(date(2026, 11, 11), "consult", "ก")
    assert code(hold_forum, actor=me, forum_id=forum.pk, held=tomorrow) == "forum_future"
    assert not Holding.objects.exists()


def test_a_forum_that_was_called_off_takes_nothing_more(me: Any, forum: Forum) -> None:
    assert code(cancel_forum, actor=me, forum_id=forum.pk, reason=" ") == "reason_missing"
    cancel_forum(actor=me, forum_id=forum.pk, reason="น้ำท่วม")
    assert code(say, me=me, forum=forum) == "forum_cancelled"
    assert code(hold_forum, actor=me, forum_id=forum.pk, held=Held(TODAY, "inform", "ก")) == "forum_cancelled"


def test_attendance_is_counted_and_corrected_by_new_rows(me: Any, forum: Forum) -> None:
    record_attendance(actor=me, forum_id=forum.pk, counts={"homeless": 12, "officers": 0, "ngos": None})
    record_attendance(actor=me, forum_id=forum.pk, counts={"homeless": 14, "officers": 0})
    standing = dict(Attendance.objects.standing().values_list("group", "count"))
    assert standing == {"homeless": 14, "officers": 0}
    assert Attendance.objects.count() == 3
    assert code(record_attendance, actor=me, forum_id=forum.pk, counts={"homeless": -1}) == "people_negative"
    assert code(record_attendance, actor=me, forum_id=forum.pk, counts={"homeless": 14}) == "nothing_changed"


def test_evidence_is_kept_part_by_part(me: Any, forum: Forum, desk: Browser) -> None:
    write_evidence(actor=me, forum_id=forum.pk, texts={"issue": "ค่าเช่าแพง", "who": "", "result": "ตกลง"})
    write_evidence(actor=me, forum_id=forum.pk, texts={"issue": "ค่าเช่าแพงเกินรายได้"})
    assert Evidence.objects.count() == 3
    page = parse(desk.get(reverse("forums:forum", args=[forum.uid])))
    section = page.select_one("#evidence")
    assert section is not None
    assert "2 จาก 4" in section.get_text()
    assert section.get_text().count("ยังขาด") == 2
    assert "ค่าเช่าแพงเกินรายได้" in section.get_text()


def test_facts_cannot_be_edited_even_past_the_actions(me: Any, forum: Forum) -> None:
    voice = say(me, forum)
    with pytest.raises(DatabaseError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(text="อย่างอื่น")
    with pytest.raises(DatabaseError), transaction.atomic():
        voice.delete()


# --- voices ------------------------------------------------------------------------------------------------


def test_a_script_in_a_voice_stays_text(me: Any, forum: Forum, desk: Browser) -> None:
    voice = say(me, forum, SCRIPT)
    assert voice.text == SCRIPT
    page = desk.get(reverse("forums:forum", args=[forum.uid]))
    assert SCRIPT not in page.content.decode()
    assert SCRIPT in parse(page).select_one("#voices").get_text()


def test_words_are_kept_as_they_were_said(me: Any, forum: Forum) -> None:
    said = "  ผม...  ไม่ไหวแล้ว เเต่ ๒๐ บาทก็ช่วยได้  "
    assert Voice.objects.get(pk=say(me, forum, said).pk).text == said


def test_keys_of_voices_are_random_and_not_in_time_order(me: Any, forum: Forum) -> None:
    assert {say(me, forum).uid.version for _ in range(3)} == {4}


def test_five_thousand_letters_are_kept_and_one_more_is_refused(me: Any, forum: Forum) -> None:
    assert len(say(me, forum, "ก" * 5000).text) == 5000
    assert code(say, me=me, forum=forum, text="ก" * 5001) == "voice_too_long"


def test_a_line_is_corrected_once_and_taken_back(me: Any, forum: Forum) -> None:
    voice = say(me, forum, "อยากมีหอง")
    right = correct_voice(actor=me, voice_uid=voice.uid, group="homeless", text="อยากมีห้อง")
    again: dict[str, Any] = {"actor": me, "voice_uid": voice.uid, "group": "homeless", "text": "ก"}
    assert code(correct_voice, **again) == "corrected_already"
    take_voice_back(actor=me, voice_uid=right.uid, reason="พิมพ์ซ้ำ")
    assert not Voice.objects.standing().exists()
    assert Voice.objects.count() == 3


def test_enter_keeps_the_line_and_brings_the_next(forum: Forum, desk: Browser) -> None:
    page = Page(desk, reverse("forums:capture", args=[forum.uid]))
    first = page.one("#capture input[name=submission]")["value"]
    page.trigger("#capture form", {"text": "อยากมีห้อง", "group": "community"})
    assert Voice.objects.get().group == "community"
    assert page.one("#capture [name=text]").get("value") in {None, ""}
    assert page.one("#capture [name=text]").has_attr("autofocus")
    assert page.one("#capture input[name=submission]")["value"] != first
    assert page.one("#capture option[selected]")["value"] == "community"
    assert "อยากมีห้อง" in page.text("#capture .voices")
    page.trigger("#capture form", {"text": "อยากมีงาน"})
    assert Voice.objects.count() == 2


def test_a_line_that_is_refused_stays_in_the_box(forum: Forum, desk: Browser) -> None:
    page = Page(desk, reverse("forums:capture", args=[forum.uid]))
    long = "ก" * 5001
    answer = page.trigger("#capture form", {"text": long})
    assert answer.status_code == 422
    assert page.one("#capture [name=text]")["value"] == long
    assert not Voice.objects.exists()


def test_without_script_the_page_comes_again_with_the_same_group(forum: Forum, desk: Browser) -> None:
    url = reverse("forums:capture", args=[forum.uid])
    answer = desk.submit(desk.get(url), {"text": "อยากมีห้อง", "group": "officers"})
    assert answer.headers["Location"] == f"{url}?group=officers"
    again = parse(desk.get(answer.headers["Location"]))
    assert again.select_one("option[selected]")["value"] == "officers"


def test_a_line_sent_twice_is_one_voice(forum: Forum, desk: Browser) -> None:
    page = desk.get(reverse("forums:capture", args=[forum.uid]))
    for _ in range(2):
        desk.submit(page, {"text": "อยากมีห้อง"})
    assert Voice.objects.count() == 1


def test_voices_of_a_forum_ahead_are_not_written_down(me: Any) -> None:
    ahead = plan_forum(
        actor=me,
        centre_id=make.centre().pk,
        plan=Plan("เวที", date(2026, 11, 11), "วัด", "ห้อง", "inform"),
    )
    assert code(say, me=me, forum=ahead) == "forum_not_begun"


# --- names -------------------------------------------------------------------------------------------------


def test_a_name_stands_where_the_person_agreed_and_goes_when_they_say_so(
    me: Any, forum: Forum, desk: Browser
) -> None:
    client, voice = make.client(first_name="ชูใจ"), say(me, forum)
    attribute_voice(actor=me, voice_uid=voice.uid, client_id=client.pk, agreed_on=TODAY)
    url = reverse("forums:forum", args=[forum.uid])
    assert "ชูใจ" in parse(desk.get(url)).select_one("#voices").get_text()
    assert ReadEntry.objects.filter(subject=str(client.uid), what="forum").exists()
    assert [entry.text for entry in timeline.of_client(client, notes=True)] == [voice.text]
    withdraw_attribution(actor=me, voice_uid=voice.uid)
    assert not Attribution.objects.exists()
    assert "ชูใจ" not in desk.get(url).content.decode()
    assert timeline.of_client(client, notes=True) == []
    named = WriteEntry.objects.filter(subject=str(client.uid))
    assert {entry.object_key for entry in named} == {str(forum.uid)}


def test_a_name_is_not_given_to_those_who_may_not_open_the_file(me: Any, forum: Forum) -> None:
    client, voice = make.client(first_name="ชูใจ"), say(me, forum)
    attribute_voice(actor=me, voice_uid=voice.uid, client_id=client.pk, agreed_on=TODAY)
    analyst = Browser()
    analyst.force_login(make.user("department_analyst"))
    page = analyst.get(reverse("forums:forum", args=[forum.uid])).content.decode()
    assert "ชูใจ" not in page
    assert str(client.uid) not in page
    assert voice.text in page
    assert "ชูใจ" not in analyst.get(f"/api/v1/forums/{forum.uid}/").content.decode()


def test_a_name_is_put_only_to_somebody_of_ours_and_once(me: Any, forum: Forum) -> None:
    voice, mine = say(me, forum), make.client()
    named: dict[str, Any] = {"actor": me, "voice_uid": voice.uid, "agreed_on": TODAY}
    assert code(attribute_voice, client_id=make.client(make.FOREIGN).pk, **named) == "attribution_elsewhere"
    attribute_voice(client_id=mine.pk, **named)
    assert code(attribute_voice, client_id=mine.pk, **named) == "attributed_already"


def test_a_corrected_line_keeps_its_name_and_one_taken_back_loses_it(me: Any, forum: Forum) -> None:
    voice, client = say(me, forum), make.client()
    attribute_voice(actor=me, voice_uid=voice.uid, client_id=client.pk, agreed_on=TODAY)
    right = correct_voice(actor=me, voice_uid=voice.uid, group="homeless", text="ห้อง")
    assert Attribution.objects.get().voice == right
    take_voice_back(actor=me, voice_uid=right.uid, reason="ไม่ได้พูด")
    assert not Attribution.objects.exists()


# --- who ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["nurse", "carer", "finance_officer", "partner", "volunteer", "administrator"]
)
def test_what_is_said_in_trust_is_not_there_for_others(forum: Forum, me: Any, role: str) -> None:
    voice = say(me, forum)
    other = make.actor(role)
    assert not Forum.objects.visible_to(other).exists()
    assert not Voice.objects.visible_to(other).exists()
    with pytest.raises(NotVisible):
        say(other, forum)
    with pytest.raises(NotVisible):
        correct_voice(actor=other, voice_uid=voice.uid, group="homeless", text="ก")


def test_analysts_and_auditors_read_and_do_not_write(forum: Forum) -> None:
    for role in ("department_analyst", "auditor"):
        reader = make.actor(role)
        assert Forum.objects.visible_to(reader).get() == forum
        with pytest.raises(Forbidden):
            say(reader, forum)


def test_another_centre_sees_nothing(forum: Forum) -> None:
    with pytest.raises(NotVisible):
        say(make.actor("social_worker", make.FOREIGN), forum)
    with pytest.raises(Forbidden):
        plan_forum(actor=make.actor("social_worker", make.FOREIGN), centre_id=make.centre().pk, plan=PLAN)
