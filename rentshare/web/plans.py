"""Missed rent: who is behind and who talks to them, and how arrears are paid off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from casework import naming
from casework.web.forms.person import ReasonForm
from common import clock
from common.forms.action import handle
from common.permissions import require
from rentshare import permissions, reading
from rentshare.actions.missing import agree_plan, end_plan
from rentshare.missing import living_and_owing, noticed, without_case
from rentshare.models import MissedShare, PaymentPlan, Tenancy
from rentshare.web import shown
from rentshare.web.forms.money import PlanForm
from rentshare.web.tenancies import PAGE, WHOLE, eyebrow, missed_row, seen_tenancy, tenancy_rows
from rentshare.web.trying import two_steps

SHOW = {"all": gettext_lazy("All"), "alone": gettext_lazy("Without an open case")}


@require_GET
def missed(request: HttpRequest) -> HttpResponse:
    """Who lives in a room and is behind with their share, the most owed first, and when somebody talks to them."""
    actor = request.actor
    require(
        permissions.can_see_rent(actor), _("Rent rooms are for caseworkers, finance officers and auditors.")
    )
    show, today = shown.chosen(request, "show", SHOW, "all"), clock.today()
    seen = Tenancy.objects.visible_to(actor).order_by()
    found = living_and_owing(today).filter(pk__in=seen)
    found = without_case(found) if show == "alone" else noticed(found)
    page = Paginator(found.select_related(*WHOLE).order_by("-balance", "pk"), PAGE).get_page(
        request.GET.get("page")
    )
    tenancies = list(page)
    rows = tenancy_rows(actor, tenancies, today)
    told, planned = _missed(tenancies), _planned(tenancies)
    files = naming.files_of(actor, tenancies)
    for row in rows:
        row["missed"] = told.get(row["tenancy"].pk, [])
        row["planned"] = row["tenancy"].pk in planned
        row["open_file"] = row["tenancy"].client_id in files
    return render(
        request,
        "rentshare/missed.html",
        {"page": page, "rows": rows, "show": show, "tabs": shown.ways(request, "show", SHOW, show)},
    )


def _missed(tenancies: list[Tenancy]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    rows = MissedShare.objects.filter(tenancy__in=tenancies).select_related("instalment", "follow_up")
    for one in rows.order_by("due_on", "pk"):
        found.setdefault(one.tenancy_id, []).append(missed_row(one))
    return found


def _planned(tenancies: list[Tenancy]) -> set[int]:
    """Keys of the tenancies for which a plan holds."""
    plans = PaymentPlan.objects.filter(tenancy__in=tenancies, ended_on__isnull=True)
    return set(plans.order_by().values_list("tenancy", flat=True))


def agreed_tenancy(request: HttpRequest, uid: UUID) -> Tenancy:
    """The tenancy, if the actor may agree a plan for it; 404 unseen, 403 where it may only be read."""
    found = seen_tenancy(request, uid)
    allowed = permissions.can_agree_plan(request.actor, found.centre_id)
    require(allowed, _("Payment plans are agreed by caseworkers and finance officers of the centre."))
    return found


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Agree on how arrears are paid off: the form, what it comes to month by month, and the act."""
    found, actor = agreed_tenancy(request, uid), request.actor
    back = shown.tenancy_url(found)

    def then(made: PaymentPlan) -> str:
        messages.success(request, _("The payment plan holds from today."))
        return back

    return two_steps(
        request,
        PlanForm(request.POST or None),
        act=lambda values: agree_plan(actor=actor, tenancy_id=found.pk, **values),
        look=lambda made: {"plan": made, "parts": list(made.instalments.all())},
        then=then,
        template="rentshare/plan.html",
        confirm_template="rentshare/plan_confirm.html",
        context={
            "owed": reading.owed_by([found])[found.pk],
            "eyebrow": eyebrow(actor, found),
            "back_url": back,
        },
    )


@require_http_methods(["GET", "POST"])
def plan_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a plan does not hold any more, and why."""
    found, actor = agreed_tenancy(request, uid), request.actor
    back = shown.tenancy_url(found)

    def then(made: PaymentPlan) -> str:
        messages.success(request, _("The payment plan has ended."))
        return back

    return handle(
        request,
        ReasonForm(request.POST or None),
        act=lambda values: end_plan(actor=actor, tenancy_id=found.pk, **values),
        then=then,
        template="rentshare/act.html",
        context={
            "title": _("End the payment plan"),
            "submit": _("End the payment plan"),
            "danger": True,
            "eyebrow": eyebrow(actor, found),
            "eyebrow_url": back,
            "cancel_url": back,
            "lead": _("What is owed is then owed by its months again."),
        },
    )
