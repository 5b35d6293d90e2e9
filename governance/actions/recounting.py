"""Counting a frozen month anew, to say what corrections since would change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require
from common.thai.periods import Month
from governance import counting
from governance.indicators import Indicator, all_indicators
from governance.models import COUNTRY, Figure, MonthlyReport, Recount, Restatement
from governance.rules import Difference, Row, Tally, compare


@action
def recount_month(*, actor: Actor, month: Month) -> int:
    """Count every figure of a frozen month anew and keep what differs, for every area at once.

    One question for each figure whose rows are as they were, two for one that differs. What is frozen stays.
    Returns how many figures differ, over all areas.
    """
    require(actor.is_system)
    reports = MonthlyReport.objects.filter(month=str(month))
    # Two at once: the second waits here and counts again, to the same end.
    list(reports.filter(province__isnull=True).order_by().select_for_update(of=("self",)))
    areas = {report.pk: report.area_code for report in reports}
    figures: dict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in Figure.objects.filter(report_id__in=list(areas)).order_by():
        figures[figure.code][areas[figure.report_id]] = figure
    changed = [
        row
        for indicator in all_indicators()
        if indicator.restates and COUNTRY in figures[indicator.code]
        for row in _differing(indicator, month, figures[indicator.code])
    ]
    Restatement.objects.filter(report__month=str(month)).delete()
    Restatement.objects.bulk_create(changed, batch_size=500)
    Recount.objects.update_or_create(month=str(month), defaults={"counted_at": clock.now()})
    return len(changed)


def _differing(indicator: Indicator, month: Month, frozen: dict[str, Figure]) -> Iterator[Restatement]:
    window = indicator.window(month, month.last, None, frozen[COUNTRY].basis)
    tallies = counting.by_province(indicator, window)
    now = tallies | {COUNTRY: counting.together(tallies)}
    areas = [area for area, figure in frozen.items() if figure.tally != now.get(area, Tally())]
    if not areas:
        return
    before = list(counting.frozen_rows(month, indicator.code, COUNTRY))
    live = list(indicator.rows(window))
    replaced: dict[int, int] = {}
    if indicator.successors is not None:
        replaced = indicator.successors({row.key for row in before} - {row.key for row in live})
    old, new = _by_area(before), _by_area(live)
    for area in areas:
        moved = compare(old[area], new[area], replaced)
        yield _row(frozen[area], now.get(area, Tally()), moved)


def _by_area(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by province, and all of them under the country."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.province].append(row)
        found[COUNTRY].append(row)
    return found


def _row(figure: Figure, now: Tally, moved: Difference) -> Restatement:
    return Restatement(
        report_id=figure.report_id,
        code=figure.code,
        counted=now.counted,
        of=now.of,
        groups=now.groups,
        amount=now.amount,
        amounts=now.amounts,
        left=len(moved.left),
        came=len(moved.came),
        changed=len(moved.changed),
    )
