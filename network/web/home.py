"""The page a partner's day begins with: write down what was given, and what was written down before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.forms.action import handle
from common.permissions import require
from network import permissions
from network.actions.contributions import log_contribution
from network.models import Contribution
from network.web.forms import LogForm
from network.web.shown import rows_of

LATEST = 8


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Who belongs to no partner yet is told whom to ask."""
    actor = request.actor
    require(permissions.is_giver(actor), _("This page is for partners and volunteers."))
    partner = permissions.own_partner(actor)
    if partner is None:
        return render(request, "network/nobody.html")

    def act(_values: dict[str, Any]) -> Contribution:
        return log_contribution(actor=actor, partner_id=partner.pk, given=form.given)

    def then(_row: Contribution) -> str:
        messages.success(request, _("Thank you. It is written down."))
        return reverse("network:home")

    form = LogForm(request.POST or None, partner=partner)
    rows = partner.contributions.visible_to(actor).filter(corrected_by__isnull=True, is_void=False)
    latest = rows.select_related("partner", "corrected_by").order_by("-pk")[:LATEST]
    return handle(
        request,
        form,
        act=act,
        then=then,
        template="network/home.html",
        context={"partner": partner, "latest": rows_of(latest, actor=actor, partner=False)},
    )
