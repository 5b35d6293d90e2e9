"""Plans: the tab of the file, those that wait, the steps of one, the person's copy."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.trail import noted_read
from casework import permissions, planning
from casework.actions.plans import (
    approve_plan,
    edit_plan,
    return_plan,
    start_plan,
    submit_plan,
    take_back_plan,
)
from casework.models import Goal, GoalTask, Plan
from casework.papers import plan_pdf
from casework.rules.plans import PlannedGoal
from casework.web.acting import act_page, tab_url
from casework.web.around import own_row
from casework.web.file import file_context, open_episode, own_client, seen_client
from casework.web.forms.plans import ApproveForm, PlanForm, ReturnForm
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm
from common.permissions import require
from common.web import files

TONES = {"draft": "", "submitted": "warn", "approved": "ok", "returned": "bad"}


def _shown_as(actor: Actor) -> list[tuple[str, Any]]:
    lists = [("returned", _("Returned to you"))]
    return [("waiting", _("Waiting for approval")), *lists] if permissions.can_lead(actor) else lists


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """For leads, what waits for their decision; for everybody what came back to them."""
    actor = request.actor
    require(permissions.can_do_casework(actor), _("Plans are for caseworkers."))
    lists = _shown_as(actor)
    show = request.GET.get("show", "")
    show = show if show in dict(lists) else lists[0][0]
    found = {"waiting": Plan.objects.to_decide, "returned": Plan.objects.returned_to}[show](actor)
    rows = found.select_related("client", "author", "submitted_by", "decided_by")
    page = Paginator(rows.order_by("submitted_at", "pk"), 30).get_page(request.GET.get("page"))
    tabs = [
        {
            "label": label,
            "url": f"{reverse('casework:plans')}?show={key}",
            "current": key == show,
            "count": 0,
        }
        for key, label in lists
    ]
    noted_read(actor, "client", subjects=sorted({str(row.client.uid) for row in page}))
    return render(
        request,
        "casework/plans/list.html",
        {"page": page, "tabs": tabs if len(tabs) > 1 else [], "show": show},
    )


@require_GET
def tab(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The person's words, what is done for them, where the plan stands, and how it came about."""
    client = seen_client(request, uid)
    require(permissions.can_read_notes(request.actor, client), _("Plans are read by caseworkers and nurses."))
    context = file_context(request, client, "plan")
    episode = context["last_episode"]
    versions = _versions(episode) if episode else []
    goals = planning.goals_of(episode) if episode else []
    open_one = next((plan for plan in versions if plan.is_open), None)
    in_force = next((plan for plan in versions if plan.state == Plan.State.APPROVED), None)
    compared = open_one if open_one and open_one.state == Plan.State.SUBMITTED else in_force
    then = planning.handed_in(compared) if compared else ()
    changed = planning.changed_since(compared, goals) if compared else {}
    newest = versions[0] if versions else None
    return render(
        request,
        "casework/plans/tab.html",
        context
        | {
            "plan": open_one or newest,
            "tone": TONES[(open_one or newest).state] if newest else "",
            "in_force": in_force,
            "compared": compared,
            "changed": bool(changed),
            "gone": _gone(then, changed),
            "goals": [_goal_row(goal, changed) for goal in goals if _is_shown(goal)],
            "history": [{"plan": plan, "tone": TONES[plan.state]} for plan in versions],
            "may": _may(request.actor, open_one, context),
            "may_begin": context["rights"].write and context["episode"] is not None and open_one is None,
        },
    )


def _versions(episode: Any) -> list[Plan]:
    rows = episode.plans.select_related("episode", "author", "submitted_by", "decided_by")
    return list(rows.prefetch_related("events__by").order_by("-number"))


def _may(actor: Actor, plan: Plan | None, context: dict[str, Any]) -> dict[str, bool]:
    """What the actor may do with the open version."""
    writes = context["rights"].write and context["episode"] is not None
    submitted = writes and plan is not None and plan.state == Plan.State.SUBMITTED
    return {
        "edit": writes and plan is not None and plan.state == Plan.State.DRAFT,
        "take_back": submitted,
        "decide": submitted and plan is not None and permissions.can_decide_plan(actor, plan),
    }


def _is_shown(goal: Goal) -> bool:
    """Goals on the way, and those that still have something to do."""
    return goal.state == Goal.State.OPEN or any(
        task.state == GoalTask.State.OPEN for task in goal.tasks.all()
    )


