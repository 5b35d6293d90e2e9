import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile, UploadedFile
from openpyxl import Workbook

from casework.importing.headings import map_headings
from casework.importing.sheet import read_rows
from casework.importing.words import SHEET
from common.sheets.words import SheetError
from tests.casework.register_sheets import FIELDS, HEADINGS, row, saved, text, with_part, workbook


def numbered(content: bytes, **limits: int) -> list[tuple[int, Any]]:
    """Number and first name of every data row."""
    with read_rows(io.BytesIO(content), **limits) as sheet:
        (column,) = sheet.mapping["first_name"]
        return [(number, cells[column]) for number, cells in sheet]


def refusal(content: bytes, **limits: int) -> str:
    with pytest.raises(SheetError) as refused:
        numbered(content, **limits)
    assert refused.value.code in SHEET
    return refused.value.code


# --- finding the rows -------------------------------------------------------------------------------------------


def test_headings_stand_under_titles_and_rows_count_from_one() -> None:
    above = [["ทะเบียนผู้ใช้บริการ ปีงบประมาณ 2570"], [], ["ศูนย์คุ้มครองคนไร้ที่พึ่ง", "ชื่อ"]]
    content = workbook(row(first_name="ดำ"), row(first_name="แดง"), above=above)
    assert numbered(content) == [(1, "ดำ"), (2, "แดง")]


def test_every_heading_of_the_register_is_known() -> None:
    assert map_headings(HEADINGS) == {name: (column,) for column, name in enumerate(FIELDS)}


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["No.", "Full name", "National ID", "DOB", "Mobile", "Date found"],
            ["number", "full_name", "pin", "birth", "phone", "noticed_on"],
        ),
        (
            ["ที่", "ชื่อ - สกุล", "เลข 13 หลัก", "ว/ด/ป เกิด", "เบอร์โทร", "พบวันที่"],
            ["number", "full_name", "pin", "birth", "phone", "noticed_on"],
        ),
        (["ชื่อ – นามสกุล", "เลขบัตร", "วัน เดือน ปี เกิด", "วันที่พบ"], ["full_name", "pin", "birth", "noticed_on"]),
        (["ชื่อ\nสกุล*", "เลขที่บัตรประชาชน ", "รับแจ้งวันที่"], ["full_name", "pin", "noticed_on"]),
        (["ชื่อ", "ชื่อสกุล", "วันที่รับแจ้ง"], ["first_name", "last_name", "noticed_on"]),
        (["Name", "Surname", "NOTICE DATE"], ["first_name", "last_name", "noticed_on"]),
        (["วันที่", "ชื่อ", "เพศ"], ["noticed_on", "first_name", "sex"]),
        (["ฉายา", "ลักษณะ", "สถานที่พบ", "วันที่แจ้ง"], ["alias", "descriptor", "found_place", "noticed_on"]),
    ],
)
def test_headings_are_known_as_centres_word_them(headings: list[str], fields: list[str]) -> None:
    assert map_headings(headings) == {name: (column,) for column, name in enumerate(fields)}


def test_a_plainer_heading_wins_and_one_name_may_span_columns() -> None:
    found = map_headings(["วันที่", "ชื่อ-สกุล", "", "", "วันที่รับแจ้ง", "จังหวัด", "ภูมิลำเนา"])
    assert found["noticed_on"] == (4,)
    assert found["full_name"] == (1, 2, 3)
    assert found["domicile"] == (6,)


def test_empty_rows_totals_signatures_and_repeated_headings_are_no_rows() -> None:
    rows = [
        row(first_name="ดำ"),
        [None] * 16,
        list(HEADINGS),
        [7, *[None] * 15],
        ["เดือนตุลาคม 2569", *[None] * 15],
        ["รวมเดือนตุลาคม", *[None] * 15],
        row(first_name="แดง"),
        ["รวม", 2, "ราย", *[None] * 13],
        ["รวมทั้งสิ้น 2 ราย", *[None] * 15],
        ["Total", 2, *[None] * 14],
        [None, "ผู้จัดทำ", "นักสังคมสงเคราะห์", *[None] * 13],
        ["ลงชื่อ ...........", "ผู้รายงาน", *[None] * 14],
    ]
    assert numbered(workbook(*rows)) == [(1, "ดำ"), (2, "แดง")]


