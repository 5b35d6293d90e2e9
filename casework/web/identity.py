"""Pages on which two records are found to be one person, compared, linked and taken apart again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.trail import noted_read
from casework import rules
from casework.actions.identity import link_clients, unlink_clients
from casework.likeness import likely_same
from casework.models import Client, LinkEvent
from casework.searching import search_clients
from casework.web.acting import act_page, saying
from casework.web.file import file_context, own_client
from casework.web.forms.identity import LinkForm, UnlinkForm
from casework.web.likely import likely_rows
from casework.web.linked import compared, standing_link
from casework.web.shown import file_url
from common.errors import NotVisible
from common.forms.action import handle


@require_GET
def same(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who may be the same person as the one whose file this is: by likeness, or searched for."""
    client = own_client(request, uid)
    context = file_context(request, client, "same")
    q = request.GET.get("q", "").strip()
    if q:
        hits = [one.client for one in search_clients(request.actor, q, limit=12)]
        rows = [_found_row(one) for one in hits if one.person_id != client.person_id]
    else:
        likely = likely_same(request.actor, client, from_score=rules.LIKELY_FROM, limit=12)
        noted_read(request.actor, "card", subjects=[str(one.client.uid) for one in likely])
        rows = likely_rows(likely)
    for row in rows:
        row["compare_url"] = reverse("casework:link", args=[client.uid, row["uid"]]) if row["url"] else ""
    return render(request, "casework/identity/same.html", context | {"q": q, "rows": rows})


def _found_row(client: Client) -> dict[str, Any]:
    return {
        "uid": client.uid,
        "name": client.main_name,
        "nick": client.other_name,
        "strong": False,
        "says": client.code,
        "url": file_url(client),
        "centre": client.centre.name,
        "centre_phone": "",
    }


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, uid: UUID, other: UUID) -> HttpResponse:
    """Two records side by side, and the form that links them."""
    one, two = own_client(request, uid), own_client(request, other)
    if one.pk == two.pk:
        raise NotVisible
    noted_read(request.actor, "client", subjects=[str(one.uid), str(two.uid)])
    standing = standing_link(one, two)
    form = LinkForm(
        request.POST or None, one=one, other=two, initial={"keep": str(_likely_kept(one, two).uid)}
    )
    return handle(
        request,
        form,
        act=lambda values: link_clients(actor=request.actor, reason=values["reason"], **form.keys),
        then=lambda event: saying(request, _("The records are linked."), file_url(event.kept))(event),
        template="casework/identity/link.html",
        context={
            "client": one,
            "other": two,
            "lines": compared(request, one, two),
            "standing": standing,
            "together": one.person_id == two.person_id,
            "aside": [client for client in (one, two) if client.kept_id is not None],
            "becomes_strict": one.restricted != two.restricted,
        },
    )


def _likely_kept(one: Client, other: Client) -> Client:
    """The one with an open case, else the one from whose file one came."""
    opened = other.episodes.filter(closed_on__isnull=True).exists()
    return other if opened and not one.episodes.filter(closed_on__isnull=True).exists() else one


@require_http_methods(["GET", "POST"])
def unlink(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take two records apart; each is again what it was."""
    row = get_object_or_404(
        LinkEvent.objects.visible_to(request.actor)
        .filter(undoes__isnull=True)
        .select_related("kept", "aside"),
        uid=uid,
    )
    own_client(request, row.kept.uid)
    aside = own_client(request, row.aside.uid)
    if LinkEvent.objects.filter(undoes=row).exists() and request.method == "GET":
        return redirect(file_url(aside))
    names = {"kept": row.kept.code, "aside": row.aside.code}
    return act_page(
        request,
        aside,
        UnlinkForm(request.POST or None),
        act=lambda values: unlink_clients(actor=request.actor, link_id=row.pk, **values),
        title=_("Undo the link"),
        submit=_("Undo the link"),
        lead=_(
            "%(kept)s and %(aside)s become two people again. Each record is what it was before: its name, who may "
            "open it, its warnings and its rooms, with all that was written in it since."
        )
        % names,
        danger=True,
        done=_("The link is undone. Both records stand by themselves again."),
    )
