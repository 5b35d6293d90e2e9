"""Spreadsheets, opened again as their reader would."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from common.xlsx import Bars, Column, Sheet, workbook

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def opened(*sheets: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets, made_at=NOW)))


def cells(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+66 81",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "{=1}",
        "http://x.example",
        "0812345678",
    ],
)
def test_text_is_never_a_formula_a_link_or_a_number(text):
    sheet = opened(Sheet("s", [Column("ชื่อ")], [[text]]))["s"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == text
    assert sheet["A2"].hyperlink is None
    assert sheet["A2"].quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_a_sheet_has_heading_header_rows_and_a_frozen_pane():
    book = opened(
        Sheet(
            "สรุป",
            [Column("ตัวชี้วัด", width=40), Column("จำนวน", "int"), Column("ร้อยละ", "percent")],
            [["รับแจ้ง", 1250, 0.86], ["ซ้ำ", "<5", None]],
            heading=["รายงาน ตุลาคม 2569", "นครราชสีมา"],
        )
    )
    sheet = book["สรุป"]
    assert cells(sheet) == [
        ["รายงาน ตุลาคม 2569", None, None],
        ["นครราชสีมา", None, None],
        ["ตัวชี้วัด", "จำนวน", "ร้อยละ"],
        ["รับแจ้ง", 1250, 0.86],
        ["ซ้ำ", "<5", None],
    ]
    assert sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["A"].width == pytest.approx(40, abs=1)
    assert sheet["B4"].number_format == "#,##0"
    assert sheet["C4"].number_format == "0%"
    assert sheet["A4"].font.name == "TH Sarabun New"


def test_dates_are_true_dates_shown_in_the_buddhist_era_or_text():
    sheet = opened(
        Sheet(
            "s", [Column("d", "date"), Column("t", "date_text")], [[date(2026, 10, 31), date(2026, 10, 31)]]
        )
    )["s"]
    assert sheet["A2"].value == datetime(2026, 10, 31)
    assert sheet["A2"].number_format.startswith("[$-107041E]")  # Thai, Buddhist calendar, Arabic digits
    assert sheet["B2"].value == "31 ต.ค. 2569"


def test_satang_are_shown_in_baht():
    sheet = opened(Sheet("s", [Column("m", "satang")], [[125050]]))["s"]
    assert (sheet["A2"].value, sheet["A2"].number_format) == (1250.5, "#,##0.00")


def test_a_chart_stands_beside_its_rows():
    sheet = opened(
        Sheet(
            "ตาราง",
            [Column("หมวด"), Column("จำนวน", "int")],
            [["ก", 1], ["ข", 2], ["ค", 3]],
            charts=[Bars("ช่องทาง", rows=(1, 2))],
        )
    )["ตาราง"]
    (chart,) = sheet._charts
    assert chart.ser[0].val.numRef.f == "ตาราง!$B$3:$B$4"
    assert chart.ser[0].cat.strRef.f == "ตาราง!$A$3:$A$4"


def test_no_rows_no_chart():
    assert opened(Sheet("s", [Column("a"), Column("b", "int")], [], charts=[Bars("x")]))["s"]._charts == []


@pytest.mark.parametrize(
    "sheets",
    [
        [Sheet("a/b", [Column("a")], [])],
        [Sheet("s", [Column("a")], []), Sheet("S", [Column("a")], [])],
        [Sheet("x" * 32, [Column("a")], [])],
        [Sheet("s", [Column("a", "money")], [])],
        [Sheet("s", [Column("a", "int")], [[date(2026, 1, 1)]])],
        [Sheet("s", [Column("a")], [["one", "too many"]])],
    ],
)
def test_what_does_not_fit_is_refused(sheets):
    with pytest.raises(ValueError, match=r".+"):
        workbook(sheets)


def test_the_same_sheets_give_the_same_file():
    def make() -> bytes:
        return workbook(
            [Sheet("s", [Column("a"), Column("n", "int")], [["ก", 1]], charts=[Bars("x")])], made_at=NOW
        )

    assert make() == make()


def test_text_that_cannot_be_written_does_not_lose_the_file():
    sheet = opened(Sheet("s", [Column("a")], [["ก\ud800ข"], ["\x00\x0b"], ["ย" * 40_000]]))["s"]
    assert sheet["A2"].value == "ก?ข"
    assert len(sheet["A4"].value) == 32_767
