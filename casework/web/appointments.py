"""The list of appointments: mine or the centre's, late, today, to come, done."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.roles import CASEWORKERS
from audit.trail import noted_read
from casework import permissions
from casework.covering import done_by, raised_to
from casework.models import FollowUp
from casework.web import rows
from common import clock
from common.actor import Actor
from common.permissions import require

State = FollowUp.State
SHOWN = {
    "late": gettext_lazy("Late"),
    "today": gettext_lazy("Today"),
    "coming": gettext_lazy("To come"),
    "done": gettext_lazy("Done"),
}
WHOSE = {
    "mine": gettext_lazy("Mine"),
    "centre": gettext_lazy("The whole centre's"),
    "raised": gettext_lazy("Late with colleagues"),
}
SORTS = {
    "due": ("due_on", "due_time", "pk"),
    "-due": ("-due_on", "-due_time", "-pk"),
    "name": ("client__sort_key", "due_on", "pk"),
}
SORT_LABELS = {
    "due": gettext_lazy("day, earliest first"),
    "-due": gettext_lazy("day, latest first"),
    "name": gettext_lazy("name"),
}


@require_GET
def appointments(request: HttpRequest) -> HttpResponse:
    """One list; whose, which and in what order stands in the address."""
    actor = request.actor
    require(permissions.can_do_casework(actor), _("Appointments are kept by caseworkers."))
    show = _chosen(request, "show", SHOWN, "late")
    whose = _chosen(request, "whose", WHOSE, "centre" if permissions.can_lead(actor) else "mine")
    sort = _chosen(request, "sort", SORTS, "-due" if show == "done" else "due")
    today = clock.today()
    found = _showing(_whose(actor, whose), show, today)
    ordered = found.select_related("client", "worker").order_by(*SORTS[sort])
    page = Paginator(ordered, 30).get_page(request.GET.get("page"))
    noted_read(actor, "list", subjects=[str(row.client.uid) for row in page])
    return render(
        request,
        "casework/follow_ups/list.html",
        {
            "page": page,
            "rows": rows.follow_up_rows(list(page), today, back="follow_ups", with_worker=whose != "mine"),
            "show": show,
            "sorts": _ways(request, "sort", SORT_LABELS, sort),
            "tabs": _ways(request, "show", SHOWN, show),
            "whose_ways": _ways(request, "whose", WHOSE, whose),
        },
    )


def _whose(actor: Actor, whose: str) -> "QuerySet[FollowUp]":
    if whose == "raised":
        return raised_to(actor)
    own = done_by(actor) if whose == "mine" else Q(centre_id__in=actor.centres_as(*CASEWORKERS))
    return FollowUp.objects.visible_to(actor).filter(own)


def _chosen(request: HttpRequest, name: str, choices: dict[str, Any], default: str) -> str:
    value = request.GET.get(name, "")
    return value if value in choices else default


def _showing(found: "QuerySet[FollowUp]", show: str, today: date) -> "QuerySet[FollowUp]":
    if show == "done":
        return found.filter(state=State.DONE)
    planned = found.filter(state=State.PLANNED)
    if show == "late":
        return planned.filter(due_on__lt=today)
    return planned.filter(due_on=today) if show == "today" else planned.filter(due_on__gt=today)


def _ways(request: HttpRequest, name: str, choices: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    """Links that change one thing and keep the rest of the address."""
    ways = []
    for key, label in choices.items():
        query = request.GET.copy()
        query[name] = key
        query.pop("page", None)
        ways.append({"label": label, "url": f"?{query.urlencode()}", "current": key == chosen, "count": 0})
    return ways
