"""One's own calendar: an address is made, fetched by a program without a session, and ended."""

from collections.abc import Callable

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor


@pytest.mark.parametrize(("language", "phone"), [("th", False), ("en", True)], ids=["thai", "english phone"])
def test_the_address_of_the_calendar_is_made_fetched_and_ended(
    language: str, phone: bool, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", language, phone=phone)
    me.page.goto("/me/")
    me.link("My calendar").first.click()
    me.main.locator("form:not([action]) button").click()
    shown = me.main.locator("code.address")
    expect(shown).to_be_visible()
    assert not me.faults()
    address = "/" + shown.inner_text().split("/", 3)[3]
    me.page.goto("/me/")
    fetched = me.page.request.get(address)
    assert fetched.headers["cache-control"] == "private, no-store"
    assert Calendar.from_ical(fetched.body()).walk("VEVENT")
    me.link("My calendar").first.click()
    expect(me.main.locator("code.address")).to_have_count(0)
    me.button("End the address").click()
    nobody = "Nobody can fetch your calendar yet. Make an address and give it to your calendar program."
    expect(me.main).to_contain_text(me.say(nobody))
    assert me.page.request.get(address).status == 404
    assert not me.faults()
