"""The list of open cases: narrowed down, kept under a name, and given away."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import CASEWORKERS
from audit.trail import noted_read
from casework import permissions
from casework.actions.saved_lists import remove_list, save_list
from casework.caseload import STATES, districts, filters, last_contacts, narrowed
from casework.models import Episode, Legal, SavedList
from casework.rules.caseload import LATE, ME, NOBODY, UNPLANNED
from casework.web import rows
from casework.web.acting import saying
from casework.web.forms.caseload import SaveListForm
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require

PAGE = 30
QUIET = (14, 30, 60, 90)
APPOINTMENTS = ((LATE, gettext_lazy("overdue")), (UNPLANNED, gettext_lazy("none planned")))


@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """Cases that fit; a caseworker begins with their own, a lead with all."""
    actor = request.actor
    _require_caseworker(actor)
    wanted = _wanted(request)
    today = clock.today()
    found = narrowed(actor, wanted, today=today)
    ready = found.select_related("client__centre", "worker").defer(
        "client__pin", "client__health_note", "client__remark"
    )
    page = Paginator(ready, PAGE).get_page(request.GET.get("page"))
    cases = list(page.object_list)
    noted_read(actor, "list", subjects=[str(case.client.uid) for case in cases])
    contacts = last_contacts(cases)
    shown = [
        row
        | {
            "case": case.uid,
            "contact": contacts.get(case.pk),
            "late": bool(row["next"] and row["next"] < today),
        }
        for row, case in zip(rows.case_rows(cases), cases, strict=True)
    ]
    keepers = permissions.keepers(*actor.centres_as(*CASEWORKERS))
    context = {
        "page": page,
        "rows": shown,
        "choices": _choices(actor, keepers),
        "wanted": wanted,
        "query": urlencode(wanted),
        "lists": _lists(actor, wanted),
        "keepers": keepers,
        "may_give": permissions.can_lead(actor),
        "filtered": bool(wanted),
    }
    return render(request, "casework/caseload/list.html", context)


def _wanted(request: HttpRequest) -> dict[str, str]:
    asked = {key: value for key, value in request.GET.items() if isinstance(value, str)}
    if not asked.keys() - {"page"} and not permissions.can_lead(request.actor):
        return {"worker": ME}
    return filters(asked)


def _choices(actor: Actor, keepers: Any) -> list[dict[str, Any]]:
    """The filters with their options, in the order they are shown."""
    people = [(ME, _("me")), (NOBODY, _("nobody")), *((str(user.uid), str(user)) for user in keepers)]
    options = {
        "state": (_("Where the case is"), [one for one in Episode.State.choices if one[0] in STATES]),
        "worker": (_("In charge"), people),
        "appointments": (_("Appointments"), APPOINTMENTS),
        "quiet": (_("No contact for"), [(str(n), _("%(n)s days or more") % {"n": n}) for n in QUIET]),
        "category": (_("Group under the Act"), Legal.choices),
        "district": (_("District"), [(name, name) for name in districts(actor)]),
    }
    return [{"key": key, "label": label, "options": found} for key, (label, found) in options.items()]


def _lists(actor: Actor, wanted: dict[str, str]) -> list[dict[str, Any]]:
    address = reverse("casework:caseload")
    found = SavedList.objects.visible_to(actor).select_related("owner", "centre").order_by("name", "pk")
    return [
        {
            "list": kept,
            "url": f"{address}?{urlencode(filters(kept.query) or {'worker': ''})}",
            "current": filters(kept.query) == wanted,
            "shared": kept.centre_id is not None,
            "by": "" if kept.owner_id == actor.user_id else str(kept.owner),
            "may_remove": permissions.can_remove_list(actor, kept),
        }
        for kept in found
    ]


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters that stand in the address."""
    actor, wanted = request.actor, filters(request.GET.dict())
    _require_caseworker(actor)
    back = f"{reverse('casework:caseload')}?{urlencode(wanted or {'worker': ''})}"
    return handle(
        request,
        SaveListForm(request.POST or None, actor=actor),
        act=lambda values: save_list(actor=actor, query=wanted, **values),
        then=saying(request, _("The list is kept."), back),
        template="casework/plain_form.html",
        context={
            "title": _("Keep this list"),
            "action": request.get_full_path(),
            "lead": _(
                "Whoever opens a shared list sees the cases they may see. “Me” means whoever opens it."
            ),
            "submit": _("Keep"),
            "cancel_url": back,
        },
    )


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask, then keep the list no longer. The cases in it stay as they are."""
    actor = request.actor
    _require_caseworker(actor)
    kept = get_object_or_404(SavedList.objects.visible_to(actor), uid=uid)
    require(
        permissions.can_remove_list(actor, kept),
        _("A shared list is removed by whoever made it, or a lead."),
    )
    back = reverse("casework:caseload")
    return handle(
        request,
        ActionForm(request.POST or None),
        act=lambda _values: remove_list(actor=actor, list_id=kept.pk),
        then=saying(request, _("The list is removed."), back),
        template="casework/plain_form.html",
        context={
            "title": _("Remove the list “%(name)s”?") % {"name": kept.name},
            "lead": _("Only the list goes; the cases in it stay as they are."),
            "submit": _("Remove the list"),
            "cancel_url": back,
            "danger": True,
        },
    )


def _require_caseworker(actor: Actor) -> None:
    require(permissions.can_do_casework(actor), _("Lists of cases are kept by caseworkers."))
