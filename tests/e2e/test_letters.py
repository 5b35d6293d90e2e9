"""Letters: the morning's reminder and the month's report lie in the outbox, name nobody, and lead to the page."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import FrameLocator, expect

from common import clock
from tests.e2e.people import Person
from tests.e2e.visitor import Visitor
from tests.support.waiting import wait_until

ADDRESS = "social-worker@demo.example"
CODE = re.compile(r"\b30-25\d\d-\d{5}\b")


def look_for(me: Visitor, words: str) -> None:
    """Wait in the outbox until a letter fits `words` (letters leave in the background), and open it."""
    me.open("Outbox")
    me.field("q").fill(words)
    me.button("Find").click()
    expect(me.page).to_have_url(re.compile(r"[?&]q="))

    def arrived() -> bool:
        me.page.reload()
        return me.main.locator(".letters a.n").count() > 0

    wait_until(arrived, what=f"a letter that fits {words}")
    me.main.locator(".letters a.n").first.click()


def sheet(me: Visitor) -> FrameLocator:
    return me.main.frame_locator("iframe.sheet")


def test_the_reminder_holds_codes_and_links_and_no_names(
    person: Person, in_system: Callable[..., str], visit: Callable[..., Visitor]
) -> None:
    day = clock.today() + timedelta(days=1)  # today's letter may have left by itself
    said = json.loads(
        in_system("manage.py", "send_reminders", "--on", day.isoformat(), "--json").splitlines()[-1]
    )
    assert said["letters"] > 0
    assert (
        json.loads(
            in_system("manage.py", "send_reminders", "--on", day.isoformat(), "--json").splitlines()[-1]
        )["letters"]
        == 0
    )

    me = visit("social_worker")
    look_for(me, ADDRESS)
    letter = sheet(me).locator("body")
    expect(letter).to_contain_text(person.code)
    text = letter.inner_text()
    assert CODE.search(text)
    for word in person.name.split():
        assert word not in text
        assert word not in me.main.inner_text()
    assert not me.faults()
    sheet(me).get_by_role("link", name=person.code).first.click()
    expect(me.page.locator("h1")).to_contain_text(me.say("Record the follow-up"))
    expect(me.main).to_contain_text(person.name)


def test_the_report_is_sent_by_hand_and_its_letter_leads_to_the_page(visit: Callable[..., Visitor]) -> None:
    me = visit("centre_head")
    me.open("Monthly reports")
    # The newest month's letters have left by themselves, because their day had come.
    line = me.main.get_by_role("list", name=me.say("Frozen months")).get_by_role("listitem").nth(1)
    month = line.locator("strong").inner_text()
    line.get_by_role("link").last.click()
    me.main.locator("a.btn[href$='/send/']").click()
    assert not me.faults()
    me.button("Send now").click()
    expect(me.page.locator("#messages")).to_contain_text(me.say("The letters are on their way."))

    look_for(me, month)
    letter = sheet(me).locator("body")
    expect(letter).to_contain_text(month)
    assert not me.faults()
    sheet(me).get_by_role("link", name=me.say("Open the whole report")).first.click()
    expect(me.page.locator("h1")).to_contain_text(month)
