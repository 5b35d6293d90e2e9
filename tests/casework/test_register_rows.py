import csv
import io
import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from casework.importing.headings import map_headings
from casework.importing.matching import find_within
from casework.importing.register import ParsedRow, parse_row
from casework.importing.sheet import read_rows
from casework.importing.words import FIELDS as FIELD_WORDS
from casework.importing.words import ROW as ROW_WORDS
from casework.models import Client, Notice
from common.thai.dates import PartialDate
from tests.casework.register_sheets import FIELDS, row, text, workbook

TODAY = date(2026, 11, 22)
MAPPING = {name: (column,) for column, name in enumerate(FIELDS)}


def parsed(**changed: Any) -> ParsedRow:
    return parse_row(MAPPING, row(**changed), 1, TODAY)


def in_columns(headings: str, *values: Any) -> ParsedRow:
    """A row of a register with other headings."""
    return parse_row(map_headings(headings.split(",")), values, 1, TODAY)


def test_an_ordinary_row_is_understood_whole() -> None:
    assert parsed() == ParsedRow(
        row=1,
        title="นาย",
        first_name="ดำรง",
        last_name="คำภา",
        nickname="แมว",
        sex="male",
        pin="1999900000013",
        id_status="unverified",
        birth=PartialDate(date(1983, 1, 17)),
        phone="0686626738",
        domicile_province="10",
        domicile_text="กรุงเทพมหานคร",
        found_place="หน้าวัดพระธาตุ",
        noticed_on=date(2026, 9, 17),
        channel="agency",
        channel_text="หน่วยงานส่งต่อ",
        cause="family",
        cause_text="ปัญหาครอบครัว",
        appointment_on=date(2026, 9, 24),
        remark="ปฏิเสธเข้ารับบริการ",
    )


# --- errors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"pin": "4999986730013"}, "pin", "pin_checksum"),
        ({"pin": "123456"}, "pin", "pin_checksum"),
        ({"pin": "9-9999-00000-01-3"}, "pin", "pin_checksum"),
        ({"pin": "1.99990E+12"}, "pin", "pin_checksum"),
        ({"birth": "12/5/2590"}, "birth", "birth_future"),
        ({"birth": datetime(2026, 11, 23)}, "birth", "birth_future"),
        ({"birth": "12/5/26"}, "birth", "birth_two_digit"),
        ({"birth": "พ.ศ. 20"}, "birth", "birth_two_digit"),
        ({"birth": "31/2/2520"}, "birth", "birth_invalid"),
        ({"birth": "เมื่อวาน"}, "birth", "birth_invalid"),
        ({"birth": "1/1/2440"}, "birth", "birth_invalid"),
        ({"first_name": None, "nickname": None}, "first_name", "name_missing"),
        ({"first_name": "-", "nickname": "ไม่ทราบ"}, "first_name", "name_missing"),
        ({"first_name": "นางสาว", "nickname": None, "title": None}, "first_name", "name_missing"),
        ({"first_name": "\u200b ", "nickname": ""}, "first_name", "name_missing"),
        ({"noticed_on": None}, "noticed_on", "found_missing"),
        ({"noticed_on": "-"}, "noticed_on", "found_missing"),
        ({"noticed_on": "ต้นเดือน"}, "noticed_on", "found_missing"),
        ({"noticed_on": "ก.ย. 2569"}, "noticed_on", "found_missing"),
        ({"noticed_on": "17/9/69"}, "noticed_on", "found_missing"),
        ({"noticed_on": "23/11/2569"}, "noticed_on", "found_missing"),
    ],
)
def test_what_is_wrong_is_named_by_field_and_code(changed: dict[str, Any], field: str, code: str) -> None:
    assert parsed(**changed).errors == [(field, code)]
    assert field in FIELD_WORDS
    assert code in ROW_WORDS


def test_a_row_may_be_wrong_in_several_places() -> None:
    wrong = parsed(first_name=None, nickname=None, pin="1234567890123", birth="1/1/26", noticed_on=None)
    assert {code for _, code in wrong.errors} == {
        "name_missing",
        "pin_checksum",
        "birth_two_digit",
        "found_missing",
    }


def test_a_number_with_a_wrong_check_digit_is_kept_for_who_wants_it_unverified() -> None:
    wrong = parsed(pin="4-9999-86730-01-3")
    assert (wrong.pin, wrong.id_status) == ("4999986730013", "unverified")
    short = parsed(pin="12345", remark=None)
    assert (short.pin, short.remark) == ("", "เลขประจำตัว: 12345")


