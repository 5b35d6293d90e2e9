"""One's own calendar: its secret address made, renewed and ended; and the calendar itself, which programs fetch."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.tokens import end_calendar_key, issue_calendar_key
from accounts.actor import actor_for
from accounts.permissions import own_key
from accounts.tokens import calendar_keys, owner_of_calendar
from casework import permissions
from casework.calendar_feed import calendar_of, coming
from common.actor import Actor
from common.errors import DomainError
from common.forms.action import ActionForm
from common.permissions import require
from common.submissions import once


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Say whether there is an address; make one. It is shown once, in the answer that made it."""
    actor = request.actor
    _require_caseworker(actor)
    form, made, status = ActionForm(request.POST or None), list[str](), 200
    if request.method == "POST" and form.is_valid():
        try:
            once(key=form.key, actor_key=actor.key, act=lambda: _issue(actor, made))
            form = ActionForm()
        except DomainError as error:
            form.refuse(error)
            status = 422
    address = settings.PUBLIC_URL + reverse("casework:calendar_feed", args=[made[0]]) if made else ""
    key = calendar_keys(own_key(actor)).first()
    context = {
        "form": form,
        "address": address,
        "subscribe": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "key": key,
        "count": len(coming(actor)),
    }
    return render(request, "casework/calendar.html", context, status=status)


def _issue(actor: Actor, made: list[str]) -> str:
    """Make the key and keep its text for this one answer; a form sent twice makes no second one."""
    _key, raw = issue_calendar_key(actor=actor, user_id=own_key(actor))
    made.append(raw)
    return reverse("casework:calendar")


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """The address opens nothing any more."""
    _require_caseworker(request.actor)
    end_calendar_key(actor=request.actor, user_id=own_key(request.actor))
    messages.success(request, _("The address no longer works."))
    return redirect("casework:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar of whom the key belongs to: no session, the address is the secret. Not there for anybody else."""
    user = owner_of_calendar(key)
    actor = actor_for(user) if user else None
    if user is None or actor is None or not permissions.can_do_casework(actor):
        raise Http404
    return HttpResponse(
        calendar_of(user, coming(actor)),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'inline; filename="ruamban.ics"',
            "X-Robots-Tag": "noindex",
            "Referrer-Policy": "no-referrer",
        },
    )


def _require_caseworker(actor: Actor) -> None:
    require(permissions.can_do_casework(actor), _("Appointments are kept by caseworkers."))
