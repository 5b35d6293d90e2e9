"""What a tenant missed is paid off in parts, and the landlord is paid through the bank by two people."""

from collections.abc import Callable

from playwright.sync_api import expect

from common import clock
from common.thai.dates import format_be
from tests.e2e.people import Person
from tests.e2e.test_rent import VIEWS, lease_a_room, sign_a_tenancy
from tests.e2e.visitor import Visitor

HOUSES = {"th": "บ้านสวนลำไย", "en": "บ้านสวนลางสาด"}


def agree_a_plan(worker: Visitor, tenancy: str) -> None:
    """Before it is agreed, its parts are seen; then they stand on the page."""
    worker.page.goto(tenancy)
    worker.link("Agree a payment plan").click()
    worker.field("each").fill("500")
    worker.field("first_on").fill(format_be(clock.today(), "numeric"))
    worker.field("note").fill("รับจ้างได้ไม่ทุกวัน")
    worker.button("See the parts").click()
    expect(worker.main).to_contain_text("250.50")
    assert not worker.faults()
    worker.button("Agree on this").click()
    expect(worker.main).to_contain_text("รับจ้างได้ไม่ทุกวัน")
    assert not worker.faults()


def write_an_account_down(finance: Visitor, lead: Visitor, owner: str) -> None:
    """One person writes it down, another compares and confirms it."""
    finance.page.goto("/rent/payouts/?centre=30")
    finance.main.locator("li", has_text=owner).get_by_role("link").click()
    finance.field("bank").select_option("006")
    finance.field("number").fill("999-0-00001-2")
    finance.field("holder").fill(owner)
    finance.button("Write the account down").click()
    expect(finance.page.locator("aside")).to_contain_text(owner)
    assert not finance.faults()
    lead.page.goto("/rent/payouts/?centre=30")
    lead.page.locator("aside li", has_text=owner).get_by_role("link").click()
    expect(lead.main).to_contain_text("9990000012")
    lead.button("Confirm the account").click()
    expect(lead.main.locator("li", has_text=owner).first).to_contain_text("…0012")


@VIEWS
def test_a_plan_is_agreed_and_a_landlord_is_paid_by_two_people(
    language: str, phone: bool, person: Person, visit: Callable[..., Visitor]
) -> None:
    house = HOUSES[language]
    owner = f"เจ้าของ{house}"
    finance = visit("finance_officer", language, phone=phone)
    lease_a_room(finance, house)
    worker = visit("social_worker", language, phone=phone)
    tenancy = sign_a_tenancy(worker, person, house)
    finance.page.goto(f"/rent/runs/30/{clock.today():%Y-%m}/charge/")
    finance.button("Charge the rent now").click()
    agree_a_plan(worker, tenancy)

    lead = visit("supervisor", language, phone=phone)
    lead.page.goto("/rent/payouts/?centre=30")
    drop_what_waits(lead)
    write_an_account_down(finance, lead, owner)

    batch = collect(finance, owner)

    lead.page.goto(batch)
    lead.link("Approve").click()
    lead.button("Approve").click()
    expect(lead.main).to_contain_text(owner)

    finance.page.goto(batch)
    finance.main.locator("li", has_text=owner).get_by_role("link").click()
    finance.field("reason").fill("เลขบัญชีไม่ตรง")
    finance.button("Put it back").click()
    expect(finance.main.locator("li", has_text=owner)).to_contain_text("เลขบัญชีไม่ตรง")
    assert not finance.faults()
    finance.page.goto("/rent/payouts/?centre=30")
    expect(finance.main.locator("li", has_text=owner)).to_contain_text("2,501.00")


def collect(finance: Visitor, owner: str) -> str:
    """What is owed is frozen; whoever collected it cannot approve it. Returns the address of the batch."""
    finance.page.goto("/rent/payouts/?centre=30")
    finance.link("Collect payouts").click()
    finance.button("Collect and freeze").click()
    expect(finance.main).to_contain_text(owner)
    expect(finance.link("Approve")).to_have_count(0)
    return finance.page.url


def drop_what_waits(lead: Visitor) -> None:
    """The demo's batch waits for approval; what it holds is collected anew."""
    waiting = lead.main.locator("li", has=lead.page.locator(".chip.warn")).locator("a.n")
    while waiting.count():
        waiting.first.click()
        lead.link("Drop the batch").click()
        lead.field("reason").fill("รวบรวมใหม่")
        lead.button("Drop the batch").click()
        lead.page.goto("/rent/payouts/?centre=30")