# --- ID numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "pin", "status"),
    [
        ("1-9999-00000-01-3", "1999900000013", "unverified"),
        ("๑๙๙๙๙๐๐๐๐๐๐๑๓", "1999900000013", "unverified"),
        (1999900000013, "1999900000013", "unverified"),
        (1999900000013.0, "1999900000013", "unverified"),
        ("0999989000010", "0999989000010", "category_0"),
        (999989000010, "0999989000010", "category_0"),
        ("999989000010", "0999989000010", "category_0"),
        ("1999900000013 (บัตรหาย)", "1999900000013", "lost_card"),
        (None, "", "not_asked"),
        ("-", "", "not_asked"),
        ("ไม่ทราบ", "", "unknown"),
        ("จำไม่ได้", "", "unknown"),
        ("ไม่มี", "", "none"),
        ("ไม่มีบัตร", "", "none"),
        ("บัตรหาย", "", "lost_card"),
        ("ไม่ประสงค์ให้", "", "refused"),
        ("passport AB1234567", "", "passport"),
    ],
)
def test_papers_of_every_kind_are_no_error(cell: Any, pin: str, status: str) -> None:
    found = parsed(pin=cell)
    assert (found.pin, found.id_status, found.errors) == (pin, status, [])


def test_papers_that_are_no_number_are_kept_in_the_remark() -> None:
    assert "เลขประจำตัว: passport AB1234567" in parsed(pin="passport AB1234567").remark


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "cells", "title", "first", "last", "nickname"),
    [
        ("ชื่อ-สกุล,วันที่รับแจ้ง", ("นายดำรง  คำภา",), "นาย", "ดำรง", "คำภา", ""),
        ("ชื่อสกุล,วันที่รับแจ้ง", ("น.ส.สมใจ",), "น.ส.", "สมใจ", "", ""),
        ("full name,date found", ("Mr. Somchai Jaidee",), "Mr.", "Somchai", "Jaidee", ""),
        ("ชื่อ-นามสกุล,วันที่รับแจ้ง", ("นายดำ (แมว) ใจดี",), "นาย", "ดำ", "ใจดี", "แมว"),
        ("ชื่อ,วันที่รับแจ้ง", ("นางเอมอร บุญช่วย",), "นาง", "เอมอร", "บุญช่วย", ""),
        ("ชื่อ,นามสกุล,วันที่รับแจ้ง", ("นางสาวเอมอร", "ณ อยุธยา"), "นางสาว", "เอมอร", "ณ อยุธยา", ""),
        ("คำนำหน้า,ชื่อ,นามสกุล", ("นาย", "นายดำ", "-"), "นาย", "ดำ", "", ""),
        ("คำนำหน้า,ชื่อ,นามสกุล", ("นาย", "พระพร", "ใจดี"), "นาย", "พระพร", "ใจดี", ""),
        ("คำนำหน้า,ชื่อ,ชื่อสกุล", ("-", "ดำ", "ไม่ทราบ"), "", "ดำ", "", ""),
        ("ชื่อ-สกุล,,,วันที่รับแจ้ง", ("นาย", "ดำ", "ใจดี"), "นาย", "ดำ", "ใจดี", ""),
        ("ชื่อ-สกุล,ชื่อเล่น,วันที่รับแจ้ง", ("ดํารง คําภา", "\u200bแมว"), "", "ดำรง", "คำภา", "แมว"),
    ],
)  # fmt: skip
def test_names_are_told_apart_in_any_columns(
    headings: str, cells: tuple[str, ...], title: str, first: str, last: str, nickname: str
) -> None:
    found = in_columns(headings, *cells)
    assert (found.title, found.first_name, found.last_name, found.nickname) == (title, first, last, nickname)


@pytest.mark.parametrize("name", ["ไม่ทราบชื่อ ชายผมยาว เสื้อแดง", "นิรนาม: ชายผมยาว เสื้อแดง"])
@pytest.mark.parametrize("heading", ["ชื่อ-สกุล", "ชื่อ"])
def test_somebody_without_a_name_is_known_by_a_description(name: str, heading: str) -> None:
    found = in_columns(f"{heading},วันที่พบ,เพศ", name, "1/9/2569", "ช")
    assert (found.first_name, found.last_name, found.descriptor) == ("", "", "ชายผมยาว เสื้อแดง")
    assert found.errors == []


@pytest.mark.parametrize("heading", ["ชื่อเล่น", "ฉายา", "รูปพรรณ"])
def test_any_name_or_description_is_enough(heading: str) -> None:
    assert in_columns(f"ชื่อ,{heading},วันที่พบ", "", "ตาแดง", "1/9/2569").errors == []


