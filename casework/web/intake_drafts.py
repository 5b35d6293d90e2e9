"""Drafts of an intake: saved while one types, listed, taken up again, discarded."""

from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import permissions
from casework.actions.intake_drafts import discard_draft, save_draft
from casework.models import IntakeDraft
from casework.web.forms.intake import FORM_ID, IntakeForm
from common import clock
from common.actor import Actor
from common.errors import DomainError
from common.forms.action import ActionForm, handle
from common.permissions import require
from common.templatetags.thai import be
from common.templatetags.thai import clock as time_text

NOT_KEPT = {"csrfmiddlewaretoken", "submission", "draft", "draft_version", "over"}
SUBSTANCE = (
    *("first_name", "last_name", "nickname", "descriptor", "found_place", "born", "phone", "pin"),
    *("sleeping_place", "health_note", "reporter", "reporter_phone", "details", "words", "flag_text"),
    "appointment_for",
)
"""A form in which none of these holds anything is empty, whatever it suggests by itself."""
NAMED_BY = ("first_name", "nickname", "descriptor", "found_place", "details")


def _require_caseworker(actor: Actor) -> None:
    require(permissions.can_do_casework(actor), _("People are registered by caseworkers."))


def _content(sent: QueryDict) -> str:
    """What is kept of a form; "" when nothing of substance stands in it."""
    if not any(sent.get(name, "").strip() for name in SUBSTANCE):
        return ""
    return urlencode([(name, v) for name, values in sent.lists() if name not in NOT_KEPT for v in values])


def _kept(draft: IntakeDraft) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(draft.content, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


@sensitive_post_parameters()
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what stands in the form so far: for htmx a line that says when, else the draft's own page."""
    _require_caseworker(request.actor)
    try:
        draft = save_draft(
            actor=request.actor,
            uid=_uid(request.POST.get("draft", "")),
            content=_content(request.POST),
            version=_number(request.POST.get("draft_version", "")),
            over=request.POST.get("over") == "yes",
        )
    except DomainError as error:
        return _not_saved(request, error)
    address = reverse("casework:draft", args=[draft.uid])
    if not request.htmx:
        messages.success(request, _("The draft is saved. You can go on with it on any device."))
        return HttpResponseRedirect(address)
    response = render(request, "casework/intake/_draft.html", {"saved": draft, "swapped": True})
    response.headers["HX-Replace-Url"] = address
    return response


def _not_saved(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Why not; what was typed stays on the screen. An empty form that a pause in typing sent is no news."""
    context: dict[str, Any] = {"problem": error, "stale_uid": _stale_uid(request, error)}
    if request.htmx:
        if error.code == "draft_empty":
            return HttpResponse(status=204)
        return render(request, "casework/intake/_draft.html", context, status=409)
    form = IntakeForm(actor=request.actor, initial=_typed(request.POST))
    context |= {"form": form, "form_id": FORM_ID}
    return render(request, "casework/intake.html", context, status=422)


def _stale_uid(request: HttpRequest, error: DomainError) -> UUID | None:
    return _uid(request.POST.get("draft", "")) if error.code == "stale" else None


def _typed(sent: QueryDict) -> dict[str, Any]:
    return _as_initial({name: values for name, values in sent.lists() if name != "csrfmiddlewaretoken"})


def _as_initial(kept: dict[str, list[str]]) -> dict[str, Any]:
    """Values as a form shows them: everything the draft does not hold was empty or not ticked."""
    several = {"needs", "papers"}
    every = IntakeForm.base_fields
    return {
        name: kept.get(name, []) if name in several else (kept.get(name) or [""])[-1]
        for name in every
        if name in kept or name not in {"submission", "centre"}
    }


@require_GET
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The intake with what stands in a draft."""
    _require_caseworker(request.actor)
    draft = get_object_or_404(IntakeDraft.objects.visible_to(request.actor), uid=uid)
    initial = _as_initial(_kept(draft)) | {"draft": draft.uid, "draft_version": draft.version}
    form = IntakeForm(actor=request.actor, initial=initial)
    return render(
        request,
        "casework/intake.html",
        {"form": form, "form_id": FORM_ID, "saved": draft, "likely": []},
    )


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """One's own drafts."""
    _require_caseworker(request.actor)
    found = IntakeDraft.objects.visible_to(request.actor)
    rows = [_row(draft) for draft in found]
    return render(request, "casework/intake/drafts.html", {"rows": rows})


def _row(draft: IntakeDraft) -> dict[str, Any]:
    left = (clock.local(draft.expires_at).date() - clock.today()).days
    return {
        "uid": draft.uid,
        "name": _name(draft),
        "saved": _saved(draft),
        "left": ngettext("kept for %(n)s more day", "kept for %(n)s more days", left) % {"n": left},
    }


def _name(draft: IntakeDraft) -> str:
    kept = _kept(draft)
    words = (" ".join(kept.get(name, [""])[0].split()) for name in NAMED_BY)
    return next((word[:80] for word in words if word), _("no name yet"))


def _saved(draft: IntakeDraft) -> str:
    at = clock.local(draft.saved_at)
    day = _("today") if at.date() == clock.today() else be(at.date())
    return f"{day} {time_text(at)}"


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw a draft away, after a question."""
    _require_caseworker(request.actor)
    draft = get_object_or_404(IntakeDraft.objects.visible_to(request.actor), uid=uid)
    drafts_url = reverse("casework:drafts")

    def then(_result: Any) -> str:
        messages.success(request, _("The draft is discarded."))
        return drafts_url

    return handle(
        request,
        ActionForm(request.POST or None),
        act=lambda _values: discard_draft(actor=request.actor, uid=draft.uid),
        then=then,
        template="casework/intake/discard.html",
        context={
            "title": _("Discard this draft?"),
            "text": _("Nobody is registered. What stands in the draft is gone and cannot be brought back."),
            "facts": [(_("Draft"), _name(draft)), (_("Saved"), _saved(draft))],
            "submit": _("Discard the draft"),
            "cancel_url": drafts_url,
        },
    )


def _uid(text: str) -> UUID:
    """The draft's key as the form sends it; something nobody has where it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
