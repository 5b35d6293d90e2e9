"""Making a demand of what was said, following it up, and telling those who asked what became of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from governance import forum_rules as rules
from governance.models import Answer, Demand, DemandEvent, Forum, Telling, Voice
from governance.refusals import refuse, refuse_if
from governance.taking import take_demand, take_forum

Kind = DemandEvent.Kind
State = Demand.State

STEPS = (Kind.PASSED_ON, Kind.TAKEN_UP, Kind.WITHDRAWN)
"""Steps that are recorded by themselves; the others follow from an act."""


@dataclass(frozen=True, slots=True)
class NewDemand:
    """What is asked for, by which voices, of whom, and by when an answer was promised."""

    text: str
    owner: str
    made_on: date
    due_on: date
    voices: Sequence[UUID]
    keeper_id: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    outcome: str
    text: str
    answered_on: date


@dataclass(frozen=True, slots=True)
class Told:
    told_on: date
    how: str
    people: int
    note: str = ""


@action
def make_demand(*, actor: Actor, forum_id: int, new: NewDemand) -> Demand:
    """Draw a demand from voices of a forum.

    Refuses with "forum_cancelled", "forum_not_begun", "voices_missing", "text_missing", "demand_future",
    "demand_before_forum", "due_before_made", "due_too_far".
    """
    forum, today = take_forum(actor, forum_id), clock.today()
    cancelled = forum.state == Forum.State.CANCELLED
    refuse_if(rules.voices_problem(day=forum.day, today=today, cancelled=cancelled))
    for name in ("text", "owner"):
        if not getattr(new, name).strip():
            refuse("text_missing", name)
    problem = rules.demand_problem(made_on=new.made_on, due_on=new.due_on, forum_day=forum.day, today=today)
    refuse_if(problem, "made_on" if problem.startswith("demand") else "due_on")
    voices = list(Voice.objects.standing().filter(forum=forum, uid__in=new.voices))
    if not voices or len(voices) != len(set(new.voices)):
        refuse("voices_missing", "voices")
    demand = Demand.objects.create(
        forum=forum,
        text=new.text.strip(),
        owner=" ".join(new.owner.split()),
        keeper=_keeper(forum, new.keeper_id),
        made_on=new.made_on,
        due_on=new.due_on,
    )
    demand.voices.set(voices)
    _note(actor, demand, Kind.MADE, new.made_on)
    trail.record(actor, "demand.made", demand, changes={"due_on": [None, new.due_on]})
    return demand


@action
def note_step(*, actor: Actor, demand_id: int, kind: str, occurred_on: date, note: str = "") -> DemandEvent:
    """Record that a demand was passed on, taken up, or withdrawn by those who asked.

    Refuses with "demand_settled", "step_future", "step_before_made", "reason_missing" (a withdrawal says why).
    """
    demand = take_demand(actor, demand_id)
    if kind not in STEPS:
        raise NotVisible
    refuse_if(rules.step_problem(occurred_on, made_on=demand.made_on, today=clock.today()), "occurred_on")
    if kind == Kind.WITHDRAWN:
        if not note.strip():
            refuse("reason_missing", "note")
        _move(demand, State.WITHDRAWN)
    event = _note(actor, demand, Kind(kind), occurred_on, note)
    trail.record(actor, "demand.step_noted", demand, changes={"kind": ["", kind]})
    return event


@action
def answer_demand(
    *, actor: Actor, demand_id: int, answered: Answered, corrects_id: int | None = None
) -> Answer:
    """Keep what was answered; with `corrects_id` in place of an answer written down wrongly.

    Refuses with "demand_settled", "step_future", "step_before_made", "text_missing", "corrected_already".
    """
    demand = take_demand(actor, demand_id)
    problem = rules.step_problem(answered.answered_on, made_on=demand.made_on, today=clock.today())
    refuse_if(problem, "answered_on")
    if not answered.text.strip():
        refuse("text_missing", "text")
    before = _answer_to_correct(demand, corrects_id)
    row = Answer.objects.create(demand=demand, corrects=before, actor_key=actor.key, **asdict(answered))
    if before is None:
        _note(actor, demand, Kind.ANSWERED, answered.answered_on)
        # A new answer is news again, also for those who were told of an earlier one.
        _move(demand, State.ANSWERED)
    trail.record(
        actor,
        "demand.answered" if before is None else "demand.answer_corrected",
        demand,
        changes={
            "outcome": [before.outcome if before else "", answered.outcome],
            "answered_on": [before.answered_on if before else None, answered.answered_on],
        },
    )
    return row


@action
def tell_back(*, actor: Actor, demand_id: int, told: Told) -> Telling:
    """Record that those who asked were told what became of it.

    Refuses with "demand_settled", "not_answered", "told_before_answer", "step_future", "people_nobody",
    "people_negative", "people_too_many".
    """
    demand = take_demand(actor, demand_id)
    answers = Answer.objects.standing().filter(demand=demand)
    first = answers.order_by("answered_on").values_list("answered_on", flat=True).first()
    refuse_if(rules.telling_problem(told.told_on, first_answer=first, today=clock.today()), "told_on")
    refuse_if(rules.people_problem(told.people), "people")
    if told.people == 0:
        refuse("people_nobody", "people")
    row = Telling.objects.create(demand=demand, actor_key=actor.key, **asdict(told))
    _note(actor, demand, Kind.TOLD_BACK, told.told_on)
    _move(demand, State.TOLD)
    trail.record(actor, "demand.told_back", demand, changes={"people": [None, told.people]})
    return row


def _keeper(forum: Forum, keeper_id: int | None) -> User | None:
    """The colleague who follows up: somebody of the centre."""
    if keeper_id is None:
        return None
    return User.objects.filter(pk=keeper_id, memberships__centre_id=forum.centre_id).distinct().first()


def _answer_to_correct(demand: Demand, corrects_id: int | None) -> Answer | None:
    if corrects_id is None:
        return None
    before = Answer.objects.filter(demand=demand, pk=corrects_id).first()
    if before is None:
        raise NotVisible
    if Answer.objects.filter(corrects=before).exists():
        refuse("corrected_already")
    return before


def _move(demand: Demand, state: str) -> None:
    demand.state = state
    demand.save(update_fields=["state"])


def _note(actor: Actor, demand: Demand, kind: Kind, day: date, note: str = "") -> DemandEvent:
    return DemandEvent.objects.create(
        demand=demand, kind=kind, occurred_on=day, note=" ".join(note.split())[:500], actor_key=actor.key
    )
