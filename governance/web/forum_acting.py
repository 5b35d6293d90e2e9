"""A page with one form about a forum or a demand: the shape that most acts share."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from common.forms.action import ActionForm, handle
from common.permissions import require
from governance.models import Demand, Forum
from governance.permissions import can_read_forums, can_write_demand, can_write_forum


def require_reader(request: HttpRequest) -> None:
    require(
        can_read_forums(request.actor),
        _("Forums are read by caseworkers, analysts and auditors: what is said there is said in trust."),
    )


def seen_forum(request: HttpRequest, uid: UUID) -> Forum:
    """The forum, if the actor may read it; 404 otherwise."""
    return get_object_or_404(
        Forum.objects.visible_to(request.actor).select_related("centre__province"), uid=uid
    )


def own_forum(request: HttpRequest, uid: UUID) -> Forum:
    """The forum, if the actor may write in it; 404 unseen, 403 where one may only read."""
    forum = seen_forum(request, uid)
    require(
        can_write_forum(request.actor, forum),
        _("The caseworkers of the centre that holds a forum write in it."),
    )
    return forum


def seen_demand(request: HttpRequest, uid: UUID) -> Demand:
    """The demand, if the actor may read it; 404 otherwise."""
    found = Demand.objects.visible_to(request.actor).select_related("forum__centre__province", "keeper")
    return get_object_or_404(found, uid=uid)


def own_demand(request: HttpRequest, uid: UUID) -> Demand:
    """The demand, if the actor may write in it."""
    demand = seen_demand(request, uid)
    require(
        can_write_demand(request.actor, demand),
        _("The caseworkers of the centre that holds a forum write in it."),
    )
    return demand


def forum_url(forum: Forum) -> str:
    return reverse("forums:forum", args=[forum.uid])


def demand_url(demand: Demand) -> str:
    return reverse("forums:demand", args=[demand.uid])


def act_page(
    request: HttpRequest,
    form: ActionForm,
    *,
    act: Callable[[dict[str, Any]], Any],
    title: Any,
    about: Any,
    back: str,
    done: Any,
    **more: Any,
) -> HttpResponse:
    """Show `form` under what it is `about` and run `act` when it is sent; both ways lead `back`.

    `more`: `submit` (the verb, default the title), `lead`, `danger`, `then` (result → address).
    """

    def then(result: Any) -> str:
        messages.success(request, done)
        return str(more["then"](result)) if "then" in more else back

    return handle(
        request,
        form,
        act=act,
        then=then,
        template=more.get("template", "governance/forums/act.html"),
        context={
            "title": title,
            "about": about,
            "back": back,
            "submit": more.get("submit", title),
            "lead": more.get("lead", ""),
            "danger": more.get("danger", False),
            **more.get("context", {}),
        },
    )
