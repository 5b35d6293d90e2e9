"""Warnings: due for a look, looked at again, and their doors for programs."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from casework.models import SafetyFlag
from common import clock
from common.thai.dates import format_be
from tests.support.matrix import CASEWORKERS, Place, Row, allow, everyone

JSON = "application/json"
READERS = allow(*CASEWORKERS, "nurse", "auditor")
READ_ONLY = allow("nurse", "auditor", status=403)
MAY_NOT = allow("auditor", status=403)
NEXT = clock.today() + timedelta(days=30)


class Warned(Place):
    """A file with a warning."""

    @cached_property
    def flag(self) -> SafetyFlag:
        return SafetyFlag.objects.create(client=self.client, kind=SafetyFlag.Kind.DOG, text="หมาดุ")


def flag(place: Any) -> dict[str, Any]:
    return {"uid": place.flag.uid}


def door(data: dict[str, Any]) -> Row:
    return Row(
        own=allow(*CASEWORKERS) | READ_ONLY,
        foreign=MAY_NOT,
        others=404,
        args=flag,
        method="post",
        content_type=JSON,
        data=data,
        place=Warned,
    )


MATRIX = {
    "casework:warnings": Row(own=allow(*CASEWORKERS)),
    "casework:flag_review": (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, foreign=MAY_NOT, others=404, args=flag, place=Warned),
        Row(
            own=allow(*CASEWORKERS, status=302) | READ_ONLY,
            foreign=MAY_NOT,
            others=404,
            args=flag,
            method="post",
            data={"text": "หมาดุ โทรก่อนไป", "review_on": format_be(NEXT, "numeric")},
            place=Warned,
        ),
    ),
    "warning-list": (
        Row(own=everyone()),
        Row(
            own=allow(*CASEWORKERS, status=201) | READ_ONLY,
            others=404,
            method="post",
            content_type=JSON,
            data=lambda place: {"client": str(place.client.uid), "kind": "dog", "text": "หมาดุ"},
        ),
    ),
    "warning-detail": Row(own=READERS, foreign=allow("auditor"), others=404, args=flag, place=Warned),
    "warning-review": door({"text": "หมาดุ", "review_on": NEXT.isoformat()}),
    "warning-lift": door({"reason": "ไม่มีหมาแล้ว"}),
}
