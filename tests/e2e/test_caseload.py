"""A lead narrows the caseload down, keeps the list for the team, and gives cases away."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor


@pytest.mark.parametrize(("language", "phone"), [("th", False), ("en", True)], ids=["thai", "english phone"])
def test_a_list_is_narrowed_down_kept_and_given_away(
    language: str, phone: bool, visit: Callable[..., Visitor]
) -> None:
    me = visit("supervisor", language, phone=phone)
    me.open("Caseload")
    rows = me.main.locator(".rows.caseload > li")
    expect(rows.first).to_be_visible()
    assert not me.faults()
    me.main.get_by_label(me.say("Appointments"), exact=True).select_option("late")
    me.button("Show").click()
    expect(rows.first).to_be_visible()
    name = "เลยกำหนดหนึ่ง" if language == "th" else "เลยกำหนดสอง"
    me.link("Keep this list").first.click()
    me.main.locator("input[name=name]").fill(name)
    me.main.locator("input[name=share]").last.check()
    assert not me.faults()
    me.button("Keep").click()
    expect(me.main.locator("nav a.chip[aria-current]").filter(has_text=name)).to_be_visible()
    rows.first.get_by_role("checkbox").check()
    me.main.locator("#give-to").select_option(index=1 if language == "th" else 2)
    me.main.locator("form.card .give button").first.click()
    expect(me.main.locator("dl.facts")).to_be_visible()
    assert not me.faults()
    me.button("Give these cases").click()
    expect(me.main.locator("form.card")).to_be_visible()
    assert not me.faults()