def test_people_whose_names_look_like_a_total_are_rows() -> None:
    rows = [row(number=None, title=None, first_name=name) for name in ("รวมพล", "ทั้งหมดใจ", "รวม-ใจ")]
    assert [name for _, name in numbered(workbook(*rows))] == ["รวมพล", "ทั้งหมดใจ", "รวม-ใจ"]


def test_the_fullest_worksheet_is_read_and_the_others_are_named() -> None:
    book = Workbook()
    book.active.append(["คำอธิบาย"])
    for title, headings in (("ย่อ", ("ชื่อ", "เพศ", "วันที่รับแจ้ง")), ("ทะเบียน", HEADINGS)):
        sheet = book.create_sheet(title)
        sheet.append(headings)
        sheet.append(row() if headings is HEADINGS else ["ดำ", "ช", "1/1/2569"])
    with read_rows(io.BytesIO(saved(book))) as sheet:
        assert sheet.mapping["remark"] == (15,)
        assert sheet.further == ["ย่อ"]


def test_columns_that_are_not_read_are_named() -> None:
    content = workbook([*row(), 45, "O"], headings=[*HEADINGS, "อายุ", "หมู่เลือด"])
    with read_rows(io.BytesIO(content)) as sheet:
        assert sheet.unread == ["อายุ", "หมู่เลือด"]


def test_cells_stay_what_they_are() -> None:
    formula, script = '=HYPERLINK("http://x","ดู")', "<script>alert(1)</script>"
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(row(birth=datetime(2001, 7, 7), phone=827359750, remark=formula, found_place=script))
    with read_rows(io.BytesIO(saved(book))) as sheet:
        ((_, cells),) = list(sheet)
    assert (cells[7], cells[8], cells[10], cells[15]) == (datetime(2001, 7, 7), 827359750, script, formula)


def test_a_workbook_with_shared_strings_is_read_but_not_their_entities() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, values in enumerate((HEADINGS, row(first_name="ดำ", remark="=1+1"))):
            sheet.write_row(number, 0, values)
    assert numbered(out.getvalue()) == [(1, "ดำ")]
    entities = (
        b'<?xml version="1.0"?><!--'
        + b" " * 9000
        + b'--><!DOCTYPE x [<!ENTITY a "ha">]><sst><si><t>&a;</t></si></sst>'
    )
    assert refusal(with_part(out.getvalue(), "xl/sharedStrings.xml", entities)) == "broken"


# --- text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_every_dress(encoding: str, delimiter: str) -> None:
    remark = f'มี "คำพูด"{delimiter} และ\nสองบรรทัด'
    content = text(row(remark=remark), row(first_name="แดง"), encoding=encoding, delimiter=delimiter)
    assert numbered(content) == [(1, "ดำรง"), (2, "แดง")]
    with read_rows(io.BytesIO(content)) as sheet:
        (_, cells), _ = sheet
    assert cells[15] == remark


def test_text_under_titles_and_over_totals() -> None:
    content = "ทะเบียน,,\n,,\n".encode() + text(row()) + "รวม,1,ราย\nผู้จัดทำ,ก\n".encode()
    assert numbered(content) == [(1, "ดำรง")]


def test_a_file_on_disk_is_opened_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "register.bin"
    path.write_bytes(workbook(row()))
    with read_rows(path) as sheet:
        assert len(list(sheet)) == 1
        assert len(list(sheet)) == 1  # and again from the start
    path.unlink()


@pytest.mark.parametrize("kind", [SimpleUploadedFile, TemporaryUploadedFile])
@pytest.mark.parametrize("content", [workbook(row()), text(row())])
def test_a_file_that_was_uploaded_is_read_and_stays_open(kind: type[UploadedFile], content: bytes) -> None:
    if kind is SimpleUploadedFile:
        upload = SimpleUploadedFile("register", content)
    else:
        upload = TemporaryUploadedFile("register", "text/plain", len(content), None)
        upload.write(content)
    with upload, read_rows(upload) as sheet:
        assert len(list(sheet)) == 1
        sheet.close()
        assert not upload.closed


# --- what cannot be taken ---------------------------------------------------------------------------------------


