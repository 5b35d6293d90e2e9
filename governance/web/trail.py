"""Reading the trail: of a person served, of a record, of a colleague, of a day. Each look is itself noted."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from audit.models import ReadEntry
from audit.trail import noted_read
from casework.models import Client
from casework.permissions import can_see_history
from casework.web.file import file_context, seen_client
from common import clock
from common.errors import NotVisible
from common.permissions import require
from governance import trail_reading as reading
from governance import trail_words as words
from governance.permissions import can_read_trail
from governance.trail_reading import Cursor
from governance.web.forms import DayForm, FindTrailForm


def _require_reader(request: HttpRequest) -> None:
    require(
        can_read_trail(request.actor),
        _("The trail is read by supervisors and centre heads, for their centre, and by auditors."),
    )


def _cursor(request: HttpRequest) -> Cursor:
    return Cursor.parse(request.GET.get("older", ""))


def _older_url(request: HttpRequest, page: reading.Page) -> str:
    if page.older is None:
        return ""
    query = request.GET.copy()
    query["older"] = str(page.older)
    return f"?{query.urlencode()}"


@require_http_methods(["GET", "POST"])
def trail(request: HttpRequest) -> HttpResponse:
    """Find whose trail to open; below, the entries of one day."""
    _require_reader(request)
    find = FindTrailForm(request.POST or None)
    if request.method == "POST" and find.is_valid():
        address = _find(request, find.cleaned_data["q"].strip())
        if address:
            return HttpResponseRedirect(address)
        find.add_error("q", _("Nobody of yours has this code or e-mail."))
    asked = DayForm(request.GET if request.GET.get("day") else None, initial={"day": clock.today()})
    day = (asked.is_bound and asked.is_valid() and asked.cleaned_data["day"]) or clock.today()
    noted_read(request.actor, "trail of a day", subjects=[""])
    page = reading.read_page(*reading.of_day(day, request.actor), request.actor, _cursor(request))
    context = {
        "find": find,
        "day_form": asked,
        "day": day,
        "lines": page.lines,
        "older_url": _older_url(request, page),
    }
    wrong = find.is_bound or (asked.is_bound and not asked.is_valid())
    return render(request, "governance/trail.html", context, status=422 if wrong else 200)


def _find(request: HttpRequest, words_given: str) -> str:
    if "@" in words_given:
        user = reading.colleagues_of(request.actor).filter(email=words_given.lower()).first()
        return reverse("governance:trail_actor", kwargs={"uid": user.uid}) if user else ""
    client = reading.clients_of(request.actor).filter(code=words_given.upper()).first()
    return reverse("governance:trail_client", kwargs={"uid": client.uid}) if client else ""


@require_GET
def trail_client(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who opened one person's file, and who changed what in it."""
    client = seen_client(request, uid)
    require(
        can_see_history(request.actor, client),
        _("Who opened a file is seen by the leads of its centre and by auditors."),
    )
    frame = file_context(request, client, "trail")
    noted_read(request.actor, "trail", subjects=[str(client.uid)])
    page = reading.read_page(*reading.of_client(client), request.actor, _cursor(request))
    context = frame | {
        "lines": page.lines,
        "older_url": _older_url(request, page),
        "readers": _readers(client),
    }
    return render(request, "governance/trail_client.html", context)


def _readers(client: Client) -> list[dict[str, Any]]:
    """Who looked at the file in the last 90 days, how often and when last: the short answer to the question."""
    since = clock.now() - reading.LATELY
    rows = ReadEntry.objects.filter(subject=str(client.uid), at__gte=since)
    return reading.by_reader(rows)


@require_GET
def trail_record(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Every write to one record."""
    _require_reader(request)
    entries = reading.of_record(kind, key)
    if not reading.may_read_record(request.actor, entries):
        raise NotVisible
    subjects = reading.own_subjects(
        request.actor, entries.order_by().values_list("subject", flat=True).distinct()
    )
    noted_read(request.actor, "trail of a record", subjects=sorted(subjects) or [""])
    page = reading.read_page(entries, ReadEntry.objects.none(), request.actor, _cursor(request))
    context = {
        "kind": words.kind(kind),
        "key": key,
        "lines": page.lines,
        "older_url": _older_url(request, page),
    }
    return render(request, "governance/trail_record.html", context)


@require_GET
def trail_actor(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What one colleague wrote and looked at."""
    _require_reader(request)
    user = get_object_or_404(reading.colleagues_of(request.actor), uid=uid)
    noted_read(request.actor, "trail of a person", subjects=[str(user.uid)])
    page = reading.read_page(*reading.of_user(user), request.actor, _cursor(request))
    context = {
        "person": user,
        "roles": _roles(user),
        "lines": page.lines,
        "older_url": _older_url(request, page),
    }
    return render(request, "governance/trail_actor.html", context)


def _roles(user: User) -> list[str]:
    held = user.memberships.on(clock.today()).select_related("centre")
    return [f"{m.get_role_display()} {m.centre.name if m.centre else ''}".strip() for m in held]
