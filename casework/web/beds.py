"""The bed board of today, and the pages on which a site is set up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Centre
from accounts.roles import LEADS
from audit.trail import noted_read
from casework import permissions
from casework.actions.beds import add_bed, add_room, add_site, change_bed, change_room, change_site
from casework.models import Bed, Client, Room, Site, Stay
from casework.searching import search_clients
from casework.web.acting import saying
from casework.web.forms.stays import BedForm, RoomForm, RoomNameForm, SiteForm
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require

NOT_YOURS = gettext_lazy("Rooms and beds are set up by the centre's supervisor or head.")


@dataclass(frozen=True, slots=True)
class Cell:
    """One bed as it is today. `client` only for whoever may open the file of who lies there."""

    bed: Bed
    stay: Stay | None
    client: Client | None
    may_write: bool

    @property
    def state(self) -> str:
        if self.stay is not None:
            return "taken"
        return "closed" if self.bed.closed_on else "free"


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every bed of the actor's centres: free, taken or out of use."""
    actor = request.actor
    require(permissions.can_see_beds(actor), _("The bed board is for those who open files."))
    found = list(_sites(actor))
    open_stays = Stay.objects.open().filter(bed__room__site__in=found).select_related("client")
    stays = {stay.bed_id: stay for stay in open_stays}
    lying = [stay.client_id for stay in stays.values()]
    seen = Client.objects.visible_to(actor).filter(pk__in=lying).in_bulk()
    sites = [_site(actor, site, stays, seen) for site in found]
    cells = [cell for site in sites for room in site["rooms"] for cell in room["cells"]]
    noted_read(actor, "list", subjects=[str(cell.client.uid) for cell in cells if cell.client])
    return render(
        request,
        "casework/beds/board.html",
        {
            "sites": sites,
            "counts": _counted(cells),
            "today": clock.today(),
            "may_set_up": permissions.can_lead(actor),
        },
    )


def _sites(actor: Actor) -> Any:
    found = Site.objects.visible_to(actor).select_related("centre").prefetch_related("rooms__beds")
    return found.order_by("centre__code", "name", "pk")


def _site(actor: Actor, site: Site, stays: dict[int, Stay], seen: dict[int, Client]) -> dict[str, Any]:
    """A site with its rooms; `stays` by bed, `seen` the people whose file the actor may open."""
    may = permissions.can_give_bed(actor, site.centre_id)

    def cell(bed: Bed) -> Cell:
        stay = stays.get(bed.pk)
        return Cell(bed, stay, seen.get(stay.client_id) if stay else None, may)

    rooms = [{"room": room, "cells": [cell(bed) for bed in room.beds.all()]} for room in site.rooms.all()]
    return {
        "site": site,
        "rooms": rooms,
        "counts": _counted(cell for room in rooms for cell in room["cells"]),
        "may_set_up": permissions.can_keep_beds(actor, site.centre_id),
    }


def _counted(cells: Iterable[Cell]) -> dict[str, int]:
    counts = {"free": 0, "taken": 0, "closed": 0}
    for cell in cells:
        counts[cell.state] += 1
    return counts


