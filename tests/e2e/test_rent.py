"""A half-rent room from the lease to the receipt: signed, charged, paid, printed, taken back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from common import clock
from common.thai.dates import format_be
from tests.e2e.people import Person
from tests.e2e.visitor import Visitor

VIEWS = pytest.mark.parametrize(
    ("language", "phone"), [("th", False), ("en", True)], ids=["thai", "english-phone"]
)

HOUSES = {"th": "บ้านสวนมะม่วง", "en": "บ้านสวนมะพร้าว"}
"""One for each run; Thai, because Thai pages of other tests show it too."""


def lease_a_room(finance: Visitor, house: str) -> None:
    """From nothing to a room whose bed can be let."""
    finance.page.goto("/rent/landlords/new/")
    finance.field("name").fill(f"เจ้าของ{house}")
    finance.button("Save").click()
    finance.page.goto("/rent/houses/new/")
    finance.field("name").fill(house)
    finance.button("Save").click()
    finance.field("house").select_option(label=house)
    finance.field("number").fill("1")
    finance.field("beds").fill("ก")
    finance.button("Save").click()
    finance.main.get_by_role("link", name=house).click()
    finance.link("Sign a lease").click()
    finance.field("landlord").select_option(label=f"เจ้าของ{house}")
    finance.field("starts_on").fill(format_be(clock.today().replace(day=1), "numeric"))
    finance.field("monthly_rent").fill("2,501")
    finance.button("Save").click()
    expect(finance.page.locator("#messages")).to_contain_text(
        finance.say("The lease is signed. Its beds can be let now.")
    )


def sign_a_tenancy(worker: Visitor, person: Person, house: str) -> str:
    """From the client file; returns the address of the tenancy."""
    worker.page.goto(f"/rent/people/{person.uid}/")
    worker.link("Sign a tenancy").click()
    place = worker.field("place")
    place.select_option(place.locator("option", has_text=house).get_attribute("value"))
    worker.field("scheme").select_option(index=1)
    worker.field("starts_on").fill(format_be(clock.today().replace(day=1), "numeric"))
    worker.button("See who pays what").click()
    expect(worker.page.locator("h1")).to_have_text(worker.say("Is this right?"))
    expect(worker.main.locator("figure").first).to_contain_text("1,250.50")
    assert not worker.faults()
    worker.button("Sign the tenancy").click()
    expect(worker.page.locator("#messages")).to_contain_text(
        worker.say("The tenancy is signed. Rent is charged month by month from now on.")
    )
    return worker.page.url


def take_a_payment(finance: Visitor) -> None:
    """More than is owed, said before and after; the receipt is printed."""
    finance.link("Take a payment").click()
    finance.field("amount").fill("1500")
    finance.button("Go on").click()
    expect(finance.main).to_contain_text("249.50")  # more than is owed, said before
    assert not finance.faults()
    finance.button("Take the money and make the receipt").click()
    expect(finance.page.locator("#messages")).to_contain_text("249.50")  # and after
    receipt = finance.page.url
    paper = finance.page.request.get(f"{receipt}pdf/")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")


def take_it_back(finance: Visitor, tenancy: str) -> None:
    """The receipt is void, the rent is owed again, the books balance."""
    finance.link("Make it void").click()
    finance.field("reason").fill("นับเงินผิด")
    finance.button("Make the receipt void").click()
    expect(finance.main).to_contain_text(finance.say("This receipt is void"))
    finance.page.goto(tenancy)
    expect(finance.page.locator("aside")).to_contain_text("1,250.50")
    finance.page.goto("/rent/balance/")
    expect(finance.main).to_contain_text(finance.say("Debits and credits are the same: the books balance."))
    assert not finance.faults()


@VIEWS
def test_a_room_is_let_charged_paid_and_put_right(
    language: str, phone: bool, person: Person, visit: Callable[..., Visitor]
) -> None:
    house = HOUSES[language]
    finance = visit("finance_officer", language, phone=phone)
    expect(finance.page.locator("h1")).to_have_text(finance.say("Rent desk"))
    lease_a_room(finance, house)

    worker = visit("social_worker", language, phone=phone)
    tenancy = sign_a_tenancy(worker, person, house)

    month = clock.today().strftime("%Y-%m")
    finance.page.goto(f"/rent/runs/30/{month}/charge/")
    finance.button("Charge the rent now").click()
    expect(finance.page.locator("h1")).not_to_contain_text("?")
    finance.page.goto(tenancy)
    expect(finance.main).to_contain_text("1,250.50")

    take_a_payment(finance)
    take_it_back(finance, tenancy)
