"""One monthly report, and its files."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import clock
from common.actor import Actor
from common.charts import Chart, Point, count_text, hbars
from common.errors import NotVisible
from common.permissions import require
from common.thai.periods import Month
from common.web.files import answer
from governance import files, reading, rules, timing
from governance.indicators import get
from governance.models import COUNTRY, Hold, MonthlyReport, ReportFile
from governance.permissions import (
    can_freeze,
    can_hold,
    can_read_area,
    can_read_reports,
    can_see_recipients,
    can_send,
)
from governance.recipients import of_area
from governance.rendering import FigureView, ReportView, by_section, change, detail, picture
from governance.rendering import reading as said
from governance.saying import day

PAGE = 24


def require_reader(actor: Actor) -> None:
    """403 for roles that read no reports at all."""
    require(can_read_reports(actor), _("Reports are read by the staff of centres and of the department."))


def require_area(actor: Actor, area: str) -> None:
    """404 for an area that is not the actor's."""
    require_reader(actor)
    if not can_read_area(actor, area):
        raise NotVisible


def find_report(actor: Actor, month: Month, area: str) -> MonthlyReport | None:
    """The frozen report, None while there is none."""
    require_area(actor, area)
    return MonthlyReport.objects.visible_to(actor).filter(month=str(month)).of_area(area).first()


def report_url(month: Month | str, area: str) -> str:
    return reverse("governance:report", kwargs={"month": month, "area": area})


# --- one report --------------------------------------------------------------------------------------------


@require_GET
def report(request: HttpRequest, month: Month, area: str) -> HttpResponse:
    """A frozen report; the month so far while it runs; else what is missing and who can freeze it."""
    actor = request.actor
    found = find_report(actor, month, area)
    today = clock.today()
    if found is not None:
        return render(request, "governance/report.html", _frozen_page(actor, found))
    if month > Month.of(today):
        raise NotVisible
    if rules.is_over(month, today):
        context = {
            "month": month,
            "label": reading.month_label(month),
            "area_name": reading.area_name(area),
            "frozen_at": timing.freezes_at(month),
            "can_freeze": can_freeze(actor),
            "freeze_url": f"{reverse('governance:freeze')}?month={month}",
        }
        return render(request, "governance/not_frozen.html", context)
    return render(request, "governance/report.html", _live_page(actor, month, area))


@dataclass(frozen=True)
class Tile:
    """One figure as the page shows it: the number, how it moved, the way to its rows, its picture."""

    figure: FigureView
    url: str
    value: str
    change: str
    change_text: str
    good: bool | None
    basis: str
    part: str | None
    whole: str | None
    chart: Chart


def _tile(figure: FigureView, month: Month, area: str) -> Tile:
    url = reverse("governance:figure", kwargs={"month": month, "area": area, "code": figure.code})
    moved = change(figure)
    known = moved.direction in {"up", "down", "same"}
    indicator = get(figure.code)
    better = indicator.good if indicator else ""
    whole = figure.denominator if figure.kind == "share" and figure.denominator else None
    return Tile(
        figure=figure,
        url=url,
        value=said(figure.now),
        change=moved.direction if known else "",
        change_text=moved.text,
        good=moved.direction == better if better and moved.direction in {"up", "down"} else None,
        basis=detail(figure),
        part=count_text(figure.numerator) if whole is not None else None,
        whole=count_text(whole) if whole is not None else None,
        chart=_chart(figure, url),
    )


def _chart(figure: FigureView, url: str) -> Chart:
    if figure.kind != "breakdown":
        return picture(figure)
    indicator = get(figure.code)
    codes = {str(label): code for code, label in indicator.groups().items()} if indicator else {}
    return hbars(
        [Point(label, value) for label, value in figure.rows],
        title=figure.title,
        unit=figure.unit,
        hrefs=[f"{url}?group={codes.get(label, label)}" for label, _value in figure.rows],
    )


