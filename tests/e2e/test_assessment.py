"""Assessing how somebody fares, and what is to be reached."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor


def test_a_poor_level_asks_for_a_goal_and_the_change_shows(
    person: Person, visit: Callable[..., Visitor]
) -> None:
    for language, phone, level in (("th", False, "1"), ("en", True, "3")):
        me = visit("social_worker", language, phone=phone)
        me.page.goto(f"/casework/people/{person.uid}/assessments/")
        assert not me.faults()
        me.main.get_by_role("link", name=me.say("Assess"), exact=True).click()
        goal = me.field("goal_living")
        expect(goal).to_be_hidden()
        me.choose("level_living", level)
        me.field("reason_living").fill("คุยกันที่ลานย่าโม")
        if level == "1":
            expect(goal).to_be_visible()
            assert not me.faults()
            me.watch.expect(422)
            me.button("Save the assessment").click()
            expect(me.main.get_by_role("alert").first).to_contain_text(
                me.say("At the lowest level, write what is to be reached, or why nothing is planned.")
            )
            me.field("goal_living").fill("ได้ห้องเช่าใกล้ตลาด")
        me.button("Save the assessment").click()
        expect(me.page.get_by_text(me.say("The assessment is saved."))).to_be_visible()
        expect(me.main).to_contain_text("ได้ห้องเช่าใกล้ตลาด")
        assert not me.faults()
    expect(me.main.locator("table.levels")).to_contain_text("3 ↑")
    me.link("What became of it?").click()
    me.choose("state", "reached")
    me.button("Save what became of it").click()
    expect(me.main).to_contain_text(me.say("No goal is open."))
