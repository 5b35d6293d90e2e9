"""Doors of governance: reports of one's province, of the country, and the trail."""

from functools import cached_property
from typing import Any

from accounts.actor import actor_for
from audit import trail
from casework.models import Client
from common.actor import SystemActor
from common.thai.periods import Month
from governance.actions.reports import freeze_month, hold_report
from governance.models import MonthlyReport
from tests.support import factories as make
from tests.support.matrix import LEADS, Place, Row, allow, everyone

STAFF = ("social_worker", "supervisor", "centre_head", "nurse", "finance_officer")
COUNTRYWIDE = ("department_analyst", "auditor", "administrator")
READERS = (*STAFF, *COUNTRYWIDE)
TRAIL = (*LEADS, "auditor")
NONE_AT_ALL = allow("carer", "partner", "volunteer", status=403)
MONTH = "2025-10"


class Reported(Place):
    """A place with a frozen report and entries in the trail."""

    @cached_property
    def report(self) -> MonthlyReport:
        freeze_month(actor=SystemActor("test"), month=Month.parse(MONTH))
        return MonthlyReport.objects.get(month=MONTH, province_id=self.code)

    @cached_property
    def held(self) -> MonthlyReport:
        head = make.actor("centre_head", self.code)
        hold_report(actor=head, month=Month.parse(MONTH), province=self.code, reason="ทดสอบ")
        return self.report

    @cached_property
    def written(self) -> Client:
        trail.record(actor_for(self.worker), "client.updated", self.client, subject=str(self.client.uid))
        return self.client


def area(place: Any) -> dict[str, Any]:
    return {"month": place.report.month, "area": place.code}


def held(place: Any) -> dict[str, Any]:
    return {"month": place.held.month, "area": place.code}


def figure(place: Any) -> dict[str, Any]:
    return area(place) | {"code": "open_episodes"}


def read(args: Any = area) -> Row:
    """A page of a province's report."""
    return Row(own=allow(*READERS), foreign=allow(*COUNTRYWIDE) | NONE_AT_ALL, args=args, place=Reported)


def hold(args: Any = area, **how: Any) -> Row:
    """Something the centre head of the province does with its letters; who sees the country sees it and may not."""
    status = 302 if how.get("method") == "post" else 200
    return Row(
        own=allow("centre_head", status=status),
        foreign=allow(*COUNTRYWIDE, status=403) | NONE_AT_ALL,
        args=args,
        place=Reported,
        **how,
    )


def send(**how: Any) -> Row:
    status = 302 if how.get("method") == "post" else 200
    return Row(
        own=allow("centre_head", "department_analyst", status=status),
        foreign=allow("department_analyst", status=status)
        | allow("auditor", "administrator", status=403)
        | NONE_AT_ALL,
        args=area,
        place=Reported,
        **how,
    )


FREEZERS = ("department_analyst", "administrator")

MATRIX = {
    "governance:reports": Row(own=allow(*READERS)),
    "governance:report": read(),
    "governance:report_pdf": read(),
    "governance:report_xlsx": read(),
    "governance:figure": read(figure),
    "governance:freeze": (
        Row(own=allow(*FREEZERS)),
        Row(own=allow(*FREEZERS, status=302), method="post", data={"month": MONTH}),
    ),
    "governance:hold": (hold(), hold(method="post", data={"reason": "test"})),
    "governance:release": (hold(held), hold(held, method="post", data={"submission": ""})),
    "governance:send": (send(), send(method="post", data={"submission": ""})),
    "governance:subscription": Row(own=allow(*READERS, status=302), method="post", data={"wanted": "1"}),
    "governance:trail": (
        Row(own=allow(*TRAIL)),
        Row(own=allow(*TRAIL, status=422), method="post", data={"q": "nobody@test.example"}),
    ),
    "governance:trail_client": Row(
        own=everyone(404) | allow("social_worker", "nurse", status=403) | allow(*TRAIL),
        foreign=allow("auditor"),
        args=lambda place: {"uid": place.client.uid},
    ),
    "governance:trail_actor": Row(
        own=allow(*TRAIL),
        foreign=everyone(403) | allow(*LEADS, status=404) | allow("auditor"),
        args=lambda place: {"uid": place.worker.uid},
    ),
    "governance:trail_record": Row(
        own=allow(*TRAIL),
        foreign=everyone(403) | allow(*LEADS, status=404) | allow("auditor"),
        args=lambda place: {"kind": "casework.client", "key": str(place.written.uid)},
        place=Reported,
    ),
    "api_indicators": Row(own=allow(*READERS)),
    "api_indicator": Row(
        own=allow(*READERS), args=lambda place: {"code": "open_episodes"}, query={"month": "2025-10"},
        foreign=allow(*READERS), others_foreign=403,
    ),
}  # fmt: skip
