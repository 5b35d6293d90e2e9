"""Who may do what with rent rooms and their books. What may be seen at all is each queryset's `visible_to`."""

from accounts.roles import CASEWORKERS, LEADS, Role
from common.actor import Actor
from common.permissions import can_keep_house
from rentshare.models import Tenancy
from rentshare.models.scope import BOOK_READERS, COUNTRY_READERS, RENT_READERS


def can_see_rent(actor: Actor) -> bool:
    """Has the pages of rent rooms at all."""
    return actor.has(*RENT_READERS)


def can_read_books(actor: Actor) -> bool:
    """Reads ledgers, trial balances, receipts and runs: who keeps the books, who answers for them, who checks them."""
    return actor.is_system or actor.has(*BOOK_READERS, *COUNTRY_READERS)


def can_manage_schemes(actor: Actor) -> bool:
    """Schemes hold in the whole country: administrators write what the department decided."""
    return can_keep_house(actor)


def can_keep_rooms(actor: Actor, centre_id: int) -> bool:
    """Writes down landlords, rooms and beds: caseworkers and finance officers of the centre."""
    return actor.is_system or centre_id in actor.centres_as(*CASEWORKERS, Role.FINANCE_OFFICER)


def can_sign_lease(actor: Actor, centre_id: int) -> bool:
    """Binds the programme to a landlord: leads and finance officers of the centre."""
    return actor.is_system or centre_id in actor.centres_as(*LEADS, Role.FINANCE_OFFICER)


def can_sign_tenancy(actor: Actor, centre_id: int) -> bool:
    """Puts somebody into a room and ends it: caseworkers of the room's centre (the client's file is asked besides)."""
    return actor.is_system or centre_id in actor.centres_as(*CASEWORKERS)


def can_agree_plan(actor: Actor, centre_id: int) -> bool:
    """Agrees with a tenant on how arrears are paid off: caseworkers and finance officers of the centre."""
    return can_keep_rooms(actor, centre_id)


def can_approve_payouts(actor: Actor, centre_id: int) -> bool:
    """Lets money go, and confirms where it goes: leads and finance officers of the centre.

    That it is somebody else than who prepared it, the action asks and a constraint holds.
    """
    return can_sign_lease(actor, centre_id)


def can_keep_books(actor: Actor, centre_id: int) -> bool:
    """Takes payments, runs months, reverses, closes: finance officers of the centre."""
    return actor.is_system or centre_id in actor.centres_as(Role.FINANCE_OFFICER)


def can_name(actor: Actor, tenancy: Tenancy) -> bool:
    """Reads the tenant's name; see `TenancyQuerySet.nameable_by`."""
    return Tenancy.objects.nameable_by(actor).filter(pk=tenancy.pk).exists()
