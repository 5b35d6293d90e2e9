"""Money that comes in from tenants, its receipts, and taking entries back."""

from datetime import date
from decimal import Decimal

from django.db.models import Q

from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.numbering import next_number
from common.permissions import require
from common.thai.periods import FiscalYear, Month
from rentshare import books, charging, permissions, rules
from rentshare.models import Account, Posting, Receipt, ReceiptNumber, Tenancy
from rentshare.refusals import refuse, refuse_if
from rentshare.taking import take, take_tenancy


@action
def take_payment(
    *,
    actor: Actor,
    tenancy_id: int,
    amount: Decimal | str,
    received_on: date,
    method: str = Receipt.Method.CASH,
) -> Receipt:
    """Take `amount` baht from a tenant and give a receipt, whose number follows the last of centre and fiscal year.

    More than is owed becomes a credit. Refuses with "not_a_number", "three_decimals", "negative", "amount_zero",
    "too_large", "future", "too_long_ago", "method_unknown", "period_closed".
    """
    tenancy = take_tenancy(actor, tenancy_id)
    require(permissions.can_keep_books(actor, tenancy.centre_id))
    satang = books.satang(amount)
    refuse_if(rules.day_problem(received_on, clock.today()), "received_on")
    if method not in Receipt.Method.values:
        refuse("method_unknown", "method")
    cash = books.account(tenancy.centre_id, Account.Kind.CASH)
    movement = books.Movement(cash.pk, tenancy.account_id, satang, Posting.Kind.PAYMENT, tenancy)
    posting = books.post(actor, tenancy.centre_id, movement, received_on, "received_on")
    year = FiscalYear.of(received_on).be
    receipt = Receipt.objects.create(
        centre=tenancy.centre,
        fiscal_year=year,
        number=next_number(ReceiptNumber, centre_id=tenancy.centre_id, fiscal_year=year),
        tenancy=tenancy,
        posting=posting,
        amount=satang,
        received_on=received_on,
        method=method,
        actor_key=actor.key,
    )
    trail.record(
        actor,
        "receipt.issued",
        receipt,
        subject=str(tenancy.client.uid),
        changes={"amount": [None, satang], "received_on": [None, received_on]},
    )
    return receipt


@action
def reverse_receipt(*, actor: Actor, receipt_id: int, reason: str) -> Posting:
    """Take a payment back: its receipt is void and keeps its number. Posted today.

    Refuses with "reason_missing", "reversed_already" (also when another is faster) and "period_closed".
    """
    receipt = take(actor, Receipt, receipt_id)
    require(permissions.can_keep_books(actor, receipt.centre_id))
    why = reason.strip() or refuse("reason_missing", "reason")
    tenancy = receipt.tenancy
    back = books.reverse(actor, receipt.centre_id, [receipt.posting], clock.today(), why)[0]
    trail.record(
        actor,
        "receipt.voided",
        receipt,
        subject=str(tenancy.client.uid),
        changes={"amount": [receipt.amount, 0]},
        reason=why[:500],
    )
    return back


@action
def reverse_rent(*, actor: Actor, tenancy_id: int, month: Month, reason: str) -> list[Posting]:
    """Take a month's rent back whole: what was charged to all parties, and what the landlord and the fund were due.

    Posted today; the month is not charged again by a run. Refuses with "not_charged", "reason_missing",
    "reversed_already" and "period_closed".
    """
    tenancy = take_tenancy(actor, tenancy_id)
    require(permissions.can_keep_books(actor, tenancy.centre_id))
    why = reason.strip() or refuse("reason_missing", "reason")
    rows = charging.standing_rent(tenancy, Q(rent_month=str(month))) or refuse("not_charged", "month")
    back = books.reverse(actor, tenancy.centre_id, rows, clock.today(), why)
    _record_reversal(actor, tenancy, month, why)
    return back


@action
def reverse_posting(*, actor: Actor, posting_id: int, reason: str) -> list[Posting]:
    """Take an entry back, with what belongs to it: a month's rent goes back whole, a payment voids its receipt.

    Returns the new rows. Refuses with "is_reversal", "reason_missing", "reversed_already" and "period_closed".
    """
    posting = take(actor, Posting, posting_id)
    centre_id = posting.period.centre_id
    require(permissions.can_keep_books(actor, centre_id))
    why = reason.strip() or refuse("reason_missing", "reason")
    if posting.reverses_id:
        refuse("is_reversal")
    rows = [posting]
    if posting.rent_month:
        same = Posting.objects.filter(
            tenancy=posting.tenancy_id,
            rent_month=posting.rent_month,
            revision=posting.revision,
            reverses__isnull=True,
        )
        rows = list(same.order_by("pk"))
    back = books.reverse(actor, centre_id, rows, clock.today(), why)
    subject = str(posting.tenancy.client.uid) if posting.tenancy else ""
    trail.record(
        actor,
        "posting.reversed",
        posting,
        subject=subject,
        changes={"amount": [posting.amount, 0]},
        reason=why[:500],
    )
    return back


def _record_reversal(actor: Actor, tenancy: Tenancy, month: Month, why: str) -> None:
    trail.record(
        actor,
        "rent.reversed",
        tenancy,
        subject=str(tenancy.client.uid),
        changes={"month": [str(month), None]},
        reason=why[:500],
    )
