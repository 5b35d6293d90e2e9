"""The demo's answers that are none, and a notice that somebody began this morning."""

import random
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings

from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework.models import IntakeDraft, Legal, NoAnswer, Paper
from casework.registering import NewClient
from common import clock, demo
from common.demo import Demo

_NONE = ((NoAnswer.NOT_ASKED, 6), (NoAnswer.UNKNOWN, 3), (NoAnswer.REFUSED, 1))
_LEGAL = (
    (Legal.PUBLIC_PLACE, 46), (Legal.HARDSHIP, 22), (Legal.WANDERING, 16), (Legal.NO_STATUS, 2),
    (Legal.NO_NATIONALITY, 1), (Legal.NONE_FITS, 2), (Legal.UNKNOWN, 4), (Legal.NOT_ASKED, 7),
)  # fmt: skip


def answers(c: NewClient, chance: random.Random) -> None:
    """What was asked at the first conversation, as far as the record says."""

    def none(value: object) -> str:
        found = chance.choices([answer for answer, _ in _NONE], [weight for _, weight in _NONE])[0]
        return NoAnswer.NOT_ASKED if value else found

    c.born_answer, c.phone_answer = none(c.born_on), none(c.phone)
    c.home_answer, c.health_answer = none(c.home_province), none(c.health_note)
    c.legal_category = chance.choices([one for one, _ in _LEGAL], [weight for _, weight in _LEGAL])[0]
    if c.id_status == "has_card":
        more = [Paper.WELFARE_CARD] if chance.random() < 0.4 else []
        c.papers = [Paper.ID_CARD.value, *(paper.value for paper in more)]
    elif chance.random() < 0.3:
        c.papers = [Paper.NONE.value]
    c.papers_answer = none(c.papers)


def write(d: Demo) -> None:
    """The social worker of the demo was interrupted while taking a notice."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    now = clock.now()
    typed = {
        "channel": "hotline_1300", "noticed_on": d.today.isoformat(), "reporter": "แม่ค้าหน้าสถานีรถไฟ",
        "descriptor": "ลุงหมวกสาน นั่งรถเข็น หน้าสถานีรถไฟ", "found_place": "สถานีรถไฟนครราชสีมา",
        "details": "นั่งอยู่สามวันแล้ว ไม่ค่อยพูด", "needs": ["food", "health"],
    }  # fmt: skip
    IntakeDraft.objects.create(
        owner=worker,
        content=urlencode(typed, doseq=True),
        begun_at=now,
        saved_at=now,
        expires_at=now + timedelta(days=settings.INTAKE_DRAFT_DAYS),
    )


demo.add(demo.Part("casework.intake", write), order=31)
