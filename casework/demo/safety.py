"""The demo's warnings: one that is due for a look, and one that nobody forgets."""

from datetime import timedelta

from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework.models import Client, SafetyFlag
from common import demo
from common.demo import Demo

WARNINGS = (
    ("never_alone", "ไปกันสองคนเสมอ นัดก่อนทางโทรศัพท์ และบอกหัวหน้ากลุ่มงานว่าไปเมื่อใด", -3),
    ("dog", "มีสุนัขสองตัว ไม่ล่าม ยืนเรียกจากหน้าศาลาก่อน", 120),
)


def write(d: Demo) -> None:
    """Warnings on two files of the social worker, the first overdue since three days."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    mine = Client.objects.filter(
        episodes__worker=worker, episodes__closed_on__isnull=True, safety_flags__isnull=True
    )
    for client, (kind, text, days) in zip(mine.order_by("pk")[:2], WARNINGS, strict=False):
        SafetyFlag.objects.create(
            client=client, kind=kind, text=text, raised_by=worker, review_on=d.today + timedelta(days=days)
        )


demo.add(demo.Part("casework.safety", write), order=34)
