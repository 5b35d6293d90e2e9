"""What people do with reports: freeze a month that was missed, hold, release and send letters, choose their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import NotVisible
from common.forms.action import ActionForm, handle
from common.permissions import require
from common.submissions import once
from common.thai.periods import Month
from governance import reading, timing
from governance.actions.reports import (
    freeze_month,
    hold_report,
    release_report,
    send_report,
)
from governance.actions.subscriptions import choose_letter
from governance.models import COUNTRY, MonthlyReport, Subscription
from governance.permissions import can_freeze, can_hold, can_send
from governance.recipients import of_area
from governance.web.forms import FreezeForm, HoldForm, WantedForm
from governance.web.reports import find_report, report_url, require_area, require_reader

MONTHS_OFFERED = 24


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze a month that is over and has no report yet."""
    require_reader(request.actor)
    require(can_freeze(request.actor), _("Analysts and administrators freeze a month by hand."))
    waiting = _unfrozen()
    asked = request.GET.get("month", "")
    form = FreezeForm(
        request.POST or None,
        months=[(str(month), reading.month_label(month)) for month in waiting],
        initial={"month": asked} if asked else {},
    )

    def then(report: MonthlyReport) -> str:
        messages.success(request, _("The month is frozen."))
        return report_url(report.month, COUNTRY)

    return handle(
        request,
        form,
        act=lambda values: freeze_month(actor=request.actor, month=timing.parse_month(values["month"])),
        then=then,
        template="governance/freeze.html",
        context={"waiting": waiting},
    )


def _unfrozen() -> list[Month]:
    """The months of the last two years that have no report."""
    this = Month.of(clock.today())
    frozen = set(MonthlyReport.objects.filter(province__isnull=True).values_list("month", flat=True))
    past = (this.plus(-back) for back in range(1, MONTHS_OFFERED + 1))
    return [month for month in past if str(month) not in frozen]


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, month: Month, area: str) -> HttpResponse:
    """Keep the letters of a month back, with a reason."""
    _require_hold(request, area)
    if month > Month.of(clock.today()):
        raise NotVisible
    return _said(
        request,
        HoldForm(request.POST or None),
        act=lambda values: hold_report(actor=request.actor, month=month, province=area, **values),
        said=_("The letters are held."),
        template="governance/hold.html",
        context=_about(month, area),
    )


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, month: Month, area: str) -> HttpResponse:
    """Let held letters go."""
    _require_hold(request, area)
    about = _about(month, area)
    return _said(
        request,
        ActionForm(request.POST or None),
        act=lambda values: release_report(actor=request.actor, month=month, province=area),
        said=_("The letters are on their way.")
        if about["late"]
        else _("The letters will leave with all others."),
        template="governance/release.html",
        context=about,
    )


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, month: Month, area: str) -> HttpResponse:
    """Send the letters of a report without waiting for their day."""
    found = find_report(request.actor, month, area)
    require(can_send(request.actor, area), _("The centre head or an analyst sends a report."))
    if found is None:
        raise NotVisible
    return _said(
        request,
        ActionForm(request.POST or None),
        act=lambda values: send_report(actor=request.actor, report_id=found.pk),
        said=_("The letters are on their way."),
        template="governance/send.html",
        context=_about(month, area) | {"count": len(of_area(area, clock.today()))},
    )


def _require_hold(request: HttpRequest, area: str) -> None:
    require_area(request.actor, area)
    require(can_hold(request.actor, area), _("The centre head of the province holds its letters."))


def _about(month: Month, area: str) -> dict[str, Any]:
    return {
        "month": month,
        "month_label": reading.month_label(month),
        "area": area,
        "area_name": reading.area_name(area),
        "report_url": report_url(month, area),
        "letters_at": timing.letters_at(month),
        "late": timing.letters_at(month) <= clock.now(),
    }


def _said(
    request: HttpRequest, form: ActionForm, *, act: Any, said: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """`handle`, saying what was done and going back to the report."""

    def then(_result: Any) -> str:
        messages.success(request, said)
        return str(context["report_url"])

    return handle(request, form, act=act, then=then, template=template, context=context)


@require_POST
def subscription(request: HttpRequest) -> HttpResponse:
    """Want the monthly letter, or not."""
    require_reader(request.actor)
    form = WantedForm(request.POST)
    wanted = form.is_valid() and form.cleaned_data["wanted"]

    def act() -> str:
        choose_letter(actor=request.actor, kind=Subscription.MONTHLY_REPORT, wanted=wanted)
        messages.success(
            request, _("You will get the monthly letter.") if wanted else _("You will get no monthly letter.")
        )
        return reverse("governance:reports")

    return HttpResponseRedirect(once(key=form.key, actor_key=request.actor.key, act=act))
