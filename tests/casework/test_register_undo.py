"""A register undone while nothing was built on it; files of people known completed from it, and put back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.actor import actor_for
from accounts.models import User
from audit.models import WriteEntry
from casework.actions import clients as client_actions
from casework.actions import notes as note_actions
from casework.actions import registers as actions
from casework.actions.register_undoing import ask_to_undo, undo_register
from casework.filling import FIELDS, changes, differences
from casework.importing.reading import decode
from casework.importing.register import ParsedRow
from casework.models import (
    Client,
    ClientGrant,
    ClientSearch,
    Episode,
    EpisodeEvent,
    FollowUp,
    Note,
    Notice,
    Person,
    RegisterImport,
    RegisterRow,
)
from casework.register_taking import UNDO
from common import clock, due
from common.errors import DomainError, Forbidden
from common.thai.dates import PartialDate, format_be
from governance.models import MonthlyReport
from tests.casework.register_sheets import row, text, workbook
from tests.casework.test_register_import import ALIKE, bring, confirm, known, page_of, way, words
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db
TABLES = (Client, ClientSearch, Episode, EpisodeEvent, FollowUp, Note, Notice, Person)


@pytest.fixture
def worker() -> User:
    return make.user()


@pytest.fixture
def signed_in(client: Browser, worker: User) -> Browser:
    client.force_login(worker)
    return client


def counts() -> list[int]:
    return [model.objects.count() for model in TABLES]


def two_people() -> bytes:
    ahead = format_be(clock.today() + timedelta(days=9), "numeric")
    return text(row(), row(**ALIKE, appointment_on=ahead))


def written(browser: Browser, content: bytes | None = None) -> RegisterImport:
    register = bring(browser, content or two_people(), "r.csv")
    confirm(browser, register)
    assert register.state == "done"
    return register


def undo_address(register: RegisterImport) -> str:
    return reverse("casework:import_undo", args=[register.uid])


def undo(browser: Browser, register: RegisterImport) -> Any:
    answer = browser.submit(browser.get(undo_address(register)))
    due.work(UNDO)
    register.refresh_from_db()
    return answer


# --- undoing ----------------------------------------------------------------------------------------------------


def test_undone_everything_is_as_it_was_before(signed_in: Browser, worker: User) -> None:
    known(at="50", first_name="คนอื่น", pin="")
    before = counts()
    register = written(signed_in)
    assert counts() != before
    asked = words(signed_in.get(undo_address(register)))
    assert "ถอนการลงทะเบียน 2 คน" in asked
    assert undo(signed_in, register).status_code == 302
    assert counts() == before
    assert (register.state, register.undone_by.email) == ("preview", worker.email)
    assert WriteEntry.objects.get(verb="register.undone").changes == {"rows": [2, 0], "files": [0, 0]}
    page = signed_in.get(page_of(register))
    assert "ถอนการนำเข้าทะเบียนนี้แล้ว" in words(page)
    assert undo_address(register) not in page.content.decode()
    confirm(signed_in, register)
    assert register.rows.registered().count() == 2, "its rows can be written anew"


def a_note(actor: Any, client: Client) -> None:
    note_actions.add_note(actor=actor, client_id=client.pk, text="คุยแล้ว", occurred_on=clock.today())


def an_edit(actor: Any, client: Client) -> None:
    client_actions.update_client(
        actor=actor, client_id=client.pk, version=client.version, changes={"nickname": "หมวก"}
    )


def a_grant(actor: Any, client: Client) -> None:
    ClientGrant.objects.create(client=client, centre=make.centre("50"), basis="x", starts_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("build", "why"), [(a_note, "เขียนบันทึก"), (an_edit, "แก้ไขข้อมูล"), (a_grant, "มีข้อมูลอื่น")]
)
def test_with_anything_built_on_one_of_them_the_whole_stays(signed_in: Browser, build: Any, why: str) -> None:
    register = written(signed_in)
    page = signed_in.get(undo_address(register))
    second = Client.objects.get(first_name="มานพ")
    build(make.actor(), second)
    before = counts()
    answer = signed_in.submit(page)
    assert answer.status_code == 422
    said = words(answer)
    assert "แถว 2" in said
    assert why in said
    assert second.code in said
    assert "ดำรง" not in said, "nothing was built on the other"
    assert counts() == before
    assert RegisterImport.objects.get().state == "done"


def test_what_is_built_while_the_worker_is_on_its_way_counts_too(signed_in: Browser) -> None:
    register = written(signed_in)
    signed_in.submit(signed_in.get(undo_address(register)))
    a_note(make.actor(), Client.objects.get(first_name="มานพ"))
    before = counts()
    due.work(UNDO)
    register.refresh_from_db()
    assert (register.state, register.error_code) == ("done", "built_upon")
    assert counts() == before
    assert "ระหว่างนั้นมีคนทำงาน" in words(signed_in.get(page_of(register)))


def test_a_report_that_counted_them_keeps_them(signed_in: Browser) -> None:
    register = written(signed_in)
    MonthlyReport.objects.create(month="2026-10", province_id="30", frozen_at=clock.now())
    said = words(signed_in.get(undo_address(register)))
    assert "รายงานประจำเดือน" in said
    assert "2569" in said
    assert not parse(signed_in.get(undo_address(register))).select("button.danger")


def test_the_database_lets_facts_go_only_while_a_register_is_undone(signed_in: Browser) -> None:
    register = written(signed_in)
    for model in (Notice, EpisodeEvent, Note):
        rows = model.objects.filter(client__source_import=register)
        if rows.exists():
            with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
                rows._raw_delete("default")


def test_undoing_is_for_whoever_confirmed_it_and_for_leads(signed_in: Browser) -> None:
    register = written(signed_in)
    colleague = make.actor()
    with pytest.raises(Forbidden):
        ask_to_undo(actor=colleague, register_id=register.pk, expected=2)
    ask_to_undo(actor=make.actor("supervisor"), register_id=register.pk, expected=2)


def test_asked_twice_or_for_another_number_it_is_refused(signed_in: Browser, worker: User) -> None:
    register = written(signed_in)
    actor = actor_for(worker)
    for expected, code in ((3, "rows_changed"), (2, ""), (2, "register_busy")):
        if not code:
            ask_to_undo(actor=actor, register_id=register.pk, expected=expected)
            continue
        with pytest.raises(DomainError) as refused:
            ask_to_undo(actor=actor, register_id=register.pk, expected=expected)
        assert refused.value.code == code
    assert undo_register(actor=actor, register_id=register.pk) == 2
    assert undo_register(actor=actor, register_id=register.pk) == 0
    with pytest.raises(DomainError) as refused:
        ask_to_undo(actor=actor, register_id=register.pk, expected=0)
    assert refused.value.code == "nothing_to_undo"


# --- the same person, field by field ----------------------------------------------------------------------------


def test_the_rule_fills_what_is_empty_and_offers_what_differs() -> None:
    parsed = ParsedRow(
        1, first_name="ดำรง", nickname="แมว", phone="0811111111", remark="ใหม่", sex="male",
        birth=PartialDate(date(1983, 1, 17), "day"), pin="1999900000013",
    )  # fmt: skip
    person = Client(first_name="ดำรง", nickname="หมี", remark="เดิม", pin="0999989000010")
    found = {one.field: one for one in differences(parsed, person, with_pin=True)}
    assert list(found) == [field for field in FIELDS if field in found]
    assert {field for field, one in found.items() if one.fills} == {"sex", "born", "phone", "remark"}
    assert not found["pin"].possible, "another number is no detail to take over"
    assert not found["nickname"].fills
    assert changes(found.values()) == {
        **{"nickname": "แมว", "sex": "male", "phone": "0811111111", "remark": "เดิม\nใหม่"},
        **{"born_on": date(1983, 1, 17), "born_precision": "day"},
    }
    assert "pin" not in {one.field for one in differences(parsed, person, with_pin=False)}


def compare(browser: Browser, register: RegisterImport, takes: list[str] | None = None) -> Any:
    page = browser.get(reverse("casework:import_same", args=[register.uid, 1]))
    return browser.submit(page, {} if takes is None else {"takes": takes})


def test_a_known_file_is_completed_by_what_was_ticked_and_put_back_when_undone(signed_in: Browser) -> None:
    person = known(nickname="หมี", pin="", born_on=date(1983, 1, 17), remark="เดิม")
    register = bring(signed_in, workbook(row()))
    assert register.rows.get().kind == "likely_same"
    page = signed_in.get(page_of(register))
    address = reverse("casework:import_same", args=[register.uid, 1])
    assert address in page.content.decode()
    shown = signed_in.get(address)
    ticked = {box["value"] for box in parse(shown).select("input[name=takes][checked]")}
    assert {"phone", "pin", "found_place", "sex", "home", "remark"} <= ticked
    assert "nickname" not in ticked
    assert "1999900000013" not in shown.content.decode(), "numbers are masked"
    compare(signed_in, register)
    person.refresh_from_db()
    assert person.phone == "", "nothing is written before it is confirmed"
    assert "ทำแฟ้มให้ครบ 1 แฟ้ม" in words(signed_in.get(page_of(register)))
    confirm(signed_in, register)
    person.refresh_from_db()
    assert (person.phone, person.nickname, person.pin) == ("0686626738", "หมี", "1999900000013")
    assert person.remark == "เดิม\nปฏิเสธเข้ารับบริการ"
    assert "เพิ่มข้อมูลในแฟ้มของคนที่รู้จักแล้ว 1 แฟ้ม" in words(signed_in.get(page_of(register)))
    assert Client.objects.count() == 1
    undo(signed_in, register)
    person.refresh_from_db()
    assert (person.phone, person.pin, person.remark, person.id_status) == ("", "", "เดิม", "not_asked")
    assert person.home_province_id is None
    assert register.rows.get().decision == ""


def test_only_what_is_ticked_is_taken(signed_in: Browser) -> None:
    person = known(nickname="หมี", phone="", born_on=date(1983, 1, 17))
    register = bring(signed_in, workbook(row()))
    compare(signed_in, register, ["nickname"])
    confirm(signed_in, register)
    person.refresh_from_db()
    assert (person.nickname, person.phone, person.found_place) == ("แมว", "", "")


def test_a_file_changed_after_it_was_looked_at_goes_back_to_a_person(signed_in: Browser) -> None:
    person = known(phone="", born_on=date(1983, 1, 17))
    register = bring(signed_in, workbook(row()))
    compare(signed_in, register)
    an_edit(make.actor(), person)
    confirm(signed_in, register)
    person.refresh_from_db()
    assert (person.nickname, person.phone) == ("หมวก", "")
    found = register.rows.get()
    assert (found.decision, found.takes, found.written_at) == ("", "", None)


def test_a_completed_file_that_was_changed_since_stops_the_undoing(signed_in: Browser) -> None:
    person = known(phone="", born_on=date(1983, 1, 17))
    register = bring(signed_in, workbook(row()))
    compare(signed_in, register)
    confirm(signed_in, register)
    person.refresh_from_db()
    an_edit(make.actor(), person)
    said = words(signed_in.get(undo_address(register)))
    assert "แก้ไขข้อมูล" in said
    assert "แถว 1" in said


def test_a_file_of_another_centre_is_not_completed(signed_in: Browser) -> None:
    known(at="50")
    register = bring(signed_in, workbook(row()))
    address = reverse("casework:import_same", args=[register.uid, 1])
    assert signed_in.get(address).status_code == 404
    assert address not in signed_in.get(page_of(register)).content.decode()
    with pytest.raises(DomainError) as refused:
        actions.decide_row(
            actor=make.actor(), register_id=register.pk, row=1, decision="same", takes=["phone"], version=1
        )
    assert refused.value.code == "decision_unknown"


def test_later_is_a_decision_too(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row(), row()))
    page = signed_in.get(page_of(register, show="likely_same"))
    signed_in.submit(page, form=way(2, "later"))
    found = register.rows.get(row=2)
    assert found.decision == "later"
    assert "ไว้ทีหลัง" in words(signed_in.get(page_of(register, show="likely_same")))
    assert register.rows.to_write().count() == 1
    assert decode(found.payload, row=2).first_name == "ดำรง"
    assert RegisterRow.objects.undecided().count() == 0
