"""Referrals: caseworkers send, whoever received one reads and answers it, leads look at what went without consent."""

from functools import cached_property
from typing import Any

from accounts.models import User
from casework.models import Referral
from network.models import Partner, PartnerMember
from tests.support import factories as make
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow, everyone
from tests.support.partners import partner
from tests.support.referrals import referral

GIVERS = ("partner", "volunteer")
MAY_NOT = allow("auditor", status=403)
READ_ONLY = allow("nurse", "auditor", status=403)


class Sent(Place):
    """A file from which a referral went to a partner."""

    @cached_property
    def helper(self) -> Partner:
        """Who is asked; in a browser it is the partner that the demo's visitor signs in for."""
        return partner(self.code)

    @cached_property
    def referral(self) -> Referral:
        return referral(self.episode, self.helper)


class Received(Sent):
    """The same, and whoever looks belongs to the partner."""

    def welcome(self, user: User) -> None:
        if user.memberships.filter(role__in=GIVERS).exists():
            PartnerMember.objects.get_or_create(user=user, partner=self.helper)


class Accepted(Received):
    @cached_property
    def referral(self) -> Referral:
        return referral(self.episode, self.helper, state="accepted")


def file(place: Any) -> dict[str, Any]:
    return {"uid": place.referral.client.uid}


def one(place: Any) -> dict[str, Any]:
    return {"uid": place.referral.uid}


def writing(data: Any, args: Any) -> tuple[Row, Row]:
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": args, "place": Sent}
    return (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, **common),
        Row(own=allow(*CASEWORKERS, status=302) | READ_ONLY, method="post", data=data, **common),
    )


def answering(data: Any, place: type[Place]) -> tuple[Row, Row]:
    """Of those who see it, only whoever received it; the foreign twin is another partner's."""
    common: dict[str, Any] = {
        "foreign": MAY_NOT, "others": 404, "others_foreign": 404, "args": one, "place": place,
    }  # fmt: skip
    reads = allow(*CASEWORKERS, "nurse", "auditor", status=403)
    return (
        Row(own=allow(*GIVERS) | reads, **common),
        Row(own=allow(*GIVERS, status=302) | reads, method="post", data=data, **common),
    )


REVIEWERS = allow(*LEADS) | allow("social_worker", status=403) | READ_ONLY

MATRIX = {
    "casework:referrals": (
        Row(own=allow(*CASEWORKERS, *GIVERS)),
        Row(own=allow(*CASEWORKERS, *GIVERS), query={"show": "sent"}),
    ),
    "casework:client_referrals": Row(
        own=allow(*CASEWORKERS, "nurse") | MAY_NOT, foreign=MAY_NOT, others=404, args=file, place=Sent
    ),
    "casework:refer": writing(
        lambda place: {
            "partner": place.helper.code,
            "ask": "ขอข้าวสารหนึ่งถุง",
            "parts": ["needs"],
            "basis": "public_task",
            "basis_reason": "ตามหน้าที่",
        },
        file,
    ),
    "casework:referral": (
        Row(own=allow(*CASEWORKERS, "nurse") | MAY_NOT, foreign=MAY_NOT, others=404, args=one, place=Sent),
        Row(
            own=allow(*CASEWORKERS, *GIVERS, "nurse") | MAY_NOT,
            foreign=MAY_NOT,
            others=404,
            others_foreign=404,
            args=one,
            place=Received,
        ),
    ),
    "casework:referral_answer": answering({"answer": "yes"}, Received),
    "casework:referral_done": answering({"note": "ได้ที่พักแล้ว"}, Accepted),
    "casework:referral_revoke": writing({"reason": "เปลี่ยนใจ"}, one),
    "casework:referral_review": (
        Row(own=REVIEWERS, foreign=MAY_NOT, others=404, args=one, place=Sent),
        Row(
            own=REVIEWERS | allow(*LEADS, status=302),
            foreign=MAY_NOT,
            others=404,
            args=one,
            place=Sent,
            method="post",
            data={"note": "เห็นแล้ว"},
        ),
    ),
    "referral-list": (
        Row(own=everyone()),
        Row(
            own=allow(*CASEWORKERS, status=201) | READ_ONLY,
            others=404,
            method="post",
            data=lambda place: {
                "client": str(place.referral.client.uid),
                "centre": make.FOREIGN,
                "ask": "ขอที่พัก",
                "parts": ["needs"],
                "basis": "public_task",
                "basis_reason": "ตามหน้าที่",
            },
            place=Sent,
            content_type="application/json",
        ),
    ),
    "referral-detail": Row(
        own=allow(*CASEWORKERS, *GIVERS, "nurse"), others=404, others_foreign=404, args=one, place=Received
    ),
    "referral-answer": Row(
        own=allow(*GIVERS, status=201) | allow(*CASEWORKERS, "nurse", status=404),
        others=404,
        others_foreign=404,
        method="post",
        args=one,
        data={"accept": True},
        place=Received,
        content_type="application/json",
    ),
}
