"""The calendar of holidays: everybody reads it, administrators keep it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common import clock
from common.actions import holidays as actions
from common.forms.action import ActionForm, handle
from common.forms.dates import BEDateField
from common.models import Holiday
from common.permissions import can_keep_house, require
from common.thai.dates import BE_OFFSET, format_be


class NameForm(ActionForm):
    name_th = forms.CharField(label=gettext_lazy("Name in Thai"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120, required=False)


class DayForm(NameForm):
    day = BEDateField(label=gettext_lazy("Day"))
    field_order = ["day", "name_th", "name_en"]


def _keepers_only(request: HttpRequest) -> None:
    require(can_keep_house(request.actor), _("Only administrators change the calendar."))


@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """One year's holidays (`year`, Buddhist Era), with a form to add one."""
    if request.method == "POST":
        _keepers_only(request)
    year = _year(request)
    years = sorted({day.year for day in Holiday.objects.values_list("day", flat=True)} | {year})
    context = {
        "found": Holiday.objects.filter(day__year=year).order_by("day"),
        "year": year + BE_OFFSET,
        "years": [{"be": other + BE_OFFSET, "current": other == year} for other in years],
        "can_change": can_keep_house(request.actor),
        "english": get_language() == "en",
    }
    return _handled(
        request,
        DayForm(_sent(request)),
        act=lambda values: actions.add_holiday(actor=request.actor, **values),
        then=lambda added: _page(added.day.year),
        said=_("The day is in the calendar."),
        template="common/holidays.html",
        context=context,
    )


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how a day is called."""
    holiday = get_object_or_404(Holiday, pk=pk)
    _keepers_only(request)
    return _handled(
        request,
        NameForm(_sent(request), initial={"name_th": holiday.name_th, "name_en": holiday.name_en}),
        act=lambda values: actions.rename_holiday(actor=request.actor, holiday_id=pk, **values),
        then=lambda renamed: _page(holiday.day.year),
        said=_("Saved."),
        template="common/holiday.html",
        context={"holiday": holiday},
    )


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the day a working day again: asked first."""
    holiday = get_object_or_404(Holiday, pk=pk)
    _keepers_only(request)
    return _handled(
        request,
        ActionForm(_sent(request)),
        act=lambda values: actions.remove_holiday(actor=request.actor, holiday_id=pk),
        then=lambda done: _page(holiday.day.year),
        said=_("The day is out of the calendar."),
        template="common/holiday_remove.html",
        context={
            "holiday": holiday,
            "title": format_be(holiday.day, "full", lang=get_language() or "th"),
            "cancel_url": _page(holiday.day.year),
        },
    )


def _sent(request: HttpRequest) -> Any:
    """What to bind a form to: also an empty POST is one."""
    return request.POST if request.method == "POST" else None


def _page(year: int) -> str:
    return f"{reverse('common:holidays')}?year={year + BE_OFFSET}"


def _year(request: HttpRequest) -> int:
    """The Gregorian year asked for, this one by default. Raises Http404 for what is no year."""
    asked = request.GET.get("year", "")
    if not asked:
        return clock.today().year
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and asked >= "2443"):
        raise Http404
    return int(asked) - BE_OFFSET


def _handled(request: HttpRequest, form: ActionForm, *, said: str, **rest: Any) -> HttpResponse:
    response = handle(request, form, **rest)
    if response.status_code == 302:
        messages.success(request, said)
    return response
