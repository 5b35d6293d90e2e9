"""Registering somebody, with those beside the form who may be the same person."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from audit.trail import noted_read
from casework import permissions
from casework.actions.intake import register_client
from casework.actions.intake_drafts import finish_draft
from casework.likeness import likely_same
from casework.models import Client
from casework.registering import NewClient
from casework.tidying import LINES, tidy
from casework.web import shown
from casework.web.forms.intake import FORM_ID, IntakeForm
from casework.web.likely import likely_rows
from common import clock
from common.actor import Actor
from common.errors import DomainError
from common.forms.action import handle
from common.permissions import require
from common.thai import idnumber, phone
from common.thai.dates import DateError, parse_date

PROBED = (*LINES, "phone", "pin")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """The whole first conversation on one page."""
    _require_caseworker(request.actor)
    worker = None if permissions.can_lead(request.actor) else request.user
    typed = request.GET.get("name", "")
    form = IntakeForm(
        request.POST or None,
        actor=request.actor,
        initial={"worker": worker, "first_name": typed, "draft": uuid4()},
    )

    def act(values: dict[str, Any]) -> Client:
        if values["draft"]:
            finish_draft(actor=request.actor, uid=values["draft"])
        return register_client(actor=request.actor, centre_id=values["centre"].pk, intake=form.intake)

    def then(client: Client) -> str:
        messages.success(
            request,
            _("%(name)s is registered as %(code)s.") % {"name": client.main_name, "code": client.code},
        )
        if not permissions.can_open_file(request.actor, client):  # a child's, in a colleague's charge
            messages.info(request, _("A child's file is restricted: who has the case and the leads open it."))
            return reverse("casework:today")
        return shown.file_url(client)

    likely = _likely(request.actor, request.POST) if request.method == "POST" else []
    return handle(
        request,
        form,
        act=act,
        then=then,
        template="casework/intake.html",
        context={"form_id": FORM_ID, "likely": likely},
    )


@sensitive_post_parameters()
@require_POST
def likely(request: HttpRequest) -> HttpResponse:
    """Those who may be the same as what stands in the form so far; a fragment, nothing is written but the trail."""
    _require_caseworker(request.actor)
    form = IntakeForm(request.POST, actor=request.actor)
    context = {"form": form, "likely": _likely(request.actor, request.POST), "form_id": FORM_ID}
    return render(request, "casework/_likely.html", context)


def _require_caseworker(actor: Actor) -> None:
    require(permissions.can_do_casework(actor), _("People are registered by caseworkers."))


def _likely(actor: Actor, typed: Any) -> list[dict[str, Any]]:
    """Rows of those who may be the same; each look is noted."""
    found = likely_same(actor, _probe(typed))
    noted_read(actor, "card", subjects=[str(one.client.uid) for one in found])
    return likely_rows(found)


def _probe(typed: Any) -> NewClient:
    """What has been typed so far, as far as it can be read."""
    values: dict[str, Any] = {name: typed.get(name, "") for name in PROBED}
    values["phone"] = phone.normalise(values["phone"]) or ""
    values["pin"] = idnumber.normalise(values["pin"])
    try:
        born = parse_date(typed.get("born", ""))
        values |= {"born_on": born.value, "born_precision": born.precision}
    except DateError:
        pass
    try:
        return NewClient(**tidy(values, today=clock.today()))
    except DomainError:
        return NewClient()