# --- other cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        ("17 ม.ค. 2526", PartialDate(date(1983, 1, 17))),
        ("๑๙ พฤศจิกายน ๒๕๔๑", PartialDate(date(1998, 11, 19))),
        ("1979-01-17", PartialDate(date(1979, 1, 17))),
        (datetime(2001, 7, 7), PartialDate(date(2001, 7, 7))),
        (datetime(2526, 1, 17), PartialDate(date(1983, 1, 17))),
        (30333, PartialDate(date(1983, 1, 17))),
        ("พ.ศ. 2520", PartialDate(date(1977, 1, 1), "year")),
        (2520, PartialDate(date(1977, 1, 1), "year")),
        (2520.0, PartialDate(date(1977, 1, 1), "year")),
        ("ม.ค. 2520", PartialDate(date(1977, 1, 1), "month")),
        ("-", None),
        ("ไม่ทราบ", None),
        (None, None),
    ],
)
def test_births_are_kept_as_far_as_they_are_known(cell: Any, birth: PartialDate | None) -> None:
    found = parsed(birth=cell)
    assert (found.birth, found.errors) == (birth, [])


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (827359750, "0827359750"),
        (827359750.0, "0827359750"),
        ("+66872544046", "0872544046"),
        ("๐๘๖๘๕๕๑๒๔๑", "0868551241"),
        ("-", ""),
    ],
)
def test_phones_in_every_form(cell: Any, number: str) -> None:
    found = parsed(phone=cell, remark=None)
    assert (found.phone, found.remark) == (number, "")


def test_what_is_not_understood_is_kept_in_the_remark() -> None:
    found = parsed(phone="ฝากเพื่อน", appointment_on="หลังสงกรานต์", remark="เดินไม่ได้")
    assert found.remark == "เดินไม่ได้\nวันนัดติดตาม: หลังสงกรานต์\nโทรศัพท์: ฝากเพื่อน"
    assert (found.phone, found.appointment_on, found.errors) == ("", None, [])
    both = parsed(phone="081-234-5678, 089-999-9999", remark=None)
    assert (both.phone, both.remark) == ("0812345678", "โทรศัพท์: 081-234-5678, 089-999-9999")


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        *(("sex", cell, "male") for cell in ("ช", "ชาย", "M", "male", "ช.")),
        *(("sex", cell, "female") for cell in ("ญ", "หญิง", "F", "Female")),
        ("sex", "เพศทางเลือก", "other"),
        *(("sex", cell, "unknown") for cell in (None, "-", "?")),
        *(("channel", cell, "hotline_1300") for cell in ("สายด่วน 1300", "1300", 1300, "Hotline")),
        ("channel", "เดินเข้ามาเอง", "walk_in"),
        ("channel", "ลงพื้นที่เชิงรุก", "outreach"),
        ("channel", "หน่วยงานส่งต่อ", "agency"),
        ("channel", "สภ.เมือง (ตำรวจ)", "agency"),
        ("channel", "เฟซบุ๊กศูนย์", "social_media"),
        ("channel", "ข่าวโทรทัศน์", "news"),
        *(("channel", cell, "other") for cell in (None, "อื่น ๆ")),
        ("cause", "ไม่มีงานทำ", "work"),
        ("cause", "ปัญหาครอบครัว", "family"),
        ("cause", "ติดสุรา", "alcohol"),
        ("cause", "สุขภาพจิต", "mental_health"),
        ("cause", "ไม่มีที่พักอาศัย", "no_housing"),
        ("cause", "พิการ", "illness"),
        ("cause", "หนีหนี้", "other"),
        ("cause", None, "unknown"),
        ("domicile_province", "จ.นครราชสีมา", "30"),
        ("domicile_province", "โคราช", "30"),
        ("domicile_province", "Chiang Mai", "50"),
        ("domicile_province", "สปป.ลาว", ""),
    ],
)
def test_choices_are_read_from_the_words_centres_use(field: str, cell: Any, value: str) -> None:
    found = parsed(**{field.removesuffix("_province"): cell})
    assert getattr(found, field) == value
    if field == "domicile_province":
        assert found.domicile_text == cell


