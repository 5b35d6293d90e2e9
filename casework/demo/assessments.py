"""The demo's assessments: some of the social worker's people seen twice, and what they want to reach."""

from datetime import timedelta

from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework.models import AssessedLevel, Assessment, Episode, Goal, Instrument
from common import demo
from common.demo import Demo

PEOPLE = 8
_THEN_AND_NOW = (
    ("health", 2, 3, "ไปรับยาความดันไม่ได้ทุกเดือน", "รับยาต่อเนื่องสามเดือนแล้ว"),
    ("living", 1, 3, "นอนหน้าตลาด", "อยู่ห้องเช่าคนละครึ่งมาสองเดือน"),
    ("education", 3, 3, "จบ ม.3 เคยขับรถส่งของ", "จบ ม.3 เคยขับรถส่งของ"),
    ("income", 1, 2, "เก็บขวดขาย วันละไม่ถึงร้อย", "รับจ้างรายวัน สัปดาห์ละสามวัน"),
    ("services", 2, 3, "บัตรหาย ยังไม่ได้ทำใหม่", "ทำบัตรแล้ว ใช้สิทธิบัตรทองได้"),
)
_GOALS = (
    ("อยากมีห้องของตัวเอง ไม่ต้องนอนกลัวฝน", "living"),
    ("อยากได้งานประจำใกล้บ้าน", "income"),
    ("อยากคุยกับลูกสาวอีกครั้ง", ""),
)


def write(d: Demo) -> None:
    """Two assessments each, two months apart, and goals."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    episodes = Episode.objects.filter(worker=worker, closed_on__isnull=True, state="follow_through")
    for number, episode in enumerate(episodes.select_related("client").order_by("pk")[:PEOPLE]):
        ago = (70 + number, 6 + number)
        days = [max(d.today - timedelta(days=back), episode.opened_on) for back in ago]
        for which, day in enumerate(days):
            row = Assessment.objects.create(
                client=episode.client,
                episode=episode,
                instrument=Instrument.objects.current(),
                assessed_on=day,
                assessed_by=worker,
            )
            for key, then, now, reason_then, reason_now in _THEN_AND_NOW:
                AssessedLevel.objects.create(
                    assessment=row,
                    dimension=key,
                    level=(then, now)[which],
                    reason=(reason_then, reason_now)[which],
                )
        words, dimension = _GOALS[number % len(_GOALS)]
        Goal.objects.create(
            client=episode.client,
            episode=episode,
            dimension=dimension,
            words=words,
            owner=worker,
            set_on=days[0],
            due_on=d.today + timedelta(days=30 + number),
        )


demo.add(demo.Part("casework.assessments", write), order=33)
