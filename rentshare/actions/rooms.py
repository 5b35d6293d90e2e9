"""Landlords, houses, rooms and beds, and the leases that bind them to the programme."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NoReturn

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import Centre
from audit import trail
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from common.thai import names
from rentshare import books, permissions, rules
from rentshare.models import Account, Bed, Landlord, Lease, Property, Room
from rentshare.refusals import refuse, refuse_if
from rentshare.taking import take


@action
def add_landlord(*, actor: Actor, centre_id: int, name: str, phone: str = "", note: str = "") -> Landlord:
    """Write down who lets rooms. Refuses with "name_missing", "landlord_known"."""
    centre = _own_centre(actor, centre_id)
    tidy = names.normalise(name) or refuse("name_missing", "name")
    if Landlord.objects.filter(centre=centre, name=tidy).exists():
        refuse("landlord_known", "name")
    landlord = Landlord.objects.create(
        centre=centre, name=tidy, phone=phone.strip(), note=names.normalise(note)
    )
    trail.record(actor, "landlord.added", landlord)
    return landlord


@action
def add_property(*, actor: Actor, centre_id: int, name: str, address: str = "") -> Property:
    """Write down a house with rooms, in the centre's province. Refuses with "name_missing", "property_known"."""
    centre = _own_centre(actor, centre_id)
    tidy = names.normalise(name) or refuse("name_missing", "name")
    if Property.objects.filter(centre=centre, name=tidy).exists():
        refuse("property_known", "name")
    house = Property.objects.create(
        centre=centre, name=tidy, address=names.normalise(address), province_id=centre.province_id
    )
    trail.record(actor, "property.added", house)
    return house


@action
def add_room(*, actor: Actor, property_id: int, number: str, beds: Sequence[str]) -> Room:
    """Write down a room with its beds (their labels). Refuses with "name_missing", "room_known", "beds_missing"."""
    house = take(actor, Property, property_id)
    require(permissions.can_keep_rooms(actor, house.centre_id))
    tidy = names.normalise(number) or refuse("name_missing", "number")
    labels = [names.normalise(label) for label in beds]
    if not labels or "" in labels or len(set(labels)) < len(labels):
        refuse("beds_missing", "beds")
    if house.rooms.filter(number=tidy).exists():
        refuse("room_known", "number")
    room = Room.objects.create(property=house, number=tidy)
    Bed.objects.bulk_create(Bed(room=room, label=label) for label in labels)
    trail.record(actor, "room.added", room, changes={"beds": [0, len(labels)]})
    return room


@action
def sign_lease(
    *,
    actor: Actor,
    room_id: int,
    landlord_id: int,
    starts_on: date,
    monthly_rent: Decimal | str,
    ends_on: date | None = None,
) -> Lease:
    """Rent a room of a landlord from a day on, for `monthly_rent` baht.

    Refuses with "lease_elsewhere", "ends_before_start", "rent_too_low", "room_leased" (also when another is faster)
    and what is wrong with the amount.
    """
    room, landlord = take(actor, Room, room_id), take(actor, Landlord, landlord_id)
    centre_id = landlord.centre_id
    require(permissions.can_sign_lease(actor, centre_id))
    if room.property.centre_id != centre_id:
        refuse("lease_elsewhere", "room")
    if ends_on is not None and ends_on < starts_on:
        refuse("ends_before_start", "ends_on")
    rent = books.satang(monthly_rent, "monthly_rent")
    refuse_if(rules.rent_problem(rent, None, None), "monthly_rent")
    owed = books.account(centre_id, Account.Kind.LANDLORD, str(landlord.uid), landlord_id=landlord.pk)
    try:
        with transaction.atomic():
            lease = Lease.objects.create(
                centre_id=centre_id,
                room=room,
                landlord=landlord,
                landlord_account=owed,
                starts_on=starts_on,
                ends_on=ends_on,
                monthly_rent=rent,
                actor_key=actor.key,
            )
    except IntegrityError as error:
        _room_leased(room, starts_on, ends_on, error)
    trail.record(
        actor, "lease.signed", lease, changes={"starts_on": [None, starts_on], "monthly_rent": [None, rent]}
    )
    return lease


@action
def end_lease(*, actor: Actor, lease_id: int, ends_on: date) -> Lease:
    """Give a room back after `ends_on`, earlier or later than agreed.

    Refuses with "ends_before_start", "lease_has_tenancies", "room_leased".
    """
    lease = take(actor, Lease, lease_id)
    require(permissions.can_sign_lease(actor, lease.centre_id))
    if ends_on < lease.starts_on:
        refuse("ends_before_start", "ends_on")
    if lease.tenancies.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)).exists():
        refuse("lease_has_tenancies", "ends_on")
    before, lease.ends_on = lease.ends_on, ends_on
    try:
        with transaction.atomic():
            lease.save(update_fields=["ends_on"])
    except IntegrityError as error:
        _room_leased(lease.room, lease.starts_on, ends_on, error)
    trail.record(actor, "lease.ended", lease, changes={"ends_on": [before, ends_on]})
    return lease


def _own_centre(actor: Actor, centre_id: int) -> Centre:
    """A centre where the actor keeps rooms. Raises NotVisible for every other."""
    centre = Centre.objects.filter(pk=centre_id).first()
    if centre is None or not permissions.can_keep_rooms(actor, centre.pk):
        raise NotVisible
    return centre


def _room_leased(room: Room, starts_on: date, ends_on: date | None, error: IntegrityError) -> NoReturn:
    """Refuse with "room_leased" where that is what the database said."""
    for lease in room.leases.all():
        if rules.overlaps(lease.starts_on, lease.ends_on, starts_on, ends_on):
            refuse("room_leased", "starts_on")
    raise error
