"""The list of monthly reports, and the country as a map of one figure."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.reference.tiles import province_tiles
from common import clock
from common.actor import Actor
from common.thai.periods import Month
from governance import reading, timing
from governance.indicators import all_indicators, get
from governance.models import COUNTRY, MonthlyReport
from governance.permissions import can_freeze, person
from governance.recipients import of_user
from governance.rendering import hidden, whole_units
from governance.web.reports import report_url, require_reader

PAGE = 24
FEW = 4


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Months that were frozen, each with the areas the actor reads; the country as a map of one figure."""
    actor = request.actor
    require_reader(actor)
    frozen = MonthlyReport.objects.filter(province__isnull=True).order_by("-month")
    page = Paginator(frozen, PAGE).get_page(request.GET.get("page"))
    areas = reading.areas_for(actor)
    this = Month.of(clock.today())
    context = {
        "page": page,
        "months": [_month_line(actor, report, areas) for report in page.object_list],
        "areas": areas,
        "next_freeze": timing.freezes_at(this),
        "next_letters": timing.letters_at(this),
        "so_far": [(name, report_url(this, code)) for code, name in _few(areas)],
        "can_freeze": can_freeze(actor),
        "gets_letter": of_user(person(actor), clock.today()) is not None,
        **_country_map(actor, request.GET),
    }
    return render(request, "governance/reports.html", context)


def _month_line(actor: Actor, report: MonthlyReport, areas: list[tuple[str, str]]) -> dict[str, Any]:
    month = Month.parse(report.month)
    return {
        "month": month,
        "label": reading.month_label(month),
        "frozen_at": report.frozen_at,
        "areas": [(name, report_url(month, code)) for code, name in _few(areas)],
    }


def _few(areas: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The areas to name one by one; who reads all provinces finds them on the map."""
    return areas if len(areas) <= FEW else areas[:1]


def _country_map(actor: Actor, asked: Mapping[str, str]) -> dict[str, Any]:
    """The provinces of one month by one figure. Small cells are hidden from those who do not see the country."""
    frozen = MonthlyReport.objects.filter(province__isnull=True).order_by("-month")
    months = list(frozen.values_list("month", flat=True)[:PAGE])
    if not months:
        return {"chart": None}
    month = asked.get("month", "") if asked.get("month", "") in months else months[0]
    indicator = get(asked.get("figure", "")) or all_indicators()[0]
    report = frozen.get(month=month)
    view = reading.frozen_view(report, changes=[])
    if not actor.sees_country:
        view = hidden(view)
    figure = next((one for one in view.figures if one.code == indicator.code), None)
    links = {code: report_url(month, code) for code, _name in reading.areas_for(actor) if code != COUNTRY}
    provinces = figure.provinces if figure else {}
    return {
        "chart": province_tiles(whole_units(provinces), title=figure.title if figure else "", hrefs=links),
        "map_month": month,
        "map_figure": indicator.code,
        "map_months": [(one, reading.month_label(Month.parse(one))) for one in months],
        "map_figures": [(one.code, one.title_for(one.basis())) for one in all_indicators()],
        "map_small": not actor.sees_country,
        "country_url": report_url(month, COUNTRY),
    }
