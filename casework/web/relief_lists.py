"""All relief grants one may see, what waits among them, the sheet, and the terms that hold."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Role
from audit.trail import noted_read
from casework import grant_papers, grants, naming, permissions
from casework.actions.relief_terms import set_terms
from casework.models import ReliefGrant, ReliefTerms
from casework.web.acting import saying
from casework.web.forms.relief import TermsForm
from casework.web.relief import WHOLE
from common import clock
from common.actor import Actor
from common.forms.action import handle
from common.permissions import require
from common.thai.periods import Month
from common.web import files

PAGE = 30
MONTHS = 24
FILTERS = ("state", "month", "centre")


def _language() -> str:
    return "en" if translation.get_language() == "en" else "th"


def _wanted(request: HttpRequest) -> dict[str, str]:
    require(
        permissions.can_list_grants(request.actor),
        _("Relief grants are read by caseworkers, finance officers and auditors."),
    )
    return {key: request.GET[key] for key in FILTERS if request.GET.get(key)}


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Grants by state, month and centre, with their sums; or those that wait for whoever looks."""
    actor, wanted = request.actor, _wanted(request)
    waits = request.GET.get("show") == "waiting"
    chosen = WHOLE.filter(pk__in=grants.waiting_for(actor).order_by().values("pk")) if waits else None
    found = grants.narrowed(actor, wanted) if chosen is None else chosen
    whole = found.select_related("client__centre", "centre", "applied_by").order_by("-applied_on", "-pk")
    page = Paginator(whole, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    noted_read(actor, "relief_grant", subjects=sorted({str(row.client.uid) for row in rows}))
    names = naming.names_of(actor, rows)
    labels = dict(ReliefGrant.State.choices)
    return render(
        request,
        "casework/relief/list.html",
        {
            "page": page,
            "rows": [grants.shown_row(row, names[row.pk]) for row in rows],
            "sums": [(labels[state], grants.TONES[state], n, sum_) for state, n, sum_ in grants.sums(found)],
            "choices": [] if waits else _choices(actor),
            "wanted": wanted,
            "query": urlencode(wanted),
            "waits": waits,
            "has_waiting": permissions.can_lead(actor) or actor.has(Role.FINANCE_OFFICER),
        },
    )


def _choices(actor: Actor) -> list[dict[str, Any]]:
    this = Month.of(clock.today())
    months = [this.plus(-back) for back in range(MONTHS)]
    centres = [(centre.code, str(centre)) for centre in grants.centres_of(actor)]
    return [
        {"key": "state", "label": _("State"), "options": ReliefGrant.State.choices},
        {
            "key": "month",
            "label": _("Month"),
            "options": [(str(month), month.label(_language())) for month in months],
        },
        {"key": "centre", "label": _("Centre"), "options": centres if len(centres) > 1 else []},
    ]


@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The list as a sheet, narrowed down as on the page."""
    actor, wanted = request.actor, _wanted(request)
    whole = grants.narrowed(actor, wanted).select_related("client", "centre", "applied_by", "decided_by")
    rows = list(whole.prefetch_related("payments__centre", "payments__reversal").order_by("applied_on", "pk"))
    subjects = sorted({str(row.client.uid) for row in rows})
    noted_read(actor, "relief_grant", subjects=subjects, door="export")
    heading = [choice for choice in (_said(key, value) for key, value in wanted.items()) if choice]
    content = grant_papers.grants_xlsx(rows, naming.names_of(actor, rows), heading)
    return files.answer(content, "relief-grants.xlsx", files.XLSX)


def _said(key: str, value: str) -> str:
    """A filter in words."""
    if key == "state":
        return str(dict(ReliefGrant.State.choices).get(value, ""))
    if key == "month":
        try:
            return Month.parse(value).label(_language())
        except ValueError:
            return ""
    return value


@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """What holds today, and every line there ever was."""
    actor = request.actor
    require(
        permissions.can_read_relief_terms(actor), _("The terms are for whoever works with relief grants.")
    )
    return render(
        request,
        "casework/relief/terms.html",
        {
            "holding": ReliefTerms.objects.holding(clock.today()),
            "lines": ReliefTerms.objects.visible_to(actor).order_by("-valid_from", "-pk"),
            "may_set": permissions.can_set_relief_terms(actor),
        },
    )


@require_http_methods(["GET", "POST"])
def terms_new(request: HttpRequest) -> HttpResponse:
    """Write down other terms, from a day on."""
    require(
        permissions.can_set_relief_terms(request.actor),
        _("The department keeps the terms of relief grants."),
    )
    form = TermsForm(request.POST or None)
    back = reverse("casework:relief_terms")
    return handle(
        request,
        form,
        act=lambda _values: set_terms(actor=request.actor, new=form.new),
        then=saying(request, _("The terms are saved."), back),
        template="casework/plain_form.html",
        context={
            "title": _("Other terms of relief grants"),
            "submit": _("Save the terms"),
            "cancel_url": back,
            "lead": _("They hold for applications from that day on; older ones keep theirs."),
            "danger": False,
        },
    )
