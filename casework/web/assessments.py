"""Assessments: the tab with the change over time, the form, the form on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import permissions
from casework.actions.assessments import assess, correct_assessment
from casework.models import AssessedLevel, Assessment, Client, Episode, Goal, Instrument
from casework.papers import assessment_form_pdf
from casework.rules import assessments as rules
from casework.web.acting import act_page, tab_url
from casework.web.around import own_row
from casework.web.file import file_context, open_episode, own_client, seen_client
from casework.web.forms.assessments import AssessmentForm, CorrectAssessmentForm, standing_values
from common.permissions import require
from common.web import files

TEMPLATE = "casework/assessments/form.html"
COLUMNS = 6
"""So many assessments stand side by side; of more, the first and the latest."""


@dataclass(frozen=True)
class Cell:
    """The level of one dimension at one assessment; `step` is how far it is from the one before."""

    level: AssessedLevel | None
    words: str = ""
    step: int = 0

    @property
    def up(self) -> bool:
        return self.step > 0

    @property
    def down(self) -> bool:
        return self.step < 0


@require_GET
def tab(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How somebody fares over time, and what is to be reached."""
    client = seen_client(request, uid)
    require(
        permissions.can_read_notes(request.actor, client),
        _("Assessments are read by caseworkers and nurses."),
    )
    context = file_context(request, client, "assessments")
    made = list(_made(client))
    goals = list(client.goals.select_related("owner", "episode"))
    names = {dimension.key: dimension.name for row in made for dimension in row.instrument.shown}
    names |= {dimension.key: dimension.name for dimension in Instrument.objects.current().shown}
    return render(
        request,
        "casework/assessments/tab.html",
        context
        | {
            "columns": _columns(made),
            "rows": _rows(_columns(made), names),
            "changes": _changes(made, names),
            "latest": made[-1] if made else None,
            "latest_rows": _latest(made),
            "open_goals": [_shown(g, names) for g in goals if g.state == Goal.State.OPEN],
            "past_goals": [_shown(g, names) for g in goals if g.state != Goal.State.OPEN],
        },
    )


def _made(client: Client) -> Any:
    """Assessments that stand, the oldest first."""
    found = client.assessments.standing().select_related("instrument", "assessed_by", "episode")
    return found.prefetch_related("levels").order_by("assessed_on", "pk")


def _columns(made: Sequence[Assessment]) -> list[Assessment]:
    return list(made) if len(made) <= COLUMNS else [made[0], *made[-COLUMNS + 1 :]]


def _rows(columns: Sequence[Assessment], names: dict[str, str]) -> list[dict[str, Any]]:
    """One row for each dimension that was ever assessed."""
    levels = [row.by_dimension() for row in columns]
    anchors = [{dimension.key: dimension.levels for dimension in row.instrument.shown} for row in columns]
    rows = []
    for key, name in names.items():
        if not any(key in found for found in levels):
            continue
        cells, before = [], None
        for found, texts in zip(levels, anchors, strict=True):
            one = found.get(key)
            step = one.level - before if one and before is not None else 0
            cells.append(Cell(one, texts[key][one.level - 1] if one else "", step))
            before = one.level if one else before
        rows.append({"name": name, "cells": cells})
    return rows


def _changes(made: Sequence[Assessment], names: dict[str, str]) -> list[dict[str, Any]]:
    """What is different today from each earlier assessment, the nearest first."""
    if len(made) < 2:
        return []
    now = {key: level.level for key, level in made[-1].by_dimension().items()}
    found = []
    for earlier in reversed(made[:-1]):
        then = {key: level.level for key, level in earlier.by_dimension().items()}
        change = rules.change(then, now)
        found.append(
            {
                "since": earlier.assessed_on,
                "better": [names[key] for key in change.better],
                "worse": [names[key] for key in change.worse],
                "same": not change.better and not change.worse,
            }
        )
    return found


def _latest(made: Sequence[Assessment]) -> list[dict[str, Any]]:
    """The last assessment in words."""
    if not made:
        return []
    levels = made[-1].by_dimension()
    return [
        {
            "name": dimension.name,
            "level": levels[dimension.key],
            "words": dimension.levels[levels[dimension.key].level - 1],
        }
        for dimension in made[-1].instrument.shown
        if dimension.key in levels
    ]


def _shown(goal: Goal, names: dict[str, str]) -> dict[str, Any]:
    return {"goal": goal, "dimension": names.get(goal.dimension, "")}


def _pursued(episode: Episode) -> set[str]:
    return set(episode.goals.open().values_list("dimension", flat=True))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Assess how somebody fares."""
    client = own_client(request, uid)
    episode = open_episode(client)
    last = _made(client).last()
    form = AssessmentForm(
        request.POST or None,
        instrument=Instrument.objects.current(),
        before=last.by_dimension() if last else {},
        pursued=_pursued(episode),
    )
    return act_page(
        request,
        client,
        form,
        act=lambda _values: assess(actor=request.actor, client_id=client.pk, new=form.new),
        title=_("Assess how they fare"),
        submit=_("Save the assessment"),
        lead=_("Talk it through with the person. What is not assessed today may be left for later."),
        back=tab_url(client, "assessments"),
        done=_("The assessment is saved."),
        template=TEMPLATE,
        context={"last": last},
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a new version in the place of an assessment."""
    row: Assessment = own_row(request, Assessment, uid)
    form = CorrectAssessmentForm(
        request.POST or None,
        initial=standing_values(row),
        instrument=row.instrument,
        before={},
        pursued=_pursued(row.episode),
    )
    return act_page(
        request,
        row.client,
        form,
        act=lambda values: correct_assessment(
            actor=request.actor, assessment_id=row.pk, new=form.new, reason=values["reason"]
        ),
        title=_("Correct an assessment"),
        submit=_("Save the correction"),
        lead=_("The old version stays in the file, marked as corrected."),
        back=tab_url(row.client, "assessments"),
        done=_("The assessment is corrected."),
        template=TEMPLATE,
        context={"last": None},
    )


@require_GET
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The blank form as PDF, with the case code on it and no name."""
    client = own_client(request, uid)
    content = assessment_form_pdf(Instrument.objects.current(), code=client.code)
    return files.answer(content, f"assessment-{client.code}.pdf", files.PDF, inline=True)
