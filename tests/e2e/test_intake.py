"""Taking a notice on the street, on a phone: somebody without a name, somebody who may be known already, danger."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor


def start(me: Visitor) -> None:
    """To the form by the phone's bar."""
    me.page.locator("nav.dock").get_by_role("link", name=me.say("Notice")).click()
    expect(me.page.locator("h1")).to_have_text(me.say("Take a notice"))


def test_somebody_without_a_name_is_registered_and_danger_stands_first(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", phone=True)
    start(me)
    assert not me.faults()
    me.field("descriptor").fill("ลุงเสื้อฟ้า นั่งหน้าตู้ไปรษณีย์ทุกเช้า")
    me.field("found_place").fill("หน้าที่ทำการไปรษณีย์จอหอ")
    me.choose("sex", "male")
    me.field("born").fill("2498")
    me.main.locator("select[name=channel]").select_option("walk_in")
    me.choose("needs", "food")
    me.choose("needs", "papers")
    me.main.locator("select[name=flag_kind]").select_option("medical")
    me.field("flag_text").fill("เป็นลมชัก อย่าปล่อยไว้คนเดียว")
    me.field("appointment_on").fill("พรุ่งนี้")
    me.watch.expect(422)
    me.button("Save and go on").click()  # a day must be written as a day
    expect(me.main.locator(".summary")).to_be_focused()
    expect(me.field("descriptor")).to_have_value("ลุงเสื้อฟ้า นั่งหน้าตู้ไปรษณีย์ทุกเช้า")
    expect(me.main.locator("input[name=needs][value=papers]")).to_be_checked()
    me.field("appointment_on").fill("")
    me.button("Save and go on").click()

    expect(me.page.locator("#messages")).to_be_visible()
    expect(me.page.locator("h1")).to_contain_text("ลุงเสื้อฟ้า")
    flag = me.main.locator(".flag")
    expect(flag).to_contain_text("เป็นลมชัก")
    assert flag.bounding_box()["y"] < me.page.locator("h1").bounding_box()["y"]  # type: ignore[index]
    expect(me.main).to_contain_text("2498")
    expect(me.main).to_contain_text(me.say("identity papers"))
    assert not me.faults()


def test_two_clicks_register_one_person(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    me.open("Take a notice")
    me.field("descriptor").fill("ป้าร่มแดง ข้างตลาดเซฟวัน")
    me.main.locator("select[name=channel]").select_option("walk_in")
    me.button("Save and go on").dblclick()
    expect(me.page.locator("h1")).to_contain_text("ป้าร่มแดง")
    box = me.page.locator("[data-search]")
    box.fill("ป้าร่มแดง")
    box.press("Enter")
    found = me.main.get_by_role("list", name=me.say("Files you may open")).get_by_role("listitem")
    expect(found.filter(has_text="ป้าร่มแดง")).to_have_count(1)


def test_who_may_be_the_same_stands_beside_the_form(person: Person, visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    me.open("Take a notice")
    me.field("first_name").press_sequentially(person.misspelt)
    beside = me.page.locator("#likely")
    expect(beside).to_contain_text(person.name)
    expect(beside.get_by_role("heading")).to_have_text(me.say("May be the same person"))
    assert not me.faults()
    form = me.main.locator("form#intake").bounding_box()
    box = beside.bounding_box()
    assert form is not None
    assert box is not None
    assert box["x"] >= form["x"] + form["width"]  # beside it, not over it
    me.main.locator("select[name=channel]").select_option("hotline_1300")
    beside.get_by_role("link", name=me.say("This one")).first.click()
    expect(me.page.locator("h1")).to_contain_text(person.name)


def test_another_person_with_the_same_name_needs_a_reason(
    person: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", phone=True)
    me.watch.expect(422)
    start(me)
    me.field("first_name").fill(person.name)
    me.main.locator("select[name=channel]").select_option("hotline_1300")
    me.button("Save and go on").click()
    expect(me.main.locator(".summary")).to_be_focused()
    expect(me.page.locator("#likely")).to_contain_text(person.name)
    me.field("another_because").fill("อายุต่างกันมาก พบทั้งสองคนแล้ว")
    me.button("Save and go on").click()
    expect(me.page.locator("h1")).to_contain_text(person.name)
    expect(me.main).not_to_contain_text(person.code)
