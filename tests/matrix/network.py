"""Partners, contributions, sheets and the unit-value book; their pages and their API."""

from functools import cached_property
from typing import Any

from accounts.models import User
from accounts.roles import Role
from common import clock
from network.models import ContributionSheet, ContributionSheetRow, PartnerMember
from tests.support import partners
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow, everyone

JSON = "application/json"
GIVERS = ("partner", "volunteer")
READERS = ("department_analyst", "auditor")
TODAY = clock.today().isoformat()
SURE = {"sure": "yes"}
GIVEN = {"what": "ข้าวสาร", "quantity": "12.5", "unit": "kg", "given_on": TODAY}


class Network(Place):
    """A partner with one of everything; who signs in as a giver belongs to it."""

    def welcome(self, user: User) -> None:
        if user.memberships.filter(role__in=GIVERS).exists():
            PartnerMember.objects.create(user=user, partner=self.partner)

    @cached_property
    def partner(self) -> Any:
        return partners.partner(self.code)

    @cached_property
    def received(self) -> Any:
        return partners.contribution(self.partner)

    @cached_property
    def pledged(self) -> Any:
        return partners.contribution(self.partner, "pledged")

    @cached_property
    def member(self) -> Any:
        partners.member(self.partner, Role.VOLUNTEER)
        return self.partner.members.get()

    @cached_property
    def sheet(self) -> Any:
        sheet = ContributionSheet.objects.create(
            partner=self.partner, started_by=self.worker, file_name="ต.ค..xlsx"
        )
        payload = {"what": "ตัดผม", "quantity": 300, "unit": "time", "given_on": TODAY, "province": self.code}
        ContributionSheetRow.objects.create(sheet=sheet, row=1, payload=payload)
        return sheet


def of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).uid}


SEEN = allow(*CASEWORKERS, *GIVERS, *READERS)
"""Who sees a contribution of the own place."""

PARTNER_SEEN = SEEN | allow("administrator")
COUNTRY = allow(*READERS)
PARTNER_COUNTRY = COUNTRY | allow("administrator")
MAY_NOT = allow(*READERS, status=403)
PARTNER_MAY_NOT = MAY_NOT | allow("administrator", status=403)
WRITERS = (*CASEWORKERS, *GIVERS)


def changing(thing: str, data: Any, **more: Any) -> tuple[Row, Row]:
    """A form about a contribution that its people and staff may change, and what it sends."""
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": of(thing), "place": Network} | more
    return (
        Row(own=allow(*WRITERS) | MAY_NOT, **common),
        Row(own=allow(*WRITERS, status=302) | MAY_NOT, method="post", data=data, **common),
    )


def keeping(own: tuple[str, ...], data: Any, args: Any = None, **more: Any) -> tuple[Row, Row]:
    """A form about a partner for `own` roles, and what it sends."""
    refused = {role: 403 for role in (*CASEWORKERS, *GIVERS, *READERS, "administrator") if role not in own}
    common: dict[str, Any] = {"others": 404, "args": args or of("partner"), "place": Network} | more
    foreign = dict.fromkeys((*READERS, "administrator"), 403) | common.pop("foreign", {})
    return (
        Row(own=refused | allow(*own), foreign=foreign, **common),
        Row(own=refused | allow(*own, status=302), foreign=foreign, method="post", data=data, **common),
    )


def posting(thing: str, own: tuple[str, ...], data: Any) -> Row:
    """A POST of the API about a contribution."""
    refused = {role: 403 for role in (*CASEWORKERS, *GIVERS, *READERS) if role not in own}
    return Row(
        own=refused | allow(*own, status=201),
        foreign=MAY_NOT,
        others=404,
        method="post",
        content_type=JSON,
        args=of(thing),
        data=data,
        place=Network,
    )


NEW_PARTNER = {
    "name": "วัดใหม่",
    "code": "WAT-MAI",
    "kind": "temple",
    "province": "30",
    "active_from": "1/1/2569",
}

