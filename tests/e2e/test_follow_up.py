"""The social worker's day: find somebody, say what came of the visit, make the next appointment."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from common import clock
from common.thai.dates import format_be
from tests.e2e.people import PURPOSE, Person
from tests.e2e.visitor import Visitor

VIEWS = pytest.mark.parametrize(
    ("language", "phone"), [("th", False), ("en", False), ("th", True)], ids=["thai", "english", "phone"]
)


def row_of(me: Visitor, person: Person) -> Locator:
    """The line of a list that is about somebody."""
    return me.main.get_by_role("listitem").filter(has_text=person.name)


def open_file(me: Visitor, person: Person) -> None:
    """From any page to the file of somebody, by the search box."""
    box = me.page.locator("[data-search]")
    box.fill(person.name)
    box.press("Enter")
    row_of(me, person).get_by_role("link", name=person.name).first.click()
    expect(me.page.locator("h1")).to_contain_text(person.name)


def results(me: Visitor) -> Locator:
    """Entries about a follow-up's result on the timeline."""
    me.page.get_by_role("navigation", name=me.say("Parts of the file")).get_by_role(
        "link", name=me.say("Timeline")
    ).click()
    expect(me.page.get_by_role("heading", name=me.say("Everything that happened"))).to_be_visible()
    return me.main.locator("ul.line > li").filter(has_text=me.say("Follow-up: %(result)s", result=""))


def day(me: Visitor, on: date) -> str:
    return str(format_be(on, "short", lang=me.language))


@VIEWS
def test_a_misspelt_name_finds_the_file_and_the_visit_is_recorded(
    language: str, phone: bool, person: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", language, phone=phone)
    me.open("Service users")
    me.page.locator("[data-search]").press_sequentially(person.misspelt)
    found = (
        me.main.locator("#found")
        .get_by_role("list", name=me.say("Files you may open"))
        .get_by_role("listitem")
    )
    expect(found.first).to_contain_text(person.name)
    assert urlsplit(me.page.url).query == ""  # found while typing, without leaving the page
    found.first.get_by_role("link", name=person.name).click()

    me.link("Record the follow-up").click()
    expect(me.page.locator("h1")).to_have_text(me.say("Record the follow-up"))
    assert not me.faults()
    me.choose("result", "met")
    me.field("note").fill("ได้บัตรใหม่แล้ว อยากเริ่มงานสัปดาห์หน้า")
    later = clock.today() + timedelta(days=30)
    me.field("next_due_on").fill(format_be(later, "numeric"))
    me.field("next_due_time").fill("13:30")
    me.field("next_purpose").fill("ไปดูที่ทำงานด้วยกัน")
    me.button("Save the result").click()

    expect(me.page.locator("#messages")).to_contain_text(me.say("The result is saved."))
    expect(me.page.locator("h1")).to_contain_text(person.name)
    expect(me.page.locator("aside")).to_contain_text("ไปดูที่ทำงานด้วยกัน")
    expect(me.page.locator("aside")).to_contain_text(day(me, later))
    newest = results(me).first
    expect(newest).to_contain_text(PURPOSE)
    expect(newest).to_contain_text("ได้บัตรใหม่แล้ว")
    expect(newest).to_contain_text(day(me, clock.today()))
    assert not me.faults()


def test_on_my_day_the_form_opens_in_the_row(person: Person, visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    row = row_of(me, person)
    row.get_by_role("link", name=me.say("Record result")).click()
    expect(me.main.locator("form.record")).to_be_visible()
    expect(me.page.locator("h1")).to_have_text(me.say("Today"))
    assert not me.faults()
    me.choose("result", "not_found")
    me.button("Save the result").click()
    expect(me.page.locator("#messages")).to_contain_text(me.say("The result is saved."))
    expect(row_of(me, person)).to_have_count(0)
    expect(me.page.locator("h1")).to_have_text(me.say("Today"))


def test_a_form_that_is_wrong_keeps_what_was_typed_and_says_where(
    person: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", phone=True)
    me.watch.expect(422)
    open_file(me, person)
    me.link("Record the follow-up").click()
    me.field("note").fill("เล่าเรื่องลูกสาว")
    me.field("next_due_on").fill("31/2/2570")
    me.button("Save the result").click()
    summary = me.main.locator(".summary")
    expect(summary).to_be_focused()
    expect(me.field("note")).to_have_value("เล่าเรื่องลูกสาว")
    expect(me.field("next_due_on")).to_have_value("31/2/2570")
    expect(me.field("next_due_on")).to_have_attribute("aria-invalid", "true")
    assert not me.faults()
    summary.get_by_role("link", name=me.say("Next appointment")).click()
    expect(me.field("next_due_on")).to_be_focused()


def test_two_clicks_record_one_result(person: Person, visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    open_file(me, person)
    before = results(me).count()
    me.link("Record the follow-up").click()
    me.choose("result", "met_by_phone")
    me.button("Save the result").dblclick()
    expect(me.page.locator("#messages")).to_contain_text(me.say("The result is saved."))
    expect(results(me)).to_have_count(before + 1)


def test_going_back_and_sending_again_records_one_result(
    person: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker")
    open_file(me, person)
    before = results(me).count()
    me.link("Record the follow-up").click()
    form = me.page.url
    me.choose("result", "met")
    me.field("note").fill("คุยกันหน้าตลาด")
    me.button("Save the result").click()
    expect(me.page.locator("#messages")).to_contain_text(me.say("The result is saved."))
    me.watch.expect(409, 422)
    me.page.go_back()
    if me.page.url == form and me.field("note").count():
        me.choose("result", "met")
        me.field("note").fill("คุยกันหน้าตลาด")
        me.button("Save the result").click()
    else:
        expect(me.page.locator("h1")).to_be_visible()
    me.page.goto(f"/casework/people/{person.uid}/")
    expect(results(me)).to_have_count(before + 1)


def test_a_name_of_five_thousand_letters_breaks_nothing(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", phone=True)
    me.watch.expect(422)
    long = "สมชาย" * 1000
    box = me.page.locator("[data-search]")
    box.focus()
    me.page.keyboard.insert_text(long)
    box.press("Enter")
    expect(me.page.locator("h1")).to_have_text(me.say("Service users"))
    assert not me.faults()
    me.page.locator("nav.dock").get_by_role("link", name=me.say("Notice")).click()
    me.field("first_name").evaluate(
        "box => box.removeAttribute('maxlength')"
    )  # which not every browser heeds
    me.field("first_name").fill(long)
    me.main.locator("select[name=channel]").select_option("hotline_1300")
    me.button("Save and go on").click()
    expect(me.main.locator(".summary")).to_be_focused()
    expect(me.field("first_name")).to_have_value(long)
    assert not me.faults()
