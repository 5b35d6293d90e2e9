"""Relief grants that are paid against a receipt, and payments taken back that were wrong."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from audit import trail
from casework import permissions
from casework.granting import take_grant
from casework.models import ReliefGrant, ReliefNumber, ReliefPayment, ReliefReversal
from casework.refusals import refuse
from casework.rules import relief as rules
from casework.taking import reason_given
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor
from common.numbering import next_number
from common.permissions import require
from common.thai import names
from common.thai.periods import FiscalYear

State = ReliefGrant.State


@dataclass(frozen=True, slots=True)
class Handover:
    """On which day and how it was paid, and who signed the receipt."""

    paid_on: date
    how: str
    signed: str
    proxy: str = ""
    proxy_reason: str = ""


@action
def pay_grant(*, actor: Actor, grant_id: int, handover: Handover) -> ReliefPayment:
    """Hand the money over against a receipt, whose number follows the last of centre and fiscal year.

    Refuses with "relief_not_approved", "future", "relief_paid_before_approval", "relief_proxy_missing",
    "relief_proxy_reason_missing".
    """
    row = take_grant(actor, grant_id)
    require(permissions.can_pay_grant(actor, row), _("Grants are paid by finance officers of the centre."))
    if row.state != State.APPROVED or row.decided_on is None:
        refuse("relief_not_approved")
    day = handover.paid_on
    if late := rules.payment_problem(paid_on=day, decided_on=row.decided_on, today=clock.today()):
        refuse(late, "paid_on")
    signed = ReliefPayment.Signed(handover.signed)
    proxy, why = names.normalise(handover.proxy), paragraphs(handover.proxy_reason)
    if problem := rules.receipt_problem(signed=signed, proxy=proxy, proxy_reason=why):
        refuse(*problem)
    by_proxy = signed == ReliefPayment.Signed.PROXY
    year = FiscalYear.of(day).be
    paid = ReliefPayment.objects.create(
        grant=row,
        attempt=row.payments.count() + 1,
        centre=row.centre,
        fiscal_year=year,
        number=next_number(ReliefNumber, centre_id=row.centre_id, fiscal_year=year),
        amount=row.amount,
        paid_on=day,
        paid_by_id=actor.user_id,
        how=ReliefPayment.How(handover.how),
        signed=signed,
        proxy=proxy if by_proxy else "",
        proxy_reason=why if by_proxy else "",
    )
    row.state = State.PAID
    row.save(update_fields=["state"])
    trail.record(
        actor,
        "relief.paid",
        row,
        subject=str(row.client.uid),
        changes={"amount": [None, paid.amount], "paid_on": [None, day], "code": ["", paid.code]},
    )
    return paid


@action
def reverse_payment(*, actor: Actor, grant_id: int, reason: str) -> ReliefReversal:
    """A payment was wrong: its receipt is void and keeps its number, and the grant waits to be paid again.

    Refuses with "relief_not_paid", "reason_missing".
    """
    row = take_grant(actor, grant_id)
    require(permissions.can_pay_grant(actor, row), _("Grants are paid by finance officers of the centre."))
    paid = row.standing_payment
    if row.state != State.PAID or paid is None:
        refuse("relief_not_paid")
    back = ReliefReversal.objects.create(
        payment=paid,
        reason=reason_given(paragraphs(reason)),
        reversed_on=clock.today(),
        reversed_by_id=actor.user_id,
    )
    row.state = State.APPROVED
    row.save(update_fields=["state"])
    trail.record(
        actor,
        "relief.reversed",
        row,
        subject=str(row.client.uid),
        changes={"amount": [paid.amount, 0], "code": [paid.code, ""]},
        sensitive={"reason": ["", back.reason]},
    )
    return back
