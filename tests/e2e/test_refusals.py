"""The wrong role at a door, a foreign file, an address that is none: what was refused, why, and who can help."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor


@pytest.mark.parametrize(
    ("role", "address", "said"),
    [
        ("nurse", "/casework/today/", "My day is for caseworkers."),
        (
            "finance_officer",
            "/casework/people/",
            "Client files are opened by caseworkers, nurses and auditors.",
        ),
        ("social_worker", "/reports/freeze/", "Analysts and administrators freeze a month by hand."),
    ],
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_refusal_says_what_and_who_can_help(
    role: str, address: str, said: str, language: str, visit: Callable[..., Visitor]
) -> None:
    me = visit(role, language)
    me.watch.expect(403)
    me.page.goto(address)
    expect(me.page.locator("h1")).to_have_text(me.say("You may not open this"))
    expect(me.main).to_contain_text(me.say(said))
    help_words = "If your work needs it, ask the head of your centre, or an administrator, who gives roles."
    expect(me.main).to_contain_text(me.say(help_words))
    assert not me.faults()
    me.link("To my first page").click()
    expect(me.page.locator("h1")).to_have_count(1)
    expect(me.page.locator("h1")).not_to_have_text(me.say("You may not open this"))


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_a_file_of_another_province_is_not_there(
    phone: bool, elsewhere: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", phone=phone)
    me.watch.expect(404)
    me.page.goto(f"/casework/people/{elsewhere.uid}/")
    expect(me.page.locator("h1")).to_have_text(me.say("Nothing here that you can see"))
    expect(me.main).not_to_contain_text(elsewhere.name)
    assert not me.faults()


def test_somebody_of_another_province_is_found_as_a_card_without_a_file(
    elsewhere: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker")
    box = me.page.locator("[data-search]")
    box.fill(elsewhere.name)
    box.press("Enter")
    card = me.main.get_by_role("list", name=me.say("Known elsewhere")).get_by_role("listitem").first
    expect(card).to_contain_text(elsewhere.name)
    expect(card).to_contain_text(me.say("Call"))
    expect(card).not_to_contain_text(elsewhere.code)
    expect(card.get_by_role("link").filter(has_text=elsewhere.name)).to_have_count(0)


def test_an_address_that_is_none_says_so(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    me.watch.expect(404)
    me.page.goto("/no-such-page/")
    expect(me.page.locator("h1")).to_have_count(1)
    assert not me.faults()
