"""Giving many cases to a colleague: what exactly moves is said before it does."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import LEADS
from audit.trail import noted_read
from casework import permissions
from casework.actions.reassigning import MOST, reassign_cases
from casework.caseload import Moves, filters, narrowed, open_cases, what_moves
from casework.models import Episode
from casework.web.forms.caseload import ReassignForm
from common import clock
from common.actor import Actor
from common.forms.action import handle
from common.permissions import require


@require_http_methods(["GET", "POST"])
def reassign(request: HttpRequest) -> HttpResponse:
    """Which cases and to whom stands in the address: ticked ones, or all of a list (`all`)."""
    actor = request.actor
    require(permissions.can_lead(actor), _("Cases are assigned by the supervisor or the centre head."))
    back = f"{reverse('casework:caseload')}?{urlencode(filters(request.GET.dict()) or {'worker': ''})}"
    worker, cases = _worker(request), _cases(request)
    problem = _problem(worker, cases)
    if problem or worker is None:
        messages.error(request, problem)
        return redirect(back)
    moves = what_moves(cases, worker)
    if request.method == "GET" and not moves.cases:
        messages.info(request, _("All of these cases are theirs already."))
        return redirect(back)
    noted_read(actor, "list", subjects=[str(case.client.uid) for case in moves.cases])
    people, follow_ups = len(moves.cases), len(moves.follow_ups)
    question = ngettext("Give %(n)s case to %(name)s?", "Give %(n)s cases to %(name)s?", people)
    return handle(
        request,
        ReassignForm(request.POST or None, mark=moves.mark),
        act=lambda values: reassign_cases(
            actor=actor, episode_ids=[case.pk for case in moves.cases], worker_id=worker.pk, **values
        ),
        then=lambda moved: _done(request, moved),
        template="casework/caseload/reassign.html",
        context={
            "title": question % {"n": people, "name": worker},
            "moves": moves,
            "action": request.get_full_path(),
            "facts": [
                (_("People whose case moves"), people),
                (_("Planned appointments that go along"), follow_ups),
                (_("Cases that are theirs already and stay"), moves.stay),
            ],
            "cancel_url": back,
        },
    )


def _worker(request: HttpRequest) -> User | None:
    keepers = permissions.keepers(*request.actor.centres_as(*LEADS))
    try:
        return keepers.filter(uid=UUID(request.GET.get("to", ""))).first()
    except ValueError:
        return None


def _cases(request: HttpRequest) -> list[Episode]:
    """Cases the actor leads, at most one more than can be given away at once."""
    actor: Actor = request.actor
    if request.GET.get("all"):
        found = narrowed(actor, filters(request.GET.dict()), today=clock.today())
    else:
        found = open_cases(actor).filter(
            uid__in=[uid for uid in map(_uid, request.GET.getlist("case")) if uid]
        )
    led = found.filter(centre_id__in=actor.centres_as(*LEADS))
    return list(led.select_related("client", "worker").order_by("client__sort_key", "pk")[: MOST + 1])


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _problem(worker: User | None, cases: list[Episode]) -> str:
    if not cases:
        return _("Tick the cases first.")
    if worker is None:
        return _("Choose who takes the cases.")
    if len(cases) > MOST:
        return _("At most %(most)s cases are given away at once. Narrow the list down.") % {"most": MOST}
    return ""


def _done(request: HttpRequest, moves: Moves) -> str:
    said = ngettext(
        "%(n)s case is with %(name)s now.", "%(n)s cases are with %(name)s now.", len(moves.cases)
    )
    messages.success(request, said % {"n": len(moves.cases), "name": moves.worker})
    return f"{reverse('casework:caseload')}?{urlencode({'worker': str(moves.worker.uid)})}"
