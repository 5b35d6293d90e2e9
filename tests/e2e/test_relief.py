"""Money for somebody in need: applied for, not approved by oneself, approved by another, paid, and its receipt."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person
from tests.e2e.visitor import Visitor


def apply(me: Visitor, person: Person) -> str:
    """Apply as a lead, once without having visited; returns the address of the grant."""
    me.page.goto(f"/casework/people/{person.uid}/grants/")
    assert not me.faults()
    me.link("Apply for a relief grant").click()
    me.field("amount").fill("1,500.50")
    me.field("purpose").fill("ค่ารถกลับบ้าน")
    me.button("Send the application").click()
    expect(me.main.get_by_role("alert").first).to_contain_text(
        me.say("Enter the telephone call and the home visit, or say why one of them was not possible.")
    )
    me.field("why_not").fill("ไม่มีบ้าน พบในที่ที่นอน")
    me.button("Send the application").click()
    me.main.get_by_role("link", name="1,500.50").first.click()
    expect(me.main).to_contain_text(me.say("Nobody approves what they applied for themselves."))
    expect(me.link("Decide about the grant")).to_have_count(0)
    assert not me.faults()
    return me.page.url


def test_a_grant_goes_through_three_hands(person: Person, visit: Callable[..., Visitor]) -> None:
    lead = visit("supervisor")
    lead.watch.expect(422, 403)
    address = apply(lead, person)
    answer = lead.page.goto(f"{address}decide/")
    assert answer is not None
    assert answer.status == 403

    head = visit("centre_head", "en", phone=True)
    head.page.goto(address)
    head.link("Decide about the grant").click()
    head.choose("answer", "yes")
    assert not head.faults()
    head.button("Save the decision").click()
    expect(head.main).to_contain_text(head.say_of("relief", "approved"))

    payer = visit("finance_officer")
    payer.page.goto("/casework/grants/?show=waiting")
    assert not payer.faults()
    payer.page.goto(address)
    payer.link("Pay the grant").click()
    payer.choose("how", "cash")
    payer.choose("signed", "thumb")
    assert not payer.faults()
    payer.button("Write down the payment").click()
    expect(payer.main).to_contain_text(payer.say_of("relief", "paid"))
    assert not payer.faults()
    printed = payer.page.request.get(f"{address}receipts/1/")
    assert printed.status == 200
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF")
