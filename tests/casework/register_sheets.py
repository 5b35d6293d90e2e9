"""Small registers for tests, as workbooks and as text."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = (
    *("ลำดับ", "คำนำหน้า", "ชื่อ", "นามสกุล", "ชื่อเล่น", "เพศ", "เลขประจำตัวประชาชน", "วันเดือนปีเกิด", "โทรศัพท์"),
    *("ภูมิลำเนา (จังหวัด)", "จุดที่พบ", "วันที่รับแจ้ง", "ช่องทางรับแจ้ง", "สาเหตุ", "วันนัดติดตาม", "หมายเหตุ"),
)
FIELDS = (
    *("number", "title", "first_name", "last_name", "nickname", "sex", "pin", "birth", "phone"),
    *("domicile", "found_place", "noticed_on", "channel", "cause", "appointment_on", "remark"),
)
ORDINARY: dict[str, Any] = {
    **{"number": 1, "title": "นาย", "first_name": "ดำรง", "last_name": "คำภา", "nickname": "แมว", "sex": "ช"},
    **{
        "pin": "1-9999-00000-01-3",
        "birth": "17 ม.ค. 2526",
        "phone": "068-662-6738",
        "domicile": "กรุงเทพมหานคร",
    },
    **{"found_place": "หน้าวัดพระธาตุ", "noticed_on": "17/9/2569", "channel": "หน่วยงานส่งต่อ"},
    **{"cause": "ปัญหาครอบครัว", "appointment_on": "24/9/2569", "remark": "ปฏิเสธเข้ารับบริการ"},
}


def row(**changed: Any) -> list[Any]:
    """An ordinary row, with some cells changed."""
    return [(ORDINARY | changed)[name] for name in FIELDS]


def workbook(
    *rows: Sequence[Any], headings: Sequence[str] = HEADINGS, above: Iterable[Sequence[Any]] = ()
) -> bytes:
    """An .xlsx of titles, headings and rows; a text that begins with "=" is stored as text."""
    book = Workbook()
    sheet = book.active
    for values in (*above, headings, *rows):
        sheet.append(["" if value is None else value for value in values] if values else [None])
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":
                cell.data_type = "s"
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(
    *rows: Sequence[Any], encoding: str = "utf-8", delimiter: str = ",", headings: Sequence[str] = HEADINGS
) -> bytes:
    """The same as delimited text."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """A workbook with one part of the zip added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return out.getvalue()
