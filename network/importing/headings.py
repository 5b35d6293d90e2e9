"""Headings of a sheet of contributions, as partners word them."""

from common.sheets.headings import Mapping, Vocabulary

_PLAIN = {
    "number": "ลำดับ, ลำดับที่, ที่, no, number, item",
    "given_on": "วันที่, วันเดือนปี, วดป, วันที่ให้, วันที่สมทบ, วันที่บริจาค, วันที่รับ, date, day, given on, date given",
    "what": "รายการ, สิ่งที่สมทบ, สิ่งของ, สิ่งที่ให้, กิจกรรม, รายการสมทบ, รายการบริจาค, รายละเอียด, "
    "what, item given, description, contribution, what was given",
    "quantity": "จำนวน, ปริมาณ, จำนวนที่ให้, จำนวนหน่วย, quantity, amount, qty, how much",
    "unit": "หน่วย, หน่วยนับ, unit, units",
    "stated": "มูลค่า, มูลค่า (บาท), มูลค่าบาท, ราคา, คิดเป็นเงิน, มูลค่ารวม, value, value (baht), value in baht",
    "area": "พื้นที่, สถานที่, ตำบล, ชุมชน, area, place, location",
    "giver": "ผู้ให้, ผู้สมทบ, ผู้บริจาค, ชื่อผู้ให้, ผู้ร่วมสมทบ, giver, given by, donor, name",
    "people": "จำนวนคน, กี่คน, คน, จำนวนอาสา, จำนวนอาสาสมัคร, people, number of people, persons, volunteers",
    "remark": "หมายเหตุ, ข้อสังเกต, remark, remarks, note, notes, comment",
}
_LOOSE = {"quantity": "ชั่วโมง, hours", "what": "ชื่อรายการ, ประเภท, type, kind"}
_NEEDED = ("given_on", "what", "quantity", "unit")


def is_contributions(found: Mapping) -> bool:
    """True when the headings are those of a sheet of contributions."""
    return all(field in found for field in _NEEDED)


CONTRIBUTIONS = Vocabulary(_PLAIN, _LOOSE, is_contributions)
