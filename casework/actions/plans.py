"""The plan of an episode: begun, handed in, approved or returned by somebody else."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from audit import trail
from casework import permissions, planning
from casework.models import Episode, Plan, PlanEvent
from casework.refusals import refuse, refuse_if
from casework.rules import plans as rules
from casework.taking import reason_given, take_client, take_open_episode, take_row
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require

State, Kind = Plan.State, PlanEvent.Kind


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What a plan says beyond its goals: what else was agreed, and when it is looked at again with the person."""

    note: str = ""
    review_on: date | None = None


@action
def start_plan(*, actor: Actor, client_id: int, words: PlanWords) -> Plan:
    """Begin the first or the next version of the plan; the case moves on to "planning" if it is not further.

    Refuses with "episode_closed", "plan_open", "plan_review_past".
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    if episode.plans.filter(state__in=(State.DRAFT, State.SUBMITTED)).exists():
        refuse("plan_open")
    _check(words)
    last = episode.plans.order_by("-number").first()
    row = Plan.objects.create(
        client=client,
        episode=episode,
        number=last.number + 1 if last else 1,
        note=paragraphs(words.note),
        review_on=words.review_on,
        author_id=actor.user_id,
        begun_on=clock.today(),
    )
    _step(actor, row, Kind.BEGUN)
    planning.advance(actor, episode, Episode.State.PLAN)
    trail.record(
        actor,
        "plan.begun",
        row,
        subject=str(client.uid),
        changes={"number": [None, row.number], "review_on": [None, row.review_on]},
        sensitive={"note": ["", row.note]},
    )
    return row


@action
def edit_plan(*, actor: Actor, plan_id: int, words: PlanWords) -> Plan:
    """Change what a draft says beyond its goals. Refuses with "plan_not_draft", "plan_review_past"."""
    row = _taken(actor, plan_id, "submit")
    if words.review_on != row.review_on:
        _check(words)
    before = {"note": row.note, "review_on": row.review_on}
    row.note, row.review_on = paragraphs(words.note), words.review_on
    row.save(update_fields=["note", "review_on"])
    trail.record(
        actor,
        "plan.edited",
        row,
        subject=str(row.client.uid),
        changes={"review_on": [before["review_on"], row.review_on]},
        sensitive={"note": [before["note"], row.note]},
    )
    return row


@action
def submit_plan(*, actor: Actor, plan_id: int) -> Plan:
    """Hand a draft in; what its goals and tasks say is kept as it is now.

    Refuses with "plan_not_draft", "plan_without_goals", "goal_without_words", "goal_without_task".
    """
    row = _taken(actor, plan_id, "submit")
    said = planning.lines(planning.goals_of(row.episode))
    code, called = rules.content_problem(said)
    if code:
        refuse(code, goal=called)
    row.submitted_at, row.submitted_by_id = clock.now(), actor.user_id
    return _moved(actor, row, State.SUBMITTED, Kind.SUBMITTED, content=planning.written(said))


@action
def take_back_plan(*, actor: Actor, plan_id: int) -> Plan:
    """Take a plan back that nobody has decided about: it is a draft again. Refuses with "plan_not_submitted"."""
    row = _taken(actor, plan_id, "take_back")
    row.submitted_at = row.submitted_by = None
    return _moved(actor, row, State.DRAFT, Kind.TAKEN_BACK)


@action
def approve_plan(*, actor: Actor, plan_id: int, seen: datetime | None = None) -> Plan:
    """A lead who neither wrote nor handed it in approves; the earlier version is replaced, the case follows the plan.

    Args:
        seen: when the version was handed in that the actor has read.

    Refuses with "plan_not_submitted", "plan_handed_in_anew" (another version than `seen`), "plan_changed" (goals or
    tasks are not as they were handed in).
    """
    row = _decided(actor, plan_id, "approve", seen)
    if planning.changed_since(row, planning.goals_of(row.episode)):
        refuse("plan_changed")
    row.episode.plans.filter(state=State.APPROVED, replaced_on__isnull=True).update(replaced_on=clock.today())
    moved = _moved(actor, row, State.APPROVED, Kind.APPROVED)
    planning.advance(actor, row.episode, Episode.State.FOLLOW_THROUGH)
    return moved


@action
def return_plan(*, actor: Actor, plan_id: int, reason: str, seen: datetime | None = None) -> Plan:
    """A lead who neither wrote nor handed it in returns it; mending begins the next version.

    Refuses with "plan_not_submitted", "plan_handed_in_anew", "reason_missing".
    """
    row = _decided(actor, plan_id, "return", seen)
    row.return_reason = paragraphs(reason_given(reason))
    return _moved(actor, row, State.RETURNED, Kind.RETURNED, note=row.return_reason)


def _check(words: PlanWords) -> None:
    if words.review_on is not None and words.review_on < clock.today():
        refuse("plan_review_past", "review_on")


def _taken(actor: Actor, plan_id: int, step: str) -> Plan:
    """The plan in hand, of an open episode and in the state for `step`."""
    row: Plan = take_row(actor, Plan.objects, plan_id)
    row.episode = take_open_episode(row.client)
    refuse_if(rules.step_problem(step, row.state))
    return row


def _decided(actor: Actor, plan_id: int, step: str, seen: datetime | None) -> Plan:
    row: Plan = take_row(actor, Plan.objects, plan_id)
    require(permissions.can_decide_plan(actor, row), _("A lead decides who neither wrote nor handed it in."))
    row.episode = take_open_episode(row.client)
    refuse_if(rules.step_problem(step, row.state))
    if seen is not None and seen != row.submitted_at:
        refuse("plan_handed_in_anew")
    row.decided_at, row.decided_by_id = clock.now(), actor.user_id
    return row


def _moved(actor: Actor, row: Plan, state: str, kind: str, *, note: str = "", content: str = "") -> Plan:
    before, row.state = row.state, state
    row.save()
    _step(actor, row, kind, note=note, content=content)
    trail.record(
        actor,
        f"plan.{kind}",
        row,
        subject=str(row.client.uid),
        changes={"state": [before, state]},
        sensitive={"reason": ["", note]} if note else {},
    )
    return row


def _step(actor: Actor, row: Plan, kind: str, *, note: str = "", content: str = "") -> None:
    PlanEvent.objects.create(plan=row, kind=kind, by_id=actor.user_id, note=note, content=content)
