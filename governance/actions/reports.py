"""Freezing a month, and holding and releasing its letters."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Province
from audit import trail
from common import clock, due, queue
from common.actions import action
from common.actor import Actor
from common.db import bulk
from common.errors import DomainError
from common.permissions import require
from common.thai.periods import Month
from governance import rules, timing
from governance.indicators import Indicator, all_indicators
from governance.models import Figure, FigureRow, Hold, MonthlyReport, Recount
from governance.permissions import can_freeze, can_hold, can_send, person
from governance.rules import Row, Tally

CHUNK = 20_000
"""Rows written at once: reading goes on between the chunks, so that no figure has to fit into memory."""

SEND_KIND = "governance.send"
"""Due work that sends the letters of one area now: subject is the area, period begins with the month."""


@action
def freeze_month(*, actor: Actor, month: Month) -> MonthlyReport:
    """Freeze the figures of `month` for every province and the country, with the keys of the rows behind them.

    A month is frozen once: asked again, or by two at the same time, nothing more is written. Returns the report
    of the country. Raises DomainError `month_not_over` for a month that has days left.
    """
    require(can_freeze(actor), _("Analysts and administrators freeze a month by hand."))
    if not rules.is_over(month, clock.today()):
        raise DomainError(
            "month_not_over", _("This month is not over yet: it can be frozen from the day after."), "month"
        )
    country, is_new = _begin(month)
    if is_new:
        tallies = {indicator.code: _freeze_rows(indicator, month) for indicator in all_indicators()}
        _write_reports(country, tallies)
        Recount.objects.create(month=str(month), counted_at=country.frozen_at)
        trail.record(actor, "report.frozen", country, changes={"month": [None, str(month)]})
    return country


def _begin(month: Month) -> tuple[MonthlyReport, bool]:
    """The country's report of `month` and whether it is ours to fill.

    Its row is written first: of two at once the second waits at the unique key until the first has committed.
    """
    reports = MonthlyReport.objects.filter(month=str(month), province__isnull=True)
    if found := reports.first():
        return found, False
    try:
        with transaction.atomic():
            return MonthlyReport.objects.create(month=str(month), frozen_at=clock.now()), True
    except IntegrityError:
        return reports.get(), False


def _freeze_rows(indicator: Indicator, month: Month) -> dict[str, Tally]:
    """Keep the rows behind one figure; returns a tally for each province that has rows."""
    tallies: dict[str, Tally] = {}
    rows = iter(indicator.rows(indicator.window(month, month.last)))
    while chunk := list(islice(rows, CHUNK)):
        for row in chunk:
            tallies.setdefault(row.province, Tally()).add(row.group, counts=row.counts, amount=row.amount)
        bulk.insert(FigureRow, ROW_COLUMNS, _row_values(str(month), indicator.code, chunk))
    return tallies


def _row_values(month: str, code: str, rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    return ((month, code, *row) for row in rows)


def _write_reports(country: MonthlyReport, tallies: dict[str, dict[str, Tally]]) -> None:
    """Reports of the provinces, and the figures of all reports; a figure without rows is written as 0 of 0."""
    provinces = list(Province.objects.order_by("code").values_list("code", flat=True))
    keys = dict(zip(provinces, bulk.reserve_keys(MonthlyReport, len(provinces)), strict=True))
    bulk.insert(
        MonthlyReport,
        REPORT_COLUMNS,
        ((key, country.month, code, country.frozen_at, None) for code, key in keys.items()),
    )
    bulk.insert(Figure, FIGURE_COLUMNS, _figure_values(country.pk, keys, tallies))


def _figure_values(
    country: int, reports: dict[str, int], tallies: dict[str, dict[str, Tally]]
) -> Iterator[tuple[Any, ...]]:
    for indicator in all_indicators():
        found, basis, whole = tallies[indicator.code], dict(indicator.basis()), Tally()
        for code, report in reports.items():
            tally = found.get(code, Tally())
            whole.include(tally)
            yield report, indicator.code, *_tally_values(tally), basis
        yield country, indicator.code, *_tally_values(whole), basis


def _tally_values(tally: Tally) -> tuple[Any, ...]:
    return tally.counted, tally.of, tally.groups, tally.amount, tally.amounts


ROW_COLUMNS = ["month", "code", "province_id", "key", "group", "counted", "amount"]
REPORT_COLUMNS = ["id", "month", "province_id", "frozen_at", "sent_at"]
FIGURE_COLUMNS = ["report_id", "code", "counted", "of", "groups", "amount", "amounts", "basis"]


@action
def hold_report(*, actor: Actor, month: Month, province: str, reason: str) -> Hold:
    """Keep the letters of one province and month back, also before the month is over.

    Raises DomainError `reason_missing`, `month_not_begun`, `already_held` or `already_sent`.
    """
    require(can_hold(actor, province), _("The centre head of the province holds its letters."))
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError("reason_missing", _("Say why the letters are held: colleagues will ask."), "reason")
    if month > Month.of(clock.today()):
        raise DomainError("month_not_begun", _("This month has not begun yet."), "month")
    # Letters take the same lock before they are written, so a hold is either in time or refused.
    report = MonthlyReport.objects.select_for_update().filter(month=str(month), province_id=province).first()
    if report is not None and report.sent_at is not None:
        raise DomainError("already_sent", _("The letters have left already."))
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                month=str(month),
                province_id=province,
                reason=reason,
                held_by_id=person(actor),
                held_at=clock.now(),
            )
    except IntegrityError as error:
        raise DomainError("already_held", _("The letters are held already.")) from error
    trail.record(actor, "report.held", hold, reason=reason, changes={"month": [None, str(month)]})
    return hold


@action
def release_report(*, actor: Actor, month: Month, province: str) -> Hold:
    """Let held letters go: at once when their time has passed, else together with all others.

    Raises DomainError `not_held`.
    """
    require(can_hold(actor, province), _("The centre head of the province releases its letters."))
    holds = Hold.objects.standing().select_for_update()
    hold = holds.filter(month=str(month), province_id=province).first()
    if hold is None:
        raise DomainError("not_held", _("The letters are not held."))
    hold.released_by_id, hold.released_at = person(actor), clock.now()
    hold.save(update_fields=["released_by", "released_at"])
    trail.record(actor, "report.released", hold, changes={"month": [None, str(month)]})
    if timing.letters_at(month) <= hold.released_at:
        _send_soon(province, f"{month}/{hold.pk}")
    return hold


@action
def send_report(*, actor: Actor, report_id: int) -> None:
    """Send the letters of one frozen report without waiting for their day.

    Raises DomainError `already_sent` or `already_held`.
    """
    report = MonthlyReport.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=report_id)
    require(can_send(actor, report.area_code), _("The centre head or an analyst sends a report."))
    if report.sent_at is not None:
        raise DomainError("already_sent", _("The letters have left already."))
    if Hold.objects.standing().filter(month=report.month, province_id=report.province_id).exists():
        raise DomainError("already_held", _("The letters are held: release them first."))
    trail.record(actor, "report.sent_by_hand", report)
    _send_soon(report.area_code, f"{report.month}/hand")


def _send_soon(area: str, period: str) -> None:
    due.plan(SEND_KIND, [(area, period, clock.now())])
    queue.enqueue("common.work", SEND_KIND)
