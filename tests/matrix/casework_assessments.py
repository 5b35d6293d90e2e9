"""Assessments and goals: caseworkers write, nurses read, auditors do not read what is said about somebody."""

from functools import cached_property
from typing import Any

from casework.models import Assessment, Goal
from common import clock
from tests.support import assessments as make_one
from tests.support.matrix import CASEWORKERS, Place, Row, allow, everyone

READ_ONLY = allow("nurse", "auditor", status=403)
MAY_NOT = allow("auditor", status=403)
TODAY = clock.today().isoformat()


class Fares(Place):
    """A file with an open case, an assessment and a goal."""

    @cached_property
    def assessment(self) -> Assessment:
        return make_one.assessment(self.episode)

    @cached_property
    def goal(self) -> Goal:
        return make_one.goal(self.episode)


def file_of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).client.uid}


def of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).uid}


def writing(data: Any, args: Any) -> tuple[Row, Row]:
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": args, "place": Fares}
    return (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, **common),
        Row(own=allow(*CASEWORKERS, status=302) | READ_ONLY, method="post", data=data, **common),
    )


def sending(data: Any) -> Row:
    return Row(
        own=allow(*CASEWORKERS, status=201) | READ_ONLY,
        others=404,
        method="post",
        data=data,
        place=Fares,
        content_type="application/json",
    )


def read_by_program(name: str) -> Row:
    return Row(own=allow(*CASEWORKERS, "nurse"), others=404, args=of(name), place=Fares)


LEVEL = {"level_living": "2", "reason_living": "ได้เตียงที่ศูนย์", "assessed_on": TODAY}

MATRIX = {
    "casework:client_assessments": Row(
        own=allow(*CASEWORKERS, "nurse") | MAY_NOT,
        foreign=MAY_NOT,
        others=404,
        args=file_of("assessment"),
        place=Fares,
    ),
    "casework:assess": writing(LEVEL, file_of("assessment")),
    "casework:assessment_correct": writing(LEVEL | {"reason": "กดผิด"}, of("assessment")),
    "casework:assessment_paper": writing({}, file_of("assessment"))[0],
    "casework:goal": writing({"words": "อยากทำงานใกล้ลูก"}, file_of("goal")),
    "casework:goal_settle": writing({"state": "reached", "settled_on": TODAY}, of("goal")),
    "assessment-list": (
        Row(own=everyone()),
        sending(
            lambda place: {
                "client": str(place.assessment.client.uid),
                "assessed_on": TODAY,
                "levels": [{"dimension": "living", "level": 2, "reason": "ได้เตียงที่ศูนย์"}],
            },
        ),
    ),
    "assessment-detail": read_by_program("assessment"),
    "goal-list": (
        Row(own=everyone()),
        sending(lambda place: {"client": str(place.goal.client.uid), "words": "อยากเรียนต่อ"}),
    ),
    "goal-detail": read_by_program("goal"),
    "goal-settle": Row(
        own=allow(*CASEWORKERS, status=201) | allow("nurse", status=403),
        others=404,
        method="post",
        args=of("goal"),
        data={"state": "partly", "settled_on": TODAY},
        place=Fares,
        content_type="application/json",
    ),
}
