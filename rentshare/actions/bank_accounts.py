"""Where landlords are paid: proposed by one person, confirmed by another, never changed while money is on its way."""

from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require
from common.thai import names
from rentshare import permissions
from rentshare.models import BankAccount, Landlord, PayoutRow
from rentshare.refusals import refuse
from rentshare.rules.accounts import account_number
from rentshare.taking import take


@action
def propose_account(*, actor: Actor, landlord_id: int, bank: str, number: str, holder: str) -> BankAccount:
    """Write down where a landlord wants to be paid. It holds once another person confirmed it.

    A proposal that waits is replaced. Refuses with "bank_unknown", "account_unreadable", "name_missing".
    """
    landlord = take(actor, Landlord, landlord_id)
    require(permissions.can_keep_books(actor, landlord.centre_id))
    if bank not in BankAccount.Bank.values:
        refuse("bank_unknown", "bank")
    typed = account_number(number) or refuse("account_unreadable", "number")
    name = names.normalise(holder) or refuse("name_missing", "holder")
    now = clock.now()
    BankAccount.objects.filter(landlord=landlord, confirmed_at__isnull=True, ended_at__isnull=True).update(
        ended_at=now
    )
    made = BankAccount.objects.create(
        landlord=landlord, bank=bank, number=typed, holder=name, proposed_by=actor.key, proposed_at=now
    )
    trail.record(
        actor,
        "landlord.account_proposed",
        landlord,
        changes={"account": [None, f"{bank} …{made.last_digits}"]},
    )
    return made


@action
def confirm_account(*, actor: Actor, account_id: int) -> BankAccount:
    """Confirm what another person wrote down; from now on the landlord is paid there.

    Refuses with "account_settled" (confirmed or replaced already), "own_proposal", and "payout_waiting" while a payout
    to this landlord is between freezing and the bank's answer.
    """
    seen = BankAccount.objects.visible_to(actor).filter(pk=account_id).values_list("landlord", flat=True)
    # The landlord first, as everything does that pays one or says where.
    landlord = take(actor, Landlord, seen.first() or 0)
    require(permissions.can_approve_payouts(actor, landlord.centre_id))
    account = take(actor, BankAccount, account_id)
    if account.confirmed_at or account.ended_at:
        refuse("account_settled")
    if account.proposed_by == actor.key:
        refuse("own_proposal")
    if PayoutRow.objects.filter(landlord=landlord, state=PayoutRow.State.WAITING).exists():
        refuse("payout_waiting")
    now = clock.now()
    BankAccount.objects.filter(landlord=landlord, confirmed_at__isnull=False, ended_at__isnull=True).update(
        ended_at=now
    )
    account.confirmed_by, account.confirmed_at = actor.key, now
    account.save(update_fields=["confirmed_by", "confirmed_at"])
    trail.record(
        actor,
        "landlord.account_confirmed",
        landlord,
        changes={"account": [None, f"{account.bank} …{account.last_digits}"]},
    )
    return account
