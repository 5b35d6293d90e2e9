"""Goals: what somebody wants to reach, in their own words first, and what became of it."""

from dataclasses import dataclass
from datetime import date

from audit import trail
from casework.models import Goal
from casework.refusals import refuse
from casework.taking import check_day, take_client, take_open_episode, take_row, worker_at
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal; `words` are the person's own, `text` the worker's, one of the two is enough.

    `why_no_words`: why the person's own are missing; kept only without them.

    `dimension`: key of a dimension of the instrument, "" for none of them. `owner_id`: who looks after it, by
    default whoever has the case. `rose_from_id`: the poor level that obliged it.
    """

    words: str = ""
    text: str = ""
    why_no_words: str = ""
    dimension: str = ""
    due_on: date | None = None
    owner_id: int | None = None
    rose_from_id: int | None = None


@action
def set_goal(*, actor: Actor, client_id: int, goal: NewGoal) -> Goal:
    """Write down what is to be reached.

    Refuses with "episode_closed", "goal_empty", "goal_past", "worker_elsewhere".
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    words, text = paragraphs(goal.words), paragraphs(goal.text)
    if not words and not text:
        refuse("goal_empty", "words")
    if goal.due_on is not None and goal.due_on < clock.today():
        refuse("goal_past", "due_on")
    owner = worker_at(goal.owner_id, episode.centre_id)
    row = Goal.objects.create(
        client=client,
        episode=episode,
        dimension=goal.dimension,
        words=words,
        text=text,
        why_no_words="" if words else paragraphs(goal.why_no_words),
        due_on=goal.due_on,
        owner=owner or episode.worker,
        rose_from_id=goal.rose_from_id,
        set_on=clock.today(),
    )
    trail.record(
        actor,
        "goal.set",
        row,
        subject=str(client.uid),
        changes={"due_on": [None, row.due_on]},
        sensitive={"words": ["", row.words], "text": ["", row.text]},
    )
    return row


@action
def edit_goal(*, actor: Actor, goal_id: int, goal: NewGoal) -> Goal:
    """Put an open goal in other words, to another day or colleague; an approved plan shows that it changed.

    Refuses with "goal_settled", "goal_empty", "goal_past", "worker_elsewhere".
    """
    row: Goal = take_row(actor, Goal.objects, goal_id)
    if row.state != Goal.State.OPEN:
        refuse("goal_settled")
    words, text = paragraphs(goal.words), paragraphs(goal.text)
    if not words and not text:
        refuse("goal_empty", "words")
    before = {"words": row.words, "text": row.text, "why_no_words": row.why_no_words}
    due_on = row.due_on
    if goal.due_on is not None and goal.due_on != due_on and goal.due_on < clock.today():
        refuse("goal_past", "due_on")
    if goal.owner_id != row.owner_id:
        row.owner = worker_at(goal.owner_id, row.episode.centre_id) or row.episode.worker
    row.words, row.text, row.dimension, row.due_on = words, text, goal.dimension, goal.due_on
    row.why_no_words = "" if words else paragraphs(goal.why_no_words)
    row.save()
    trail.record(
        actor,
        "goal.edited",
        row,
        subject=str(row.client.uid),
        changes={"due_on": [due_on, row.due_on]},
        sensitive={name: [old, getattr(row, name)] for name, old in before.items()},
    )
    return row


@action
def settle_goal(*, actor: Actor, goal_id: int, state: str, settled_on: date, note: str = "") -> Goal:
    """What became of a goal.

    Args:
        state: "reached", "partly" or "let_go".

    Refuses with "goal_settled" and what is wrong with the day.
    """
    goal: Goal = take_row(actor, Goal.objects, goal_id)
    if goal.state != Goal.State.OPEN or state not in set(Goal.State.values) - {Goal.State.OPEN}:
        refuse("goal_settled")
    check_day(settled_on, goal.client, episode=goal.episode, field="settled_on")
    goal.state, goal.settled_on, goal.settled_note = state, settled_on, paragraphs(note)
    goal.save(update_fields=["state", "settled_on", "settled_note"])
    trail.record(
        actor,
        "goal.settled",
        goal,
        subject=str(goal.client.uid),
        changes={"state": [Goal.State.OPEN, state]},
        sensitive={"settled_note": ["", goal.settled_note]},
    )
    return goal
