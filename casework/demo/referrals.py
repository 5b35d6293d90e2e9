"""The demo's referrals: one that the temple may answer, and one that went at night without consent."""

import json

from accounts.demo import demo_email
from accounts.models import Centre, User
from accounts.roles import Role
from casework import sharing
from casework.models import Consent, Episode, Referral, ReferralEvent, SharedPart
from common import demo
from common.demo import Demo
from network.models import Partner


def write(d: Demo) -> None:
    """Two referrals of the social worker's people."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    temple = Partner.objects.filter(code="WAT-NONDAENG").first()
    consent = Consent.objects.filter(partner=temple, client__episodes__worker=worker).order_by("pk").first()
    if temple and consent:
        episode = consent.client.episodes.filter(closed_on__isnull=True).first()
        if episode:
            _send(d, episode, "ขอที่พักชั่วคราวสามคืน ก่อนได้ห้องเช่า", consent, partner=temple)
    others = Episode.objects.filter(worker=worker, closed_on__isnull=True).order_by("-pk")
    if last := others.exclude(client=consent.client if consent else None).first():
        _send(
            d,
            last,
            "พบหมดสติที่สถานีขนส่ง กำลังนำส่งโรงพยาบาล ขอให้เจ้าหน้าที่ไปรับช่วง",
            None,
            centre=Centre.objects.get(code="10"),
        )


def _send(d: Demo, episode: Episode, ask: str, consent: Consent | None, **recipient: object) -> None:
    parts = ["name", "needs"] if consent else ["name", "contact"]
    row = Referral.objects.create(
        client=episode.client,
        episode=episode,
        from_centre=episode.centre,
        ask=ask,
        basis="consent" if consent else "vital_interest",
        basis_reason="" if consent else "หมดสติ ถามไม่ได้",
        content=json.dumps(
            [[part, sharing.lines(episode.client, part)] for part in parts], ensure_ascii=False
        ),
        sent_on=d.today,
        sent_by=episode.worker,
        answer_due_on=d.today,
        **recipient,
    )
    SharedPart.objects.bulk_create(
        SharedPart(referral=row, part=part, basis=row.basis, consent=consent) for part in parts
    )
    ReferralEvent.objects.create(referral=row, kind="sent", by=episode.worker)


demo.add(demo.Part("casework.referrals", write), order=35)
