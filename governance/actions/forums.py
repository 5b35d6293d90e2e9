"""Planning a forum, and recording that it was held, who came and what it was evidence of."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require
from governance import forum_rules as rules
from governance.models import Attendance, Evidence, Forum, Holding
from governance.permissions import can_run_at
from governance.refusals import refuse, refuse_if
from governance.taking import take_forum

State = Forum.State


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned of a forum."""

    title: str
    day: date
    place: str
    topic: str
    planned_level: str


@dataclass(frozen=True, slots=True)
class Held:
    """That a forum was held: on which day, the level it reached, and why that can be said."""

    held_on: date
    level: str
    reason: str


@action
def plan_forum(*, actor: Actor, centre_id: int, plan: Plan) -> Forum:
    """Write down a forum to be held, or one that was held already. Refuses with "forum_too_far", "text_missing"."""
    require(can_run_at(actor, centre_id), _("Forums are held by the caseworkers of a centre."))
    values = _checked(plan)
    forum = Forum.objects.create(centre_id=centre_id, **values)
    trail.record(actor, "forum.planned", forum, changes={"day": [None, plan.day]})
    return forum


@action
def change_plan(*, actor: Actor, forum_id: int, plan: Plan) -> Forum:
    """Change what is planned, until the forum was held.

    Refuses with "forum_held", "forum_cancelled", "forum_too_far", "text_missing".
    """
    forum = _take_planned(actor, forum_id)
    values = _checked(plan)
    changes = trail.changed({name: getattr(forum, name) for name in values}, values)
    for name, value in values.items():
        setattr(forum, name, value)
    forum.save(update_fields=list(values))
    trail.record(actor, "forum.plan_changed", forum, changes=changes)
    return forum


@action
def cancel_forum(*, actor: Actor, forum_id: int, reason: str) -> Forum:
    """Call a planned forum off. Refuses with "forum_held", "forum_cancelled", "reason_missing"."""
    forum = _take_planned(actor, forum_id)
    why = " ".join(reason.split()) or refuse("reason_missing", "reason")
    forum.state = State.CANCELLED
    forum.save(update_fields=["state"])
    trail.record(
        actor, "forum.cancelled", forum, reason=why[:500], changes={"state": [State.PLANNED, State.CANCELLED]}
    )
    return forum


@action
def hold_forum(*, actor: Actor, forum_id: int, held: Held) -> Holding:
    """Record that a forum was held and which level it reached; said again, it corrects what was said before.

    Refuses with "forum_cancelled", "forum_future", "text_missing", "nothing_changed".
    """
    forum = take_forum(actor, forum_id)
    if forum.state == State.CANCELLED:
        refuse("forum_cancelled")
    refuse_if(rules.holding_problem(held.held_on, today=clock.today()), "held_on")
    if not held.reason.strip():
        refuse("text_missing", "reason")
    before = Holding.objects.standing().filter(forum=forum).first()
    if before and (before.held_on, before.level, before.reason) == (held.held_on, held.level, held.reason):
        refuse("nothing_changed")
    row = Holding.objects.create(forum=forum, corrects=before, actor_key=actor.key, **asdict(held))
    forum.day, forum.state = held.held_on, State.HELD
    forum.save(update_fields=["day", "state"])
    trail.record(
        actor,
        "forum.held" if before is None else "forum.holding_corrected",
        forum,
        changes={
            "held_on": [before.held_on if before else None, held.held_on],
            "level": [before.level if before else "", held.level],
        },
    )
    return row


@action
def record_attendance(*, actor: Actor, forum_id: int, counts: Mapping[str, int | None]) -> list[Attendance]:
    """Write down how many of each group came; a number that differs from the one that stands corrects it.

    None leaves a group as it is. Refuses with "forum_cancelled", "forum_not_begun", "people_negative",
    "people_too_many", "nothing_changed".
    """
    forum = _take_begun(actor, forum_id)
    standing = {row.group: row for row in Attendance.objects.standing().filter(forum=forum)}
    rows: list[Attendance] = []
    for group, count in counts.items():
        if count is None:
            continue
        refuse_if(rules.people_problem(count), group)
        before = standing.get(group)
        if before is None or before.count != count:
            rows.append(
                Attendance.objects.create(
                    forum=forum, group=group, count=count, corrects=before, actor_key=actor.key
                )
            )
    if not rows:
        refuse("nothing_changed")
    before_all = {group: row.count for group, row in standing.items()}
    after_all = before_all | {row.group: row.count for row in rows}
    changes = {"attendance": [sum(before_all.values()), sum(after_all.values())]}
    trail.record(actor, "forum.attendance_recorded", forum, changes=changes)
    return rows


@action
def write_evidence(*, actor: Actor, forum_id: int, texts: Mapping[str, str]) -> list[Evidence]:
    """Write the parts of evidence; a text that differs from the one that stands corrects it, an empty one is left.

    Refuses with "forum_cancelled", "forum_not_begun", "evidence_too_long", "nothing_changed".
    """
    forum = _take_begun(actor, forum_id)
    standing = {row.part: row for row in Evidence.objects.standing().filter(forum=forum)}
    rows: list[Evidence] = []
    for part in rules.PARTS:
        text = texts.get(part, "").strip()
        if len(text) > rules.LONGEST_VOICE:
            refuse("evidence_too_long", part)
        before = standing.get(part)
        if text and (before is None or before.text != text):
            rows.append(
                Evidence.objects.create(
                    forum=forum, part=part, text=text, corrects=before, actor_key=actor.key
                )
            )
    if not rows:
        refuse("nothing_changed")
    trail.record(
        actor,
        "forum.evidence_written",
        forum,
        changes={"evidence": [len(standing), len(standing.keys() | {row.part for row in rows})]},
    )
    return rows


def _checked(plan: Plan) -> dict[str, Any]:
    refuse_if(rules.plan_problem(plan.day, today=clock.today()), "day")
    values = {**asdict(plan), "title": " ".join(plan.title.split()), "place": " ".join(plan.place.split())}
    for name in ("title", "place", "topic"):
        if not values[name].strip():
            refuse("text_missing", name)
    return values


def _take_planned(actor: Actor, forum_id: int) -> Forum:
    forum = take_forum(actor, forum_id)
    if forum.state == State.HELD:
        refuse("forum_held")
    if forum.state == State.CANCELLED:
        refuse("forum_cancelled")
    return forum


def _take_begun(actor: Actor, forum_id: int) -> Forum:
    forum = take_forum(actor, forum_id)
    refuse_if(
        rules.voices_problem(day=forum.day, today=clock.today(), cancelled=forum.state == State.CANCELLED)
    )
    return forum
