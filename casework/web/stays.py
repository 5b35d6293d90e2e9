"""The stay tab of the file, checking in and out."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import CASEWORKERS
from casework import permissions
from casework.actions.stays import check_in, check_out, correct_check_out
from casework.models import Bed, Stay
from casework.rules import stays as rules
from casework.web.acting import act_page, tab_url
from casework.web.around import own_row
from casework.web.file import file_context, open_episode, own_client, seen_client
from casework.web.forms.stays import CheckInForm, CheckOutForm, CorrectCheckOutForm
from common import clock
from common.actor import Actor
from common.permissions import require


@require_GET
def tab(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where somebody stays and has stayed."""
    client = seen_client(request, uid)
    context = file_context(request, client, "stays")
    stays = client.stays.select_related("bed__room__site__centre").order_by("-starts_on", "-pk")
    rows = [_row(request.actor, stay, write=context["rights"].write) for stay in stays]
    here = next((row for row in rows if row["stay"].ends_on is None), None)
    return render(
        request,
        "casework/stays/tab.html",
        context
        | {
            "here": here,
            "past": [row for row in rows if row is not here],
            "may_check_in": context["rights"].write
            and context["episode"] is not None
            and here is None
            and bool(request.actor.centres_as(*CASEWORKERS)),
        },
    )


def _row(actor: Actor, stay: Stay, *, write: bool) -> dict[str, Any]:
    return {
        "stay": stay,
        "nights": rules.nights(stay.starts_on, stay.ends_on, today=clock.today()),
        "may": write and permissions.can_give_bed(actor, stay.bed.room.site.centre_id),
    }


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Check somebody in."""
    client = own_client(request, uid)
    open_episode(client)
    beds = _beds(request.actor, free=request.method == "GET")
    form = CheckInForm(request.POST or None, beds=beds, initial={"bed": request.GET.get("bed", "")})
    free = any(not taken for _bed, taken in _states(request.actor))
    return act_page(
        request,
        client,
        form,
        act=lambda values: check_in(
            actor=request.actor,
            client_id=client.pk,
            bed_id=form.bed_id,
            starts_on=values["starts_on"],
            note=values["note"],
        ),
        title=_("Check in"),
        submit=_("Check in"),
        lead="" if free else _("No bed of your centre is free just now."),
        back=tab_url(client, "stays"),
        done=_("They are checked in."),
    )


def _states(actor: Actor) -> list[tuple[Bed, bool]]:
    """The beds of the actor's centres that are in use, each with whether somebody lies in it."""
    centres = actor.centres_as(*CASEWORKERS)
    beds = Bed.objects.filter(room__site__centre__in=centres, closed_on__isnull=True)
    taken = set(Stay.objects.open().filter(bed__in=beds).order_by().values_list("bed_id", flat=True))
    ordered = beds.select_related("room__site").order_by("room__site__name", "room__name", "place", "pk")
    return [(bed, bed.pk in taken) for bed in ordered]


def _beds(actor: Actor, *, free: bool) -> list[tuple[Bed, str]]:
    """Beds to choose from with what is said of each; when one is sent, those taken in the meantime too."""
    return [(bed, _said(bed, taken=taken)) for bed, taken in _states(actor) if not (free and taken)]


def _said(bed: Bed, *, taken: bool) -> str:
    parts = [bed.whole_name, bed.get_kept_for_display() if bed.kept_for != Bed.For.ANYBODY else ""]
    parts += [_("step-free") if bed.step_free else "", _("taken") if taken else ""]
    return " · ".join(str(part) for part in parts if part)


@require_http_methods(["GET", "POST"])
def out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Check somebody out, with where they went."""
    row = _own(request, uid)
    form = CheckOutForm(request.POST or None)
    return act_page(
        request,
        row.client,
        form,
        act=lambda _values: check_out(actor=request.actor, stay_id=row.pk, leaving=form.leaving),
        title=_("Check out"),
        submit=_("Check out"),
        lead=row.bed.whole_name,
        back=tab_url(row.client, "stays"),
        done=_("They are checked out. The bed is free for tonight."),
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The end of a stay was entered wrong."""
    row = _own(request, uid)
    initial = {"ends_on": row.ends_on, "left_to": row.left_to, "note": row.left_note}
    form = CorrectCheckOutForm(request.POST or None, initial=initial)
    return act_page(
        request,
        row.client,
        form,
        act=lambda values: correct_check_out(
            actor=request.actor, stay_id=row.pk, leaving=form.leaving, reason=values["reason"]
        ),
        title=_("Correct the end of the stay"),
        submit=_("Save the correction"),
        lead=row.bed.whole_name,
        back=tab_url(row.client, "stays"),
        done=_("The end of the stay is corrected."),
    )


def _own(request: HttpRequest, uid: UUID) -> Stay:
    row: Stay = own_row(request, Stay, uid)
    may = permissions.can_give_bed(request.actor, row.bed.room.site.centre_id)
    require(may, _("People are checked in and out by the centre that has the bed."))
    return row
