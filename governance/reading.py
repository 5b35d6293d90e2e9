"""Reports as people read them: what was frozen (or is counted so far), how it moved, and what changed since."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Province
from common.actor import Actor
from common.charts import Amount, Point, count_text
from common.thai.dates import format_be
from common.thai.periods import Month
from governance import counting
from governance.indicators import SECTIONS, Indicator, Unit, all_indicators, get
from governance.models import COUNTRY, Figure, MonthlyReport, Recount
from governance.rendering import FigureView, ReportView, RestatementView, hide_count, reading
from governance.rendering.small_cells import BELOW
from governance.rules import Tally
from governance.saying import day, instant, language

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Counted:
    """One figure of one area and month with the settings it was counted under."""

    indicator: Indicator
    tally: Tally
    basis: Mapping[str, int]

    @property
    def title(self) -> str:
        return self.indicator.title_for(self.basis)

    def point(self, label: str) -> Point:
        """The reading; a share has its denominator."""
        return _point(self.indicator, self.tally, label)


@dataclass(frozen=True)
class Restated:
    """A frozen figure that would be another one today, and by how many rows."""

    frozen: Counted
    now: Tally
    left: int
    came: int
    changed: int


def area_name(area: str) -> str:
    """The province's name in the reader's language, or the country."""
    if area == COUNTRY:
        return _("The whole country")
    return Province.objects.get(code=area).name


def areas_for(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of the areas whose reports `actor` reads, the country first."""
    provinces = Province.objects.all()
    if not (actor.is_system or actor.sees_country):
        provinces = provinces.filter(code__in=actor.province_codes)
    return [(COUNTRY, area_name(COUNTRY)), *((province.code, province.name) for province in provinces)]


def month_label(month: Month) -> str:
    """ตุลาคม 2569"""
    return month.label(language())


def short_label(month: Month) -> str:
    """ต.ค. 2569"""
    return format_be(month.first, "short", "month", lang=language())


def frozen_figures(report: MonthlyReport) -> list[Counted]:
    """What was frozen, in the order reports show it."""
    found = {figure.code: figure for figure in report.figures.all()}
    return [
        _frozen(indicator, found[indicator.code]) for indicator in all_indicators() if indicator.code in found
    ]


def live_figures(month: Month, area: str, until: date) -> list[Counted]:
    """The same, counted from the facts up to the end of `until`."""
    return [
        Counted(indicator, counting.now(indicator, month, area, until=until), indicator.basis())
        for indicator in all_indicators()
    ]


def restated(report: MonthlyReport) -> list[Restated]:
    """Figures of `report` that later corrections would change, as they were counted at `recounted_at`."""
    rows = {row.code: row for row in report.restatements.all()}
    return [
        Restated(counted, row.tally, row.left, row.came, row.changed)
        for counted in frozen_figures(report)
        if (row := rows.get(counted.indicator.code)) is not None
    ]


def recounted_at(month: str) -> datetime | None:
    """When the figures of a frozen month were last counted anew."""
    return Recount.objects.filter(month=month).values_list("counted_at", flat=True).first()


def frozen_view(report: MonthlyReport, changes: Sequence[Restated] | None = None) -> ReportView:
    """A frozen report in the reader's language. `changes` saves counting again what the caller has counted."""
    month, area = Month.parse(report.month), report.area_code
    frozen_text = instant(report.frozen_at)
    provinces = _provinces(month) if area == COUNTRY else {}
    counted_at = recounted_at(report.month)
    now_text = _("counted again %(at)s") % {"at": instant(counted_at)} if counted_at else ""
    history = _history(month, area)
    return ReportView(
        title=_("Monthly report"),
        area_name=area_name(area),
        month_label=month_label(month),
        frozen_at_text=frozen_text,
        period_text=_period(month, month.last),
        figures=[
            _figure(one, month, history.get(one.indicator.code, {}), provinces.get(one.indicator.code, {}))
            for one in frozen_figures(report)
        ],
        restatements=[
            _restatement(one, frozen_text, now_text)
            for one in (restated(report) if changes is None else changes)
        ],
        synthetic=settings.IS_DEMO,
        frozen_at=report.frozen_at,
    )


def live_view(month: Month, area: str, until: date) -> ReportView:
    """The month so far, up to the end of `until`: nothing of it is frozen, and it is compared with no month.

    Pictures show it after the months before it, as far as it goes.
    """
    history = _history(month, area)
    return ReportView(
        title=_("The month so far"),
        area_name=area_name(area),
        month_label=month_label(month),
        frozen_at_text="",
        period_text=_period(month, until),
        figures=[
            replace(_figure(one, month, history.get(one.indicator.code, {}), {}), previous=None)
            for one in live_figures(month, area, until)
        ],
        footnotes=[_("Provisional: counted up to the end of %(day)s.") % {"day": day(until)}],
        synthetic=settings.IS_DEMO,
    )


def says_nothing(view: ReportView) -> bool:
    """Whether no figure of the report has a single row behind it."""
    return not any(figure.denominator if figure.kind == "share" else figure.value for figure in view.figures)


def _frozen(indicator: Indicator, figure: Figure) -> Counted:
    return Counted(indicator, figure.tally, figure.basis)


def _point(indicator: Indicator, tally: Tally, label: str) -> Point:
    if indicator.unit:
        return Point(label, amount(indicator.unit, tally.amount, tally.counted))
    return Point(label, tally.counted, tally.of if indicator.kind == "share" else None)


