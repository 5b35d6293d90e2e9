"""Pages of warnings: put on a file, looked at again, lifted, and what is due for a look."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.trail import noted_read
from casework import permissions
from casework.actions.safety import lift_safety_flag, raise_safety_flag, review_safety_flag
from casework.models import SafetyFlag
from casework.rules.safety import review_day
from casework.warning import to_review
from casework.web.acting import act_page
from casework.web.around import own_row
from casework.web.file import own_client
from casework.web.forms.person import ReasonForm
from casework.web.forms.safety import FlagForm, ReviewFlagForm
from common import clock
from common.permissions import require

PAGE = 30


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Warnings at which somebody must look again, the longest overdue first."""
    require(permissions.can_do_casework(request.actor), _("Warnings are looked at by caseworkers."))
    found = to_review(request.actor).select_related("client__centre").order_by("review_on", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    noted_read(request.actor, "list", subjects=[str(flag.client.uid) for flag in page])
    return render(request, "casework/safety/due.html", {"page": page, "today": clock.today()})


@require_http_methods(["GET", "POST"])
def flag(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a warning on the file."""
    client = own_client(request, uid)
    return act_page(
        request,
        client,
        FlagForm(request.POST or None),
        act=lambda values: raise_safety_flag(actor=request.actor, client_id=client.pk, **values),
        title=_("Warn of a danger"),
        submit=_("Put the warning on the file"),
        lead=_("Everybody who may open the file sees it first."),
        done=_("The warning stands on the file."),
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The warning still holds: in which words, and until when."""
    row: SafetyFlag = own_row(request, SafetyFlag, uid)
    initial = {"text": row.text, "review_on": review_day(row.kind, today=clock.today())}
    return act_page(
        request,
        row.client,
        ReviewFlagForm(request.POST or None, initial=initial),
        act=lambda values: review_safety_flag(actor=request.actor, flag_id=row.pk, **values),
        title=_("Does it still hold? %(kind)s") % {"kind": row.get_kind_display()},
        submit=_("It still holds"),
        back=reverse("casework:warnings") if request.GET.get("back") == "due" else "",
        done=_("The warning stands on."),
        template="casework/safety/review.html",
        context={"row": row},
    )


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a warning away."""
    row: SafetyFlag = own_row(request, SafetyFlag, uid)
    return act_page(
        request,
        row.client,
        ReasonForm(request.POST or None),
        act=lambda values: lift_safety_flag(actor=request.actor, flag_id=row.pk, **values),
        title=_("Lift the warning: %(kind)s") % {"kind": row.get_kind_display()},
        submit=_("Lift the warning"),
        lead=row.text,
        danger=True,
        done=_("The warning is lifted."),
    )
