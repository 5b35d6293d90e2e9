"""The rent tab of the client file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework.models import Client
from casework.permissions import can_write
from casework.web.file import file_context, seen_client
from common import clock
from common.actor import Actor
from common.permissions import require
from rentshare import permissions
from rentshare.models import Tenancy
from rentshare.web.tenancies import WHOLE, one_tenancy, tenancy_rows


@require_GET
def client_tab(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rent tab: rooms this person lived in, and what is owed."""
    client = seen_client(request, uid)
    actor, today = request.actor, clock.today()
    require(
        permissions.can_see_rent(actor), _("Rent rooms are for caseworkers, finance officers and auditors.")
    )
    context = file_context(request, client, "rent")
    rows = Tenancy.objects.visible_to(actor).filter(person=client.person_id).select_related(*WHOLE)
    mine = list(rows.order_by("-starts_on", "-pk"))
    current = next((one for one in mine if one.ends_on is None or one.ends_on >= today), None)
    return render(
        request,
        "rentshare/client_tab.html",
        context
        | (one_tenancy(actor, current) if current else {"tenancy": None})
        | {
            "rows": [row for row in tenancy_rows(actor, mine, today) if row["tenancy"] is not current],
            "may_sign": current is None and may_sign(actor, client),
        },
    )


def may_sign(actor: Actor, client: Client) -> bool:
    """Writes in the file and puts people into rooms of some centre."""
    return can_write(actor, client) and any(
        permissions.can_sign_tenancy(actor, centre) for centre in actor.centre_ids
    )