def _page(actor: Actor, view: ReportView, month: Month, area: str) -> dict[str, Any]:
    standing = Hold.objects.standing().filter(month=str(month), province_id=area)
    hold = standing.select_related("held_by").first() if area != COUNTRY else None
    return {
        "view": view,
        "month": month,
        "area": area,
        "sections": [
            (section, [_tile(figure, month, area) for figure in figures])
            for section, figures in by_section(view.figures)
        ],
        "nothing": reading.says_nothing(view),
        "hold": hold,
        "hold_said": f"{hold.held_by} · {day(hold.held_at)} · {hold.reason}" if hold else "",
        "can_hold": can_hold(actor, area) and hold is None,
        "can_release": can_hold(actor, area) and hold is not None,
        "letters_at": timing.letters_at(month),
        "late": timing.letters_at(month) <= clock.now(),
        "area_tabs": _area_tabs(actor, month, area),
        **_neighbours(actor, month, area),
    }


def _area_tabs(actor: Actor, month: Month, area: str) -> list[dict[str, Any]]:
    """The same month in the other areas the actor reads, where they are few."""
    areas = reading.areas_for(actor)
    if len(areas) > 4:
        return []
    return [
        {"label": name, "url": report_url(month, code), "current": code == area, "count": 0}
        for code, name in areas
    ]


def _neighbours(actor: Actor, month: Month, area: str) -> dict[str, str]:
    """The report before and the one after, where they are frozen; after the last one comes the running month."""
    frozen = set(
        MonthlyReport.objects.visible_to(actor)
        .of_area(area)
        .filter(month__in=[str(month.previous()), str(month.next())])
        .order_by()
        .values_list("month", flat=True)
    )
    frozen.add(str(Month.of(clock.today())))
    found = {"previous": month.previous(), "next": month.next()}
    return {
        f"{side}_{part}": value if str(one) in frozen else ""
        for side, one in found.items()
        for part, value in (("url", report_url(one, area)), ("label", reading.month_label(one)))
    }


def _frozen_page(actor: Actor, found: MonthlyReport) -> dict[str, Any]:
    month, area = Month.parse(found.month), found.area_code
    changes = reading.restated(found)
    context = _page(actor, reading.frozen_view(found, changes), month, area)
    sent = found.sent_at is not None
    recipients = of_area(area, clock.today())
    return context | {
        "report": found,
        "recounted_at": reading.recounted_at(found.month),
        "restatements": _restatements(context["view"], changes, month, area),
        "can_hold": context["can_hold"] and not sent,
        "can_send": can_send(actor, area) and not sent and context["hold"] is None,
        "recipients": recipients if can_see_recipients(actor) else None,
        "recipient_count": len(recipients),
        "map_url": f"{reverse('governance:reports')}?month={month}#map" if area == COUNTRY else "",
    }


def _restatements(
    view: ReportView, changes: list[reading.Restated], month: Month, area: str
) -> list[dict[str, Any]]:
    lines = []
    for shown, changed in zip(view.restatements, changes, strict=True):
        code = changed.frozen.indicator.code
        url = reverse("governance:figure", kwargs={"month": month, "area": area, "code": code})
        lines.append(
            {
                "title": shown.figure_title,
                "frozen": reading.whole(shown.frozen),
                "now": reading.whole(shown.now),
                "reasons": reading.reasons(changed),
                "url": f"{url}#changed",
            }
        )
    return lines


def _live_page(actor: Actor, month: Month, area: str) -> dict[str, Any]:
    until = clock.today() - timedelta(days=1)
    context = _page(actor, reading.live_view(month, area, until), month, area)
    return context | {
        "report": None,
        "until": until,
        "begun": until >= month.first,
        "freezes_at": timing.freezes_at(month),
    }


# --- files -------------------------------------------------------------------------------------------------


@require_GET
def report_pdf(request: HttpRequest, month: Month, area: str) -> HttpResponse:
    """The report as PDF, small cells hidden, with what was corrected since."""
    return _file(request, month, area, ReportFile.Kind.PDF)


@require_GET
def report_xlsx(request: HttpRequest, month: Month, area: str) -> HttpResponse:
    """The report as a spreadsheet, small cells hidden, with what was corrected since."""
    return _file(request, month, area, ReportFile.Kind.XLSX)


def _file(request: HttpRequest, month: Month, area: str, kind: ReportFile.Kind) -> HttpResponse:
    found = find_report(request.actor, month, area)
    if found is None:
        raise NotVisible
    content = files.rendered(reading.frozen_view(found), kind)
    return answer(content, files.file_name(found, kind), files.MIME[kind])
