"""A partner writes down on the phone what it gave; a worker at the centre confirms it; a slip is corrected."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.visitor import Visitor
from tests.network.test_import import row, workbook


def entry(me: Visitor, what: str) -> Locator:
    """The line of a list that is about this contribution."""
    return me.main.get_by_role("listitem").filter(has_text=what)


def write_down(me: Visitor, what: str, quantity: str = "12.5", unit: str = "kg") -> None:
    """As quickly as it goes: what, how much, of which unit."""
    me.field("what").fill(what)
    me.field("quantity").fill(quantity)
    me.field("unit").select_option(unit)
    me.button("Save the contribution").click()


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_a_partner_writes_down_on_the_phone_a_worker_confirms(
    language: str, visit: Callable[..., Visitor]
) -> None:
    partner, worker = visit("partner", language, phone=True), visit("social_worker", language)
    what = f"ข้าวสารหอมมะลิ ครั้งที่ {2 if language == 'en' else 1}"
    expect(partner.page.locator("h1")).to_have_text(partner.say("Write down a contribution"))
    assert not partner.faults()
    write_down(partner, what)
    expect(partner.page.get_by_text(partner.say("Thank you. It is written down."))).to_be_visible()
    expect(entry(partner, what)).to_contain_text("12.5")
    assert not partner.faults()

    worker.open("Contributions to confirm")
    assert not worker.faults()
    for _page in range(20):
        if entry(worker, what).count():
            break
        worker.main.locator("a[rel=next]").click()
    entry(worker, what).get_by_role("link", name=worker.say("Confirm")).click()
    assert not worker.faults()
    worker.button("Yes, I confirm it").click()
    expect(worker.page.get_by_text(worker.say("It is confirmed."))).to_be_visible()

    partner.page.reload()
    entry(partner, what).get_by_role("link").first.click()
    expect(partner.main.locator(".chip").first).to_have_text(partner.say_of("contribution", "confirmed"))
    assert not partner.faults()
    partner.link("Correct").click()
    partner.field("quantity").fill("10")
    partner.field("reason").fill("จดผิด")
    assert not partner.faults()
    partner.button("Save the correction").click()
    expect(partner.page.locator("h1")).to_contain_text("10")
    expect(partner.main.locator("ul.line")).to_contain_text("จดผิด")
    assert not partner.faults()


def test_a_slip_comes_back_with_what_was_typed(visit: Callable[..., Visitor]) -> None:
    me = visit("volunteer", phone=True)
    me.watch.expect(422)
    write_down(me, "แจกอาหารตอนเย็น", "25", "hour")
    expect(me.main.get_by_role("alert").first).to_contain_text("24")
    expect(me.field("what")).to_have_value("แจกอาหารตอนเย็น")
    assert not me.faults()
    me.field("people").fill("2")
    me.button("Save the contribution").click()
    expect(entry(me, "แจกอาหารตอนเย็น")).to_be_visible()


def test_a_sheet_is_looked_at_before_it_is_written(visit: Callable[..., Visitor], tmp_path: Path) -> None:
    me = visit("partner")
    path = tmp_path / "ตุลาคม.xlsx"
    path.write_bytes(workbook(row(what="ตัดผมที่ศาลา"), row(what="ตัดผมที่ศาลา"), row(quantity=-3)))
    me.link("Bring a sheet with many").click()
    me.field("file").set_input_files(path)
    assert not me.faults()
    me.button("Read the file").click()
    expect(me.page.locator("h1")).to_have_text("ตุลาคม.xlsx")
    expect(me.main).to_contain_text(me.say("A contribution is more than zero. To take one back, correct it."))
    assert not me.faults()
    me.link("Write it down…").click()
    assert not me.faults()
    me.button("Write it down").click()
    expect(me.page.get_by_text(me.say("It is written down. Somebody else confirms it."))).to_be_visible()
    assert not me.faults()


def test_a_worker_looks_at_a_partner_and_its_year(visit: Callable[..., Visitor]) -> None:
    for language, phone in (("th", False), ("en", True)):
        me = visit("supervisor", language, phone=phone)
        me.open("Partners")
        assert not me.faults()
        me.field("q").fill("โนนแดง")
        me.button("Show").click()
        me.main.get_by_role("link", name="วัดโนนแดง").click()
        expect(me.main.locator("figure svg").first).to_be_visible()
        expect(me.main).to_contain_text(me.say("Who signs in for it"))
        assert not me.faults()
        me.open("Unit values")
        assert not me.faults()
