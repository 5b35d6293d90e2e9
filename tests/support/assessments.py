"""Assessments and goals to test with."""

from typing import Any

from casework.models import AssessedLevel, Assessment, Episode, Goal, Instrument
from common import clock


def assessment(of: Episode, levels: dict[str, int] | None = None, **fields: Any) -> Assessment:
    """An assessment with these levels; living at 2 unless said otherwise."""
    day = fields.pop("assessed_on", clock.today())
    row = Assessment.objects.create(
        client=of.client,
        episode=of,
        instrument=Instrument.objects.current(),
        assessed_on=day,
        assessed_by=of.worker,
        **fields,
    )
    for dimension, level in (levels or {"living": 2}).items():
        AssessedLevel.objects.create(assessment=row, dimension=dimension, level=level, reason="คุยกันที่ศูนย์")
    return row


def goal(of: Episode, **fields: Any) -> Goal:
    """An open goal in the person's own words."""
    defaults = {"words": "อยากมีห้องของตัวเอง", "dimension": "living", "set_on": clock.today()}
    return Goal.objects.create(client=of.client, episode=of, owner=of.worker, **defaults | fields)
