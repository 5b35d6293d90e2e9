"""Pages of appointments: the list, planning, recording what came of one, moving, cancelling, correcting."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework import permissions
from casework.actions.follow_ups import (
    cancel_follow_up,
    correct_follow_up_result,
    move_follow_up,
    plan_follow_up,
    record_follow_up,
)
from casework.models import Episode, FollowUp, FollowUpResult
from casework.refusals import refuse
from casework.web import shown
from casework.web.acting import act_page, tab_url
from casework.web.file import own_client
from casework.web.forms.follow_ups import CorrectResultForm, MoveForm, PlanForm, RecordForm
from casework.web.forms.person import ReasonForm
from casework.web.rows import flags_raised
from common import clock
from common.forms.action import handle
from common.permissions import require
from common.templatetags.thai import be
from common.thai.dates import DateError, parse_date

State = FollowUp.State
WAYS_BACK = {"today": "casework:today", "follow_ups": "casework:follow_ups"}


def own_follow_up(request: HttpRequest, uid: UUID) -> FollowUp:
    """The appointment, if the actor may write in the file; 404 unseen, 403 where one may only read."""
    rows = FollowUp.objects.visible_to(request.actor).select_related("client__centre", "episode", "worker")
    follow_up = get_object_or_404(rows, uid=uid)
    allowed = permissions.can_write(request.actor, follow_up.client)
    require(allowed, _("You may read this file but not write in it."))
    return follow_up


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make an appointment."""
    client = own_client(request, uid)
    episode = client.episodes.filter(closed_on__isnull=True).first()
    if episode is None:
        refuse("episode_closed")
    form = PlanForm(request.POST or None, centre_id=episode.centre_id)

    def act(_values: dict[str, Any]) -> FollowUp:
        follow_up = plan_follow_up(actor=request.actor, client_id=client.pk, new=form.new)
        _hint(request, follow_up.due_on)
        return follow_up

    return act_page(
        request,
        client,
        form,
        act=act,
        title=_("Make an appointment"),
        submit=_("Save the appointment"),
        back=tab_url(client, "follow_ups"),
        done=_("The appointment is saved."),
        template="casework/follow_ups/plan.html",
    )


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What came of an appointment; on my day it opens in the row."""
    follow_up = own_follow_up(request, uid)
    if request.method == "GET" and follow_up.state != State.PLANNED:
        refuse("follow_up_done" if follow_up.state == State.DONE else "follow_up_cancelled")
    form = RecordForm(request.POST or None)
    back = request.GET.get("back", "")

    def act(_values: dict[str, Any]) -> FollowUpResult:
        result = record_follow_up(
            actor=request.actor, follow_up_id=follow_up.pk, outcome=form.outcome, next_one=form.next_one
        )
        messages.success(request, _("The result is saved."))
        if form.next_one is not None:
            _hint(request, form.next_one.due_on)
        return result

    def then(result: FollowUpResult) -> str:
        if result.result == FollowUpResult.Result.DIED and follow_up.episode.closed_on is None:
            return reverse("casework:close", args=[follow_up.client.uid]) + f"?outcome={Episode.Outcome.DIED}"
        if result.result == FollowUpResult.Result.MOVED and follow_up.episode.closed_on is None:
            messages.info(
                request,
                _("They have moved. If it is to another province, hand the case to the centre there."),
            )
        return _way_back(follow_up, back)

    return handle(
        request,
        form,
        act=act,
        then=then,
        template="casework/follow_ups/record.html" + ("#form" if request.htmx else ""),
        context={
            "follow_up": follow_up,
            "client": follow_up.client,
            "flags": flags_raised(follow_up.client),
            "late": _lateness(follow_up),
            "back": back if back in WAYS_BACK else "",
            "cancel_url": _way_back(follow_up, back),
        },
    )


def _way_back(follow_up: FollowUp, back: str) -> str:
    return reverse(WAYS_BACK[back]) if back in WAYS_BACK else shown.file_url(follow_up.client)


def _lateness(follow_up: FollowUp) -> str:
    today = clock.today()
    if follow_up.due_on >= today:
        return ""
    return shown.lateness(follow_up.due_on, today, shown.holidays_between(follow_up.due_on, today))


def _hint(request: HttpRequest, day: date) -> None:
    """Say so when an appointment falls on a day off; it stands all the same."""
    if why := shown.day_off(day):
        messages.warning(request, _("%(day)s is no working day (%(why)s).") % {"day": be(day), "why": why})


@require_GET
def day_hint(request: HttpRequest) -> HttpResponse:
    """Whether the day that is being typed is a day off; a fragment."""
    typed = request.GET.get("due_on") or request.GET.get("next_due_on") or ""
    try:
        found = parse_date(typed)
    except DateError:
        why, day = "", None
    else:
        day = found.value
        why = shown.day_off(day) if found.precision == "day" else ""
    return render(request, "casework/follow_ups/_day_hint.html", {"why": why, "day": day})


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another day, with a reason."""
    follow_up = own_follow_up(request, uid)
    initial = {"due_on": follow_up.due_on, "due_time": follow_up.due_time}

    def act(values: dict[str, Any]) -> FollowUp:
        moved = move_follow_up(actor=request.actor, follow_up_id=follow_up.pk, **values)
        _hint(request, moved.due_on)
        return moved

    return act_page(
        request,
        follow_up.client,
        MoveForm(request.POST or None, initial=initial),
        act=act,
        title=_("Move the appointment"),
        submit=_("Move the appointment"),
        lead=_summary(follow_up),
        back=tab_url(follow_up.client, "follow_ups"),
        done=_("The appointment has been moved."),
    )


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Drop an appointment, with a reason."""
    follow_up = own_follow_up(request, uid)
    return act_page(
        request,
        follow_up.client,
        ReasonForm(request.POST or None),
        act=lambda values: cancel_follow_up(actor=request.actor, follow_up_id=follow_up.pk, **values),
        title=_("Cancel the appointment"),
        submit=_("Cancel the appointment"),
        lead=_summary(follow_up),
        danger=True,
        back=tab_url(follow_up.client, "follow_ups"),
        done=_("The appointment is cancelled."),
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Replace the result that stands."""
    follow_up = own_follow_up(request, uid)
    old = follow_up.results.filter(corrected_by__isnull=True).first()
    if old is None:
        refuse("follow_up_not_done")
    initial = {"result": old.result, "occurred_on": old.occurred_on, "note": old.note}
    form = CorrectResultForm(request.POST or None, initial=initial)
    return act_page(
        request,
        follow_up.client,
        form,
        act=lambda values: correct_follow_up_result(
            actor=request.actor, follow_up_id=follow_up.pk, outcome=form.outcome, reason=values["reason"]
        ),
        title=_("Correct the result"),
        submit=_("Save the correction"),
        lead=_summary(follow_up),
        back=tab_url(follow_up.client, "follow_ups"),
        done=_("The result is corrected."),
    )


def _summary(follow_up: FollowUp) -> str:
    parts = (be(follow_up.due_on), follow_up.get_kind_display(), follow_up.purpose, follow_up.place)
    return " · ".join(str(part) for part in parts if part)