def _goal_row(goal: Goal, changed: Any) -> dict[str, Any]:
    today = clock.today()
    tasks = [
        {
            "task": task,
            "open": task.state == GoalTask.State.OPEN,
            "late": task.state == GoalTask.State.OPEN and task.due_on < today,
            "change": changed.get(str(task.uid), ""),
        }
        for task in goal.tasks.all()
    ]
    tasks.sort(key=lambda row: not row["open"])
    return {"goal": goal, "tasks": tasks, "change": changed.get(str(goal.uid), "")}


def _gone(then: Sequence[PlannedGoal], changed: Any) -> list[str]:
    """In words, what was in the plan and is not any more."""
    goals = [goal.words or goal.text for goal in then if changed.get(goal.key) == "gone"]
    tasks = [task.what for goal in then for task in goal.tasks if changed.get(task.key) == "gone"]
    return goals + tasks


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin a version."""
    client = own_client(request, uid)
    episode = open_episode(client)
    last = episode.plans.order_by("-number").first()
    begins = {"note": last.note, "review_on": last.review_on} if last else {}
    if last and last.review_on and last.review_on < clock.today():
        begins["review_on"] = None
    form = PlanForm(request.POST or None, initial=begins)
    return act_page(
        request,
        client,
        form,
        act=lambda _values: start_plan(actor=request.actor, client_id=client.pk, words=form.words),
        title=_("Begin a plan"),
        submit=_("Begin the plan"),
        lead=_("It gathers the open goals. Begin with what the person wants, in their own words."),
        back=tab_url(client, "plan"),
        done=_("The plan is begun. Give each goal something to do."),
    )


def _page(request: HttpRequest, row: Plan, form: ActionForm, **more: Any) -> HttpResponse:
    return act_page(request, row.client, form, back=tab_url(row.client, "plan"), **more)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what a draft says beyond its goals."""
    row: Plan = own_row(request, Plan, uid)
    form = PlanForm(request.POST or None, initial={"note": row.note, "review_on": row.review_on})
    return _page(
        request,
        row,
        form,
        act=lambda _values: edit_plan(actor=request.actor, plan_id=row.pk, words=form.words),
        title=_("What else was agreed"),
        submit=_("Save"),
        done=_("Saved."),
    )


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand a draft in."""
    row: Plan = own_row(request, Plan, uid)
    return _page(
        request,
        row,
        ActionForm(request.POST or None),
        act=lambda _values: submit_plan(actor=request.actor, plan_id=row.pk),
        title=_("Hand the plan in"),
        submit=_("Hand it in for approval"),
        lead=_("Somebody who leads the centre and has not written it reads it, and approves or returns it."),
        done=_("The plan is handed in."),
    )


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a plan back that waits."""
    row: Plan = own_row(request, Plan, uid)
    return _page(
        request,
        row,
        ActionForm(request.POST or None),
        act=lambda _values: take_back_plan(actor=request.actor, plan_id=row.pk),
        title=_("Take the plan back"),
        submit=_("Take it back"),
        lead=_("It is a draft again, until it is handed in anew."),
        done=_("The plan is a draft again."),
    )


def _decided(request: HttpRequest, uid: UUID) -> Plan:
    row: Plan = own_row(request, Plan, uid)
    may = permissions.can_decide_plan(request.actor, row)
    require(may, _("A lead decides who neither wrote nor handed it in."))
    return row


def _decide(
    request: HttpRequest, row: Plan, form: ActionForm, act: Callable[[dict[str, Any]], Plan], **more: Any
) -> HttpResponse:
    context = {"plan": row, "goals": planning.handed_in(row)}
    return _page(request, row, form, act=act, template="casework/plans/decide.html", context=context, **more)


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A lead approves what was handed in."""
    row = _decided(request, uid)
    return _decide(
        request,
        row,
        ApproveForm(request.POST or None, plan=row),
        lambda values: approve_plan(actor=request.actor, plan_id=row.pk, **values),
        title=_("Approve the plan"),
        submit=_("Approve"),
        done=_("The plan is approved. Print the person's copy."),
    )


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A lead returns it with a reason."""
    row = _decided(request, uid)
    return _decide(
        request,
        row,
        ReturnForm(request.POST or None, plan=row),
        lambda values: return_plan(actor=request.actor, plan_id=row.pk, **values),
        title=_("Return the plan"),
        submit=_("Return it"),
        done=_("The plan is returned with your reason."),
    )


@require_GET
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The person's copy as PDF, always in Thai: of an approved plan what was approved, else as it stands today."""
    row: Plan = own_row(request, Plan, uid)
    noted_read(request.actor, "client", subjects=[str(row.client.uid)], door="print")
    return files.answer(plan_pdf(row), f"plan-{row.client.code}-{row.number}.pdf", files.PDF, inline=True)
