"""Relief grants to test with."""

from typing import Any

from casework.models import Episode, ReliefGrant, ReliefNumber, ReliefPayment
from common import clock
from common.numbering import next_number
from tests.support import factories as make


def grant(of: Episode, **fields: Any) -> ReliefGrant:
    """A grant that was just applied for by the worker of the case; decided by another where its state says so."""
    today = clock.today()
    defaults: dict[str, Any] = {
        "amount": 1_500_00,
        "purpose": "ค่ารถกลับบ้าน",
        "why_not": "ไม่มีบ้าน พบในที่ที่นอน",
        "applied_on": today,
        "applied_by": of.worker,
    }
    if fields.get("state", "applied") not in ("applied", "cancelled"):
        defaults |= {"decided_on": today, "decided_by": make.user("supervisor", of.centre.code)}
    return ReliefGrant.objects.create(client=of.client, episode=of, centre=of.centre, **defaults | fields)


def paid(of: Episode, **fields: Any) -> ReliefPayment:
    """A grant that is paid, and its receipt."""
    row = grant(of, state="paid")
    defaults: dict[str, Any] = {
        "centre": row.centre,
        "fiscal_year": 2570,
        "number": next_number(ReliefNumber, centre_id=row.centre_id, fiscal_year=2570),
        "amount": row.amount,
        "paid_on": clock.today(),
        "how": "cash",
        "signed": "signature",
    }
    return ReliefPayment.objects.create(grant=row, **defaults | fields)
