"""Coming in: every role by one click, to a page that is theirs, in either language."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor
from tests.e2e.words import latin_words

FIRST_PAGE = {
    "social_worker": "Today",
    "supervisor": "Team board",
    "centre_head": "Team board",
    "nurse": "Service users",
    "carer": "",
    "finance_officer": "",
    "partner": "Write down a contribution",
    "volunteer": "Write down a contribution",
    "department_analyst": "",
    "auditor": "Who saw and changed what",
    "administrator": "",
}
"""What the heading of a role's first page says; "" for the general welcome."""


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("role", FIRST_PAGE)
def test_one_click_leads_each_role_to_a_page_of_theirs(
    role: str, phone: bool, visit: Callable[..., Visitor]
) -> None:
    me = visit(role, phone=phone)
    heading = me.page.locator("h1")
    expect(heading).to_have_count(1)
    if FIRST_PAGE[role]:
        expect(heading).to_have_text(me.say(FIRST_PAGE[role]))
        current = me.page.locator("#menu [aria-current=page]")
        expect(current).to_contain_text(me.say(FIRST_PAGE[role]))
    assert not me.faults()


@pytest.mark.parametrize("role", FIRST_PAGE)
def test_every_entry_of_the_menu_opens(role: str, visit: Callable[..., Visitor]) -> None:
    me = visit(role)
    entries = me.page.locator("#menu .nav a:visible")
    for number in range(entries.count()):
        label = entries.nth(number).evaluate("link => link.firstChild.data.trim()")
        entries.nth(number).click()
        expect(me.page.locator("#menu [aria-current=page]")).to_contain_text(label)
        expect(me.page.locator("h1")).to_have_count(1)
        assert not latin_words(me.page)


def test_the_language_changes_where_one_stands_and_stays(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    me.open("Appointments")
    expect(me.page.locator("html")).to_have_attribute("lang", "th")
    stood_at = me.page.url
    me.page.get_by_role("button", name="English").first.click()
    expect(me.page.locator("html")).to_have_attribute("lang", "en")
    expect(me.page.locator("h1")).to_have_text("Appointments")
    assert me.page.url == stood_at
    me.page.locator("#menu").get_by_role("link", name="Today").click()
    expect(me.page.locator("h1")).to_have_text("Today")
    me.page.get_by_role("button", name="ภาษาไทย").first.click()
    expect(me.page.locator("h1")).to_have_text("วันนี้")


def test_light_and_dark_are_chosen_and_stay(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")

    def ground() -> str:
        return str(me.page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    light = ground()
    me.page.locator("[data-theme-switch]:visible").click()
    dark = ground()
    assert dark != light
    me.page.reload()
    assert ground() == dark
    assert not me.faults_of_colour()


def test_signing_out_closes_the_door(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    mine = me.page.url
    me.page.locator("header.top").get_by_role("button", name=me.say("Sign out")).click()
    me.page.goto(mine)
    expect(me.page).to_have_url(re.compile("/sign-in/login/"))


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_wrong_password_says_so_beside_the_way_to_a_new_one(
    language: str, visit: Callable[..., Visitor]
) -> None:
    me = visit("", language)
    me.field("login").fill("social-worker@demo.example")
    me.field("password").fill("not this one")
    me.field("password").press("Enter")
    summary = me.page.locator(".summary")
    expect(summary).to_be_focused()
    expect(me.field("login")).to_have_value("social-worker@demo.example")
    assert not me.faults()
