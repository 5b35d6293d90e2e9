"""Referrals to test with."""

import json
from typing import Any

from accounts.models import Centre
from casework.models import Consent, Episode, Referral, SharedPart
from common import clock
from network.models import Partner


def referral(
    of: Episode,
    to: Partner | Centre,
    *,
    parts: tuple[str, ...] = ("name",),
    consent: Consent | None = None,
    **fields: Any,
) -> Referral:
    """A referral that was just sent; without a consent on the ground of a task given by law."""
    basis = "consent" if consent else "public_task"
    defaults = {
        "ask": "ขอที่พักชั่วคราว",
        "basis": basis,
        "basis_reason": "" if consent else "ตามหน้าที่",
        "content": json.dumps([[part, ["ข้อมูลที่ให้ไว้"]] for part in parts], ensure_ascii=False),
        "sent_on": clock.today(),
        "sent_by": of.worker,
        "answer_due_on": clock.today(),
    }
    recipient = {"partner": to} if isinstance(to, Partner) else {"centre": to}
    row = Referral.objects.create(
        client=of.client, episode=of, from_centre=of.centre, **recipient, **defaults | fields
    )
    SharedPart.objects.bulk_create(
        SharedPart(referral=row, part=part, basis=row.basis, consent=consent) for part in parts
    )
    return row
