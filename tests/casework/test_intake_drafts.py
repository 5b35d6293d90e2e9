"""Drafts of an intake: kept while one types, taken up elsewhere by the same worker, gone when they should be."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.actor import actor_for
from accounts.models import User
from audit.models import WriteEntry
from casework.actions.intake_drafts import LONGEST, discard_draft, expire_drafts, finish_draft, save_draft
from casework.models import Client, IntakeDraft
from common import clock
from common.actor import SystemActor
from common.errors import DomainError, Forbidden, NotVisible, StaleRecord
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.htmx import Page
from tests.support.intake import draft

pytestmark = pytest.mark.django_db
FORM = "#intake"
SAVE = "button[formaction]"


@pytest.fixture
def worker() -> User:
    return make.user()


@pytest.fixture
def desk(worker: User) -> Browser:
    return at_device(worker)


def at_device(worker: User) -> Browser:
    browser = Browser()
    browser.force_login(worker)
    return browser


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


# --- saving ------------------------------------------------------------------------------------------------


def test_what_was_typed_cannot_be_read_in_the_database(worker: User) -> None:
    made = save_draft(actor=actor_for(worker), uid=uuid4(), content="first_name=สมชาย&phone=0812345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM casework_intakedraft")
        (raw,) = cursor.fetchone()
    assert "สมชาย".encode() not in bytes(raw)
    assert IntakeDraft.objects.get(pk=made.pk).content.startswith("first_name=สมชาย")
    assert made.expires_at - made.saved_at == timedelta(days=14)


def test_saved_twice_it_is_one_draft_and_one_line_in_the_trail(worker: User) -> None:
    actor, uid = actor_for(worker), uuid4()
    first = save_draft(actor=actor, uid=uid, content="first_name=a")
    second = save_draft(actor=actor, uid=uid, content="first_name=ab", version=first.version)
    assert (second.pk, second.version) == (first.pk, 2)
    assert WriteEntry.objects.filter(object_kind="casework.intakedraft").count() == 1


def test_another_device_does_not_overwrite_unseen(worker: User) -> None:
    actor, uid = actor_for(worker), uuid4()
    save_draft(actor=actor, uid=uid, content="first_name=a")
    save_draft(actor=actor, uid=uid, content="first_name=b", version=1)
    with pytest.raises(StaleRecord):
        save_draft(actor=actor, uid=uid, content="first_name=c", version=1)
    assert (
        save_draft(actor=actor, uid=uid, content="first_name=c", version=1, over=True).content
        == "first_name=c"
    )


def test_nothing_too_much_and_not_by_everybody(worker: User) -> None:
    actor = actor_for(worker)
    assert code_of(lambda: save_draft(actor=actor, uid=uuid4(), content="")) == "draft_empty"
    assert (
        code_of(lambda: save_draft(actor=actor, uid=uuid4(), content="x" * (LONGEST + 1))) == "draft_too_long"
    )
    with pytest.raises(Forbidden):
        save_draft(actor=make.actor("nurse"), uid=uuid4(), content="first_name=a")


def test_a_colleagues_draft_is_not_there(worker: User) -> None:
    theirs, me = draft(make.user()), actor_for(worker)
    for act in (
        lambda: save_draft(actor=me, uid=theirs.uid, content="first_name=x"),
        lambda: discard_draft(actor=me, uid=theirs.uid),
        lambda: finish_draft(actor=me, uid=theirs.uid),
    ):
        with pytest.raises(NotVisible):
            act()
    assert not IntakeDraft.objects.visible_to(me)


# --- ending ------------------------------------------------------------------------------------------------


def test_discarded_it_is_empty_and_a_late_saving_does_not_bring_it_back(worker: User) -> None:
    mine, actor = draft(worker), actor_for(worker)
    discard_draft(actor=actor, uid=mine.uid)
    mine.refresh_from_db()
    assert mine.content == ""
    assert code_of(lambda: save_draft(actor=actor, uid=mine.uid, content="first_name=a")) == "draft_gone"


def test_registered_before_it_was_ever_saved_it_stays_gone(worker: User) -> None:
    actor, uid = actor_for(worker), uuid4()
    finish_draft(actor=actor, uid=uid)
    assert code_of(lambda: save_draft(actor=actor, uid=uid, content="first_name=a")) == "draft_gone"
    assert code_of(lambda: finish_draft(actor=actor, uid=uid)) == "draft_gone"


def test_it_expires_after_its_days_and_the_night_removes_it(worker: User) -> None:
    now, actor = clock.now(), actor_for(worker)
    old = draft(worker, expires_at=now - timedelta(seconds=1))
    kept = draft(worker)
    assert list(IntakeDraft.objects.visible_to(actor)) == [kept]
    assert code_of(lambda: save_draft(actor=actor, uid=old.uid, content="first_name=a")) == "draft_gone"
    assert expire_drafts(actor=SystemActor("test"), now=timezone.now()) == 1
    assert list(IntakeDraft.objects.all()) == [kept]
    with pytest.raises(Forbidden):
        expire_drafts(actor=actor, now=now)


# --- pages -------------------------------------------------------------------------------------------------


def test_while_one_types_it_is_saved_and_says_when(desk: Browser) -> None:
    page = Page(desk, reverse("casework:intake"))
    page.trigger("#draft-state", {"first_name": "บุญมา", "born": "31/2/2560", "needs": ["food", "papers"]})
    assert "บันทึกร่าง" in page.text("#draft-state")
    assert page.one("#id_draft_version")["value"] == "1"
    page.trigger("#draft-state", {"first_name": "บุญมา ใจดี"})
    made = IntakeDraft.objects.get()
    assert made.version == 2
    assert page.response.headers["HX-Replace-Url"] == reverse("casework:draft", args=[made.uid])


def test_an_empty_form_makes_no_draft(desk: Browser) -> None:
    Page(desk, reverse("casework:intake")).trigger("#draft-state")
    assert not IntakeDraft.objects.exists()


def test_without_a_script_a_button_saves_and_another_device_goes_on(worker: User, desk: Browser) -> None:
    page = desk.get(reverse("casework:intake"))
    typed = {
        "first_name": "บุญมา", "channel": "walk_in", "born": "31/2/2560", "needs": ["food", "papers"],
        "phone_answer": "refused", "urgent": "on", "legal_category": "hardship", "papers": ["birth"],
    }  # fmt: skip
    answer = desk.submit(page, typed, form=FORM, button=SAVE)
    made = IntakeDraft.objects.get()
    assert answer.headers["Location"] == reverse("casework:draft", args=[made.uid])
    other = at_device(worker)
    form = parse(other.get(answer.headers["Location"])).select_one(FORM)
    assert form is not None
    assert form.select_one("[name=first_name]")["value"] == "บุญมา"  # type: ignore[index]
    assert form.select_one("[name=born]")["value"] == "31/2/2560"  # type: ignore[index]
    ticked = {(t["name"], t["value"]) for t in form.select("input[checked]")}
    assert {
        ("needs", "food"),
        ("needs", "papers"),
        ("legal_category", "hardship"),
        ("papers", "birth"),
    } <= ticked
    assert form.select_one("[name=urgent]").has_attr("checked")  # type: ignore[union-attr]
    assert form.select_one("[name=phone_answer] option[selected]")["value"] == "refused"  # type: ignore[index]


def test_registered_from_a_draft_it_is_gone_and_the_other_device_is_told(worker: User, desk: Browser) -> None:
    mine = draft(worker)
    address = reverse("casework:draft", args=[mine.uid])
    page, other = desk.get(address), at_device(worker)
    late = other.get(address)
    assert desk.submit(page, {}, form=FORM).status_code == 302
    assert not IntakeDraft.objects.visible_to(actor_for(worker))
    refused = other.submit(late, {}, form=FORM)
    assert refused.status_code == 422
    assert "บุญมา" in refused.content.decode()
    assert Client.objects.filter(first_name="บุญมา").count() == 1


def test_a_form_that_is_refused_keeps_its_draft(worker: User, desk: Browser) -> None:
    mine = draft(worker)
    page = desk.get(reverse("casework:draft", args=[mine.uid]))
    assert desk.submit(page, {"born": "31/2/2560"}, form=FORM).status_code == 422
    assert IntakeDraft.objects.visible_to(actor_for(worker)).get() == mine


def test_saved_on_another_device_meanwhile_both_ways_are_open(worker: User, desk: Browser) -> None:
    mine = draft(worker)
    page = Page(desk, reverse("casework:draft", args=[mine.uid]))
    save_draft(actor=actor_for(worker), uid=mine.uid, content="first_name=แดง", version=1)
    page.trigger("#draft-state", {"first_name": "ดำ"})
    assert page.response.status_code == 409
    assert page.one("#draft-state a")["href"] == reverse("casework:draft", args=[mine.uid])
    assert page.one("#draft-state button")["value"] == "yes"
    assert IntakeDraft.objects.get().content == "first_name=แดง"


def test_my_day_and_the_list_show_drafts_and_one_is_discarded_after_a_question(
    worker: User, desk: Browser
) -> None:
    mine = draft(worker, {"descriptor": "ลุงหมวก สถานีรถไฟ"})
    draft(make.user(), {"first_name": "ของคนอื่น"})
    waiting = parse(desk.get(reverse("casework:today"))).select_one("#waiting li")
    assert waiting.select_one("a")["href"] == reverse("casework:drafts")  # type: ignore[union-attr,index]
    assert waiting.select_one(".chip").get_text() == "1"  # type: ignore[union-attr]
    listed = desk.get(reverse("casework:drafts")).content.decode()
    assert "ลุงหมวก สถานีรถไฟ" in listed
    assert "ของคนอื่น" not in listed
    question = desk.get(reverse("casework:draft_discard", args=[mine.uid]))
    assert desk.submit(question).headers["Location"] == reverse("casework:drafts")
    assert not IntakeDraft.objects.visible_to(actor_for(worker))


@pytest.mark.parametrize("broken", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_form_without_a_key_is_not_a_crash(desk: Browser, broken: str) -> None:
    sent = {"draft": broken, "first_name": "ก", "draft_version": "๑x"}
    assert desk.post(reverse("casework:draft_save"), sent).status_code in {302, 404}
