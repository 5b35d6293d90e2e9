"""Pages of leave and its cover, and of back-up colleagues."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.roles import LEADS
from casework import covering, permissions
from casework.actions.leaves import end_leave, enter_leave, set_back_up
from casework.models import BackUp, Leave
from casework.web.forms.leaves import BackUpForm, LeaveForm
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require

HOME = "casework:leaves"


@require_GET
def leaves(request: HttpRequest) -> HttpResponse:
    """Who is away now or soon and who covers; who hears first of what is late."""
    actor = request.actor
    require(permissions.can_do_casework(actor), _("Leave is for caseworkers."))
    found = Leave.objects.visible_to(actor).standing().filter(ends_on__gte=clock.today())
    team = _team(actor)
    named = dict(
        BackUp.objects.filter(user__in=team)
        .select_related("colleague")
        .values_list("user_id", "colleague__name")
    )
    rows = found.select_related("user", "cover").order_by("starts_on", "pk")
    return render(
        request,
        "casework/leaves/list.html",
        {
            "rows": [{"leave": row, "may": _may(row, team, actor)} for row in rows],
            "team": [{"user": user, "back_up": named.get(user.pk, "")} for user in team],
        },
    )


def _may(leave: Leave, team: list[User], actor: Actor) -> bool:
    return leave.user_id == actor.user_id or any(user.pk == leave.user_id for user in team)


def _team(actor: Actor) -> list[User]:
    """Those for whom the actor enters leave: the own team, or only oneself."""
    if permissions.can_lead(actor):
        return list(permissions.keepers(*actor.centres_as(*LEADS)))
    return list(User.objects.filter(pk=actor.user_id))


def _member(request: HttpRequest, uid: UUID) -> User:
    require(permissions.can_do_casework(request.actor), _("Leave is for caseworkers."))
    user = next((user for user in _team(request.actor) if user.uid == uid), None)
    if user is None:
        raise Http404
    return user


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter leave of one colleague, or one's own."""
    user = _member(request, uid)
    form = LeaveForm(request.POST or None, colleagues=covering.colleagues(user, clock.today()))

    def act(values: dict[str, Any]) -> Leave:
        days = {name: values[name] for name in ("starts_on", "ends_on")}
        return enter_leave(actor=request.actor, user_id=user.pk, cover_id=values["cover"].pk, **days)

    return _page(
        request,
        form,
        act,
        title=_("Leave of %(name)s") % {"name": user},
        submit=_("Save the leave"),
        lead=_(
            "Morning letters go to the colleague from the first day to the last. Restricted files stay closed to them; "
            "of those the supervisor hears when something is late."
        ),
        done=_("The leave is saved."),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody is back, or does not go."""
    leave = get_object_or_404(
        Leave.objects.visible_to(request.actor).standing().select_related("user"), uid=uid
    )
    allowed = permissions.can_plan_leave_of(request.actor, leave.user)
    require(allowed, _("Leave and back-up are entered for oneself, or by the supervisor or head."))
    return _page(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        lambda values: end_leave(actor=request.actor, leave_id=leave.pk),
        title=_("End the leave of %(name)s") % {"name": leave.user},
        submit=_("End the leave"),
        lead=_("From today on the follow-ups are theirs again."),
        done=_("The leave has ended."),
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def back_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name the colleague who hears first."""
    user = _member(request, uid)
    named = BackUp.objects.filter(user=user).select_related("colleague").first()
    form = BackUpForm(
        request.POST if request.method == "POST" else None,
        colleagues=covering.colleagues(user, clock.today()),
        initial={"colleague": named.colleague if named else None},
    )

    def act(values: dict[str, Any]) -> BackUp | None:
        colleague = values["colleague"]
        return set_back_up(
            actor=request.actor, user_id=user.pk, colleague_id=colleague.pk if colleague else None
        )

    return _page(
        request,
        form,
        act,
        title=_("Back-up of %(name)s") % {"name": user},
        submit=_("Save"),
        lead=_("They hear first when an appointment is late."),
        done=_("Saved."),
    )


def _page(request: HttpRequest, form: ActionForm, act: Any, *, done: str, **context: Any) -> HttpResponse:
    def then(_result: Any) -> str:
        messages.success(request, done)
        return reverse(HOME)

    context = {"cancel_url": reverse(HOME), "danger": False} | context
    return handle(request, form, act=act, then=then, template="casework/plain_form.html", context=context)