@require_GET
def who(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who is to sleep in this bed: found by the one search, then checked in from their file."""
    bed = get_object_or_404(
        Bed.objects.visible_to(request.actor).select_related("room__site__centre"), uid=uid
    )
    may = permissions.can_give_bed(request.actor, bed.room.site.centre_id)
    require(may, _("People are checked in and out by the centre that has the bed."))
    q = request.GET.get("q", "").strip()
    found = [one.client for one in search_clients(request.actor, q, limit=12)] if q else []
    return render(request, "casework/beds/who.html", {"bed": bed, "q": q, "found": found})


@require_GET
def site(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A site with its rooms and beds, to set up."""
    row = _own(request, Site, uid)
    rooms = row.rooms.prefetch_related("beds").order_by("name", "pk")
    return render(request, "casework/beds/site.html", {"site": row, "rooms": rooms})


@require_http_methods(["GET", "POST"])
def site_new(request: HttpRequest) -> HttpResponse:
    """A site of the own centre."""
    require(permissions.can_lead(request.actor), NOT_YOURS)
    centre = Centre.objects.filter(pk__in=request.actor.centres_as(*LEADS)).order_by("code").first()
    return handle(
        request,
        SiteForm(request.POST or None),
        act=lambda values: add_site(actor=request.actor, centre_id=centre.pk if centre else 0, **values),
        then=lambda made: saying(request, _("The site is saved. Now add its rooms."), _site_url(made))(made),
        template="casework/plain_form.html",
        context={
            "title": _("Add a site"),
            "submit": _("Save the site"),
            "cancel_url": reverse("casework:beds"),
            "lead": _("A house or floor in which people stay."),
            "danger": False,
        },
    )


@require_http_methods(["GET", "POST"])
def site_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another name or address."""
    row: Site = _own(request, Site, uid)
    form = SiteForm(request.POST or None, initial={"name": row.name, "address": row.address})
    return _page(
        request,
        row,
        form,
        lambda values: change_site(actor=request.actor, site_id=row.pk, **values),
        title=_("Change the site"),
        submit=_("Save the site"),
    )


@require_http_methods(["GET", "POST"])
def room_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A room with its beds."""
    row: Site = _own(request, Site, uid)
    return _page(
        request,
        row,
        RoomForm(request.POST or None),
        lambda values: add_room(actor=request.actor, site_id=row.pk, **values),
        title=_("Add a room"),
        submit=_("Save the room"),
    )


@require_http_methods(["GET", "POST"])
def room_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another name of a room."""
    row: Room = _own(request, Room, uid)
    return _page(
        request,
        row.site,
        RoomNameForm(request.POST or None, initial={"name": row.name}),
        lambda values: change_room(actor=request.actor, room_id=row.pk, **values),
        title=_("Change the room"),
        submit=_("Save the room"),
    )


@require_http_methods(["GET", "POST"])
def bed_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One more bed in a room."""
    row: Room = _own(request, Room, uid)
    form = BedForm(
        request.POST or None, initial={"label": str(row.beds.count() + 1), "kept_for": Bed.For.ANYBODY}
    )
    return _page(
        request,
        row.site,
        form,
        lambda _values: add_bed(actor=request.actor, room_id=row.pk, bed=form.bed),
        title=_("Add a bed"),
        submit=_("Save the bed"),
        lead=f"{row.site.name} · {row.name}",
    )


@require_http_methods(["GET", "POST"])
def bed_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A bed's name, for whom it is kept, whether it is out of use."""
    row: Bed = _own(request, Bed, uid)
    initial = {name: getattr(row, name) for name in ("label", "kept_for", "step_free", "closed_why")}
    form = BedForm(request.POST or None, initial=initial)
    return _page(
        request,
        row.room.site,
        form,
        lambda _values: change_bed(actor=request.actor, bed_id=row.pk, bed=form.bed),
        title=_("Change the bed"),
        submit=_("Save the bed"),
        lead=row.whole_name,
    )


_SITE_OF = {Site: "", Room: "site", Bed: "room__site"}


def _own(request: HttpRequest, model: Any, uid: UUID) -> Any:
    """A site, room or bed that the actor sets up; 404 unseen, 403 where one may only see it."""
    path = _SITE_OF[model]
    rows = model.objects.visible_to(request.actor).select_related(*filter(None, [path]))
    row = get_object_or_404(rows, uid=uid)
    kept_by = row
    for step in filter(None, path.split("__")):
        kept_by = getattr(kept_by, step)
    require(permissions.can_keep_beds(request.actor, kept_by.centre_id), NOT_YOURS)
    return row


def _site_url(row: Site) -> str:
    return reverse("casework:site", args=[row.uid])


def _page(
    request: HttpRequest, of: Site, form: ActionForm, act: Any, *, title: str, submit: str, lead: str = ""
) -> HttpResponse:
    context = {"title": title, "submit": submit, "cancel_url": _site_url(of), "lead": lead, "danger": False}
    then = saying(request, _("Saved."), _site_url(of))
    return handle(request, form, act=act, then=then, template="casework/plain_form.html", context=context)
