"""GET of indicators: their definitions, and one reading by month and area."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Province
from common import clock
from common.errors import DomainError, NotVisible
from common.permissions import require
from common.thai.periods import Month
from governance import counting, plain, timing
from governance.api.serializers import IndicatorShape, ReadingShape
from governance.indicators import Indicator, all_indicators, get
from governance.models import COUNTRY, MonthlyReport, Restatement
from governance.permissions import can_read_area, can_read_reports
from governance.reading import Counted, recounted_at


@extend_schema(operation_id="indicators_list", responses=IndicatorShape(many=True))
@api_view(["GET"])
def indicators(request: Request) -> Response:
    """Every indicator with its definition. Not paged: they are few."""
    _require_reader(request)
    return Response(IndicatorShape([_described(one) for one in all_indicators()], many=True).data)


@extend_schema(
    operation_id="indicators_retrieve",
    parameters=[
        OpenApiParameter(
            "month", str, required=True, description="YYYY-MM, Gregorian", pattern="^[0-9]{4}-[0-9]{2}$"
        ),
        OpenApiParameter(
            "area", str, description="a province's two digits, or TH (the default) for the country"
        ),
    ],
    responses=ReadingShape,
)
@api_view(["GET"])
def indicator(request: Request, code: str) -> Response:
    """One indicator of one month and area: as it was frozen, else as it is counted up to yesterday.

    404 for an area that is not the caller's; 409 `month_not_begun` for a month to come.
    """
    _require_reader(request)
    found, month, area = get(code), _month(request), request.query_params.get("area") or COUNTRY
    if found is None or not can_read_area(request.actor, area) or not _exists(area):
        raise NotVisible
    report = MonthlyReport.objects.filter(month=str(month)).of_area(area).first()
    read = _live(found, month, area) if report is None else _frozen(found, report)
    return Response(ReadingShape(read).data)


def _require_reader(request: Request) -> None:
    require(
        can_read_reports(request.actor), _("Reports are read by the staff of centres and of the department.")
    )


def _month(request: Request) -> Month:
    try:
        return timing.parse_month(request.query_params.get("month", ""))
    except DomainError as error:
        raise ValidationError({"month": [str(error)]}) from error


def _exists(area: str) -> bool:
    return area == COUNTRY or Province.objects.filter(code=area).exists()


def _described(one: Indicator) -> dict[str, Any]:
    basis = one.basis()
    return {
        "code": one.code,
        "title": one.title_for(basis),
        "definition": one.definition_for(basis),
        "kind": one.kind,
        "section": one.section,
        "unit": one.unit,
        "groups": {code: str(label) for code, label in one.groups().items()},
    }


def _frozen(found: Indicator, report: MonthlyReport) -> dict[str, Any]:
    figure = report.figures.filter(code=found.code).first()
    if figure is None:
        raise NotVisible
    month = Month.parse(report.month)
    frozen = Counted(found, figure.tally, figure.basis)
    changed = report.restatements.filter(code=found.code).first()
    read = _read(frozen, month, report.area_code, month.last) | {"frozen_at": report.frozen_at}
    return read | {"restated": _restated(frozen, changed, report.month) if changed else None}


def _restated(frozen: Counted, changed: Restatement, month: str) -> dict[str, Any]:
    now = changed.tally
    return {
        "value": plain.value(frozen, now),
        "counted": now.counted,
        "of": now.of,
        "groups": plain.groups(now),
        **plain.amounts(frozen.indicator, now),
        "left": changed.left,
        "came": changed.came,
        "changed": changed.changed,
        "counted_at": recounted_at(month),
    }


def _live(found: Indicator, month: Month, area: str) -> dict[str, Any]:
    today = clock.today()
    if month > Month.of(today):
        raise DomainError("month_not_begun", _("This month has not begun yet."), "month")
    until = min(month.last, today - timedelta(days=1))
    tally = counting.now(found, month, area, until=until)
    return _read(Counted(found, tally, found.basis()), month, area, until)


def _read(counted: Counted, month: Month, area: str, until: date) -> dict[str, Any]:
    return plain.figure(counted) | {
        "month": str(month),
        "area": area,
        "until": until,
        "frozen_at": None,
        "restated": None,
    }
