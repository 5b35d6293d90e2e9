"""Pages of goals."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.actions.goals import edit_goal, set_goal, settle_goal
from casework.models import Goal, Instrument
from casework.web.acting import act_page, tab_url
from casework.web.around import own_row
from casework.web.file import open_episode, own_client
from casework.web.forms.assessments import GoalForm, SettleGoalForm


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what is to be reached."""
    client = own_client(request, uid)
    episode = open_episode(client)
    form = GoalForm(request.POST or None, episode=episode, instrument=Instrument.objects.current())

    def act(_values: dict[str, Any]) -> Goal:
        return set_goal(actor=request.actor, client_id=client.pk, goal=form.goal)

    return act_page(
        request,
        client,
        form,
        act=act,
        title=_("Set a goal"),
        submit=_("Save the goal"),
        lead=_("What does the person want? Small and near is better than big and far."),
        back=tab_url(client, "assessments"),
        done=_("The goal is saved."),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a goal in other words, to another day or colleague."""
    row: Goal = own_row(request, Goal, uid)
    form = GoalForm(
        request.POST or None,
        initial=GoalForm.standing(row),
        episode=row.episode,
        instrument=Instrument.objects.current(),
    )
    return act_page(
        request,
        row.client,
        form,
        act=lambda _values: edit_goal(actor=request.actor, goal_id=row.pk, goal=form.goal),
        title=_("Change the goal"),
        submit=_("Save the goal"),
        lead=_("An approved plan then says that it has changed."),
        back=tab_url(row.client, "plan"),
        done=_("The goal is saved."),
    )


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what became of a goal."""
    row: Goal = own_row(request, Goal, uid)
    return act_page(
        request,
        row.client,
        SettleGoalForm(request.POST or None),
        act=lambda values: settle_goal(actor=request.actor, goal_id=row.pk, **values),
        title=_("What became of the goal"),
        submit=_("Save what became of it"),
        lead=row.headline,
        back=tab_url(row.client, "assessments"),
        done=_("What became of the goal is saved."),
    )
