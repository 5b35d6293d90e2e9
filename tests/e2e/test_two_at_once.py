"""Two workers with the same file open: the second sees what changed, field by field, and loses nothing typed."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor

HERE, REMARK, NEAR = "ใต้สะพานลอยหน้าตลาด", "ชอบให้เรียกว่าพี่", "ศาลาหลังวัด"


def open_record(me: Visitor, uid: str) -> None:
    me.page.goto(f"/casework/people/{uid}/edit/")
    expect(me.page.locator("h1")).to_have_text(me.say("Change the record"))


def save(me: Visitor) -> None:
    me.button("Save the record").click()


def test_the_second_of_two_sees_what_changed_and_loses_nothing(
    person: Person, visit: Callable[..., Visitor]
) -> None:
    first, second = visit("social_worker"), visit("supervisor", "en", phone=True)
    for one in (first, second):
        open_record(one, person.uid)
    second.field("remark").fill(REMARK)
    second.field("found_place").fill(NEAR)
    first.field("sleeping_place").fill(HERE)
    first.field("found_place").fill(HERE)
    save(first)
    expect(first.page.locator("#messages")).to_be_visible()

    second.watch.expect(422)
    save(second)
    changed = second.main.locator(".meanwhile tbody tr")
    expect(changed).to_have_count(2)
    expect(changed.filter(has_text=second.say("Where they sleep now"))).to_contain_text(
        second.say("taken over")
    )
    expect(changed.filter(has_text=second.say("Where they were found"))).to_contain_text(
        second.say("yours is kept")
    )
    expect(second.field("remark")).to_have_value(REMARK)
    expect(second.field("sleeping_place")).to_have_value(HERE)
    expect(second.field("found_place")).to_have_value(NEAR)
    assert not second.faults()
    save(second)
    expect(second.page.locator("#messages")).to_be_visible()

    open_record(first, person.uid)
    for name, text in (("remark", REMARK), ("sleeping_place", HERE), ("found_place", NEAR)):
        expect(first.field(name)).to_have_value(text)
    assert not first.faults()
