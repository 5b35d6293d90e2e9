"""Doors of forums, voices and demands: caseworkers of the centre write, analysts and auditors read, nobody else."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from casework.models import Client
from common import clock
from common.actor import SystemActor
from governance.actions.demands import Answered, NewDemand, answer_demand, make_demand
from governance.actions.forums import Plan, plan_forum
from governance.actions.voices import attribute_voice, capture_voice
from governance.models import Demand, Forum, Voice
from tests.support.matrix import CASEWORKERS, Place, Row, allow

SYSTEM = SystemActor("test")
COUNTRY = ("department_analyst", "auditor")
READERS = (*CASEWORKERS, *COUNTRY)


class Held(Place):
    """A place with a forum, a voice, a voice with a name, and a demand with its answer."""

    @cached_property
    def forum(self) -> Forum:
        day = clock.today() - timedelta(days=7)
        plan = Plan(title="เวที", day=day, place="ศาลากลาง", topic="ห้องเช่า", planned_level="consult")
        return plan_forum(actor=SYSTEM, centre_id=self.centre.pk, plan=plan)

    @cached_property
    def voice(self) -> Voice:
        return capture_voice(actor=SYSTEM, forum_id=self.forum.pk, group="homeless", text="อยากมีห้อง")

    @cached_property
    def named(self) -> Voice:
        voice = capture_voice(actor=SYSTEM, forum_id=self.forum.pk, group="homeless", text="ผมเอง")
        person: Client = self.client
        attribute_voice(actor=SYSTEM, voice_uid=voice.uid, client_id=person.pk, agreed_on=clock.today())
        return voice

    @cached_property
    def demand(self) -> Demand:
        new = NewDemand(
            text="ขอห้องเช่าราคาถูก",
            owner="เทศบาล",
            made_on=self.forum.day,
            due_on=self.forum.day + timedelta(days=30),
            voices=[self.voice.uid],
        )
        return make_demand(actor=SYSTEM, forum_id=self.forum.pk, new=new)

    @cached_property
    def answered(self) -> Demand:
        answered = Answered(outcome="granted", text="ได้", answered_on=clock.today())
        answer_demand(actor=SYSTEM, demand_id=self.demand.pk, answered=answered)
        return self.demand


def forum(place: Any) -> dict[str, Any]:
    return {"uid": place.forum.uid}


def voice(place: Any) -> dict[str, Any]:
    return {"uid": place.voice.uid}


def named(place: Any) -> dict[str, Any]:
    return {"uid": place.named.uid}


def demand(place: Any) -> dict[str, Any]:
    return {"uid": place.demand.uid}


def answered(place: Any) -> dict[str, Any]:
    return {"uid": place.answered.uid}


def answer(place: Any) -> dict[str, Any]:
    return answered(place) | {"pk": place.answered.answers.get().pk}


def reading(args: Any) -> Row:
    """A page of one forum or demand: to the others it is not there."""
    return Row(own=allow(*READERS), foreign=allow(*COUNTRY), others=404, args=args, place=Held)


def listing(**query: Any) -> Row:
    return Row(own=allow(*READERS), query=query)


def writing(args: Any, data: Any) -> tuple[Row, Row]:
    """A page with a form: who only reads sees the forum and may not."""
    common: dict[str, Any] = {
        "foreign": allow(*COUNTRY, status=403),
        "others": 404,
        "args": args,
        "place": Held,
    }
    only_read = allow(*COUNTRY, status=403)
    return (
        Row(own=allow(*CASEWORKERS) | only_read, **common),
        Row(own=allow(*CASEWORKERS, status=302) | only_read, method="post", data=data, **common),
    )


def today() -> str:
    day = clock.today()
    return f"{day.day}/{day.month}/{day.year + 543}"


def plan(place: Any = None) -> dict[str, Any]:
    found = {"title": "เวที", "day": today(), "place": "วัด", "topic": "ห้อง", "planned_level": "involve"}
    return found if place is None else found | {"centre": place.centre.pk}


def new_demand(place: Any) -> dict[str, Any]:
    return {
        "voices": [str(place.voice.uid)],
        "text": "ขอห้อง",
        "owner": "เทศบาล",
        "made_on": today(),
        "due_on": today(),
    }


def api(method: str, args: Any = None, data: Any = None, *, status: int = 200) -> Row:
    """A door for programs; to those who read no forum, one they name is not there."""
    writes = method == "post"
    allowed = CASEWORKERS if writes else READERS
    own: dict[str, int] = allow(*allowed, status=status)
    if writes:
        own |= allow(*COUNTRY, status=403)
    return Row(
        own=own,
        foreign=allow(*COUNTRY, status=403 if writes else 200),
        others=404 if args else 403,
        args=args,
        method=method,
        data=data or {},
        content_type="application/json" if writes else "",
        place=Held,
    )


MATRIX = {
    "forums:home": listing(),
    "forums:forums": (listing(), listing(show="held")),
    "forums:demands": (listing(), listing(show="late")),
    "forums:new": (
        Row(own=allow(*CASEWORKERS)),
        Row(own=allow(*CASEWORKERS, status=302), method="post", data=plan, place=Held),
    ),
    "forums:forum": reading(forum),
    "forums:sheet": reading(forum),
    "forums:demand": reading(answered),
    "forums:change": writing(forum, lambda place: plan()),
    "forums:cancel": writing(forum, {"reason": "ฝนตก"}),
    "forums:held": writing(
        forum, lambda place: {"held_on": today(), "level": "consult", "reason": "ตัดสินใจร่วมกัน"}
    ),
    "forums:attendance": writing(forum, {"homeless": "12"}),
    "forums:evidence": writing(forum, {"issue": "ห้องเช่า"}),
    "forums:capture": writing(forum, {"group": "homeless", "text": "อยากมีห้อง"}),
    "forums:voice_correct": writing(voice, {"group": "homeless", "text": "อยากได้ห้อง"}),
    "forums:voice_take_back": writing(voice, {"reason": "พิมพ์ซ้ำ"}),
    "forums:voice_attribute": writing(voice, lambda place: {"code": place.client.code, "agreed_on": today()}),
    "forums:voice_withdraw": writing(named, {"submission": ""}),
    "forums:demand_new": writing(forum, new_demand),
    "forums:answer": writing(
        demand, lambda place: {"outcome": "granted", "text": "ได้", "answered_on": today()}
    ),
    "forums:answer_correct": writing(
        answer, lambda place: {"outcome": "partly", "text": "ได้บ้าง", "answered_on": today()}
    ),
    "forums:tell": writing(answered, lambda place: {"told_on": today(), "how": "forum", "people": "9"}),
    "forums:step": writing(demand, lambda place: {"kind": "taken_up", "occurred_on": today()}),
    "forum-list": (
        api("get"),
        Row(
            own=allow(*CASEWORKERS, status=201) | allow(*COUNTRY, status=403),
            method="post",
            data=lambda place: plan() | {"centre": place.code, "day": clock.today().isoformat()},
            content_type="application/json",
            place=Held,
        ),
    ),
    "forum-detail": api("get", forum),
    "forum-voices": api("post", forum, {"text": "อยากมีห้อง"}, status=201),
    "demand-list": (
        api("get"),
        Row(
            own=allow(*CASEWORKERS, status=201) | allow(*COUNTRY, status=403),
            method="post",
            data=lambda place: {
                "forum": str(place.forum.uid),
                "voices": [str(place.voice.uid)],
                "text": "ขอห้อง",
                "owner": "เทศบาล",
                "made_on": clock.today().isoformat(),
                "due_on": clock.today().isoformat(),
            },
            content_type="application/json",
            place=Held,
        ),
    ),
    "demand-detail": api("get", demand),
    "demand-answer": api(
        "post",
        demand,
        lambda place: {"outcome": "granted", "text": "ได้", "answered_on": clock.today().isoformat()},
        status=201,
    ),
    "demand-tell": api(
        "post",
        answered,
        lambda place: {"told_on": clock.today().isoformat(), "how": "forum", "people": 9},
        status=201,
    ),
}
