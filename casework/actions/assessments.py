"""Assessing how somebody fares, through an instrument that is data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from audit import trail
from casework.actions.goals import NewGoal, set_goal
from casework.models import AssessedLevel, Assessment, Client, Episode, Goal, Instrument
from casework.refusals import refuse
from casework.rules import assessments as rules
from casework.rules.assessments import Judged
from casework.taking import check_day, reason_given, take_client, take_open_episode, take_row
from casework.tidying import paragraphs
from common.actions import action
from common.actor import Actor


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """What was seen on a day: key of a dimension → how it was judged."""

    assessed_on: date
    judged: Mapping[str, Judged] = field(default_factory=dict)


@action
def assess(*, actor: Actor, client_id: int, new: NewAssessment) -> Assessment:
    """Write down how somebody fares today. Goals named along with poor levels become open goals.

    Refuses with "episode_closed", "nothing_assessed", "level_unknown", "level_reason_missing",
    "poor_without_goal" and what is wrong with the day.
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    check_day(new.assessed_on, client, episode=episode, field="assessed_on")
    row = _write(actor, client, episode, Instrument.objects.current(), new)
    trail.record(
        actor,
        "assessment.made",
        row,
        subject=str(client.uid),
        changes={"assessed_on": [None, row.assessed_on], "levels": ["", _told(row)]},
    )
    return row


@action
def correct_assessment(*, actor: Actor, assessment_id: int, new: NewAssessment, reason: str) -> Assessment:
    """A new version of an assessment, made with the same instrument; the old one stays.

    Refuses with "corrected_already", "reason_missing" and as `assess` does.
    """
    old: Assessment = take_row(actor, Assessment.objects, assessment_id)
    why = reason_given(reason)
    if Assessment.objects.filter(corrects=old).exists():
        refuse("corrected_already")
    check_day(new.assessed_on, old.client, episode=old.episode, field="assessed_on")
    row = _write(actor, old.client, old.episode, old.instrument, new, corrects=old)
    trail.record(
        actor,
        "assessment.corrected",
        row,
        subject=str(old.client.uid),
        changes=trail.changed(
            {"assessed_on": old.assessed_on, "levels": _told(old)},
            {"assessed_on": row.assessed_on, "levels": _told(row)},
        ),
        reason=why[:500],
    )
    return row


def _write(
    actor: Actor,
    client: Client,
    episode: Episode,
    instrument: Instrument,
    new: NewAssessment,
    corrects: Assessment | None = None,
) -> Assessment:
    open_goals = Goal.objects.open().filter(episode=episode)
    pursued = set(open_goals.values_list("dimension", flat=True))
    if wrong := rules.problem(instrument.keys, new.judged, pursued=pursued):
        code, field_name = wrong
        refuse(code, field_name)
    row = Assessment.objects.create(
        client=client,
        episode=episode,
        instrument=instrument,
        assessed_on=new.assessed_on,
        assessed_by_id=actor.user_id,
        corrects=corrects,
    )
    for key in instrument.keys:
        one = new.judged.get(key)
        if one is None or one.level is None:
            continue
        level = AssessedLevel.objects.create(
            assessment=row,
            dimension=key,
            level=one.level,
            reason=paragraphs(one.reason),
            why_no_goal=paragraphs(one.why_no_goal) if rules.is_poor(one.level) else "",
        )
        if rules.is_poor(one.level) and one.goal.strip():
            set_goal(
                actor=actor,
                client_id=client.pk,
                goal=NewGoal(text=one.goal, dimension=key, rose_from_id=level.pk),
            )
    return row


def _told(row: Assessment) -> str:
    """The levels in the order of the instrument: "1, 3, –, 2, 4"."""
    levels = row.by_dimension()
    return ", ".join(str(levels[key].level) if key in levels else "–" for key in row.instrument.keys)
