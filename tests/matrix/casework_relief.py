"""Relief grants: caseworkers apply, another lead decides, finance officers pay; nurses and partners see none."""

from functools import cached_property
from typing import Any

from casework.models import ReliefGrant, ReliefPayment
from common import clock
from tests.support import relief
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow, everyone

FINANCE = "finance_officer"
TERMS = ("department_analyst", "administrator")
MAY_NOT = allow("auditor", status=403)
READERS = allow(*CASEWORKERS, FINANCE, "auditor")
TODAY = clock.today().isoformat()


class Applied(Place):
    @cached_property
    def grant(self) -> ReliefGrant:
        return relief.grant(self.episode)


class Approved(Place):
    @cached_property
    def grant(self) -> ReliefGrant:
        return relief.grant(self.episode, state="approved")


class Paid(Place):
    @cached_property
    def receipt(self) -> ReliefPayment:
        return relief.paid(self.episode)

    @cached_property
    def grant(self) -> ReliefGrant:
        return self.receipt.grant


def file(place: Any) -> dict[str, Any]:
    return {"uid": place.grant.client.uid}


def one(place: Any) -> dict[str, Any]:
    return {"uid": place.grant.uid}


def step(data: Any, place: type[Place], *may: str) -> tuple[Row, Row]:
    """A form about a grant, for those who may of those who see it."""
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": one, "place": place}
    seen = allow(*CASEWORKERS, FINANCE, "auditor", status=403)
    return (
        Row(own=seen | allow(*may), **common),
        Row(own=seen | allow(*may, status=302), method="post", data=data, **common),
    )


def posting(data: Any, place: type[Place], *may: str) -> Row:
    """The same for programs; nobody but those who see it learns that it is there."""
    seen = allow(*CASEWORKERS, FINANCE, "auditor", status=403)
    return Row(
        own=seen | allow(*may, status=201),
        foreign=MAY_NOT,
        others=404,
        args=one,
        place=place,
        method="post",
        data=data,
        content_type="application/json",
    )


APPLICATION = {
    "amount": "1,500",
    "purpose": "ค่ารถกลับบ้าน",
    "why_not": "ไม่มีบ้าน",
    "applied_on": TODAY,
}
HANDOVER = {"paid_on": TODAY, "how": "cash", "signed": "signature"}
NEW_TERMS = {"valid_from": TODAY, "ceiling": "3000", "times": "3", "law": "ระเบียบกรม"}

MATRIX = {
    "casework:grants": (
        Row(own=READERS),
        Row(own=READERS, query={"show": "waiting"}),
        Row(own=READERS, query={"state": "paid", "month": TODAY[:7]}),
    ),
    "casework:grants_sheet": Row(own=READERS),
    "casework:relief_terms": Row(own=READERS | allow(*TERMS)),
    "casework:relief_terms_new": (
        Row(own=allow(*TERMS)),
        Row(own=allow(*TERMS, status=302), method="post", data=NEW_TERMS),
    ),
    "casework:client_grants": Row(
        own=allow(*CASEWORKERS, "auditor") | allow("nurse", status=403),
        foreign=allow("auditor"),
        others=404,
        args=file,
        place=Applied,
    ),
    "casework:grant_new": (
        Row(
            own=allow(*CASEWORKERS) | allow("nurse", "auditor", status=403),
            foreign=MAY_NOT,
            others=404,
            args=file,
            place=Applied,
        ),
        Row(
            own=allow(*CASEWORKERS, status=302) | allow("nurse", "auditor", status=403),
            foreign=MAY_NOT,
            others=404,
            args=file,
            place=Applied,
            method="post",
            data=APPLICATION,
        ),
    ),
    "casework:grant": (
        Row(own=READERS, foreign=allow("auditor"), others=404, args=one, place=Applied),
        Row(own=READERS, foreign=allow("auditor"), others=404, args=one, place=Paid),
    ),
    "casework:grant_decide": step({"answer": "yes"}, Applied, *LEADS),
    "casework:grant_cancel": step({"reason": "ได้ความช่วยเหลือจากที่อื่น"}, Applied, *CASEWORKERS),
    "casework:grant_pay": step(HANDOVER, Approved, FINANCE),
    "casework:grant_reverse": step({"reason": "จ่ายผิดคน"}, Paid, FINANCE),
    "casework:grant_receipt": Row(
        own=READERS,
        foreign=allow("auditor"),
        others=404,
        args=lambda place: {"uid": place.grant.uid, "attempt": 1},
        place=Paid,
    ),
    "relief-grant-list": (
        Row(own=everyone()),
        Row(
            own=allow(*CASEWORKERS, status=201) | allow("nurse", "auditor", status=403),
            others=404,
            method="post",
            data=lambda place: APPLICATION | {"client": str(place.grant.client.uid)},
            place=Applied,
            content_type="application/json",
        ),
    ),
    "relief-grant-detail": Row(own=READERS, foreign=allow("auditor"), others=404, args=one, place=Paid),
    "relief-grant-decide": posting({"approve": True}, Applied, *LEADS),
    "relief-grant-cancel": posting({"reason": "ได้จากที่อื่น"}, Applied, *CASEWORKERS),
    "relief-grant-pay": posting(HANDOVER, Approved, FINANCE),
    "relief-grant-reverse": posting({"reason": "จ่ายผิดคน"}, Paid, FINANCE),
}
