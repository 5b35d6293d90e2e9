"""Plans and tasks: caseworkers write, leads decide about what others wrote, nurses read, auditors do not."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from casework.models import Episode, Goal, GoalTask, Plan
from common import clock
from tests.support import assessments, plans
from tests.support import factories as make
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow, everyone

READ_ONLY = allow("nurse", "auditor", status=403)
MAY_NOT = allow("auditor", status=403)
SOON = (clock.today() + timedelta(days=9)).isoformat()
TODAY = clock.today().isoformat()
SENT = {"submission": "matrix"}  # a form in which nothing is asked


class Planned(Place):
    """A file with a goal, a task of it and a draft of the plan; its own, because a case has one open plan."""

    @cached_property
    def case(self) -> Episode:
        return make.episode(make.client(self.code), self.worker)

    @cached_property
    def goal(self) -> Goal:
        return assessments.goal(self.case)

    @cached_property
    def task(self) -> GoalTask:
        return plans.task(self.goal)

    @cached_property
    def plan(self) -> Plan:
        assert self.task
        return plans.plan(self.case)


class HandedIn(Planned):
    """The same, and the plan waits for a decision."""

    @cached_property
    def plan(self) -> Plan:
        assert self.task
        return plans.submitted(self.case)


class WithoutPlan(Planned):
    """A goal and no plan yet."""


def file_of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).client.uid}


def of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).uid}


def writing(data: Any, args: Any, place: type[Place] = Planned) -> tuple[Row, Row]:
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": args, "place": place}
    return (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, **common),
        Row(own=allow(*CASEWORKERS, status=302) | READ_ONLY, method="post", data=data, **common),
    )


def deciding(data: Any) -> tuple[Row, Row]:
    common: dict[str, Any] = {
        "foreign": MAY_NOT, "others": 404, "args": of("plan"), "place": HandedIn,
    }  # fmt: skip
    may_not = allow("social_worker", status=403) | READ_ONLY
    return (
        Row(own=allow(*LEADS) | may_not, **common),
        Row(own=allow(*LEADS, status=302) | may_not, method="post", data=data, **common),
    )


def read_by_program(args: Any) -> Row:
    return Row(own=allow(*CASEWORKERS, "nurse"), others=404, args=args, place=HandedIn)


def sending(args: Any, data: Any, *roles: str, place: type[Place] = Planned, reads: int = 404) -> Row:
    """`reads`: what auditors get; who may read the notes and no more is told so."""
    refused = {role: 403 for role in (*CASEWORKERS, "nurse") if role not in roles}
    return Row(
        own=allow(*roles, status=201) | refused | allow("auditor", status=reads),
        others=404,
        method="post",
        args=args,
        data=data,
        place=place,
        content_type="application/json",
    )


def task_of_goal(place: Any) -> dict[str, Any]:
    return {"goal_uid": place.task.goal.uid, "uid": place.task.uid}


def goal_of_task(place: Any) -> dict[str, Any]:
    return {"goal_uid": place.task.goal.uid}


def seen_with(data: dict[str, Any]) -> Any:
    return lambda place: data | {"seen": place.plan.submitted_at.isoformat()}


TASK = {"what": "พาไปทำบัตร", "who": "partner", "partner": "ผู้ใหญ่บ้าน", "due_on": SOON}

MATRIX = {
    "casework:plans": (
        Row(own=allow(*CASEWORKERS)),
        Row(own=allow(*CASEWORKERS), query={"show": "returned"}),
    ),
    "casework:tasks": Row(own=allow(*CASEWORKERS)),
    "casework:client_plan": Row(
        own=allow(*CASEWORKERS, "nurse") | MAY_NOT,
        foreign=MAY_NOT,
        others=404,
        args=file_of("plan"),
        place=HandedIn,
    ),
    "casework:plan_new": writing({"note": "เจอกันทุกวันศุกร์"}, file_of("goal"), WithoutPlan),
    "casework:plan_edit": writing({"note": "เจอกันทุกวันศุกร์"}, of("plan")),
    "casework:plan_submit": writing(SENT, of("plan")),
    "casework:plan_take_back": writing(SENT, of("plan"), HandedIn),
    "casework:plan_approve": deciding(SENT),
    "casework:plan_return": deciding({"reason": "ยังไม่มีใครพาไป"}),
    "casework:plan_paper": writing({}, of("plan"))[0],
    "casework:goal_edit": writing({"words": "อยากมีห้องใกล้ลูก"}, of("goal")),
    "casework:task": writing(TASK, of("goal")),
    "casework:task_edit": writing(TASK, of("task")),
    "casework:task_done": writing({"settled_on": TODAY}, of("task")),
    "casework:task_drop": writing({"reason": "เปลี่ยนใจ"}, of("task")),
    "plan-list": (
        Row(own=everyone()),
        sending(
            None,
            lambda place: {"client": str(place.goal.client.uid), "note": "เจอกันวันศุกร์"},
            *CASEWORKERS,
            place=WithoutPlan,
            reads=403,
        ),
    ),
    "plan-detail": read_by_program(of("plan")),
    "plan-edit": sending(of("plan"), {"note": "เจอกันวันเสาร์"}, *CASEWORKERS),
    "plan-submit": sending(of("plan"), {}, *CASEWORKERS),
    "plan-take-back": sending(of("plan"), {}, *CASEWORKERS, place=HandedIn),
    "plan-approve": sending(of("plan"), seen_with({}), *LEADS, place=HandedIn),
    "plan-give-back": sending(of("plan"), seen_with({"reason": "เพิ่มวันนัด"}), *LEADS, place=HandedIn),
    "goal-edit": sending(of("goal"), {"words": "อยากมีห้องใกล้ลูก"}, *CASEWORKERS),
    "goal-task-list": (
        read_by_program(goal_of_task),
        sending(goal_of_task, TASK, *CASEWORKERS),
    ),
    "goal-task-edit": sending(task_of_goal, TASK, *CASEWORKERS),
    "goal-task-done": sending(task_of_goal, {"settled_on": TODAY}, *CASEWORKERS),
    "goal-task-drop": sending(task_of_goal, {"reason": "เปลี่ยนใจ"}, *CASEWORKERS),
}
