"""Finding people: one box for everything, and the files in dictionary order when nothing is typed."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.models import Centre
from accounts.roles import Role
from audit.trail import noted_read
from casework import permissions
from casework.identity import listed_once
from casework.models import Client, Episode
from casework.searching import Card, search_cards, search_clients
from casework.web import rows
from common.actor import Actor
from common.permissions import require
from common.thai import phone
from common.thai.dates import BE_OFFSET

PAGE = 30
LIVE = "found"
NO_CASE = "none"
STATES = (
    *((state, label) for state, label in Episode.State.choices if state != Episode.State.CLOSED),
    (NO_CASE, gettext_lazy("no open case")),
)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """What was searched for, or all files the actor may open."""
    require(
        permissions.can_search(request.actor),
        _("Client files are opened by caseworkers, nurses and auditors."),
    )
    q = request.GET.get("q", "").strip()
    context = _found(request.actor, q) if q else _listed(request)
    part = f"#{LIVE}" if request.htmx.target == LIVE else ""
    may_register = permissions.can_do_casework(request.actor)
    return render(
        request,
        f"casework/people.html{part}",
        {"q": q, "live_search": True, "may_register": may_register, **context},
    )


def _found(actor: Actor, q: str) -> dict[str, Any]:
    """Own files ranked, and cards of people elsewhere."""
    files = [one.client for one in search_clients(actor, q, limit=20)]
    cards = [_card(card) for card in search_cards(actor, q, limit=12, elsewhere=True)]
    return {"rows": rows.client_rows(files), "cards": cards}


def _card(card: Card) -> dict[str, Any]:
    return {
        "name": card.name,
        "nickname": card.nickname,
        "born": card.birth_year + BE_OFFSET if card.birth_year else "",
        "province": card.province,
        "centre": card.centre,
        "centre_phone": phone.format_phone(card.centre_phone),
    }


def _listed(request: HttpRequest) -> dict[str, Any]:
    """A page of files in the order of a Thai dictionary, from one file on (never a name in the address)."""
    actor = request.actor
    seen = Client.objects.visible_to(actor)
    found = _filtered(request, listed_once(seen, seen))
    page, before, after = _page(found, request)
    noted_read(actor, "list", subjects=[str(client.uid) for client in page])
    return {
        "rows": rows.client_rows(page),
        "cards": [],
        "states": STATES,
        "state": request.GET.get("state", ""),
        "workers": permissions.keepers(*actor.centre_ids) if actor.centre_ids else [],
        "worker": request.GET.get("worker", ""),
        "centres": Centre.objects.filter(_choosable(actor)),
        "centre": request.GET.get("centre", ""),
        "previous_url": _address(request, before=before) if before else "",
        "next_url": _address(request, after=after) if after else "",
        "filtered": any(request.GET.get(name) for name in ("state", "worker", "centre")),
    }


def _choosable(actor: Actor) -> Q:
    """Centres one may choose among; nobody chooses among one."""
    if actor.has(Role.AUDITOR):
        return Q()
    return Q(pk__in=actor.centre_ids) if len(actor.centre_ids) > 1 else Q(pk__in=[])


def _filtered(request: HttpRequest, found: Any) -> Any:
    state, worker, centre = (request.GET.get(name, "") for name in ("state", "worker", "centre"))
    open_cases = Episode.objects.filter(client=OuterRef("pk"), closed_on__isnull=True)
    if state == NO_CASE:
        found = found.filter(~Exists(open_cases))
    elif state in Episode.State.values:
        found = found.filter(Exists(open_cases.filter(state=state)))
    if worker_uid := _uid(worker):
        found = found.filter(Exists(open_cases.filter(worker__uid=worker_uid)))
    return found.filter(centre__code=centre) if centre else found


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(found: Any, request: HttpRequest) -> tuple[list[Client], str, str]:
    """One page by key: the files after (or before) the file named in the address, and the ends of the page."""
    after, before = _edge(request, "after"), _edge(request, "before")
    ready = found.select_related("centre").defer("pin", "health_note", "remark")
    if before is not None:
        earlier = Q(sort_key__lt=before.sort_key) | Q(sort_key=before.sort_key, pk__lt=before.pk)
        page = list(ready.filter(earlier).order_by("-sort_key", "-pk")[: PAGE + 1])
        more_before, more_after = len(page) > PAGE, True
        page = page[:PAGE][::-1]
    else:
        if after is not None:
            later = Q(sort_key__gt=after.sort_key) | Q(sort_key=after.sort_key, pk__gt=after.pk)
            ready = ready.filter(later)
        page = list(ready.order_by("sort_key", "pk")[: PAGE + 1])
        more_before, more_after = after is not None, len(page) > PAGE
        page = page[:PAGE]
    first = str(page[0].uid) if page and more_before else ""
    last = str(page[-1].uid) if page and more_after else ""
    return page, first, last


def _edge(request: HttpRequest, name: str) -> Client | None:
    uid = _uid(request.GET.get(name, ""))
    return Client.objects.visible_to(request.actor).filter(uid=uid).first() if uid else None


def _address(request: HttpRequest, **edge: str) -> str:
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query.update(edge)
    return f"{reverse('casework:clients')}?{query.urlencode()}"
