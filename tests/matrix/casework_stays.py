"""Beds and stays: leads set beds up, caseworkers check in and out, who opens files sees the board."""

from functools import cached_property
from typing import Any

from casework.models import Bed, Room, Site, Stay
from common import clock
from tests.support import factories as make
from tests.support import stays as make_one
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow, everyone

READ_ONLY = allow("nurse", "auditor", status=403)
MAY_NOT = allow("auditor", status=403)
TODAY = clock.today().isoformat()
ANYBODY = {"kept_for": "anybody"}
BED = {"label": "ริมหน้าต่าง"} | ANYBODY


class House(Place):
    """A centre with a house, a free bed, somebody who lies in another and somebody who has left.

    Each is made once, also in a system that keeps them.
    """

    @cached_property
    def free_bed(self) -> Bed:
        return make_one.bed(self.code, "ว่าง")

    @cached_property
    def room(self) -> Room:
        return self.free_bed.room

    @cached_property
    def site(self) -> Site:
        return self.room.site

    @cached_property
    def stay(self) -> Stay:
        taken = make_one.bed(self.code, "มีคน")
        return taken.stays.first() or make_one.stay(self._somebody(), taken, note="ชอบนอนใกล้ประตู")

    @cached_property
    def past_stay(self) -> Stay:
        return make_one.stay(
            self._somebody(),
            make_one.bed(self.code, "ว่างแล้ว"),
            ends_on=clock.today(),
            left_to="family",
            left_note="พี่สาวมารับ",
        )

    def _somebody(self) -> Any:
        client = make.client(self.code)
        make.episode(client, self.worker)
        return client


def of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).uid}


def file_of_case(place: Any) -> dict[str, Any]:
    return {"uid": place.episode.client.uid}


def set_up(args: Any, data: Any) -> tuple[Row, Row]:
    """A page for leads; who only sees the board gets 403, everybody else nothing."""
    seen = allow("social_worker", "nurse", "auditor", status=403)
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": args, "place": House}
    return (
        Row(own=allow(*LEADS) | seen, **common),
        Row(own=allow(*LEADS, status=302) | seen, method="post", data=data, **common),
    )


def writing(args: Any, data: Any) -> tuple[Row, Row]:
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": args, "place": House}
    return (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, **common),
        Row(own=allow(*CASEWORKERS, status=302) | READ_ONLY, method="post", data=data, **common),
    )


def into_the_free_bed(place: Any) -> dict[str, Any]:
    return {"bed": str(place.free_bed.uid), "starts_on": TODAY}


LEAVING = {"ends_on": TODAY, "left_to": "family"}

MATRIX = {
    "casework:beds": Row(own=allow(*CASEWORKERS, "nurse"), place=House),
    "casework:nights": Row(own=allow(*CASEWORKERS, "nurse"), place=House),
    "casework:bed_who": writing(of("free_bed"), {})[0],
    "casework:site": set_up(of("site"), {})[0],
    "casework:site_new": (
        Row(own=allow(*LEADS)),
        Row(own=allow(*LEADS, status=302), method="post", data={"name": "บ้านหลังใหม่"}),
    ),
    "casework:site_change": set_up(of("site"), {"name": "บ้านอุ่นใจ"}),
    "casework:room_new": set_up(of("site"), {"name": "ห้องใหม่", "beds": "3"} | ANYBODY),
    "casework:room_change": set_up(of("room"), {"name": "ห้องชั้นล่าง"}),
    "casework:bed_new": set_up(of("room"), BED),
    "casework:bed_change": set_up(of("free_bed"), BED),
    "casework:client_stays": Row(
        own=allow(*CASEWORKERS, "nurse", "auditor"),
        foreign=allow("auditor"),
        others=404,
        args=lambda place: {"uid": place.stay.client.uid},
        place=House,
    ),
    "casework:check_in": writing(file_of_case, into_the_free_bed),
    "casework:check_out": writing(of("stay"), LEAVING),
    "casework:stay_correct": writing(of("past_stay"), LEAVING | {"reason": "กดผิด"}),
    "bed-list": Row(own=everyone()),
    "stay-list": (
        Row(own=everyone()),
        Row(
            own=allow(*CASEWORKERS, status=201) | READ_ONLY,
            others=404,
            method="post",
            data=lambda place: {"client": str(place.episode.client.uid)} | into_the_free_bed(place),
            place=House,
            content_type="application/json",
        ),
    ),
    "stay-detail": Row(
        own=allow(*CASEWORKERS, "nurse", "auditor"),
        foreign=allow("auditor"),
        others=404,
        args=of("stay"),
        place=House,
    ),
    "stay-check-out": Row(
        own=allow(*CASEWORKERS) | READ_ONLY,
        foreign=MAY_NOT,
        others=404,
        method="post",
        args=of("stay"),
        data=LEAVING,
        place=House,
        content_type="application/json",
    ),
}
