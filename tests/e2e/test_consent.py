"""Asking before data are used, and taking the answer back."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor


def test_a_yes_is_written_down_and_taken_back(person: Person, visit: Callable[..., Visitor]) -> None:
    for language, phone in (("th", False), ("en", True)):
        me = visit("social_worker", language, phone=phone)
        me.page.goto(f"/casework/people/{person.uid}/consents/")
        assert not me.faults()
        me.main.get_by_role("link", name=me.say("Ask"), exact=True).click()
        me.choose("purpose", "help")
        me.choose("answer", "given")
        me.choose("parts", "health")
        me.choose("how", "spoken")
        assert not me.faults()
        me.watch.expect(422)
        me.button("Save the answer").click()
        expect(me.main.get_by_role("alert").first).to_contain_text(
            me.say("A thumb print, and a yes about health by word of mouth, need a witness. Write who.")
        )
        me.field("witness").fill("ป้าแจ๋ว")
        me.button("Save the answer").click()
        expect(me.page.get_by_text(me.say("The answer is saved."))).to_be_visible()
        expect(me.main).to_contain_text(me.say_of("part", "health"))
        assert not me.faults()
        me.link("Take it back").click()
        me.button("Take it back").click()
        expect(me.main).to_contain_text(me.say("Nothing may be shared yet"))
        assert not me.faults()
