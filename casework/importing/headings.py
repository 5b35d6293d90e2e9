"""Headings of a register, as centres word them, and the field each stands for."""

from collections.abc import Sequence

from common.sheets.headings import Mapping, Vocabulary

_VARIANTS = {
    "number": "ลำดับ, ลำดับที่, ที่, no, number, order, seq, item",
    "title": "คำนำหน้า, คำนำหน้าชื่อ, คำนำหน้านาม, title, prefix, name title",
    "first_name": "ชื่อ, ชื่อจริง, ชื่อตัว, first name, given name, forename",
    "last_name": "นามสกุล, สกุล, last name, surname, family name",
    "full_name": "ชื่อสกุล, ชื่อนามสกุล, ชื่อและนามสกุล, ชื่อตัวชื่อสกุล, คำนำหน้าชื่อสกุล, คำนำหน้าชื่อนามสกุล, รายชื่อ, "
    "ชื่อผู้ใช้บริการ, ชื่อผู้รับบริการ, ชื่อสกุลผู้ใช้บริการ, ชื่อสกุลผู้รับบริการ, ชื่อนามสกุลผู้ใช้บริการ, "
    "name, full name, client name, name surname, name and surname, client",
    "nickname": "ชื่อเล่น, ชื่อเรียก, ชื่อที่ใช้เรียก, nickname",
    "alias": "ฉายา, ชื่ออื่น, ชื่อในที่สาธารณะ, alias, street name, also known as, aka",
    "descriptor": "ลักษณะ, รูปพรรณ, ตำหนิรูปพรรณ, ลักษณะเด่น, description, descriptor",
    "sex": "เพศ, sex, gender",
    "pin": "เลขประจำตัวประชาชน, เลขประจำตัว, เลขประจำตัว 13 หลัก, เลขประจำตัวประชาชน 13 หลัก, เลขบัตร, เลขบัตรประชาชน, "
    "เลขที่บัตร, เลขที่บัตรประชาชน, เลขบัตรประจำตัวประชาชน, หมายเลขบัตรประชาชน, หมายเลขประจำตัวประชาชน, เลข 13 หลัก, "
    "บัตรประชาชน, เลขปชช, pin, id no, id number, id card, id card number, national id, citizen id, cid",
    "birth": "วันเดือนปีเกิด, วดปเกิด, วันเดือนปีที่เกิด, วันเกิด, ปีเกิด, เกิด, เกิดวันที่, พศเกิด, "
    "date of birth, birth date, birthdate, birthday, dob, born, born on, year of birth",
    "phone": "โทรศัพท์, โทร, เบอร์โทร, เบอร์โทรศัพท์, หมายเลขโทรศัพท์, เบอร์, เบอร์ติดต่อ, เบอร์มือถือ, มือถือ, "
    "phone, phone number, phone no, tel, tel no, telephone, mobile, mobile phone",
    "domicile": "ภูมิลำเนา, ภูมิลำเนาจังหวัด, จังหวัดภูมิลำเนา, ภูมิลำเนาเดิม, บ้านเกิด, "
    "home province, domicile, hometown, home town",
    "found_place": "จุดที่พบ, สถานที่พบ, สถานที่ที่พบ, พบที่, ที่พบ, บริเวณที่พบ, พื้นที่ที่พบ, พื้นที่พบ, จุดพบ, "
    "where found, found at, place found, found place",
    "noticed_on": "วันที่รับแจ้ง, รับแจ้งวันที่, วันรับแจ้ง, วันที่แจ้ง, วันที่รับเรื่อง, วันที่พบ, พบวันที่, "
    "วดปที่รับแจ้ง, วดปรับแจ้ง, วดปที่พบ, วดปพบ, วันเดือนปีที่พบ, วันเดือนปีที่รับแจ้ง, "
    "date of notice, notice date, noticed on, date noticed, date found, found on, date reported",
    "channel": "ช่องทางรับแจ้ง, ช่องทางการรับแจ้ง, ช่องทางที่รับแจ้ง, ช่องทาง, รับแจ้งทาง, รับแจ้งจาก, แหล่งที่มา, "
    "channel, notice channel, source, reported through",
    "cause": "สาเหตุ, สาเหตุหลัก, สาเหตุที่ไร้บ้าน, สาเหตุที่ออกจากบ้าน, สภาพปัญหา, ปัญหา, cause, main cause, reason",
    "appointment_on": "วันนัดติดตาม, วันที่นัดติดตาม, วันนัด, วันที่นัด, นัดติดตาม, นัดหมาย, วันนัดหมาย, วันนัดครั้งต่อไป, "
    "appointment, next appointment, appointment date, follow up, follow up date, next visit, next follow up",
    "remark": "หมายเหตุ, ข้อสังเกต, remark, remarks, notes, comment, comments",
}
# Headings that stand for the field only when no plainer one does.
_LOOSE = {
    "noticed_on": "วันที่, วันเดือนปี, วดป, date",
    "domicile": "จังหวัด, province",
    "found_place": "สถานที่, place, location",
    "pin": "id",
    "remark": "บันทึก, รายละเอียด, อื่น ๆ, note, details",
}
_NAMES = ("first_name", "full_name", "nickname", "alias", "descriptor")
_WIDEST_NAME = 3  # ชื่อ-สกุล written across title, first name and surname
_FEWEST = 3


def _settle_full_name(found: Mapping, headings: Sequence[str]) -> None:
    """ชื่อสกุล beside ชื่อ is the surname, "name" beside "surname" the first name; else it may span columns."""
    if "full_name" not in found:
        return
    (column,) = found["full_name"]
    beside = "last_name" if "first_name" in found else "first_name" if "last_name" in found else None
    if beside is not None:
        found.setdefault(beside, found.pop("full_name"))
        return
    end = column + 1
    while end < len(headings) and end < column + _WIDEST_NAME and not headings[end]:
        end += 1
    found["full_name"] = tuple(range(column, end))


def is_register(found: Mapping) -> bool:
    """True when the headings are those of a register: somebody's name, the day of notice, and more."""
    return len(found) >= _FEWEST and "noticed_on" in found and any(name in found for name in _NAMES)


REGISTER = Vocabulary(_VARIANTS, _LOOSE, is_register, _settle_full_name)
map_headings = REGISTER.map_headings
