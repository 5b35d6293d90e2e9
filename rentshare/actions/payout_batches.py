"""Paying landlords together: collect and freeze, approve, settle what the bank paid, put back what it rejected."""

from datetime import date

from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require
from rentshare import books, permissions, rules
from rentshare.models import Account, Landlord, PayoutBatch, PayoutRow, Posting
from rentshare.paying import payable
from rentshare.refusals import refuse, refuse_if
from rentshare.taking import open_books, take

State, Row = PayoutBatch.State, PayoutRow.State


@action
def collect_payouts(*, actor: Actor, centre_id: int) -> PayoutBatch:
    """Put all that landlords of a centre are owed into a batch and freeze it: amounts and accounts stay as they are.

    Who has no confirmed account, or a payout on its way, is left out. Refuses with "nothing_to_pay". Of two at once the
    second finds what the first left.
    """
    open_books(actor, centre_id)
    landlords = Landlord.objects.filter(centre_id=centre_id)
    held = list(landlords.select_for_update(no_key=True).order_by("pk"))
    ready = [one for one in payable(held) if one.account is not None and not one.waiting]
    if not ready:
        refuse("nothing_to_pay")
    batch = PayoutBatch.objects.create(centre_id=centre_id, made_by=actor.key, made_at=clock.now())
    PayoutRow.objects.bulk_create(
        PayoutRow(batch=batch, number=number, landlord=one.landlord, account=one.account, amount=one.owed)
        for number, one in enumerate(ready, 1)
    )
    total = sum(one.owed for one in ready)
    trail.record(
        actor, "payout.collected", batch, changes={"rows": [None, len(ready)], "total": [None, total]}
    )
    return batch


@action
def approve_payouts(*, actor: Actor, batch_id: int) -> PayoutBatch:
    """Let a batch go to the bank. Refuses with "batch_state" (approved or dropped already) and "own_batch"."""
    batch = take(actor, PayoutBatch, batch_id)
    require(permissions.can_approve_payouts(actor, batch.centre_id))
    _must_be(batch, State.FROZEN)
    if batch.made_by == actor.key:
        refuse("own_batch")
    batch.state, batch.approved_by, batch.approved_at = State.APPROVED, actor.key, clock.now()
    batch.save(update_fields=["state", "approved_by", "approved_at"])
    trail.record(actor, "payout.approved", batch, changes={"state": [State.FROZEN, State.APPROVED]})
    return batch


@action
def drop_payouts(*, actor: Actor, batch_id: int, reason: str) -> PayoutBatch:
    """Take a batch back before it is approved; what it held is owed as before.

    Refuses with "batch_state" and "reason_missing".
    """
    batch = take(actor, PayoutBatch, batch_id)
    require(permissions.can_approve_payouts(actor, batch.centre_id))
    _must_be(batch, State.FROZEN)
    why = reason.strip() or refuse("reason_missing", "reason")
    batch.rows.update(state=Row.DROPPED)
    batch.state, batch.reason = State.DROPPED, why[:300]
    batch.save(update_fields=["state", "reason"])
    trail.record(
        actor, "payout.dropped", batch, changes={"state": [State.FROZEN, State.DROPPED]}, reason=why[:500]
    )
    return batch


@action
def settle_payouts(
    *, actor: Actor, batch_id: int, paid_on: date, numbers: list[int] | None = None
) -> list[Posting]:
    """Write down that the bank paid the rows of these `numbers` (None: all that wait) on a day; each is posted once.

    Refuses with "batch_state", "row_settled", "future", "too_long_ago" and "period_closed"; then none is posted.
    """
    batch = take(actor, PayoutBatch, batch_id)
    require(permissions.can_keep_books(actor, batch.centre_id))
    _must_be(batch, State.APPROVED)
    refuse_if(rules.day_problem(paid_on, clock.today()), "paid_on")
    rows = _waiting(batch, numbers)
    cash = books.account(batch.centre_id, Account.Kind.CASH)
    made = []
    for row in rows:
        landlord = row.landlord
        owed = books.account(
            batch.centre_id, Account.Kind.LANDLORD, str(landlord.uid), landlord_id=landlord.pk
        )
        movement = books.Movement(owed.pk, cash.pk, row.amount, Posting.Kind.PAYOUT, note=batch.code)
        row.posting = books.post(actor, batch.centre_id, movement, paid_on, "paid_on")
        row.state, row.settled_by = Row.PAID, actor.key
        row.save(update_fields=["posting", "state", "settled_by"])
        made.append(row.posting)
    trail.record(
        actor,
        "payout.paid",
        batch,
        changes={"rows": [None, len(rows)], "total": [None, sum(row.amount for row in rows)]},
    )
    _finish(batch)
    return made


@action
def reject_payout(*, actor: Actor, batch_id: int, number: int, reason: str) -> PayoutRow:
    """Write down that the bank did not pay a row, and why; it is owed as before and is collected again.

    Refuses with "batch_state", "row_settled" and "reason_missing".
    """
    batch = take(actor, PayoutBatch, batch_id)
    require(permissions.can_keep_books(actor, batch.centre_id))
    _must_be(batch, State.APPROVED)
    why = reason.strip() or refuse("reason_missing", "reason")
    (row,) = _waiting(batch, [number])
    row.state, row.reason, row.settled_by = Row.REJECTED, why[:300], actor.key
    row.save(update_fields=["state", "reason", "settled_by"])
    trail.record(actor, "payout.rejected", batch, changes={"number": [None, number]}, reason=why[:500])
    _finish(batch)
    return row


def _must_be(batch: PayoutBatch, state: str) -> None:
    if batch.state != state:
        refuse("batch_state", state=str(batch.get_state_display()))


def _waiting(batch: PayoutBatch, numbers: list[int] | None) -> list[PayoutRow]:
    """Rows that wait for the bank's answer. Refuses with "row_settled" when one asked for does not, or none is left."""
    rows = batch.rows.filter(state=Row.WAITING).select_related("landlord").order_by("number")
    found = list(rows if numbers is None else rows.filter(number__in=numbers))
    if not found or (numbers is not None and len(found) != len(set(numbers))):
        refuse("row_settled")
    return found


def _finish(batch: PayoutBatch) -> None:
    """A batch is settled when no row waits any more."""
    if not batch.rows.filter(state=Row.WAITING).exists():
        batch.state = State.DONE
        batch.save(update_fields=["state"])