def test_nothing_at_all_is_empty() -> None:
    assert refusal(b"") == "empty"
    assert refusal(b"\xef\xbb\xbf \r\n") == "empty"
    assert refusal(saved(Workbook())) == "empty"
    assert refusal(workbook()) == "empty"
    assert refusal(workbook(["รวม", 0, *[None] * 14])) == "empty"


@pytest.mark.parametrize(
    "headings", [("สินค้า", "ราคา", "จำนวน", "หมายเหตุ"), ("ชื่อ", "นามสกุล", "เพศ"), ("วันที่รับแจ้ง", "เพศ", "สาเหตุ")]
)
def test_another_table_is_no_register(headings: tuple[str, ...]) -> None:
    assert refusal(workbook(["ข้าว", 20, 3, ""], headings=headings)) == "wrong_columns"
    assert refusal(text(["ข้าว", 20, 3, ""], headings=headings)) == "wrong_columns"


def test_a_protected_or_old_workbook_is_named_by_its_content() -> None:
    compound = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
    assert refusal(compound + "EncryptedPackage".encode("utf-16-le")) == "password"
    assert refusal(compound) == "password"
    assert refusal(compound + "Workbook".encode("utf-16-le")) == "unknown_type"


def test_a_zip_with_a_password_is_protected() -> None:
    content = bytearray(workbook(row()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        content[place + offset] |= 1
    assert refusal(bytes(content)) == "password"


def test_macros_are_refused() -> None:
    assert refusal(with_part(workbook(row()), "xl/vbaProject.bin", b"\0")) == "macros"
    content = workbook(row())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml")
    macro = types.replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")
    assert macro != types
    assert refusal(with_part(content, "[Content_Types].xml", macro)) == "macros"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 ...",
        b"<html><table><tr><td>x</td></tr></table></html>",
        b"\x89PNG\r\n\x1a\n\x01\x02",
        "ชื่อ,นามสกุล,วันที่รับแจ้ง\n".encode("utf-16"),
        b"{\\rtf1 x}",
    ],
)
def test_other_kinds_of_files_are_named(content: bytes) -> None:
    assert refusal(content) == "unknown_type"


def test_a_zip_that_is_no_workbook_is_another_kind() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert refusal(out.getvalue()) == "unknown_type"


def test_damaged_files_are_broken() -> None:
    whole = workbook(row())
    assert refusal(whole[: len(whole) // 2]) == "broken"
    assert refusal(b"PK\x03\x04 and no more") == "broken"
    assert refusal(with_part(whole, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")) == "broken"
    assert refusal(with_part(whole, "xl/workbook.xml", b"not xml")) == "broken"
    assert refusal(text(row()) + b"\0") == "broken"
    assert refusal("ชื่อ,วันที่รับแจ้ง,เพศ\n".encode() + b"\xff\xfe\xfc") == "broken"
    assert refusal(b"a" * (9 << 20)) == "broken"
    assert refusal(text(row()) + b'"' + b"x\n" * 200_000) == "broken"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    ],
)
def test_entities_are_never_read(part: str, head: str) -> None:
    assert refusal(with_part(workbook(row()), part, head.encode())) == "broken"
    assert refusal(with_part(workbook(row()), part, b" " * 9000 + head.encode())) == "broken"


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    content = bytearray(with_part(workbook(row()), "xl/media/image1.bin", bytes(1000)))
    last = content.rfind(b"PK\x01\x02")  # its entry in the directory, where the unpacked size stands
    content[last + 24 : last + 28] = (1 << 30).to_bytes(4, "little")
    assert refusal(bytes(content)) == "too_large"


def test_limits_of_size_and_rows() -> None:
    content = workbook(*[row(number=n) for n in range(30)])
    assert refusal(content, max_bytes=1000) == "too_large"
    assert refusal(content, max_rows=29) == "too_many_rows"
    assert len(numbered(content, max_rows=30)) == 30


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end() -> None:
    content = workbook(row(first_name="ดำ"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<dimension ref="A1:P2"' in xml
    lying = xml.replace("A1:P2", "A1:XFD1048576").replace("</sheetData>", '<row r="1048576"/></sheetData>')
    assert numbered(with_part(content, "xl/worksheets/sheet1.xml", lying.encode())) == [(1, "ดำ")]
    understated = xml.replace("A1:P2", "A1:A1")
    assert numbered(with_part(content, "xl/worksheets/sheet1.xml", understated.encode())) == [(1, "ดำ")]
