"""Forums: the list, one forum, and what is recorded of it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Centre
from audit.trail import noted_read
from common import clock
from common.permissions import require
from common.web import files
from governance import forum_reading, told_back
from governance import forum_rules as rules
from governance.actions.forums import (
    cancel_forum,
    change_plan,
    hold_forum,
    plan_forum,
    record_attendance,
    write_evidence,
)
from governance.models import RUNNERS, Forum, Holding, Level
from governance.permissions import can_run_forums, can_write_forum
from governance.web.forum_acting import act_page, forum_url, own_forum, require_reader, seen_forum
from governance.web.forum_forms import AttendanceForm, EvidenceForm, HeldForm, PlanForm, ReasonForm

PAGE = 20


@require_GET
def forums(request: HttpRequest) -> HttpResponse:
    """Forums the actor may read, newest first."""
    require_reader(request)
    chosen = request.GET.get("show", "") if request.GET.get("show", "") in Forum.State.values else ""
    found = Forum.objects.visible_to(request.actor).select_related("centre__province")
    if chosen:
        found = found.filter(state=chosen)
    standing = Q(voices__corrected_by__isnull=True, voices__is_void=False)
    found = found.annotate(
        voice_count=Count("voices", filter=standing, distinct=True),
        demand_count=Count("demands", distinct=True),
    ).order_by("-day", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    tabs = [("", _("All")), *Forum.State.choices]
    context = {
        "page": page,
        "rows": [forum_reading.line(forum, request.actor) for forum in page.object_list],
        "tabs": [
            {"label": label, "url": f"?show={code}" if code else "?", "current": code == chosen}
            for code, label in tabs
        ],
        "may_plan": can_run_forums(request.actor),
    }
    return render(request, "governance/forums/list.html", context)


@require_GET
def forum(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One forum: the plan, what came of it, the voices and the demands."""
    found = seen_forum(request, uid)
    voices = forum_reading.voices(found, request.actor)
    noted_read(request.actor, "forum", subjects=sorted({one.subject for one in voices} - {""}))
    evidence = forum_reading.evidence(found)
    context = {
        "forum": found,
        "holding": Holding.objects.standing().filter(forum=found).first(),
        "planned_level": Level(found.planned_level).label,
        "attendance": forum_reading.attendance(found),
        "evidence": evidence,
        "evidence_given": sum(1 for part in evidence if part.text),
        "evidence_parts": len(rules.PARTS),
        "voices": voices,
        "demands": forum_reading.demand_rows(found.demands.all(), clock.today()),
        "may_write": can_write_forum(request.actor, found),
        "begun": found.day <= clock.today() and found.state != Forum.State.CANCELLED,
        "planned": found.state == Forum.State.PLANNED,
        "held": found.state == Forum.State.HELD,
    }
    return render(request, "governance/forums/forum.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a forum, or write one down that was held."""
    require_reader(request)
    require(can_run_forums(request.actor), _("Forums are held by the caseworkers of a centre."))
    centres = Centre.objects.filter(pk__in=request.actor.centres_as(*RUNNERS))
    form = PlanForm(request.POST or None, centres=centres, initial={"centre": centres.first()})
    return act_page(
        request,
        form,
        act=lambda values: plan_forum(actor=request.actor, centre_id=values["centre"].pk, plan=form.plan),
        title=_("Plan a forum"),
        submit=_("Save the forum"),
        about="",
        back=reverse("forums:forums"),
        done=_("The forum is saved."),
        then=forum_url,
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is planned."""
    found = own_forum(request, uid)
    initial = {name: getattr(found, name) for name in ("title", "day", "place", "topic", "planned_level")}
    form = PlanForm(request.POST or None, centres=None, initial=initial)
    return _about(
        request,
        found,
        form,
        act=lambda values: change_plan(actor=request.actor, forum_id=found.pk, plan=form.plan),
        title=_("Change the plan"),
        done=_("The plan is changed."),
    )


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call a planned forum off."""
    found = own_forum(request, uid)
    return _about(
        request,
        found,
        ReasonForm(request.POST or None),
        act=lambda values: cancel_forum(actor=request.actor, forum_id=found.pk, **values),
        title=_("Call the forum off"),
        done=_("The forum is called off."),
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Record that the forum was held and which level it reached, or correct it."""
    found = own_forum(request, uid)
    standing = Holding.objects.standing().filter(forum=found).first()
    initial: dict[str, Any] = {"held_on": found.day}
    if standing:
        initial = {"held_on": standing.held_on, "level": standing.level, "reason": standing.reason}
    form = HeldForm(request.POST or None, initial=initial)
    return _about(
        request,
        found,
        form,
        act=lambda values: hold_forum(actor=request.actor, forum_id=found.pk, held=form.held),
        title=_("Correct that it was held") if standing else _("Record that it was held"),
        done=_("It is recorded that the forum was held."),
        lead=_("Planned level: %(level)s. What was recorded before is kept.")
        % {"level": Level(found.planned_level).label},
    )


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down who came."""
    found = own_forum(request, uid)
    initial = {row.group: row.count for row in found.attendances.filter(corrected_by__isnull=True)}
    return _about(
        request,
        found,
        AttendanceForm(request.POST or None, initial=initial),
        act=lambda values: record_attendance(actor=request.actor, forum_id=found.pk, counts=values),
        title=_("Who came"),
        submit=_("Save who came"),
        done=_("Who came is recorded."),
        lead=_("Numbers only. Leave empty what nobody counted; 0 says that nobody of a group came."),
    )


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the four parts of evidence."""
    found = own_forum(request, uid)
    initial = {row.part: row.text for row in found.evidence.filter(corrected_by__isnull=True)}
    return _about(
        request,
        found,
        EvidenceForm(request.POST or None, initial=initial),
        act=lambda values: write_evidence(actor=request.actor, forum_id=found.pk, texts=values),
        title=_("The four parts of evidence"),
        submit=_("Save the evidence"),
        done=_("The evidence is saved."),
        lead=_(
            "All four parts or it does not count as evidence of participation. Name nobody who is served."
        ),
    )


@require_GET
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What became of the demands of a forum, on paper, for the people who asked. No voice, no name."""
    found = seen_forum(request, uid)
    name = f"told-back-{found.day.isoformat()}.pdf"
    return files.answer(told_back.render(found), name, files.PDF, inline=True)


def _about(request: HttpRequest, found: Forum, form: Any, **more: Any) -> HttpResponse:
    return act_page(request, form, about=found.title, back=forum_url(found), **more)
