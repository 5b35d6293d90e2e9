"""The team's board: who carries what, what is late, and cases that nobody has yet."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.roles import LEADS
from audit.trail import noted_read
from casework import permissions
from casework.covering import covers_on
from casework.models import Episode, FollowUp
from casework.web import rows
from common import clock
from common.actor import Actor
from common.charts import Chart, Load, load_bars
from common.forms.action import ActionForm
from common.permissions import require
from common.templatetags.thai import be


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Load per worker, late appointments, cases without a worker, and the cases of one worker."""
    actor = request.actor
    require(permissions.can_lead(actor), _("The board is for supervisors and centre heads."))
    keepers = list(permissions.keepers(*actor.centres_as(*LEADS)))
    chosen = _chosen(request, keepers)
    cases = Episode.objects.visible_to(actor).filter(
        centre_id__in=actor.centres_as(*LEADS), closed_on__isnull=True
    )
    nobodys = Paginator(_listed(cases.filter(worker=None)), 15).get_page(request.GET.get("page"))
    theirs = _listed(cases.filter(worker=chosen))[:100] if chosen else []
    noted_read(actor, "list", subjects=[str(case.client.uid) for case in (*nobodys, *theirs)])
    return render(
        request,
        "casework/team.html",
        {
            "load": _load_chart(actor, keepers, cases),
            "keepers": keepers,
            "chosen": chosen,
            "page": nobodys,
            "nobodys": [_row(case) | {"form": ActionForm()} for case in nobodys],
            "theirs": rows.case_rows(list(theirs)),
        },
    )


def _chosen(request: HttpRequest, keepers: list[User]) -> User | None:
    try:
        uid = UUID(request.GET.get("worker", ""))
    except ValueError:
        return None
    return next((user for user in keepers if user.uid == uid), None)


def _listed(cases: "QuerySet[Episode]") -> "QuerySet[Episode]":
    return cases.select_related("client__centre", "worker").order_by("opened_on", "pk")


def _row(case: Episode) -> dict[str, Any]:
    return {
        "client": case.client,
        "since": be(case.opened_on),
        "days": (clock.today() - case.opened_on).days,
        "assign_url": reverse("casework:worker", args=[case.client.uid]) + "?back=team",
    }


def _called(user: User, cover: str | None) -> str:
    """The name, and who does their work while they are away."""
    return _("%(name)s (away, %(cover)s covers)") % {"name": user, "cover": cover} if cover else str(user)


def _load_chart(actor: Actor, keepers: list[User], cases: "QuerySet[Episode]") -> Chart:
    """Cases in hand per worker; late are the appointments overdue, at most the load."""
    held = dict(cases.order_by().values_list("worker_id").annotate(n=Count("pk")))
    overdue = FollowUp.objects.filter(
        centre_id__in=actor.centres_as(*LEADS), state=FollowUp.State.PLANNED, due_on__lt=clock.today()
    )
    late = dict(overdue.order_by().values_list("worker_id").annotate(n=Count("episode_id", distinct=True)))
    board = reverse("casework:team")
    covers = covers_on(clock.today())
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=[*covers.values()])}
    loads = [
        Load(
            _called(user, names.get(covers.get(user.pk, 0))),
            held.get(user.pk, 0),
            late.get(user.pk, 0),
            href=f"{board}?worker={user.uid}#cases",
        )
        for user in keepers
    ]
    return load_bars(sorted(loads, key=lambda load: (-load.value, load.label)), title=_("Cases in hand"))
