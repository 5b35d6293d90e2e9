"""What is not known of the people in hand, and whether anybody asked: figures for leads, each of which opens."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.models import Centre
from accounts.roles import LEADS
from audit.trail import noted_read
from casework import permissions
from casework.lacking import counts, files_in_hand, standing
from casework.models import Client
from casework.rules.answers import KNOWN, NOT_ASKED, QUESTIONS, REFUSED, STANDINGS, UNKNOWN, missing
from casework.web import rows
from common.permissions import require

PAGE = 30
QUESTION_LABELS = {
    "identity": gettext_lazy("Identity paper"),
    "born": gettext_lazy("Date of birth"),
    "phone": gettext_lazy("Phone"),
    "home": gettext_lazy("Home province"),
    "health": gettext_lazy("Health"),
    "legal": gettext_lazy("Group under the Act"),
    "papers": gettext_lazy("Papers they have with them"),
}
STANDING_LABELS = {
    KNOWN: gettext_lazy("known"),
    UNKNOWN: gettext_lazy("does not know"),
    REFUSED: gettext_lazy("does not want to say"),
    NOT_ASKED: gettext_lazy("not asked yet"),
}
TONES = {UNKNOWN: "", REFUSED: "", NOT_ASKED: "warn"}
ANSWER_FIELDS = (
    *("id_status", "born_on", "phone", "home_province_id", "health_note", "legal_category", "papers"),
    *("born_answer", "phone_answer", "home_answer", "health_answer", "papers_answer"),
)


def missing_rows(client: Client) -> list[dict[str, Any]]:
    """What one file lacks, what was never asked first. Asks the database nothing."""
    known = {name: getattr(client, name) for name in ANSWER_FIELDS}
    return [
        {
            "label": QUESTION_LABELS[one.question],
            "chip": STANDING_LABELS[one.standing],
            "tone": TONES[one.standing],
        }
        for one in missing(known)
    ]


@require_GET
def quality(request: HttpRequest) -> HttpResponse:
    """A row per question; a number leads to the files behind it."""
    actor = request.actor
    require(permissions.can_lead(actor), _("This page is for supervisors and centre heads."))
    centres = list(Centre.objects.filter(pk__in=actor.centres_as(*LEADS)).order_by("code"))
    chosen = next((c for c in centres if c.code == request.GET.get("centre", "")), None)
    files = files_in_hand(actor, chosen.pk if chosen else None)
    question, how = request.GET.get("question", ""), request.GET.get("answer", "")
    context: dict[str, Any] = {
        "table": _table(counts(files), chosen),
        "standings": [STANDING_LABELS[one] for one in STANDINGS],
        "centres": [_way(one, chosen) for one in centres] if len(centres) > 1 else [],
        "opened": None,
    }
    if question in QUESTIONS and how in STANDINGS:
        found = files.filter(standing(question, how)).select_related("centre")
        page = Paginator(found.order_by("sort_key", "pk"), PAGE).get_page(request.GET.get("page"))
        noted_read(actor, "list", subjects=[str(client.uid) for client in page])
        context |= {
            "opened": {"question": QUESTION_LABELS[question], "answer": STANDING_LABELS[how]},
            "page": page,
            "rows": rows.client_rows(list(page)),
        }
    return render(request, "casework/quality.html", context)


def _table(found: dict[str, dict[str, int]], chosen: Centre | None) -> list[dict[str, Any]]:
    base = reverse("casework:quality") + "?" + (f"centre={chosen.code}&" if chosen else "")
    return [
        {
            "label": QUESTION_LABELS[question],
            "cells": [
                {
                    "count": found[question][how],
                    "url": f"{base}question={question}&answer={how}#files",
                    "label": STANDING_LABELS[how],
                }
                for how in STANDINGS
            ],
        }
        for question in QUESTIONS
    ]


def _way(centre: Centre, chosen: Centre | None) -> dict[str, Any]:
    url = reverse("casework:quality") + f"?centre={centre.code}"
    return {"label": str(centre), "url": url, "current": centre == chosen}
