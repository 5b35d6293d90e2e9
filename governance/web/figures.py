"""Opening a figure to the rows it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from audit.trail import noted_read
from common import clock
from common.actor import Actor
from common.charts import count_text
from common.errors import NotVisible
from common.thai.periods import Month
from governance import counting, opening, reading
from governance.indicators import Indicator, Opened, get
from governance.models import MonthlyReport
from governance.opening import KeyRow, Narrowed
from governance.rendering import counted as counted_text
from governance.rendering import detail
from governance.rendering import reading as said
from governance.rules import Difference, Tally
from governance.web.reports import find_report, report_url

PAGE = 25
PARTS = {
    "": (None, gettext_lazy("All")),
    "counted": (True, gettext_lazy("Counted")),
    "not": (False, gettext_lazy("Not counted")),
}
NO_DIFFERENCE = Difference(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True)
class Line:
    """One row on the page; `opened` is None when what it stood for can no longer be shown."""

    opened: Opened | None
    counted: bool
    group: str
    chips: list[tuple[Any, str]]
    amount: str


@require_GET
def figure(request: HttpRequest, month: Month, area: str, code: str) -> HttpResponse:
    """The rows behind one figure, and which of them left or came since it was frozen."""
    actor = request.actor
    indicator = get(code)
    found = find_report(actor, month, area)
    if indicator is None or (found is None and month != Month.of(clock.today())):
        raise NotVisible
    part, chosen = _part(request.GET)
    opened = _Frozen(found, indicator) if found is not None else _SoFar(indicator, month, area)
    rows = opened.rows(actor, part)
    page = Paginator(rows.visible, PAGE).get_page(request.GET.get("page"))
    difference = opened.difference()
    shown = [KeyRow(*row) for row in page.object_list]
    came = sorted(difference.came, reverse=True)
    came_seen = sorted(opening.visible_keys(indicator, came, actor), reverse=True)
    described = indicator.open_rows([row.key for row in shown] + came_seen[:PAGE], actor)
    lines = [_line(row, described.get(row.key), indicator, difference) for row in shown]
    _note(actor, indicator, described)
    context = {
        "month": month,
        "area": area,
        "area_name": reading.area_name(area),
        "month_label": reading.month_label(month),
        "report": found,
        "report_url": report_url(month, area),
        "indicator": indicator,
        "title": indicator.title_for(opened.basis),
        "definition": indicator.definition_for(opened.basis),
        "value": said(opened.point()),
        "detail": opened.detail(),
        "lines": lines,
        "page": page,
        "hidden": rows.hidden,
        "total": rows.total,
        "groups": _groups(indicator, opened.tally, part),
        "parts": _parts(indicator, chosen),
        "group": part.group,
        "difference": difference,
        "left_count": len(difference.left),
        "changed_count": len(difference.changed),
        "came_count": len(came),
        "came": [described[key] for key in came_seen[:PAGE] if key in described],
        "came_hidden": len(came) - len(came_seen),
        "came_more": max(len(came_seen) - PAGE, 0),
        "now": said(opened.now_point()) if difference else "",
    }
    return render(request, "governance/figure.html", context)


class _Frozen:
    """A figure of a frozen report."""

    def __init__(self, report: MonthlyReport, indicator: Indicator) -> None:
        self.indicator, self.month, self.area = indicator, Month.parse(report.month), report.area_code
        frozen = report.figures.filter(code=indicator.code).first()
        if frozen is None:
            raise NotVisible
        self.tally = frozen.tally
        self.basis: Mapping[str, int] = frozen.basis

    def rows(self, actor: Actor, part: Narrowed) -> opening.Rows:
        rows = opening.frozen_rows(self.indicator, self.month, self.area, actor, part)
        return opening.Rows(rows.total, rows.visible.values_list("key", "group", "counted", "amount"))

    def difference(self) -> Difference:
        if not self.indicator.restates:
            return NO_DIFFERENCE
        return counting.difference(self.indicator, self.month, self.area, self.basis)

    def point(self) -> Any:
        return reading.Counted(self.indicator, self.tally, self.basis).point("")

    def now_point(self) -> Any:
        now = counting.now(self.indicator, self.month, self.area, basis=self.basis)
        return reading.Counted(self.indicator, now, self.basis).point("")

    def detail(self) -> str:
        return _detail(self.indicator, self.tally, self.basis)


class _SoFar:
    """A figure of the month that runs, up to the end of yesterday."""

    def __init__(self, indicator: Indicator, month: Month, area: str) -> None:
        self.indicator = indicator
        until = clock.today() - timedelta(days=1)
        self.window = indicator.window(month, until, counting.province_of(area))
        self.basis = self.window.basis
        self.tally = counting.together(counting.by_province(indicator, self.window))

    def rows(self, actor: Actor, part: Narrowed) -> opening.Rows:
        return opening.live_rows(self.indicator, self.window, actor, part)

    def difference(self) -> Difference:
        return NO_DIFFERENCE

    def point(self) -> Any:
        return reading.Counted(self.indicator, self.tally, self.basis).point("")

    now_point = point

    def detail(self) -> str:
        return _detail(self.indicator, self.tally, self.basis)


def _detail(indicator: Indicator, tally: Tally, basis: Mapping[str, int]) -> str:
    return detail(reading.figure_view(reading.Counted(indicator, tally, basis)))


def _part(asked: Mapping[str, str]) -> tuple[Narrowed, str]:
    """Which rows the address asks for; what it says that is unknown asks for all."""
    chosen = asked.get("show", "") if asked.get("show", "") in PARTS else ""
    return Narrowed(asked.get("group", "")[:40], PARTS[chosen][0]), chosen


def _groups(indicator: Indicator, tally: Tally, part: Narrowed) -> list[dict[str, Any]]:
    """The groups of a breakdown as tabs, the whole first."""
    if indicator.kind != "breakdown":
        return []
    whole = reading.Counted(indicator, tally, {}).point("").value
    found = [{"label": _("All"), "url": "?", "current": not part.group, "count": count_text(whole)}]
    for code, label, counted in reading.groups_of(indicator, tally):
        found.append(
            {
                "label": label,
                "url": f"?group={code}",
                "current": part.group == code,
                "count": count_text(counted),
            }
        )
    return found


def _parts(indicator: Indicator, chosen: str) -> list[dict[str, Any]]:
    """Counted and not counted, for a share."""
    if indicator.kind != "share":
        return []
    return [
        {"label": label, "url": f"?show={key}" if key else "?", "current": key == chosen, "count": 0}
        for key, (_counted, label) in PARTS.items()
    ]


def _line(row: KeyRow, opened: Opened | None, indicator: Indicator, difference: Difference) -> Line:
    chips: list[tuple[Any, str]] = []
    if row.key in difference.left:
        chips.append((_("no longer counted"), "warn"))
    if row.key in difference.changed:
        chips.append((_("judged otherwise now"), "warn"))
    amount = counted_text(reading.amount(indicator.unit, row.amount, 1)) if indicator.unit else ""
    return Line(opened, row.counted, str(indicator.groups().get(row.group, row.group)), chips, amount)


def _note(actor: Actor, indicator: Indicator, described: Mapping[int, Opened]) -> None:
    """Names are on the page: each look is noted."""
    subjects = sorted({row.subject for row in described.values()} - {""})
    if subjects:
        noted_read(actor, f"figure:{indicator.code}", subjects=subjects)
