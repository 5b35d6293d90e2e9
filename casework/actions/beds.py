"""Setting up where people stay: sites, their rooms and beds."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from audit import trail
from casework import permissions
from casework.models import Bed, Room, Site
from casework.refusals import refuse
from casework.rules.stays import MOST_BEDS
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from common.thai import names


@dataclass(frozen=True, slots=True)
class BedFacts:
    """A bed as it is set up. `closed_why`: why it is out of use, "" while it can be given."""

    label: str
    kept_for: str = Bed.For.ANYBODY
    step_free: bool = False
    closed_why: str = ""


@action
def add_site(*, actor: Actor, centre_id: int, name: str, address: str = "") -> Site:
    """A house or floor of a centre. Refuses with "name_wanted", "site_name_taken"."""
    _require_lead(actor, centre_id)
    site = Site(centre_id=centre_id, name=_named(name), address=names.normalise(address))
    _refuse_twin(Site, "site_name_taken", "name", centre_id=centre_id, name=site.name)
    site.save()
    trail.record(actor, "site.added", site, changes={"name": ["", site.name]})
    return site


@action
def change_site(*, actor: Actor, site_id: int, name: str, address: str = "") -> Site:
    """Another name or address. Refuses as add_site does."""
    site: Site = _take(actor, Site, site_id)
    _require_lead(actor, site.centre_id)
    before = {"name": site.name, "address": site.address}
    site.name, site.address = _named(name), names.normalise(address)
    _refuse_twin(Site, "site_name_taken", "name", but=site.pk, centre_id=site.centre_id, name=site.name)
    site.save()
    after = {"name": site.name, "address": site.address}
    trail.record(actor, "site.changed", site, changes=trail.changed(before, after))
    return site


@action
def add_room(
    *,
    actor: Actor,
    site_id: int,
    name: str,
    beds: int,
    kept_for: str = Bed.For.ANYBODY,
    step_free: bool = False,
) -> Room:
    """A room with so many beds, numbered from 1, all alike. Refuses with "name_wanted", "room_name_taken",
    "beds_count"."""
    site: Site = _take(actor, Site, site_id)
    _require_lead(actor, site.centre_id)
    if not 1 <= beds <= MOST_BEDS:
        refuse("beds_count", "beds", most=MOST_BEDS)
    named = _named(name)
    _refuse_twin(Room, "room_name_taken", "name", site=site, name=named)
    room = Room.objects.create(site=site, name=named)
    Bed.objects.bulk_create(
        Bed(room=room, label=str(number), place=number, kept_for=kept_for, step_free=step_free)
        for number in range(1, beds + 1)
    )
    trail.record(actor, "site_room.added", room, changes={"name": ["", room.name], "beds": [0, beds]})
    return room


@action
def change_room(*, actor: Actor, room_id: int, name: str) -> Room:
    """Another name. Refuses with "name_wanted", "room_name_taken"."""
    room: Room = _take(actor, Room, room_id)
    _require_lead(actor, room.site.centre_id)
    before, room.name = room.name, _named(name)
    _refuse_twin(Room, "room_name_taken", "name", but=room.pk, site=room.site, name=room.name)
    room.save(update_fields=["name"])
    trail.record(actor, "site_room.changed", room, changes={"name": [before, room.name]})
    return room


@action
def add_bed(*, actor: Actor, room_id: int, bed: BedFacts) -> Bed:
    """One more bed in a room. Refuses with "name_wanted", "bed_name_taken"."""
    room: Room = _take(actor, Room, room_id)
    _require_lead(actor, room.site.centre_id)
    made = Bed(room=room, place=room.beds.count() + 1)
    _put(made, bed)
    made.save()
    trail.record(actor, "site_bed.added", made, changes={"label": ["", made.label]})
    return made


@action
def change_bed(*, actor: Actor, bed_id: int, bed: BedFacts) -> Bed:
    """What a bed is called, for whom it is kept, and whether it is out of use.

    Refuses with "name_wanted", "bed_name_taken", "bed_in_use" (nobody is put out of bed by closing it).
    """
    row: Bed = _take(actor, Bed, bed_id)
    _require_lead(actor, row.room.site.centre_id)
    before = _facts(row)
    if bed.closed_why.strip() and row.closed_on is None and row.stays.filter(ends_on__isnull=True).exists():
        refuse("bed_in_use", "closed_why")
    _put(row, bed)
    row.save()
    trail.record(actor, "site_bed.changed", row, changes=trail.changed(before, _facts(row)))
    return row


def _put(row: Bed, bed: BedFacts) -> None:
    row.label, row.kept_for, row.step_free = _named(bed.label, "label"), bed.kept_for, bed.step_free
    row.closed_why = names.normalise(bed.closed_why)
    row.closed_on = (row.closed_on or clock.today()) if row.closed_why else None
    _refuse_twin(Bed, "bed_name_taken", "label", but=row.pk, room=row.room, label=row.label)


def _facts(row: Bed) -> dict[str, Any]:
    return {
        name: getattr(row, name) for name in ("label", "kept_for", "step_free", "closed_on", "closed_why")
    }


def _named(name: str, field: str = "name") -> str:
    return names.normalise(name) or refuse("name_wanted", field)


def _refuse_twin(model: Any, code: str, field: str, *, but: int | None = None, **same: Any) -> None:
    if model.objects.filter(**same).exclude(pk=but or 0).exists():
        refuse(code, field)


def _take(actor: Actor, model: Any, key: int) -> Any:
    row = model.objects.visible_to(actor).select_for_update().filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def _require_lead(actor: Actor, centre_id: int) -> None:
    allowed = permissions.can_keep_beds(actor, centre_id)
    require(allowed, _("Rooms and beds are set up by the centre's supervisor or head."))
