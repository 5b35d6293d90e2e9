"""Money that goes out to landlords, and the shares that the programme and other funders pay in."""

from datetime import date
from decimal import Decimal

from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require
from rentshare import books, permissions, rules
from rentshare.models import Account, Landlord, PayoutRow, Posting
from rentshare.reading.statement import balance_of
from rentshare.refusals import refuse, refuse_if
from rentshare.taking import take


@action
def pay_landlord(*, actor: Actor, landlord_id: int, amount: Decimal | str, paid_on: date) -> Posting:
    """Pay a landlord some or all of the rent that is owed.

    Refuses with "payout_waiting" (a batch holds what is owed), "payout_above_owed" (of two at once the second finds
    what the first left), "future", "too_long_ago", "period_closed" and what is wrong with the amount.
    """
    landlord = take(actor, Landlord, landlord_id)
    require(permissions.can_keep_books(actor, landlord.centre_id))
    satang = books.satang(amount)
    refuse_if(rules.day_problem(paid_on, clock.today()), "paid_on")
    if landlord.payouts.filter(state=PayoutRow.State.WAITING).exists():
        refuse("payout_waiting")
    subject = str(landlord.uid)
    owed = books.account(landlord.centre_id, Account.Kind.LANDLORD, subject, landlord_id=landlord.pk)
    if satang > -balance_of(owed):
        refuse("payout_above_owed", "amount")
    cash = books.account(landlord.centre_id, Account.Kind.CASH)
    movement = books.Movement(owed.pk, cash.pk, satang, Posting.Kind.PAYOUT)
    posting = books.post(actor, landlord.centre_id, movement, paid_on, "paid_on")
    trail.record(
        actor, "landlord.paid", landlord, changes={"amount": [None, satang], "paid_on": [None, paid_on]}
    )
    return posting


@action
def receive_share(*, actor: Actor, account_id: int, amount: Decimal | str, received_on: date) -> Posting:
    """Take in what the programme or another funder pays of its share; `account_id` is that funder's account.

    More than its share so far is money paid ahead. Refuses with "not_a_funder", "future", "too_long_ago",
    "period_closed" and what is wrong with the amount.
    """
    account = take(actor, Account, account_id)
    require(permissions.can_keep_books(actor, account.centre_id))
    if account.kind not in {Account.Kind.PROGRAMME, Account.Kind.OTHER}:
        refuse("not_a_funder")
    satang = books.satang(amount)
    refuse_if(rules.day_problem(received_on, clock.today()), "received_on")
    cash = books.account(account.centre_id, Account.Kind.CASH)
    movement = books.Movement(cash.pk, account.pk, satang, Posting.Kind.FUNDING)
    posting = books.post(actor, account.centre_id, movement, received_on, "received_on")
    trail.record(
        actor,
        "funding.received",
        account,
        changes={"amount": [None, satang], "received_on": [None, received_on]},
    )
    return posting
