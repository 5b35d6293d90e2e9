"""Two records of one person: who compares, links and takes apart."""

from functools import cached_property
from typing import Any

from casework.models import LinkEvent, Person
from tests.support import factories as make
from tests.support.matrix import CASEWORKERS, Place, Row, allow, everyone

JSON = "application/json"
READ_ONLY = allow("nurse", "auditor", status=403)
MAY_NOT = allow("auditor", status=403)


class Pair(Place):
    """Two records that may be linked, and two that are."""

    @cached_property
    def other(self) -> Any:
        return make.client(self.code)

    @cached_property
    def link(self) -> LinkEvent:
        kept = make.client(self.code)
        before = Person.objects.create()
        aside = make.client(self.code, person=kept.person)
        return LinkEvent.objects.create(
            kept=kept, aside=aside, person_before=before, reason="คนเดียวกัน", actor_key="system:test"
        )


def client(place: Any) -> dict[str, Any]:
    return {"uid": place.client.uid}


def pair(place: Any) -> dict[str, Any]:
    return {"uid": place.client.uid, "other": place.other.uid}


def link(place: Any) -> dict[str, Any]:
    return {"uid": place.link.uid}


def writing(data: Any, args: Any) -> tuple[Row, Row]:
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": args, "place": Pair}
    return (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, **common),
        Row(own=allow(*CASEWORKERS, status=302) | READ_ONLY, method="post", data=data, **common),
    )


MATRIX = {
    "casework:same": (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, foreign=MAY_NOT, others=404, args=client),
        Row(
            own=allow(*CASEWORKERS) | READ_ONLY,
            foreign=MAY_NOT,
            others=404,
            args=client,
            query={"q": "สมชาย"},
        ),
    ),
    "casework:link": writing(lambda place: {"keep": str(place.client.uid), "reason": "หน้าตาเดียวกัน"}, pair),
    "casework:unlink": writing({"reason": "คนละคน"}, link),
    "link-list": (
        Row(own=everyone()),
        Row(
            own=allow(*CASEWORKERS, status=201) | READ_ONLY,
            others=404,
            method="post",
            content_type=JSON,
            place=Pair,
            data=lambda place: {
                "kept": str(place.client.uid),
                "aside": str(place.other.uid),
                "reason": "หน้าตาเดียวกัน",
            },
        ),
    ),
    "link-detail": Row(
        own=allow(*CASEWORKERS, "nurse", "auditor"),
        foreign=allow("auditor"),
        others=404,
        args=link,
        place=Pair,
    ),
    "link-undo": Row(
        own=allow(*CASEWORKERS) | READ_ONLY,
        foreign=MAY_NOT,
        others=404,
        args=link,
        method="post",
        content_type=JSON,
        data={"reason": "คนละคน"},
        place=Pair,
    ),
}
