"""How many slept at the centre in each of the last nights, and who."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.trail import noted_read
from casework import permissions
from casework.models import Client, Site, Stay
from casework.rules import stays as rules
from common import clock
from common.actor import Actor
from common.charts import Series, bars
from common.permissions import require

SHOWN = 30
"""So many nights, tonight included."""


@require_GET
def nights(request: HttpRequest) -> HttpResponse:
    """The last thirty nights as a picture; one of them opens to who slept here, as far as their files are open."""
    actor = request.actor
    require(permissions.can_see_beds(actor), _("The bed board is for those who open files."))
    today = clock.today()
    evenings = [today - timedelta(days=back) for back in range(SHOWN - 1, -1, -1)]
    stays = Stay.objects.filter(bed__room__site__in=Site.objects.visible_to(actor).order_by())
    shown = stays.between(evenings[0], today).order_by()
    counts = rules.per_night(shown.values_list("starts_on", "ends_on"), evenings)
    chart = bars(
        [str(evening.day) for evening in evenings],
        [Series(_("People"), counts)],
        title=_("People in bed, the last 30 nights"),
        unit=_("persons"),
        along=_("Night"),
    )
    chosen = _chosen(request, evenings)
    return render(
        request,
        "casework/beds/nights.html",
        {
            "chart": chart,
            "rows": list(zip(reversed(evenings), reversed(counts), strict=True)),
            "chosen": chosen,
            **(_who(actor, stays, chosen) if chosen else {}),
        },
    )


def _chosen(request: HttpRequest, evenings: list[date]) -> date | None:
    wanted = request.GET.get("night", "")
    return next((evening for evening in evenings if evening.isoformat() == wanted), None)


def _who(actor: Actor, stays: Any, night: date) -> dict[str, Any]:
    """Who slept here in that night: those whose file the actor may open, and how many others."""
    there = list(stays.between(night, night).select_related("client", "bed__room__site").order_by("bed"))
    seen = Client.objects.visible_to(actor).in_bulk([stay.client_id for stay in there])
    named = [stay for stay in there if stay.client_id in seen]
    noted_read(actor, "list", subjects=[str(stay.client.uid) for stay in named])
    return {"named": named, "others": len(there) - len(named)}
