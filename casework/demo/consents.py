"""The demo's consents: some of the social worker's people were asked; one said no, one took it back."""

from datetime import timedelta
from typing import Any

from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework.models import Client, Consent, ConsentWithdrawal
from common import demo
from common.demo import Demo
from network.models import Partner


def write(d: Demo) -> None:
    """Four answers in the files of the social worker's people."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    people = list(
        Client.objects.filter(episodes__worker=worker, episodes__closed_on__isnull=True).order_by("pk")[:4]
    )
    temple = Partner.objects.filter(code="WAT-NONDAENG").first()
    given_on = d.today - timedelta(days=21)
    until = given_on + timedelta(days=364)
    answers: tuple[dict[str, Any], ...] = (
        {"answer": "given", "partner": temple, "parts": "name,needs", "how": "written", "ends_on": until},
        {"answer": "given", "parts": "contact,name,needs", "how": "spoken", "ends_on": until},
        {"answer": "refused", "parts": "", "how": "spoken"},
        {"answer": "given", "parts": "name,photo", "how": "thumb", "witness": "ลุงผู้ใหญ่บ้าน (สมมติ)"},
    )
    made = [
        Consent.objects.create(client=client, purpose="help", given_on=given_on, asked_by=worker, **answer)
        for client, answer in zip(people, answers, strict=False)
    ]
    if len(made) == len(answers):
        ConsentWithdrawal.objects.create(
            consent=made[-1],
            withdrawn_on=d.today - timedelta(days=2),
            note="ไม่อยากให้ใช้รูปแล้ว",
            recorded_by=worker,
        )


demo.add(demo.Part("casework.consents", write), order=34)
