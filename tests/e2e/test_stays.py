"""The bed board: a site is set up, somebody is checked in, the board shows it, and they are checked out."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor


def test_a_bed_is_set_up_given_and_free_again(person: Person, visit: Callable[..., Visitor]) -> None:
    head = visit("supervisor", "th")
    head.open("Beds")
    head.link("Add a site").click()
    head.field("name").fill("บ้านริมสวน")
    head.button("Save the site").click()
    head.link("Add a room").first.click()
    head.field("name").fill("ห้องริมสวน")
    head.field("beds").fill("2")
    head.button("Save the room").click()
    assert not head.faults()

    me = visit("social_worker", "en", phone=True)
    me.open("Beds")
    assert not me.faults()
    room = me.main.get_by_role("list", name="ห้องริมสวน")
    room.get_by_role("link", name="Check in").first.click()
    me.field("q").fill(person.code)
    me.button("Search").click()
    me.main.get_by_role("link", name=f"Check in {person.name}").click()
    assert not me.faults()
    me.button("Check in").click()
    me.open("Beds")
    expect(room.locator(".bed.taken")).to_contain_text(person.name)
    room.get_by_role("link", name=f"Check out {person.name}").click()
    me.field("left_to").select_option("family")
    me.button("Check out").click()
    expect(me.main).to_contain_text("family or somebody they know")
    me.open("Beds")
    expect(room.locator(".bed.free")).to_have_count(2)
