"""Pages of schedules: laying one into a case with its days in sight, and a centre's own schedules."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Centre
from accounts.roles import LEADS
from casework import permissions, schedules
from casework.actions.schedules import add_schedule, change_schedule, lay_out_schedule, retire_schedule
from casework.models import ScheduleTemplate
from casework.refusals import refuse
from casework.rules import ladder
from casework.schedules import Rhythm
from casework.web.acting import tab_url
from casework.web.file import own_client
from casework.web.forms.schedules import DatesForm, ScheduleForm, StartForm
from common import holidays
from common.forms.action import ActionForm, handle
from common.permissions import require
from common.templatetags.thai import be


@require_http_methods(["GET", "POST"])
def lay_out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose a schedule and see its days; each may be changed or emptied before they are saved."""
    client = own_client(request, uid)
    episode = client.episodes.filter(closed_on__isnull=True).first()
    if episode is None:
        refuse("episode_closed")
    rhythms = schedules.at(episode.centre_id)
    start = StartForm(request.GET if "schedule" in request.GET else StartForm.usual(rhythms), rhythms=rhythms)
    context: dict[str, Any] = {"client": client, "start": start, "cancel_url": tab_url(client, "follow_ups")}
    template = "casework/follow_ups/lay_out.html"
    if not start.is_valid():
        return render(request, template, context | {"form": None, "rhythm": None, "shifted": []}, status=422)
    rhythm, first = start.chosen
    laid = _laid(rhythm, first)
    form = DatesForm(request.POST or None, laid=laid, rhythm=rhythm)

    def act(_values: dict[str, Any]) -> int:
        made = lay_out_schedule(
            actor=request.actor,
            client_id=client.pk,
            appointments=form.appointments,
            schedule=str(rhythm.name),
        )
        return len(made)

    def then(count: int) -> str:
        said = ngettext("%(count)s appointment is saved.", "%(count)s appointments are saved.", count)
        messages.success(request, said % {"count": count})
        return tab_url(client, "follow_ups")

    shifted = [
        _("%(meant)s is no working day, so it is %(day)s.") % {"meant": be(one.meant), "day": be(one.due_on)}
        for one in laid
        if one.shifted
    ]
    return handle(
        request, form, act=act, then=then, template=template,
        context=context | {"rhythm": rhythm, "shifted": shifted, "already": _planned_on(episode)},
    )  # fmt: skip


def _laid(rhythm: Rhythm, first: date) -> list[ladder.Laid]:
    """The days of a schedule on the calendar of this house."""
    off = holidays.between(first, first + timedelta(days=ladder.LONGEST + 31 * (ladder.MOST_MONTHS + 1)))
    return ladder.lay_out(first, rhythm.days, rhythm.months, off)


def _planned_on(episode: Any) -> str:
    planned = episode.follow_ups.filter(state="planned").order_by("due_on").values_list("due_on", flat=True)
    return " · ".join(be(day) for day in planned)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The schedules one may lay out: the house's and those of one's centres."""
    require(permissions.can_do_casework(request.actor), _("Schedules are for caseworkers."))
    rows = ScheduleTemplate.objects.visible_to(request.actor).in_use().select_related("centre")
    leading = request.actor.centres_as(*LEADS)
    context = {
        "house": schedules.HOUSE,
        "rows": [
            {"row": row, "may": row.centre_id in leading} for row in rows.order_by("centre__code", "name")
        ],
        "may_add": bool(leading),
    }
    return render(request, "casework/schedules/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A schedule of the own centre."""
    require(
        permissions.can_lead(request.actor), _("A centre's schedules are kept by its supervisor or head.")
    )
    centre = Centre.objects.filter(pk__in=request.actor.centres_as(*LEADS)).order_by("code").first()
    form = ScheduleForm(request.POST or None)
    return _page(
        request,
        form,
        lambda values: add_schedule(actor=request.actor, centre_id=centre.pk if centre else 0, new=form.new),
        title=_("Add a schedule"),
        done=_("The schedule is saved."),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another rhythm; what was planned from it before stays."""
    row = _own(request, uid)
    initial = {
        "name": row.name,
        "days": ", ".join(str(day) for day in row.days),
        "months": row.months,
        "kind": row.kind,
        "purpose": row.purpose,
    }
    form = ScheduleForm(request.POST or None, initial=initial)
    return _page(
        request,
        form,
        lambda values: change_schedule(actor=request.actor, schedule_id=row.pk, new=form.new),
        title=_("Change the schedule"),
        done=_("The schedule is saved."),
    )


@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a schedule out of use: asked first."""
    row = _own(request, uid)
    return _page(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        lambda values: retire_schedule(actor=request.actor, schedule_id=row.pk),
        title=_("Take “%(name)s” out of use") % {"name": row.name},
        lead=_("Appointments that were made from it stay."),
        done=_("The schedule is out of use."),
        danger=True,
    )


def _own(request: HttpRequest, uid: UUID) -> ScheduleTemplate:
    row = get_object_or_404(ScheduleTemplate.objects.visible_to(request.actor).in_use(), uid=uid)
    allowed = permissions.can_keep_schedules(request.actor, row.centre_id)
    require(allowed, _("A centre's schedules are kept by its supervisor or head."))
    return row


def _page(
    request: HttpRequest, form: ActionForm, act: Any, *, title: str, done: str, **more: Any
) -> HttpResponse:
    def then(_result: Any) -> str:
        messages.success(request, done)
        return reverse("casework:schedules")

    context = {"title": title, "submit": title, "cancel_url": reverse("casework:schedules")}
    context |= {"lead": more.get("lead", ""), "danger": more.get("danger", False)}
    return handle(request, form, act=act, then=then, template="casework/plain_form.html", context=context)
