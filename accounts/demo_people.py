"""The demo's people who sign in: one for each role in Nakhon Ratchasima, and staff of every centre."""

from datetime import timedelta
from itertools import count

from accounts.demo import DEMO_DOMAIN, demo_email
from accounts.models import Centre, Membership, User
from accounts.roles import COUNTRYWIDE, Role
from common import demo
from common.demo import Demo

HOME_CENTRE = "30"
NAMED = {
    Role.SOCIAL_WORKER: "สุดา ใจงาม",
    Role.SUPERVISOR: "พรรณี มั่นคง",
    Role.CENTRE_HEAD: "วิชัย ร่มเย็น",
    Role.NURSE: "อรทัย แสงดาว",
    Role.CARER: "บุญมา ชื่นใจ",
    Role.FINANCE_OFFICER: "กนกวรรณ ตรงดี",
    Role.PARTNER: "พระครูสมุห์ธีร์ (วัดโนนแดง)",
    Role.VOLUNTEER: "ลำดวน ดอนงาม",
    Role.DEPARTMENT_ANALYST: "ณัฐพล ใฝ่รู้",
    Role.AUDITOR: "ปิยะ เที่ยงธรรม",
    Role.ADMINISTRATOR: "ผู้ดูแลระบบ (สมมติ)",
}
FIRST = [
    "กมล",
    "จารุวรรณ",
    "ชลิต",
    "ดวงพร",
    "ทิพวรรณ",
    "ธนา",
    "นงลักษณ์",
    "ประภา",
    "พัชรี",
    "มณี",
    "ยุพา",
    "รัตนา",
    "ลดา",
    "วราภรณ์",
    "ศิริพร",
    "สุนทร",
    "อำพล",
    "อุษา",
]
LAST = [
    "งามพร้อม",
    "จิตดี",
    "ชอบธรรม",
    "ตั้งมั่น",
    "ทองพูล",
    "นาคดี",
    "บุญส่ง",
    "ปานแก้ว",
    "พึ่งธรรม",
    "มีสุข",
    "ยิ้มแย้ม",
    "รุ่งโรจน์",
    "วัฒนกุล",
    "สายทอง",
]
STAFF = {"10": 8, HOME_CENTRE: 3}
"""Further social workers of the centres shown in depth; every other centre has one."""


def write(d: Demo) -> None:
    """Make the accounts. Nobody has a password: the demo signs in by role."""
    since = d.today - timedelta(days=500)
    numbers = count(1)
    home = Centre.objects.get(code=HOME_CENTRE)
    for role, name in NAMED.items():
        user = User.objects.create_user(demo_email(role), name=name, is_synthetic=True)
        centre = None if role in COUNTRYWIDE else home
        Membership.objects.create(user=user, role=role, centre=centre, starts_on=since)
    for centre in Centre.objects.order_by("code"):
        wanted = [Role.SOCIAL_WORKER] * STAFF.get(centre.code, 1)
        if centre.code != HOME_CENTRE:
            wanted += [Role.SUPERVISOR, Role.CENTRE_HEAD]
        for role in wanted:
            name = f"{d.chance.choice(FIRST)} {d.chance.choice(LAST)}"
            user = User.objects.create_user(
                f"staff-{next(numbers):03d}@{DEMO_DOMAIN}", name=name, is_synthetic=True
            )
            Membership.objects.create(user=user, role=role, centre=centre, starts_on=since)
    d.say(f"{User.objects.count()} people who sign in")


demo.add(demo.Part("accounts", write), order=10)
