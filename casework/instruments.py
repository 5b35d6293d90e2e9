"""Instruments that the house brings along; a migration writes each into the database.

One that is in use is never changed: another wording is another version, brought by another migration.

The five dimensions are those of the family logbook (สมุดพกครอบครัว); neither its items nor its scales were ever
published, so the levels and their anchor texts are ours.
"""

from typing import Any

Words = tuple[str, str]


def _dimension(key: str, name: Words, *levels: Words) -> dict[str, Any]:
    return {
        "key": key,
        "th": name[0],
        "en": name[1],
        "levels": [{"th": thai, "en": english} for thai, english in levels],
    }


FIVE_DIMENSIONS_1: dict[str, Any] = {
    "code": "five-dimensions",
    "version": 1,
    "name_th": "ห้ามิติชีวิต",
    "name_en": "Five sides of a life",
    "dimensions": [
        _dimension(
            "health",
            ("สุขภาพ", "Health"),
            ("เจ็บป่วยหนักหรือเฉียบพลัน ยังไม่ได้รับการรักษา", "Gravely or acutely ill, and not treated"),
            ("มีโรคหรืออาการที่ต้องรักษา แต่รักษาไม่ต่อเนื่อง", "An illness that needs care, treated off and on"),
            ("รักษาต่อเนื่อง ดูแลตัวเองได้เป็นส่วนใหญ่", "Treated regularly, mostly able to look after themselves"),
            ("แข็งแรงดี หรืออาการคงที่ ดูแลตัวเองได้", "Well or stable, able to look after themselves"),
        ),
        _dimension(
            "living",
            ("ความเป็นอยู่", "Living"),
            ("นอนในที่สาธารณะ หรือที่ที่ไม่ปลอดภัย", "Sleeps outside, or where it is not safe"),
            ("มีที่พักชั่วคราว อยู่ต่อได้ไม่นาน", "A roof for now that will not last"),
            ("มีที่พักที่อยู่ได้อีกอย่างน้อยหนึ่งเดือน", "A place that lasts for at least a month"),
            ("มีที่อยู่ที่มั่นคงเป็นของตัวเอง", "A secure place of their own"),
        ),
        _dimension(
            "education",
            ("การศึกษาและทักษะ", "Education and skills"),
            ("อ่านเขียนไม่ได้ หรือเป็นเด็กที่ไม่ได้เรียน", "Cannot read and write, or a child out of school"),
            ("อ่านเขียนได้บ้าง ยังไม่มีทักษะที่ใช้ทำงานได้", "Reads and writes a little, no skill to work with yet"),
            ("อ่านเขียนได้ มีทักษะพื้นฐานหรือกำลังเรียนรู้", "Reads and writes, has basic skills or is learning"),
            ("มีวุฒิหรือทักษะที่ใช้หาเลี้ยงชีพได้", "A certificate or a skill that earns a living"),
        ),
        _dimension(
            "income",
            ("รายได้", "Income"),
            ("ไม่มีรายได้ อยู่ด้วยของที่คนอื่นให้", "No income, lives on what is given"),
            ("รายได้ไม่แน่นอน ไม่พอค่าอาหาร", "Irregular income, not enough for food"),
            ("รายได้พอค่าอาหาร ยังไม่พอค่าที่พัก", "Enough for food, not for a room"),
            ("รายได้พอทั้งค่าอาหารและค่าที่พัก", "Enough for food and a room"),
        ),
        _dimension(
            "services",
            ("การเข้าถึงบริการของรัฐ", "Access to state services"),
            ("ไม่มีเอกสาร ใช้สิทธิใดไม่ได้เลย", "No papers, cannot use any entitlement"),
            ("มีเอกสารบ้าง แต่ยังใช้สิทธิหลักไม่ได้", "Some papers, but the main entitlements are out of reach"),
            ("ใช้สิทธิหลักได้เมื่อมีคนช่วย", "Uses the main entitlements with somebody's help"),
            ("ใช้สิทธิที่ควรได้ด้วยตนเอง", "Uses what is due to them on their own"),
        ),
    ],
}