MATRIX = {
    "network:home": (
        Row(own=allow(*GIVERS), place=Network),
        Row(own=allow(*GIVERS, status=302), place=Network, method="post", data=GIVEN),
    ),
    "network:contributions": (
        Row(own=SEEN, place=Network),
        Row(own=SEEN, place=Network, query={"kind": "goods", "state": "received"}),
    ),
    "network:to_confirm": Row(own=allow(*CASEWORKERS), place=Network),
    "network:contribution": Row(own=SEEN, foreign=COUNTRY, others=404, args=of("received"), place=Network),
    "network:receive": changing("pledged", {"occurred_on": TODAY}),
    "network:confirm": (
        Row(
            own=allow(*CASEWORKERS) | allow(*GIVERS, *READERS, status=403),
            foreign=MAY_NOT,
            others=404,
            args=of("received"),
            place=Network,
        ),
        Row(
            own=allow(*CASEWORKERS, status=302) | allow(*GIVERS, *READERS, status=403),
            foreign=MAY_NOT,
            others=404,
            args=of("received"),
            place=Network,
            method="post",
            data=SURE,
        ),
    ),
    "network:correct": changing("received", {**GIVEN, "reason": "จดผิด"}),
    "network:void": changing("received", {"reason": "ไม่ได้มา"}),
    "network:partners": (
        Row(own=allow(*CASEWORKERS, *READERS, "administrator"), place=Network),
        Row(own=allow(*CASEWORKERS, *READERS, "administrator"), place=Network, query={"q": "วัด"}),
    ),
    "network:partner_add": (
        Row(own=allow(*CASEWORKERS)),
        Row(own=allow(*CASEWORKERS, status=302), method="post", data=NEW_PARTNER),
    ),
    "network:partner": Row(
        own=PARTNER_SEEN, foreign=PARTNER_COUNTRY, others=404, args=of("partner"), place=Network
    ),
    "network:partner_edit": keeping(CASEWORKERS, NEW_PARTNER),
    "network:log": keeping(WRITERS, GIVEN),
    "network:member_add": keeping(
        (*LEADS, "administrator"),
        lambda place: {"email": partners.make.user("partner").email},
        foreign={"administrator": 200},
    )[:1]
    + keeping(
        (*LEADS, "administrator"),
        lambda place: {"email": partners.make.user("partner").email},
        foreign={"administrator": 302},
    )[1:],
    "network:member_end": keeping(
        (*LEADS, "administrator"),
        SURE,
        args=lambda place: {"member": place.member.pk, "uid": place.partner.uid},
        foreign={"administrator": 200},
    )[:1]
    + keeping(
        (*LEADS, "administrator"),
        SURE,
        args=lambda place: {"member": place.member.pk, "uid": place.partner.uid},
        foreign={"administrator": 302},
    )[1:],
    "network:sheet_new": keeping(WRITERS, {})[:1],
    "network:sheet": Row(own=allow(*WRITERS), others=404, args=of("sheet"), place=Network),
    "network:sheet_write": (
        Row(own=allow(*WRITERS), others=404, args=of("sheet"), place=Network),
        Row(
            own=allow(*WRITERS, status=302),
            others=404,
            args=of("sheet"),
            place=Network,
            method="post",
            data={"new": "1", "doubled": "0"},
        ),
    ),
    "network:sheet_drop": (
        Row(own=allow(*WRITERS), others=404, args=of("sheet"), place=Network),
        Row(
            own=allow(*WRITERS, status=302),
            others=404,
            args=of("sheet"),
            place=Network,
            method="post",
            data=SURE,
        ),
    ),
    "network:values": Row(own=PARTNER_SEEN),
    "network:value_add": (
        Row(own=allow("department_analyst", "administrator")),
        Row(
            own=allow("department_analyst", "administrator", status=302),
            method="post",
            data={"unit": "kg", "satang": "30", "valid_from": TODAY, "source": "ราคาตลาด"},
        ),
    ),
    # the API
    "partner-list": Row(own=everyone(), query={"q": "วัด"}),
    "partner-detail": Row(
        own=PARTNER_SEEN, foreign=PARTNER_COUNTRY, others=404, args=of("partner"), place=Network
    ),
    "contribution-list": (
        Row(own=everyone()),
        Row(
            own=allow(*WRITERS, status=201) | PARTNER_MAY_NOT,
            others=404,
            method="post",
            content_type=JSON,
            data=lambda place: {**GIVEN, "partner": place.partner.code},
            place=Network,
        ),
    ),
    "contribution-detail": Row(own=SEEN, foreign=COUNTRY, others=404, args=of("received"), place=Network),
    "contribution-receive": posting("pledged", WRITERS, {"occurred_on": TODAY}),
    "contribution-confirm": posting("received", CASEWORKERS, {}),
    "contribution-correct": posting("received", WRITERS, {**GIVEN, "reason": "จดผิด"}),
    "contribution-never-came": posting("received", WRITERS, {"reason": "ไม่ได้มา"}),
}
