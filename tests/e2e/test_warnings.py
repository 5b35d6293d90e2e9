"""A warning that is due for a look: it waits on the day, stands before the form, and stands on."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from common import clock
from common.thai.dates import format_be
from tests.e2e.visitor import Visitor


def test_a_warning_is_looked_at_again(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    me.open("Today")
    me.link("Warnings to look at again").click()
    expect(me.page.locator("h1")).to_have_text(me.say("Warnings to look at again"))
    rows = me.main.locator(".rows > li").filter(has_text=me.say("never visit alone"))
    expect(rows).to_have_count(1)
    assert not me.faults()
    rows.get_by_role("link", name=me.say("Look again")).click()
    expect(me.main.locator(".flag")).to_contain_text(me.say("due for a look: does it still hold?"))
    assert not me.faults()
    me.field("review_on").fill(format_be(clock.today() + timedelta(days=30), "numeric"))
    me.button("It still holds").click()
    expect(me.page.locator("#messages")).to_contain_text(me.say("The warning stands on."))
    expect(rows).to_have_count(0)

    other = visit("social_worker", "en", phone=True)
    other.page.goto("/casework/warnings/")
    assert not other.faults()
