"""Rooms and leases: houses, rooms with their beds and who is in them, landlords, signing and ending a lease."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Centre
from casework import naming
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require
from rentshare import permissions
from rentshare.actions import rooms as actions
from rentshare.models import Bed, Landlord, Lease, Property, Room, Tenancy
from rentshare.web import shown
from rentshare.web.forms.rooms import (
    EndLeaseForm,
    LandlordForm,
    LeaseForm,
    PropertyForm,
    RoomForm,
    room_label,
)

PAGE = 30


def _may_see(request: HttpRequest) -> None:
    require(
        permissions.can_see_rent(request.actor),
        _("Rent rooms are for caseworkers, finance officers and auditors."),
    )


def _kept(actor: Actor) -> list[Centre]:
    """Centres where the actor writes down rooms."""
    found = Centre.objects.filter(pk__in=actor.centre_ids).order_by("code")
    return [one for one in found if permissions.can_keep_rooms(actor, one.pk)]


def _require_kept(request: HttpRequest) -> list[Centre]:
    kept = _kept(request.actor)
    require(bool(kept), _("Rooms are written down by caseworkers and finance officers of a centre."))
    return kept


# --- the list ----------------------------------------------------------------------------------------------


@require_GET
def rooms(request: HttpRequest) -> HttpResponse:
    """Rooms by house, with beds taken and free, and the lease that runs."""
    _may_see(request)
    actor = request.actor
    found = Room.objects.visible_to(actor).select_related("property__centre")
    page = Paginator(
        found.prefetch_related(*_inside()).order_by("property__name", "number", "pk"), PAGE
    ).get_page(request.GET.get("page"))
    kept = _kept(actor)
    return render(
        request,
        "rentshare/rooms.html",
        {
            "page": page,
            "rows": [_row(room) for room in page],
            "may_add": bool(kept),
            "has_house": bool(kept) and Property.objects.visible_to(actor).exists(),
            "several": len({room.property.centre_id for room in page}) > 1,
        },
    )


def _inside() -> tuple[Prefetch, Prefetch]:
    """Beds with who lives there today and later, and leases that run today or later."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())
    stays = Tenancy.objects.filter(running).select_related("client").order_by("starts_on")
    beds = Bed.objects.order_by("label", "pk").prefetch_related(
        Prefetch("tenancies", stays, to_attr="running")
    )
    leases = Lease.objects.filter(running).select_related("landlord").order_by("starts_on")
    return Prefetch("beds", beds), Prefetch("leases", leases, to_attr="running")


def _row(room: Any) -> dict[str, Any]:
    beds = list(room.beds.all())
    taken = sum(bool(bed.running) for bed in beds)
    return {
        "room": room,
        "beds": len(beds),
        "taken": taken,
        "lease": room.running[0] if room.running else None,
    }


