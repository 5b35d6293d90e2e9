"""Pages of tasks: what is done for a goal."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import permissions
from casework.actions.goal_tasks import add_task, drop_task, edit_task, finish_task
from casework.models import Goal, GoalTask
from casework.web.acting import act_page, tab_url
from casework.web.around import own_row
from casework.web.forms.person import ReasonForm
from casework.web.forms.plans import TaskDoneForm, TaskForm
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm
from common.permissions import require


def due_rows(actor: Actor, day: date, most: int) -> list[dict[str, Any]]:
    """Tasks that the actor should have done by `day`, the latest first."""
    found = GoalTask.objects.visible_to(actor) & GoalTask.objects.due_of(actor, day)
    return rows_of(found.select_related("client").order_by("due_on", "pk")[:most], day)


def rows_of(tasks: Iterable[GoalTask], day: date) -> list[dict[str, Any]]:
    """These tasks as _due_rows.html shows them."""
    return [
        {
            "task": task,
            "late": task.due_on < day,
            "url": tab_url(task.client, "plan"),
            "name": task.client.main_name,
        }
        for task in tasks
    ]


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """All tasks that the actor should have done by today."""
    require(permissions.can_do_casework(request.actor), _("Plans are for caseworkers."))
    day = clock.today()
    found = GoalTask.objects.visible_to(request.actor) & GoalTask.objects.due_of(request.actor, day)
    page = Paginator(found.select_related("client").order_by("due_on", "pk"), 40).get_page(
        request.GET.get("page")
    )
    return render(request, "casework/plans/tasks.html", {"page": page, "rows": rows_of(page, day)})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what is done for a goal."""
    goal: Goal = own_row(request, Goal, uid)
    owner = str(goal.owner.uid) if goal.owner else None
    form = TaskForm(
        request.POST or None, centre_id=goal.episode.centre_id, initial={"who": "staff", "owner": owner}
    )
    return act_page(
        request,
        goal.client,
        form,
        act=lambda _values: add_task(actor=request.actor, goal_id=goal.pk, task=form.task),
        title=_("Add a task"),
        submit=_("Save the task"),
        lead=goal.headline,
        back=tab_url(goal.client, "plan"),
        done=_("The task is saved."),
    )


def _page(request: HttpRequest, row: GoalTask, form: ActionForm, **more: Any) -> HttpResponse:
    return act_page(request, row.client, form, back=tab_url(row.client, "plan"), **more)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a task that is still to do."""
    row: GoalTask = own_row(request, GoalTask, uid)
    centre_id = row.goal.episode.centre_id
    form = TaskForm(request.POST or None, centre_id=centre_id, initial=TaskForm.standing(row))
    return _page(
        request,
        row,
        form,
        act=lambda _values: edit_task(actor=request.actor, task_id=row.pk, task=form.task),
        title=_("Change the task"),
        submit=_("Save the task"),
        lead=_("An approved plan then says that it has changed."),
        done=_("The task is saved."),
    )


@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a task is done."""
    row: GoalTask = own_row(request, GoalTask, uid)
    return _page(
        request,
        row,
        TaskDoneForm(request.POST or None),
        act=lambda values: finish_task(actor=request.actor, task_id=row.pk, **values),
        title=_("The task is done"),
        submit=_("Save that it is done"),
        lead=row.what,
        done=_("It is saved as done."),
    )


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a task up, and say why."""
    row: GoalTask = own_row(request, GoalTask, uid)
    return _page(
        request,
        row,
        ReasonForm(request.POST or None),
        act=lambda values: drop_task(actor=request.actor, task_id=row.pk, **values),
        title=_("Drop the task"),
        submit=_("Drop the task"),
        lead=row.what,
        danger=True,
        done=_("The task is dropped; the reason is kept."),
    )
