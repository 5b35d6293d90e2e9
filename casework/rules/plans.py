"""What makes a plan, who may decide about it, and what has changed since somebody did.

Everything here is our default: the Act obliges nobody to write a plan, but help that nobody planned with the person
is help that happened to them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FROM = {"submit": "draft", "take_back": "submitted", "approve": "submitted", "return": "submitted"}
"""Step → the state in which a plan must be for it."""

OWNERS = ("staff", "person", "partner")
"""Who may look after a task: a colleague, the person themselves, somebody else in words."""


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task as it stands in a plan. `who` tells owners apart, `owner` is how they are named, "" the person."""

    key: str
    what: str
    who: str
    owner: str
    due_on: date

    def agreed(self) -> tuple[object, ...]:
        """What people agreed on; a colleague who changes their name changes no plan."""
        return (self.what, self.who, self.due_on)


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """A goal as it stands in a plan, the person's own words first."""

    key: str
    words: str
    text: str
    why_no_words: str
    due_on: date | None
    tasks: tuple[PlannedTask, ...]

    def agreed(self) -> tuple[object, ...]:
        return (self.words, self.text, self.why_no_words, self.due_on)


def step_problem(step: str, state: str) -> str:
    """Whether a plan in `state` may take `step`. Codes: "plan_not_draft", "plan_not_submitted"."""
    needed = FROM[step]
    return "" if state == needed else f"plan_not_{needed}"


def content_problem(goals: Sequence[PlannedGoal]) -> tuple[str, str]:
    """What a plan lacks before it can be submitted: (code, what the goal is called), ("", "") when nothing.

    Codes: "plan_without_goals"; "goal_without_words" (neither the person's own words nor the reason why there are
    none); "goal_without_task" (nobody does anything for it).
    """
    if not goals:
        return "plan_without_goals", ""
    for goal in goals:
        if not goal.words and not goal.why_no_words:
            return "goal_without_words", goal.text
        if not goal.tasks:
            return "goal_without_task", goal.words or goal.text
    return "", ""


def task_problem(what: str, who: str, *, named: bool, due_on: date | None, today: date) -> tuple[str, str]:
    """What is wrong with a task: (code, field). `named`: the colleague, or the partner in words, is given.

    `due_on` is None when the day stays as it was. Codes: "task_empty", "task_owner_missing", "task_past".
    """
    if not what:
        return "task_empty", "what"
    if who not in OWNERS:
        return "task_owner_missing", "who"
    if who != "person" and not named:
        return "task_owner_missing", "owner" if who == "staff" else "partner"
    return ("task_past", "due_on") if due_on is not None and due_on < today else ("", "")


def decides(user_id: int | None, *, author_id: int | None, submitter_id: int | None) -> bool:
    """Nobody decides about a plan that they wrote or handed in."""
    return user_id is not None and user_id not in (author_id, submitter_id)


def changes(then: Sequence[PlannedGoal], now: Sequence[PlannedGoal]) -> Mapping[str, str]:
    """Key of each goal and task that is not as it was → "changed", "new" or "gone"."""
    before, after = _agreed(then), _agreed(now)
    found = {key: "new" for key in after if key not in before}
    found |= {key: "gone" for key in before if key not in after}
    return found | {key: "changed" for key, said in after.items() if key in before and before[key] != said}


def _agreed(goals: Collection[PlannedGoal]) -> dict[str, tuple[object, ...]]:
    found = {goal.key: goal.agreed() for goal in goals}
    return found | {task.key: task.agreed() for goal in goals for task in goal.tasks}
