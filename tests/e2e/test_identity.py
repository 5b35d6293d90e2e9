"""Two records of one person: found, compared, linked, found once, and taken apart again."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.e2e.visitor import Visitor

STREET_NAME = "ช่างซ่อมร่ม"
"""Both earlier records of the demo bear it: the one that is linked, and the one that waits."""


def search(me: Visitor, words: str) -> Locator:
    """The files found by the box that is everywhere."""
    if not me.page.locator("[data-search]").is_visible():
        me.open("Service users")
    box = me.page.locator("[data-search]")
    box.fill(words)
    box.press("Enter")
    return me.main.get_by_role("list", name=me.say("Files you may open")).get_by_role("listitem")


def open_twin(me: Visitor) -> str:
    """The file of the record that waits to be linked; its code."""
    found = search(me, STREET_NAME)
    expect(found).to_have_count(2)  # of three records: two are linked
    found.filter(has_text=me.say("no open case")).locator("a.n").click()
    return me.page.locator(".eyebrow").inner_text().split(" · ")[0].strip()


def test_two_records_are_linked_and_taken_apart_again(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    twin = open_twin(me)
    me.link("Same person in two records?").click()
    assert not me.faults()
    me.main.locator(".rows li.match").first.get_by_role("link", name=me.say("Compare")).click()
    expect(me.page.locator("h1")).to_have_text(me.say("Two records side by side"))
    expect(me.main.locator("table.compared")).to_contain_text(STREET_NAME)
    assert not me.faults()
    me.watch.expect(422)
    me.button("Link the two records").click()
    expect(me.main.locator(".summary")).to_be_visible()
    me.field("reason").fill("หน้าตาคนเดียวกัน มารดาชื่อเดียวกัน")
    me.button("Link the two records").click()
    expect(me.page.locator("#messages")).to_contain_text(me.say("The records are linked."))
    expect(me.main).to_contain_text(me.say("Linked record of the same person:"))
    assert not me.faults()
    expect(search(me, twin)).to_have_count(1)
    take_apart(
        visit("social_worker", "en", phone=True), str(me.main.locator("a.n").get_attribute("href")), twin
    )
    expect(search(me, STREET_NAME)).to_have_count(2)


def take_apart(me: Visitor, kept: str, twin: str) -> None:
    """From the record that is shown to the one set aside, and the link undone."""
    me.page.goto(kept)
    me.main.locator(".note").get_by_role("link", name=twin).first.click()
    expect(me.main).to_contain_text(me.say("This record is set aside. See the one that is shown:"))
    assert not me.faults()
    me.main.locator(".note").get_by_role("link", name=me.say("Compare")).first.click()
    assert not me.faults()
    me.link("Undo the link").click()
    me.field("reason").fill("คนละคน")
    assert not me.faults()
    me.button("Undo the link").click()
    expect(me.page.locator("#messages")).to_be_visible()
    expect(me.main).not_to_contain_text(me.say("This record is set aside. See the one that is shown:"))