def test_values_are_those_the_records_know() -> None:
    found = [parsed(channel=channel, cause=cause, pin=pin) for channel, cause, pin in zip(
        ("1300", "เดินเข้ามา", "ลงพื้นที่", "ตำรวจ", "ไลน์", "ข่าว", "?"),
        ("งาน", "ญาติ", "เหล้า", "จิตเวช", "ที่อยู่", "ป่วย", "x"),
        (None, "ไม่มี", "ไม่ทราบ", "บัตรหาย", "ปฏิเสธ", "passport", "0999989000010"),
        strict=True,
    )]  # fmt: skip
    assert {row.channel for row in found} <= set(Notice.Channel.values)
    assert {row.cause for row in found} <= set(Client.Cause.values)
    assert {row.id_status for row in found} <= set(Client.IdStatus.values)


@pytest.mark.parametrize(
    "hostile", ['=HYPERLINK("http://x","ดู")', "<script>alert(1)</script>", "+cmd|' /C calc'!A0", "@SUM(1)"]
)
def test_hostile_cells_stay_the_text_they_are(hostile: str) -> None:
    found = parsed(remark=hostile, first_name=hostile, found_place=hostile)
    assert (found.remark, found.first_name, found.found_place) == (hostile, hostile, hostile)
    assert found.errors == []


def test_very_long_cells_fit_their_columns() -> None:
    names = ("title", "first_name", "last_name", "nickname", "found_place", "phone")
    found = parsed(**dict.fromkeys(names, "ก" * 100_000))
    assert all(len(getattr(found, name)) <= Client._meta.get_field(name).max_length for name in names)


@given(
    st.lists(
        st.none() | st.text(max_size=20) | st.integers() | st.floats() | st.datetimes() | st.booleans(),
        max_size=18,
    )
)
def test_no_row_is_too_strange_to_be_answered(cells: list[Any]) -> None:
    found = parse_row(MAPPING, cells, 7, TODAY)
    assert found.row == 7
    assert {code for _, code in found.errors} <= set(ROW_WORDS)


# --- whole registers --------------------------------------------------------------------------------------------


def read(content: bytes) -> list[ParsedRow]:
    with read_rows(io.BytesIO(content)) as sheet:
        return [parse_row(sheet.mapping, cells, number, TODAY) for number, cells in sheet]


REGISTER = [
    row(),
    row(number=2, first_name="วิชัย\u200b", pin="๑๙๙๙๙๐๐๐๐๐๐๑๓", birth="๑๗ มกราคม ๒๕๒๖", phone="๐๘๖๘๕๕๑๒๔๑"),
    row(number=3, pin=999989000010, phone=827359750, birth="พ.ศ. 2520"),
    row(number=4, first_name=None, nickname=None, pin="ไม่ทราบ"),
    row(number=5, noticed_on=None, remark='=HYPERLINK("http://x","ดู")'),
    [None] * 16,
    ["รวม", 5, "ราย", *[None] * 13],
    ["ผู้จัดทำ", "นักสังคมสงเคราะห์", *[None] * 14],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_the_same_register_as_workbook_and_as_text_says_the_same(encoding: str) -> None:
    as_text = [
        [cell.replace("\u200b", "") if isinstance(cell, str) else cell for cell in line] for line in REGISTER
    ]
    content = text(*(as_text if encoding == "cp874" else REGISTER), encoding=encoding)
    rows = read(workbook(*REGISTER))
    assert read(content) == rows
    assert [row.errors for row in rows] == [
        [],
        [],
        [],
        [("first_name", "name_missing")],
        [("noticed_on", "found_missing")],
    ]


SHARED = Path(os.environ.get("RUAMBAN_SHARED", Path(__file__).parents[3] / "shared")) / "data"


@pytest.mark.skipif(not (SHARED / "register_centre.xlsx").exists(), reason="no sample register here")
@pytest.mark.parametrize("form", ["xlsx", "utf-8", "utf-8-sig", "cp874"])
def test_the_sample_register_has_exactly_what_its_key_says(form: str) -> None:
    key = json.loads((SHARED / "register_centre.key.json").read_text())
    content = (SHARED / "register_centre.xlsx").read_bytes()
    if form != "xlsx":
        content = _as_text(content, form)
    rows = read(content)
    errors: dict[str, list[int]] = {}
    for person in rows:
        for _, code in person.errors:
            errors.setdefault(code, []).append(person.row)
    taken = [person for person in rows if not person.errors]
    same = find_within(taken)
    assert (len(rows), errors, sorted(same)) == (key["rows"], key["errors"], key["duplicates"])
    assert len(taken) - len(same) == key["clean"]


def _as_text(content: bytes, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    for values in load_workbook(io.BytesIO(content)).active.values:
        lines.writerow(
            [value.date().isoformat() if isinstance(value, datetime) else value for value in values]
        )
    written = out.getvalue()
    return (written.replace("\u200b", "") if encoding == "cp874" else written).encode(encoding)