def amount(unit: Unit, value: int, rows: int) -> Amount:
    """`value` smallest parts of `unit` as readers see them. People are as few as they are, however many rows."""
    scale = 1 if unit == "people" else 100
    return Amount(value, unit=unit_word(unit), scale=scale, rows=value if unit == "people" else rows)


def unit_word(unit: Unit) -> str:
    """How one of what is summed is called, "" where rows are counted."""
    if not unit:
        return ""
    return {
        "satang": pgettext("unit", "baht"),
        "hours": pgettext("unit", "hours"),
        "people": pgettext("unit", "people"),
    }[unit]


def _period(month: Month, until: date) -> str:
    return f"{day(month.first, 'long')} – {day(until, 'long')}"


def figure_view(one: Counted) -> FigureView:
    """One figure alone, without months before it and without provinces."""
    indicator, tally = one.indicator, one.tally
    share = indicator.kind == "share"
    return FigureView(
        code=indicator.code,
        title=one.title,
        definition=indicator.definition_for(one.basis),
        kind=indicator.kind,
        value=None if share else _point(indicator, tally, "").value,
        numerator=tally.counted if share else None,
        denominator=tally.of if share else None,
        rows=group_rows(indicator, tally),
        section=str(SECTIONS[indicator.section]),
        unit=unit_word(indicator.unit),
    )


def _figure(
    one: Counted, month: Month, history: Mapping[str, Tally], provinces: Mapping[str, Tally]
) -> FigureView:
    indicator, tally = one.indicator, one.tally
    before = history.get(str(month.previous()))
    trend = [
        _point(indicator, tally if at == month else history[str(at)], short_label(at))
        for at in (month.plus(offset) for offset in range(1 - MONTHS_SHOWN, 1))
        if at == month or str(at) in history
    ]
    return replace(
        figure_view(one),
        previous=None if before is None else _point(indicator, before, month_label(month.previous())),
        trend=trend,
        provinces={code: _point(indicator, found, "") for code, found in provinces.items()},
    )


def group_rows(indicator: Indicator, tally: Tally) -> list[tuple[str, int]]:
    """(label, reading) of the groups that have rows, in the indicator's order; a group it no longer knows is last."""
    return [(label, counted) for _code, label, counted in groups_of(indicator, tally)]


def groups_of(indicator: Indicator, tally: Tally) -> list[tuple[str, str, int]]:
    """The same as (code, label, reading)."""
    known = indicator.groups()
    order = {code: place for place, code in enumerate(known)}
    codes = sorted(tally.groups, key=lambda code: (order.get(code, len(order)), code))
    return [(code, str(known.get(code, code)), _group_value(indicator, tally, code)) for code in codes]


def _group_value(indicator: Indicator, tally: Tally, code: str) -> int:
    rows = tally.groups[code][0]
    return amount(indicator.unit, tally.amounts.get(code, 0), rows) if indicator.unit else rows


def reasons(one: Restated, count: Callable[[int], str] = count_text) -> list[str]:
    """Why a frozen figure would be another one today; `count` says how a number of rows is written."""
    said = []
    if one.left:
        said.append(_("no longer counted: %(n)s") % {"n": count(one.left)})
    if one.came:
        said.append(_("added since: %(n)s") % {"n": count(one.came)})
    if one.changed:
        said.append(_("judged otherwise: %(n)s") % {"n": count(one.changed)})
    return said


def whole(point: Point) -> str:
    """A reading with what it was counted from, so that a share that rounds to the same still differs."""
    if point.denominator is None:
        return reading(point)
    parts = {"counted": count_text(point.value), "all": count_text(point.denominator)}
    return f"{reading(point)} ({_('%(counted)s of %(all)s') % parts})"


def _few_hidden(count: int) -> str:
    """A number of rows as it may leave the house."""
    return count_text(count) if hide_count(count) == count else f"<{BELOW}"


def _restatement(one: Restated, frozen_text: str, now_text: str) -> RestatementView:
    return RestatementView(
        figure_title=one.frozen.title,
        frozen=one.frozen.point(_("frozen %(at)s") % {"at": frozen_text}),
        now=_point(one.frozen.indicator, one.now, now_text),
        reasons=reasons(one, _few_hidden),
    )


def _history(month: Month, area: str) -> dict[str, dict[str, Tally]]:
    """Figure code → month → what was frozen, for the months before `month` that a picture shows."""
    first = str(month.plus(1 - MONTHS_SHOWN))
    reports = MonthlyReport.objects.of_area(area).filter(month__gte=first, month__lt=str(month))
    found: dict[str, dict[str, Tally]] = {}
    for figure in (
        Figure.objects.filter(report__in=reports.order_by()).select_related("report").order_by("pk")
    ):
        found.setdefault(figure.code, {})[figure.report.month] = figure.tally
    return found


def _provinces(month: Month) -> dict[str, dict[str, Tally]]:
    """Figure code → province → what was frozen."""
    found: dict[str, dict[str, Tally]] = {}
    rows = Figure.objects.filter(report__month=str(month), report__province__isnull=False).order_by()
    values = rows.values_list("code", "report__province_id", "counted", "of", "amount")
    for code, province, counted, of, amount in values:
        if get(code) is not None:
            found.setdefault(code, {})[province] = Tally(counted, of, amount=amount)
    return found
