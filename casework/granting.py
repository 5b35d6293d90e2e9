"""A relief grant in hand, and amounts as people type them."""

from decimal import Decimal

from casework import identity
from casework.models import ReliefGrant
from casework.refusals import refuse
from common.actor import Actor
from common.errors import NotVisible
from common.money import MoneyError, to_satang


def take_grant(actor: Actor, grant_id: int) -> ReliefGrant:
    """The grant in hand, with the records of its person."""
    seen = ReliefGrant.objects.visible_to(actor).filter(pk=grant_id)
    found = seen.values_list("client_id", flat=True).first()
    if found is None:
        raise NotVisible
    identity.hold(found)
    whole = ReliefGrant.objects.select_for_update(of=("self",)).select_related("client", "centre")
    return whole.get(pk=grant_id)


def satang_given(amount: Decimal | str, field: str) -> int:
    """Baht as somebody typed them, in satang. Refuses what is no amount of money above zero."""
    try:
        found = to_satang(amount)
    except MoneyError as error:
        refuse(error.code, field)
    return found or refuse("amount_zero", field)
