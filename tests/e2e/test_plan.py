"""A plan: written in the person's words, returned by a lead, mended, approved, printed."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from common import clock
from common.thai.dates import format_be
from tests.e2e.people import Person
from tests.e2e.visitor import Visitor

SOON = format_be(clock.today() + timedelta(days=10), "numeric")
WORDS = "อยากมีห้องที่ล็อกประตูได้"


def tab(me: Visitor, person: Person) -> None:
    me.page.goto(f"/casework/people/{person.uid}/plan/")
    expect(me.main).to_be_visible()
    assert not me.faults()


def write(me: Visitor, person: Person) -> None:
    """A goal in the person's words, what is done for it, and the plan."""
    me.page.goto(f"/casework/people/{person.uid}/goals/new/")
    me.field("words").fill(WORDS)
    me.button("Save the goal").click()
    tab(me, person)
    me.link("Begin a plan").click()
    me.button("Begin the plan").click()
    me.watch.expect(422)
    me.link("Hand the plan in").click()
    me.button("Hand it in for approval").click()
    expect(me.main.get_by_role("alert").first).to_contain_text(WORDS)
    tab(me, person)
    me.link("Add a task").click()
    me.field("what").fill("พาไปดูห้องสองแห่ง")
    me.choose("who", "person")
    me.field("due_on").fill(SOON)
    assert not me.faults()
    me.button("Save the task").click()
    hand_in(me)


def hand_in(me: Visitor) -> None:
    me.link("Hand the plan in").click()
    assert not me.faults()
    me.button("Hand it in for approval").click()
    expect(me.page.get_by_text(me.say("The plan is handed in."))).to_be_visible()


def give_back(lead: Visitor, person: Person) -> None:
    """The supervisor reads it on a phone and returns it."""
    lead.page.goto("/casework/plans/?show=waiting")
    lead.main.locator(f'a[href="/casework/people/{person.uid}/plan/"]').click()
    lead.link("Return the plan").click()
    expect(lead.main).to_contain_text("พาไปดูห้องสองแห่ง")
    lead.field("reason").fill("ใครไปเป็นเพื่อน")
    assert not lead.faults()
    lead.button("Return it").click()
    expect(lead.main).to_contain_text("ใครไปเป็นเพื่อน")


def test_a_plan_is_returned_mended_approved_and_printed(
    person: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker")
    write(me, person)
    expect(me.main.locator(".own-words")).to_contain_text(WORDS)
    expect(me.page.get_by_text(me.say("Approve the plan"))).to_have_count(0)

    lead = visit("supervisor", "en", phone=True)
    give_back(lead, person)
    me.page.goto("/casework/plans/?show=returned")
    expect(me.main).to_contain_text("ใครไปเป็นเพื่อน")
    tab(me, person)
    me.link("Mend it in a new version").click()
    me.field("note").fill("พี่สมพรไปเป็นเพื่อน")
    me.button("Begin the plan").click()
    hand_in(me)

    tab(lead, person)
    lead.link("Approve the plan").click()
    expect(lead.main).to_contain_text("พี่สมพรไปเป็นเพื่อน")
    assert not lead.faults()
    lead.button("Approve").click()
    expect(lead.main).to_contain_text(lead.say_of("plan", "approved"))

    tab(me, person)
    copy = me.link("The person's copy").get_attribute("href")
    response = me.page.request.get(f"{me.page.url.split('/casework')[0]}{copy}")
    assert response.ok
    assert response.body().startswith(b"%PDF")
