"""The month's report: frozen by hand where it was missed, opened, followed down to people, taken along as files."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Locator, expect

from tests.e2e.visitor import Visitor

VIEWS = pytest.mark.parametrize(
    ("role", "language", "phone"),
    [("department_analyst", "th", False), ("administrator", "en", True)],
    ids=["analyst", "administrator on a phone in English"],
)


def newest(me: Visitor) -> Locator:
    """The newest frozen month in the list of reports."""
    return me.main.get_by_role("list", name=me.say("Frozen months")).get_by_role("listitem").first


def bring(me: Visitor, button: str) -> Download:
    with me.page.expect_download() as waiting:
        me.main.get_by_role("link", name=button, exact=True).click()
    return waiting.value


def content(download: Download) -> bytes:
    return download.path().read_bytes()


@VIEWS
def test_a_missed_month_is_frozen_once(
    role: str, language: str, phone: bool, visit: Callable[..., Visitor]
) -> None:
    me = visit(role, language, phone=phone)
    me.open("Monthly reports")
    me.link("Freeze a missed month").click()
    select = me.main.locator("select[name=month]")
    label = select.locator("option").first.inner_text()
    select.select_option(label=label)
    assert not me.faults()
    me.button("Freeze").click()
    expect(me.page.locator("#messages")).to_contain_text(me.say("The month is frozen."))
    expect(me.page.locator("h1")).to_contain_text(label)
    assert not me.faults()
    me.page.go_back()
    me.page.reload()
    assert label not in me.main.locator("select[name=month] option").all_inner_texts()


@pytest.mark.parametrize(("language", "phone"), [("th", False), ("th", True), ("en", False)])
def test_every_figure_opens_the_rows_it_counts(
    language: str, phone: bool, visit: Callable[..., Visitor]
) -> None:
    from governance.indicators import all_indicators  # noqa: PLC0415 (models may be imported once Django is set up)

    me = visit("supervisor", language, phone=phone)
    me.open("Monthly reports")
    newest(me).get_by_role("link").last.click()  # the own province
    expect(me.page.locator("h1")).to_have_count(1)
    tiles = me.main.locator("a.tile")
    expect(tiles).to_have_count(len(all_indicators()))
    assert not me.faults()
    counted = tiles.filter(has_text=me.say("Open episodes at month end"))
    number = int(counted.locator("b").inner_text().replace(",", ""))
    assert number > 0
    counted.click()
    table = me.main.get_by_role("table", name=me.say("Rows behind the figure"))
    shown = table.locator("tbody tr").count()
    assert shown == min(number, 25)
    assert not me.faults()
    name = table.locator("tbody a.n").first.inner_text()
    table.locator("tbody a.n").first.click()
    expect(me.page.locator("h1")).to_contain_text(name)


def test_an_analyst_sees_the_number_and_no_names(visit: Callable[..., Visitor]) -> None:
    me = visit("department_analyst")
    me.open("Monthly reports")
    newest(me).get_by_role("link").first.click()
    me.main.locator("a.tile").first.click()
    expect(me.main).to_contain_text(me.say("No row that you may open"))
    expect(me.main.locator("table tbody a.n")).to_have_count(0)


def test_the_report_goes_along_as_pdf_and_as_sheet(visit: Callable[..., Visitor]) -> None:
    me = visit("centre_head")
    me.open("Monthly reports")
    month = newest(me).locator("strong").inner_text()
    newest(me).get_by_role("link").last.click()
    printed = content(bring(me, "PDF"))
    assert printed.startswith(b"%PDF")
    pdf = pypdfium2.PdfDocument(printed)
    text = "".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))
    assert squeezed(month) in squeezed(text)
    assert squeezed("นครราชสีมา") in squeezed(text)
    book = load_workbook(io.BytesIO(content(bring(me, "XLSX"))))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(month in cell for cell in cells)


def squeezed(text: str) -> str:
    """Without spaces, which PDFs set as they like, and with ำ as one letter."""
    return re.sub(r"\s", "", text).replace("ํา", "ำ")


def test_the_head_holds_the_letters_and_lets_them_go(visit: Callable[..., Visitor]) -> None:
    me = visit("centre_head", phone=True)
    me.open("Monthly reports")
    so_far = me.page.locator("aside section").filter(has_text=me.say("The month so far"))
    so_far.get_by_role("link").last.click()  # letters of earlier months have left
    me.link("Hold the letters").click()
    me.field("reason").fill("รอตรวจตัวเลขการกลับมาอีกครั้ง")
    me.button("Hold the letters").click()
    expect(me.main).to_contain_text("รอตรวจตัวเลขการกลับมาอีกครั้ง")
    assert not me.faults()
    me.link("Release the letters").click()
    me.button("Release the letters").click()
    expect(me.main).not_to_contain_text(me.say("The letters of this report are held"))
