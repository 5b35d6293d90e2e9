"""Tasks: what is done for a goal, by whom, by when, and what came of it."""

from dataclasses import dataclass
from datetime import date

from audit import trail
from casework.models import Goal, GoalTask
from casework.refusals import refuse
from casework.rules import plans as rules
from casework.taking import check_day, reason_given, take_row, worker_at
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor

State, Who = GoalTask.State, GoalTask.Who


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task; `who` is "staff" (then `owner_id`), "person" or "partner" (then `partner`, in words)."""

    what: str
    who: str
    due_on: date
    owner_id: int | None = None
    partner: str = ""


@action
def add_task(*, actor: Actor, goal_id: int, task: TaskWords) -> GoalTask:
    """Something is to be done for an open goal.

    Refuses with "goal_settled", "task_empty", "task_owner_missing", "task_past", "worker_elsewhere".
    """
    goal: Goal = take_row(actor, Goal.objects, goal_id)
    if goal.state != Goal.State.OPEN:
        refuse("goal_settled")
    row = GoalTask(client=goal.client, goal=goal)
    _fill(row, task)
    row.save()
    _record(actor, row, "task.added", {"due_on": [None, row.due_on]}, {"what": ["", row.what]})
    return row


@action
def edit_task(*, actor: Actor, task_id: int, task: TaskWords) -> GoalTask:
    """Change an open task; an approved plan shows that it changed. Refuses as add_task, and with "task_settled"."""
    row = _open_task(actor, task_id)
    due_on, what, who = row.due_on, row.what, row.owner_name
    _fill(row, task)
    row.save()
    _record(
        actor,
        row,
        "task.edited",
        {"due_on": [due_on, row.due_on]},
        {"what": [what, row.what], "owner": [who, row.owner_name]},
    )
    return row


@action
def finish_task(*, actor: Actor, task_id: int, settled_on: date, result: str = "") -> GoalTask:
    """A task is done. Refuses with "task_settled" and what is wrong with the day."""
    row = _open_task(actor, task_id)
    check_day(settled_on, row.client, episode=row.goal.episode, field="settled_on")
    return _settled(actor, row, State.DONE, settled_on, paragraphs(result))


@action
def drop_task(*, actor: Actor, task_id: int, reason: str) -> GoalTask:
    """A task is given up, and why. Refuses with "task_settled", "reason_missing"."""
    row = _open_task(actor, task_id)
    return _settled(actor, row, State.DROPPED, clock.today(), paragraphs(reason_given(reason)))


def _open_task(actor: Actor, task_id: int) -> GoalTask:
    row: GoalTask = take_row(actor, GoalTask.objects, task_id)
    if row.state != State.OPEN:
        refuse("task_settled")
    return row


def _fill(row: GoalTask, task: TaskWords) -> None:
    what, partner = paragraphs(task.what), paragraphs(task.partner)
    moved = task.due_on if row.pk is None or task.due_on != row.due_on else None
    named = task.owner_id is not None if task.who == Who.STAFF else bool(partner)
    code, field = rules.task_problem(what, task.who, named=named, due_on=moved, today=clock.today())
    if code:
        refuse(code, field)
    row.what, row.who, row.due_on = what, task.who, task.due_on
    kept = row.owner_id is not None and task.owner_id == row.owner_id
    if task.who != Who.STAFF:
        row.owner = None
    elif not kept:
        row.owner = worker_at(task.owner_id, row.goal.episode.centre_id)
    row.partner = partner if task.who == Who.PARTNER else ""


def _settled(actor: Actor, row: GoalTask, state: str, day: date, result: str) -> GoalTask:
    row.state, row.settled_on, row.result = state, day, result
    row.save(update_fields=["state", "settled_on", "result"])
    _record(actor, row, f"task.{state}", {"state": [State.OPEN, state]}, {"result": ["", result]})
    return row


def _record(
    actor: Actor,
    row: GoalTask,
    verb: str,
    changes: dict[str, list[object]],
    sensitive: dict[str, list[object]],
) -> None:
    trail.record(actor, verb, row, subject=str(row.client.uid), changes=changes, sensitive=sensitive)
