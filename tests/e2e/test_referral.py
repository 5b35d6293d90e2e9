"""Asking a partner to help: blocked without consent, sent with it, answered by the partner, then taken back."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor

TEMPLE = "WAT-NONDAENG"


def ask(me: Visitor, person: Person) -> None:
    """Ask the temple for three nights; it may read the name."""
    me.page.goto(f"/casework/people/{person.uid}/referrals/")
    assert not me.faults()
    me.link("Ask somebody to help").click()
    me.field("partner").select_option(TEMPLE)
    me.field("ask").fill("ขอที่พักสามคืน")
    me.choose("parts", "name")
    me.button("Send the referral").click()


def agree(me: Visitor, person: Person) -> None:
    """The person lets the temple know their name."""
    me.page.goto(f"/casework/people/{person.uid}/consents/new/")
    me.choose("purpose", "help")
    me.field("partner").select_option(TEMPLE)
    me.choose("answer", "given")
    me.choose("parts", "name")
    me.choose("how", "written")
    me.button("Save the answer").click()
    expect(me.page.get_by_text(me.say("The answer is saved."))).to_be_visible()


def accept(partner: Visitor, person: Person) -> None:
    """The temple reads it on a phone and takes it on."""
    partner.open("Referrals")
    partner.main.get_by_role("link", name=person.code).first.click()
    expect(partner.main).to_contain_text(person.name.split()[0])
    assert not partner.faults()
    partner.link("Answer the referral").click()
    partner.choose("answer", "yes")
    assert not partner.faults()
    partner.button("Send the answer").click()
    expect(partner.main).to_contain_text(partner.say_of("referral", "accepted"))


def test_a_referral_waits_for_consent_and_is_answered(person: Person, visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    me.watch.expect(422)
    ask(me, person)
    expect(me.main.get_by_role("alert").first).to_contain_text(me.say_of("part", "name and age"))
    expect(me.field("ask")).to_have_value("ขอที่พักสามคืน")
    assert not me.faults()

    agree(me, person)
    ask(me, person)
    expect(me.page.get_by_text(me.say("The referral is sent."))).to_be_visible()
    me.main.get_by_role("link", name=person.code).first.click()
    expect(me.main).to_contain_text("ขอที่พักสามคืน")
    address = me.page.url
    assert not me.faults()

    partner = visit("partner", "en", phone=True)
    accept(partner, person)
    me.page.goto(f"/casework/people/{person.uid}/consents/")
    me.link("Take it back").click()
    me.button("Take it back").click()
    expect(me.page.get_by_text("วัดโนนแดง").first).to_be_visible()
    partner.page.goto(address)
    expect(partner.main).to_contain_text(partner.say("Nothing may be read any more."))