@require_GET
def room(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One room: its beds and who is in them, its leases."""
    _may_see(request)
    actor, today = request.actor, clock.today()
    rows = Room.objects.visible_to(actor).select_related("property__centre").prefetch_related(*_inside())
    found: Any = get_object_or_404(rows, uid=uid)
    beds = list(found.beds.all())
    stays = [stay for bed in beds for stay in bed.running]
    seen = set(
        Tenancy.objects.visible_to(actor)
        .filter(pk__in=[one.pk for one in stays])
        .values_list("pk", flat=True)
    )
    names = naming.names_of(actor, [one for one in stays if one.pk in seen])
    leases = list(found.leases.select_related("landlord").order_by("-starts_on"))
    return render(
        request,
        "rentshare/room.html",
        {
            "room": found,
            "title": room_label(found),
            "beds": [
                {
                    "bed": bed,
                    "stays": [
                        {
                            "stay": stay,
                            "name": names.get(stay.pk, ""),
                            "url": shown.tenancy_url(stay) if stay.pk in seen else "",
                            "begun": stay.starts_on <= today,
                        }
                        for stay in bed.running
                    ],
                }
                for bed in beds
            ],
            "leases": [
                {"lease": one, "over": one.ends_on is not None and one.ends_on < today} for one in leases
            ],
            "may_lease": permissions.can_sign_lease(actor, found.property.centre_id),
        },
    )


# --- adding ------------------------------------------------------------------------------------------------


def _adding(
    request: HttpRequest, form: ActionForm, act: Any, *, title: str, back: str, done: str
) -> HttpResponse:
    def then(_result: Any) -> str:
        messages.success(request, done)
        return back

    context = {"title": title, "submit": _("Save"), "cancel_url": back}
    context |= {"eyebrow": _("Rooms and leases"), "eyebrow_url": reverse("rentshare:rooms")}
    return handle(request, form, act=act, then=then, template="rentshare/act.html", context=context)


def _centre_key(kept: list[Centre], code: str) -> int:
    return next(one.pk for one in kept if one.code == code)


@require_http_methods(["GET", "POST"])
def landlord_new(request: HttpRequest) -> HttpResponse:
    """Write down who lets rooms."""
    kept = _require_kept(request)

    def act(values: dict[str, Any]) -> Landlord:
        centre = _centre_key(kept, values.pop("centre"))
        return actions.add_landlord(actor=request.actor, centre_id=centre, **values)

    return _adding(
        request,
        LandlordForm(request.POST or None, centres=kept),
        act,
        title=_("Add a landlord"),
        back=reverse("rentshare:rooms"),
        done=_("The landlord is saved."),
    )


@require_http_methods(["GET", "POST"])
def property_new(request: HttpRequest) -> HttpResponse:
    """Write down a house."""
    kept = _require_kept(request)

    def act(values: dict[str, Any]) -> Property:
        centre = _centre_key(kept, values.pop("centre"))
        return actions.add_property(actor=request.actor, centre_id=centre, **values)

    return _adding(
        request,
        PropertyForm(request.POST or None, centres=kept),
        act,
        title=_("Add a house"),
        back=reverse("rentshare:room_new"),
        done=_("The house is saved. Now add its rooms."),
    )


@require_http_methods(["GET", "POST"])
def room_new(request: HttpRequest) -> HttpResponse:
    """Write down a room with its beds."""
    kept = _require_kept(request)
    houses = {str(one.uid): one for one in Property.objects.visible_to(request.actor).filter(centre__in=kept)}
    form = RoomForm(request.POST or None, houses=list(houses.values()))

    def act(values: dict[str, Any]) -> Room:
        return actions.add_room(
            actor=request.actor,
            property_id=houses[values["house"]].pk,
            number=values["number"],
            beds=form.labels,
        )

    return _adding(
        request,
        form,
        act,
        title=_("Add a room"),
        back=reverse("rentshare:rooms"),
        done=_("The room is saved. Sign its lease next."),
    )


# --- leases ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def lease_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Rent a room of a landlord."""
    _may_see(request)
    actor = request.actor
    found = get_object_or_404(Room.objects.visible_to(actor).select_related("property__centre"), uid=uid)
    centre_id = found.property.centre_id
    _require_signer(actor, centre_id)
    landlords = {str(one.uid): one for one in Landlord.objects.visible_to(actor).filter(centre=centre_id)}

    def act(values: dict[str, Any]) -> Lease:
        landlord = landlords[values.pop("landlord")]
        return actions.sign_lease(actor=actor, room_id=found.pk, landlord_id=landlord.pk, **values)

    return _adding(
        request,
        LeaseForm(request.POST or None, landlords=list(landlords.values())),
        act,
        title=_("Sign a lease: %(room)s") % {"room": room_label(found)},
        back=reverse("rentshare:room", args=[found.uid]),
        done=_("The lease is signed. Its beds can be let now."),
    )


@require_http_methods(["GET", "POST"])
def lease_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a room back."""
    _may_see(request)
    actor = request.actor
    found = get_object_or_404(Lease.objects.visible_to(actor).select_related("room__property"), uid=uid)
    _require_signer(actor, found.centre_id)
    return _adding(
        request,
        EndLeaseForm(request.POST or None, initial={"ends_on": found.ends_on or clock.today()}),
        lambda values: actions.end_lease(actor=actor, lease_id=found.pk, **values),
        title=_("End the lease: %(room)s") % {"room": room_label(found.room)},
        back=reverse("rentshare:room", args=[found.room.uid]),
        done=_("The lease has its end."),
    )


def _require_signer(actor: Actor, centre_id: int) -> None:
    allowed = permissions.can_sign_lease(actor, centre_id)
    require(allowed, _("Leases are signed by heads and finance officers of the centre."))
