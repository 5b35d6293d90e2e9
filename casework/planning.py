"""What a plan says: gathered from the goals as they stand, or as it was when it was handed in."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import Prefetch

from casework import events, rules
from casework.models import Episode, EpisodeEvent, Goal, GoalTask, Plan, PlanEvent
from casework.rules.plans import PlannedGoal, PlannedTask, changes
from common import clock
from common.actor import Actor


def goals_of(episode: Episode) -> list[Goal]:
    """All goals of an episode with their tasks, in the order of the page."""
    tasks = Prefetch("tasks", GoalTask.objects.select_related("owner"))
    return list(episode.goals.select_related("owner").prefetch_related(tasks))


def lines(goals: Collection[Goal], kept: Collection[str] = ()) -> tuple[PlannedGoal, ...]:
    """What a plan of these goals says today: of what is open, and of what is reached and among the keys `kept`.

    A task that was done is still part of the plan, a dropped one and a goal that was let go are not.
    """
    found = []
    for goal in goals:
        stands = goal.state == Goal.State.OPEN or (str(goal.uid) in kept and goal.state != Goal.State.LET_GO)
        if stands:
            found.append(_goal(goal))
    return tuple(found)


def _goal(goal: Goal) -> PlannedGoal:
    return PlannedGoal(
        key=str(goal.uid),
        words=goal.words,
        text=goal.text,
        why_no_words=goal.why_no_words,
        due_on=goal.due_on,
        tasks=tuple(_task(task) for task in goal.tasks.all() if task.state != GoalTask.State.DROPPED),
    )


def _task(task: GoalTask) -> PlannedTask:
    apart = str(task.owner.uid) if task.owner else task.partner
    return PlannedTask(
        key=str(task.uid),
        what=task.what,
        who=f"{task.who}:{apart}",
        owner="" if task.who == GoalTask.Who.PERSON else task.owner_name,
        due_on=task.due_on,
    )


def written(goals: Collection[PlannedGoal]) -> str:
    """These lines as a submission keeps them."""
    return json.dumps([asdict(goal) for goal in goals], ensure_ascii=False, default=str)


def handed_in(plan: Plan) -> tuple[PlannedGoal, ...]:
    """What the plan said when it was last handed in; nothing before that."""
    last = plan.events.filter(kind=PlanEvent.Kind.SUBMITTED).order_by("pk").last()
    rows: list[dict[str, Any]] = json.loads(last.content) if last else []
    return tuple(_read(row) for row in rows)


def _read(row: dict[str, Any]) -> PlannedGoal:
    tasks = tuple(
        PlannedTask(**task | {"due_on": date.fromisoformat(task["due_on"])}) for task in row["tasks"]
    )
    due_on = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    return PlannedGoal(**row | {"tasks": tasks, "due_on": due_on})


def changed_since(plan: Plan, goals: Collection[Goal]) -> Mapping[str, str]:
    """What is not as it was when the plan was handed in; see rules.plans.changes."""
    then = handed_in(plan)
    return changes(then, lines(goals, [goal.key for goal in then]))


def advance(actor: Actor, episode: Episode, to: str) -> None:
    """A case follows its plan forward, never back; one whose person nobody has met stays. Belongs inside an action."""
    ahead = rules.STATES.index(to) > rules.STATES.index(episode.state)
    if not ahead or rules.move_problem(episode.state, to, contacted=events.was_contacted(episode)):
        return
    episode.state = to
    episode.save(update_fields=["state"])
    events.add(actor, episode, EpisodeEvent.Kind.STATE, clock.today(), value=to)
