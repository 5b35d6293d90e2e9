"""Client files, the intake, appointments, my day, the team's board."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from casework.models import EpisodeEvent, FollowUp, RelatedPerson, SafetyFlag
from common import clock
from tests.support import factories as make
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow, everyone

READERS = allow(*CASEWORKERS, "nurse", "auditor")
READ_ONLY = allow("nurse", "auditor", status=403)
WRITERS = allow(*CASEWORKERS) | READ_ONLY
SENDERS = allow(*CASEWORKERS, status=302) | READ_ONLY
AUDITOR_READS = allow("auditor")
AUDITOR_MAY_NOT = allow("auditor", status=403)
TODAY = clock.today().isoformat()


class File(Place):
    """A file with one of everything."""

    @cached_property
    def open_client(self) -> Any:
        return self.episode.client

    @cached_property
    def notice(self) -> Any:
        return self.episode.notices.get()

    @cached_property
    def contact(self) -> Any:
        return make.event(self.episode, EpisodeEvent.Kind.CONTACTED)

    @cached_property
    def flag(self) -> Any:
        return SafetyFlag.objects.create(client=self.client, kind=SafetyFlag.Kind.VIOLENCE, text="ระวัง")

    @cached_property
    def related(self) -> Any:
        return RelatedPerson.objects.create(client=self.client, relation="child", name="เด็กหญิงนา")

    @cached_property
    def done(self) -> Any:
        follow_up = make.follow_up(self.episode, state=FollowUp.State.DONE)
        make.result(follow_up)
        return follow_up


def client(place: Any) -> dict[str, Any]:
    return {"uid": place.client.uid}


def open_client(place: Any) -> dict[str, Any]:
    return {"uid": place.open_client.uid}


def of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).uid}


def reading(args: Any = client, **more: Any) -> Row:
    """A page of the file that everybody who may open the file reads."""
    return Row(own=READERS, foreign=AUDITOR_READS, others=404, args=args, place=File, **more)


def writing(data: Any, args: Any = client, **more: Any) -> tuple[Row, Row]:
    """A form of the file, and what it sends."""
    common: dict[str, Any] = {"foreign": AUDITOR_MAY_NOT, "others": 404, "args": args, "place": File} | more
    return (
        Row(own=common.pop("own", WRITERS), **common),
        Row(own=SENDERS, method="post", data=data, **common),
    )


MATRIX = {
    "casework:today": Row(own=allow(*CASEWORKERS)),
    "casework:team": Row(own=allow(*LEADS)),
    "casework:clients": (Row(own=READERS), Row(own=READERS, query={"q": "สมชาย"})),
    "casework:follow_ups": (
        Row(own=allow(*CASEWORKERS)),
        Row(own=allow(*CASEWORKERS), query={"show": "done"}),
    ),
    "casework:day_hint": Row(own=everyone(), query={"due_on": "25/12/2569"}),
    "casework:intake": (
        Row(own=allow(*CASEWORKERS)),
        Row(
            own=allow(*CASEWORKERS, status=302),
            method="post",
            data=lambda place: {
                "centre": make.OWN,
                "first_name": "บุญมา",
                "channel": "walk_in",
                "noticed_on": TODAY,
            },
        ),
    ),
    "casework:likely": Row(own=allow(*CASEWORKERS), method="post", data={"first_name": "สมชาย"}),
    "casework:client": reading(),
    "casework:client_timeline": reading(),
    "casework:client_follow_ups": reading(open_client),
    "casework:client_notes": Row(
        own=READERS | AUDITOR_MAY_NOT,
        foreign=AUDITOR_MAY_NOT,
        others=404,
        args=lambda place: {"uid": place.note.client.uid},
    ),
    "casework:client_around": reading(lambda place: {"uid": place.related.client.uid}),
    "casework:client_print": reading(open_client),
    "casework:edit": writing({"first_name": "สมชาย", "version": "1"}),
    "casework:number": writing({"pin": "", "id_status": "none", "version": "1"}),
    "casework:restrict": (
        Row(
            own=allow(*LEADS) | READ_ONLY | allow("social_worker", status=403),
            foreign=AUDITOR_MAY_NOT,
            others=404,
            args=client,
        ),
        Row(
            own=allow(*LEADS, status=302) | READ_ONLY | allow("social_worker", status=403),
            foreign=AUDITOR_MAY_NOT,
            others=404,
            args=client,
            method="post",
            data={"reason": "ถูกคุกคาม"},
        ),
    ),
    "casework:contact": writing({"occurred_on": TODAY}, open_client),
    "casework:answer": writing({"answer": "accepted_help", "occurred_on": TODAY}, open_client),
    "casework:state": writing({"to": "plan", "occurred_on": TODAY}, open_client),
    "casework:worker": (
        Row(
            own=allow(*LEADS) | READ_ONLY | allow("social_worker", status=403),
            foreign=AUDITOR_MAY_NOT,
            others=404,
            args=open_client,
            place=File,
        ),
        Row(
            own=allow(*LEADS, status=302) | READ_ONLY | allow("social_worker", status=403),
            foreign=AUDITOR_MAY_NOT,
            others=404,
            args=open_client,
            place=File,
            method="post",
            data={"worker": ""},
        ),
    ),
    "casework:close": writing({"outcome": "own_home", "closed_on": TODAY}, open_client),
    "casework:open_again": writing({"channel": "walk_in", "noticed_on": TODAY}),
    "casework:event_correct": writing(
        {"kind": "never", "reason": "ผิดคน"},
        lambda place: {"uid": place.contact.client.uid, "place": 2},
    ),
    "casework:notice_correct": writing(
        {"channel": "news", "noticed_on": (clock.today() - timedelta(days=40)).isoformat(), "reason": "ผิดวัน"},
        of("notice"),
    ),
    "casework:need": writing({"kind": "food"}, open_client),
    "casework:need_settle": writing({"state": "met", "settled_on": TODAY}, of("need")),
    "casework:note": writing({"text": "พบที่วัด", "occurred_on": TODAY}),
    # Only who wrote a note corrects it, and here a colleague did.
    "casework:note_correct": Row(
        own=allow(*CASEWORKERS, status=403) | READ_ONLY,
        foreign=AUDITOR_MAY_NOT,
        others=404,
        args=of("note"),
    ),
    "casework:flag": writing({"kind": "violence", "text": "อย่าไปคนเดียว"}),
    "casework:flag_lift": writing({"reason": "ย้ายไปแล้ว"}, of("flag")),
    "casework:related": writing({"relation": "child", "name": "เด็กชายดี"}),
    "casework:related_end": writing({"ended_on": TODAY}, of("related")),
    "casework:follow_up_plan": writing({"kind": "visit", "due_on": TODAY}, open_client),
    "casework:follow_up_record": writing({"result": "met", "occurred_on": TODAY}, of("follow_up")),
    "casework:follow_up_move": writing({"due_on": TODAY, "reason": "ฝนตก"}, of("follow_up")),
    "casework:follow_up_cancel": writing({"reason": "ย้ายไปแล้ว"}, of("follow_up")),
    "casework:follow_up_correct": writing(
        {"result": "not_found", "occurred_on": TODAY, "reason": "ผิดคน"}, of("done")
    ),
}
