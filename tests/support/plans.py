"""Plans and tasks to test with."""

from datetime import timedelta
from typing import Any

from casework import planning
from casework.models import Episode, Goal, GoalTask, Plan, PlanEvent
from common import clock


def task(of: Goal, **fields: Any) -> GoalTask:
    """An open task of the episode's worker, due in a week."""
    defaults = {"what": "พาไปดูห้องเช่า", "who": "staff", "due_on": clock.today() + timedelta(days=7)}
    if fields.get("who", "staff") == "staff":
        defaults["owner"] = of.episode.worker
    return GoalTask.objects.create(client=of.client, goal=of, **defaults | fields)


def plan(of: Episode, **fields: Any) -> Plan:
    """A draft that the episode's worker writes."""
    defaults = {"number": of.plans.count() + 1, "author": of.worker, "begun_on": clock.today()}
    return Plan.objects.create(client=of.client, episode=of, **defaults | fields)


def submitted(of: Episode, **fields: Any) -> Plan:
    """A plan handed in by its author, with what its goals and tasks say now."""
    author = fields.get("author", of.worker)
    row = plan(of, state="submitted", submitted_by=author, submitted_at=clock.now(), **fields)
    content = planning.written(planning.lines(planning.goals_of(of)))
    PlanEvent.objects.create(plan=row, kind="submitted", by=author, content=content)
    return row
