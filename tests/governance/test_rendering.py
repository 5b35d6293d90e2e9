"""The frozen report on paper and as a spreadsheet, and what is hidden before it leaves the house."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product

import openpyxl
import pypdfium2
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.reference.provinces import PROVINCES
from common.charts import Amount, Masked, Point
from governance.rendering import (
    Cell,
    FigureView,
    ReportView,
    RestatementView,
    change,
    detail,
    hidden,
    hide_count,
    hide_share,
    hide_small,
    picture,
    reading,
    render_pdf,
    render_xlsx,
)

MONTHS = ["ส.ค. 69", "ก.ย. 69", "ต.ค. 69"]
CHANNELS = [("สายด่วน 1300", 171), ("ลงพื้นที่พบเอง", 14), ("เดินเข้ามาขอรับบริการเอง", 3), ("อื่น ๆ", 0)]


def count(**changes) -> FigureView:
    view = FigureView(
        code="open_episodes",
        title="แฟ้มที่เปิดอยู่ ณ สิ้นเดือน",
        definition="แฟ้มที่เปิดแล้วและยังไม่ยุติ ณ สิ้นวันสุดท้ายของเดือน",
        kind="count",
        value=146,
        previous=Point("กันยายน 2569", 155),
        trend=[Point(MONTHS[0], 101), Point(MONTHS[1], 155), Point(MONTHS[2], 146)],
    )
    return replace(view, **changes)


def share(**changes) -> FigureView:
    view = FigureView(
        code="contacted",
        title="พบตัวภายใน 3 วันหลังรับแจ้ง",
        definition="ตัวหาร: การรับแจ้งของเดือน",
        kind="share",
        numerator=124,
        denominator=144,
        previous=Point("กันยายน 2569", 77, 100),
        trend=[Point(MONTHS[0], 0, 0), Point(MONTHS[1], 77, 100), Point(MONTHS[2], 124, 144)],
    )
    return replace(view, **changes)


def breakdown(**changes) -> FigureView:
    view = FigureView(
        code="notices",
        title="การรับแจ้งตามช่องทาง",
        definition="การรับแจ้งทุกรายการของเดือน",
        kind="breakdown",
        rows=CHANNELS,
        previous=Point("กันยายน 2569", 188),
        trend=[Point(MONTHS[1], 188), Point(MONTHS[2], 188)],
    )
    return replace(view, **changes)


def report(*figures: FigureView, **changes) -> ReportView:
    view = ReportView(
        title="รายงานประจำเดือน",
        area_name="จังหวัดนครราชสีมา",
        month_label="ตุลาคม 2569",
        frozen_at_text="1 พ.ย. 2569 เวลา 02.00 น.",
        period_text="1–31 ตุลาคม 2569",
        figures=figures or (breakdown(), share(), count()),
        restatements=[
            RestatementView(
                "แฟ้มที่เปิดอยู่ กันยายน 2569", Point("ตรึงเมื่อ 1 ต.ค. 2569", 84), Point("วันนี้", 3), ["บันทึกซ้ำ"]
            )
        ],
        footnotes=["ร้อยละปัดเป็นจำนวนเต็ม"],
        frozen_at=datetime(2026, 10, 31, 19, tzinfo=UTC),
    )
    return replace(view, **changes)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def pages(raw: bytes) -> list[str]:
    return [
        page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pypdfium2.PdfDocument(raw)
    ]


def sheets(raw: bytes) -> dict[str, list[list]]:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


# --- words -------------------------------------------------------------------------------------------------


def test_a_figure_says_its_reading_its_base_and_its_move():
    assert (reading(share().now), detail(share())) == ("86\u00a0%", "124 of 144")
    assert change(share()) == ("up", "up 9 points from กันยายน 2569")
    assert (reading(count().now), detail(count())) == ("146", "")
    assert change(count()) == ("down", "down 9 from กันยายน 2569")
    assert (reading(breakdown().now), detail(breakdown())) == ("188", "most: สายด่วน 1300 171")
    assert change(breakdown()) == ("same", "same as กันยายน 2569")


def test_nothing_counted_is_not_zero_percent():
    empty = share(numerator=0, denominator=0)
    assert (reading(empty.now), detail(empty)) == ("–", "nothing to count this month")
    assert change(empty) == ("unknown", "cannot be compared with กันยายน 2569")
    assert change(count(previous=None)) == ("unknown", "no earlier month to compare with")


def test_each_kind_has_its_picture():
    assert picture(share()).table.rows[-1] == ("ต.ค. 69", "86\u00a0%", "124", "144")
    assert picture(count()).table.rows[-1] == ("ต.ค. 69", "146")
    assert picture(count(trend=())).table.rows == ((count().title, "146"),)
    assert picture(breakdown()).table.rows[2] == ("เดินเข้ามาขอรับบริการเอง", "3")


# --- small cells -------------------------------------------------------------------------------------------


def test_one_small_cell_takes_the_next_smallest_with_it():
    safe = hide_small(CHANNELS)
    assert [cell for _label, cell in safe.rows] == [171, Cell.WITHHELD, Cell.SMALL, 0]
    assert safe.total == 188


def test_without_a_small_cell_all_is_shown():
    rows = [("a", 5), ("b", 0), ("c", 12)]
    assert hide_small(rows).rows == tuple(rows)
    assert hide_small([]).total == 0


def test_two_small_cells_that_the_total_would_give_away_take_a_third():
    safe = hide_small([("a", 4), ("b", 4), ("c", 20), ("d", 30)])
    assert [cell for _label, cell in safe.rows] == [Cell.SMALL, Cell.SMALL, Cell.WITHHELD, 30]


def test_a_small_cell_that_is_all_there_is_hides_the_total():
    assert hide_small([("a", 3), ("b", 0)]) == hide_small([("a", 1), ("b", 0)])
    assert hide_small([("a", 3), ("b", 0)]).total is Cell.SMALL
    assert hide_small([("a", 4), ("b", 4)]).total is Cell.WITHHELD
    assert hide_small([("a", 1), ("b", 1), ("c", 1), ("d", 1)]).total is Cell.WITHHELD


@given(st.lists(st.integers(0, 14), min_size=1, max_size=5))
def test_no_small_cell_can_be_worked_out(values):
    safe = hide_small([(str(index), value) for index, value in enumerate(values)])
    shown = [cell for _label, cell in safe.rows]
    smallest_shown = min((cell for cell in shown if isinstance(cell, int) and cell), default=20)
    choices = {Cell.SMALL: range(1, 5), Cell.WITHHELD: range(5, max(smallest_shown, 5) + 1)}
    options = [choices[cell] if isinstance(cell, Cell) else [cell] for cell in shown]

    def agrees(guess: tuple[int, ...]) -> bool:
        if safe.total is Cell.SMALL:
            return 0 < sum(guess) < 5
        return safe.total is Cell.WITHHELD or sum(guess) == safe.total

    possible = [guess for guess in product(*options) if agrees(guess)]
    assert tuple(values) in possible
    for index, cell in enumerate(shown):
        assert (cell is Cell.SMALL) == (0 < values[index] < 5)
        if cell is Cell.SMALL:
            assert len({guess[index] for guess in possible}) > 1


@given(st.lists(st.integers(0, 200), max_size=8), st.integers(2, 12))
def test_hiding_changes_no_number_and_keeps_zeros(values, below):
    safe = hide_small([("x", value) for value in values], below)
    for value, (_label, cell) in zip(values, safe.rows, strict=True):
        assert cell == value or (isinstance(cell, Cell) and value > 0)
    assert safe.total == sum(values) or isinstance(safe.total, Cell)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (124, 144, (124, 144)),
        (3, 40, (Cell.WITHHELD, 40)),
        (38, 40, (Cell.WITHHELD, 40)),
        (0, 40, (0, 40)),
        (40, 40, (40, 40)),
        (0, 3, (Cell.WITHHELD, Cell.SMALL)),
        (0, 0, (0, 0)),
    ],
)
def test_a_share_hides_its_small_side(numerator, denominator, expected):
    assert hide_share(numerator, denominator) == expected


def test_a_lone_count_is_hidden_from_one_to_four():
    assert [hide_count(value) for value in (0, 1, 4, 5)] == [0, Cell.SMALL, Cell.SMALL, 5]


def test_a_hidden_report_hides_trend_previous_and_restatement_too():
    small = count(value=3, previous=Point("กันยายน 2569", 2), trend=[Point("ก.ย. 69", 2), Point("ต.ค. 69", 3)])
    view = hidden(
        report(small, share(numerator=2), breakdown(rows=[("a", 4), ("b", 4)], trend=[Point("ต.ค. 69", 8)]))
    )
    first, second, third = view.figures
    assert [first.value, first.previous.value, *(point.value for point in first.trend)] == ["<5"] * 4
    assert (second.numerator, second.denominator, second.value) == ("hidden", 144, None)
    assert reading(second.now) == "hidden"
    assert (third.now.value, third.trend[-1].value) == ("hidden", "hidden")
    assert (view.restatements[0].frozen.value, view.restatements[0].now.value) == (84, "<5")
    assert "<5" in view.footnotes[-1]
    assert change(first).direction == "unknown"


def test_provinces_do_not_give_each_other_away():
    counts = {"10": Point("", 1271), "30": Point("", 3), "40": Point("", 12), "50": Point("", 0)}
    masked = hidden(report(count(provinces=counts))).figures[0].provinces
    assert {code: point.value for code, point in masked.items()} == {
        "10": 1271,
        "30": "<5",
        "40": "hidden",
        "50": 0,
    }
    shares = {
        "10": Point("", 600, 1271),
        "30": Point("", 1, 30),
        "40": Point("", 6, 12),
        "50": Point("", 0, 0),
    }
    masked = hidden(report(share(provinces=shares))).figures[0].provinces
    assert masked["10"] == shares["10"]
    assert (masked["30"].value, masked["40"].value) == ("hidden", "hidden")
    assert isinstance(masked["40"].denominator, Masked)


# --- PDF ---------------------------------------------------------------------------------------------------


def test_the_pdf_says_every_figure_with_picture_table_and_definition():
    text = "\n".join(pages(render_pdf(report())))
    for said in (
        *(
            "รายงานประจำเดือน ตุลาคม 2569",
            "จังหวัดนครราชสีมา",
            "1 พ.ย. 2569 เวลา 02.00 น.",
            "86\u00a0%",
            "124 of 144",
        ),
        *("up 9 points from กันยายน", "เดินเข้ามาขอรับบริการเอง", "แฟ้มที่เปิดแล้วและยังไม่ยุติ ณ สิ้นวันสุดท้ายของเดือน"),
        *("ตรึงเมื่อ 1 ต.ค. 2569: 84", "วันนี้: 3", "บันทึกซ้ำ", "ร้อยละปัดเป็นจำนวนเต็ม", "Page 1 of "),
    ):
        assert said.replace("\u00a0", " ") in text.replace("\u00a0", " "), said


def test_the_pdf_that_leaves_the_house_shows_no_small_cell():
    view = report(breakdown(rows=[("โทรศัพท์", 171), ("เดินมา", 14), ("สื่อ", 3)]))
    inside, outside = ("\n".join(pages(render_pdf(view, hide=hide))) for hide in (False, True))
    assert "สื่อ 3" in inside
    assert "สื่อ <5" in outside
    assert "เดินมา hidden" in outside
    assert "วันนี้: <5" in outside
    assert "โทรศัพท์ 171" in outside


def test_synthetic_figures_say_so_on_every_page():
    marked = pages(render_pdf(report(*[count()] * 7, synthetic=True)))
    assert len(marked) > 1
    assert all("Synthetic data" in page for page in marked)
    assert not any("Synthetic data" in page for page in pages(render_pdf(report())))


def test_a_province_report_of_six_figures_fits_three_pages():
    six = [breakdown(), share(), count(), share(), share(), breakdown()]
    assert len(pages(render_pdf(report(*six)))) <= 3


def test_the_country_shows_every_province():
    provinces = {province.code: Point("", 20) for province in PROVINCES}
    text = "\n".join(pages(render_pdf(report(count(provinces=provinces)))))
    assert all(province.name_en in text for province in PROVINCES)
    with override("th"):
        thai = "\n".join(pages(render_pdf(report(count(provinces=provinces)))))
    assert all(province.name_th in thai for province in PROVINCES)


def test_an_empty_month_is_a_report_too():
    view = report(
        share(numerator=0, denominator=0, previous=None, trend=[]),
        count(value=0, previous=None, trend=[]),
        breakdown(rows=[], previous=None, trend=[]),
        restatements=[],
        footnotes=[],
    )
    text = "\n".join(pages(render_pdf(view)))
    assert "No data" in text
    assert "0 %" not in text.replace("100 %", "").replace("50 %", "").replace("\u00a0", " ")
    assert sheets(render_xlsx(view))


def test_hostile_texts_of_a_report_stay_text():
    hostile = '#panic("x") *x* <script> =1+1'
    view = report(
        count(title=hostile, definition=hostile, note=hostile),
        breakdown(rows=[(hostile, 7), ("b", 8)]),
        area_name=hostile,
        footnotes=[hostile],
    )
    assert "\n".join(pages(render_pdf(view))).count('#panic("x") *x* <script>') >= 5
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(view)))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_same_view_gives_the_same_files():
    assert render_pdf(report()) == render_pdf(report())
    assert render_xlsx(report()) == render_xlsx(report())


# --- XLSX --------------------------------------------------------------------------------------------------


def test_the_spreadsheet_has_summary_tables_definitions_and_restatements():
    book = sheets(render_xlsx(report()))
    assert list(book) == ["Summary", "Tables", "Definitions", "Corrected after freezing"]
    summary = {row[0]: row[1:] for row in book["Summary"]}
    assert summary["พบตัวภายใน 3 วันหลังรับแจ้ง"] == [124, 144, 0.86, None, None, "up 9 points from กันยายน 2569"]
    assert summary["แฟ้มที่เปิดอยู่ ณ สิ้นเดือน"] == [146, None, None, None, None, "down 9 from กันยายน 2569"]
    tables = [tuple(row[:6]) for row in book["Tables"]]
    assert ("การรับแจ้งตามช่องทาง", "Category", "สายด่วน 1300", 171, 188, 0.91) in tables
    assert ("การรับแจ้งตามช่องทาง", "Category", "เดินเข้ามาขอรับบริการเอง", "<5", 188, "hidden") in tables
    assert ("การรับแจ้งตามช่องทาง", "Category", "ลงพื้นที่พบเอง", "hidden", 188, "hidden") in tables
    assert ("พบตัวภายใน 3 วันหลังรับแจ้ง", "Month", "ส.ค. 69", 0, 0, None) in tables
    definitions = {row[0]: row[1] for row in book["Definitions"]}
    assert definitions["พบตัวภายใน 3 วันหลังรับแจ้ง"] == "ตัวหาร: การรับแจ้งของเดือน"
    restated = book["Corrected after freezing"]
    assert [row[2] for row in restated[1:]] == [84, "<5"]
    assert restated[2][7] == "บันทึกซ้ำ"


def test_the_spreadsheet_of_synthetic_figures_says_so():
    assert any(
        "Synthetic data" in str(row[0]) for row in sheets(render_xlsx(report(synthetic=True)))["Summary"]
    )


def test_the_spreadsheet_speaks_thai():
    with override("th"):
        assert list(sheets(render_xlsx(report(restatements=[])))) == ["สรุป", "ตาราง", "นิยาม"]


# --- amounts -----------------------------------------------------------------------------------------------


def baht(satang: int, rows: int = 20) -> Amount:
    return Amount(satang, unit="baht", scale=100, rows=rows)


def gifts(**changes) -> FigureView:
    view = FigureView(
        code="contributions",
        title="ของที่ได้รับ",
        definition="มูลค่า",
        kind="breakdown",
        unit="baht",
        section="ชุมชน",
        value=baht(150_050, 32),
        rows=[("เงิน", baht(100_000)), ("แรงงาน", baht(50_050, 12))],
        previous=Point("กันยายน 2569", baht(100_000)),
        trend=[Point(MONTHS[1], baht(100_000)), Point(MONTHS[2], baht(150_050, 32))],
    )
    return replace(view, **changes)


def test_an_amount_is_said_with_its_unit_and_its_satang_only_where_there_are_any():
    assert reading(gifts().now) == "1,500.50\u00a0baht"
    assert detail(gifts()) == "most: เงิน 1,000\u00a0baht"
    assert change(gifts()) == ("up", "up 500.50\u00a0baht from กันยายน 2569")


@given(st.integers(-(10**12), 10**12), st.sampled_from([1, 100]))
def test_no_digit_of_an_amount_is_lost(value, scale):
    said = Amount(value, unit="", scale=scale).digits.replace(",", "")
    assert Decimal(said) * scale == value


def test_an_amount_of_few_rows_is_hidden_however_large():
    rows = [("เงิน", baht(9_000_000, 3)), ("แรงงาน", baht(50_050, 12)), ("ของ", baht(700, 40))]
    view = hidden(report(gifts(rows=rows, value=baht(9_050_750, 55)))).figures[0]
    assert [value for _label, value in view.rows] == ["hidden", "hidden", baht(700)]
    alone = hidden(report(gifts(kind="count", rows=(), value=baht(9_000_000, 1)))).figures[0]
    assert reading(alone.now) == "hidden"


def test_sheets_hold_amounts_in_baht_beside_the_rows_they_come_from():
    book = sheets(render_xlsx(report(gifts())))
    assert ["ชุมชน", None, None, None, None, None, None] in book["Summary"]
    summary = {row[0]: row[1:] for row in book["Summary"]}
    assert summary["ของที่ได้รับ"][:5] == [32, None, None, 1500.5, "baht"]
    assert ["ของที่ได้รับ", "Category", "แรงงาน", 12, None, 0.33, 500.5, "baht"] in [
        row[:8] for row in book["Tables"]
    ]


def test_paper_shows_headings_and_what_the_masks_mean_on_the_first_page():
    text = pages(render_pdf(report(gifts(), share(section="ผู้คน")), hide=True))
    assert "ชุมชน" in text[0]
    assert "1,500.50 baht" in text[0].replace("\u00a0", " ")
    assert "so that no person can be told from a figure" in " ".join(text[0].split())
