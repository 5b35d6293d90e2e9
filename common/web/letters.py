"""Letters and background work, for administrators: what waits, what failed, and trying again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from common import heartbeat
from common.actions import letters as actions
from common.forms.action import ActionForm, handle
from common.letters import kind_label
from common.models import DueWork, Letter
from common.permissions import can_keep_house, require

PAGE = 30
GIVEN_UP_SHOWN = 50
TONES = {"waiting": "warn", "sending": "warn", "sent": "ok", "failed": "bad"}


def _keepers_only(request: HttpRequest) -> None:
    require(can_keep_house(request.actor), _("Only administrators look after letters and background work."))


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters by state, newest first, with what was given up above them."""
    _keepers_only(request)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = Letter.objects.defer("text", "html", "attachments").order_by("-pk")
    if state in Letter.State.values:
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(to__icontains=words) | Q(subject__icontains=words))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    for letter in page.object_list:
        letter.tone, letter.kind_label = TONES[letter.state], kind_label(letter.kind)
    counts = dict(Letter.objects.order_by().values_list("state").annotate(Count("pk")))
    given_up = DueWork.objects.filter(state=DueWork.State.FAILED).order_by("-pk")
    context = {
        "page": page,
        "q": words,
        "state": state,
        "states": [(value, label, counts.get(value, 0)) for value, label in Letter.State.choices],
        "failed": counts.get(Letter.State.FAILED, 0),
        "given_up": given_up[:GIVEN_UP_SHOWN],
        "worker": heartbeat.alive("worker"),
        "beat": heartbeat.alive("beat"),
    }
    return render(request, "common/letters.html", context)


@require_http_methods(["GET", "POST"])
def resend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send one failed letter again: asked first."""
    _keepers_only(request)
    letter = get_object_or_404(Letter, uid=uid)
    return _again(
        request,
        act=lambda values: actions.resend_letter(actor=request.actor, letter_id=letter.pk),
        title=_("Send this letter again?"),
        text=_("It leaves unchanged, with the same mark, so that mail programs show it once."),
        submit=_("Send again"),
        facts=[
            (pgettext("letter", "To"), letter.to or "–"),
            (_("Subject"), letter.subject),
            (_("What went wrong"), letter.error),
        ],
    )


@require_http_methods(["GET", "POST"])
def resend_all(request: HttpRequest) -> HttpResponse:
    """Send all failed letters again: asked first."""
    _keepers_only(request)
    failed = Letter.objects.filter(state=Letter.State.FAILED).exclude(to="").count()
    return _again(
        request,
        act=lambda values: actions.resend_failed_letters(actor=request.actor),
        title=_("Send all failed letters again?"),
        text=_("Each leaves unchanged. First make sure that what stopped them is mended."),
        submit=_("Send again"),
        facts=[(_("Failed letters"), failed)],
    )


@require_http_methods(["GET", "POST"])
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up work that was given up: asked first."""
    _keepers_only(request)
    work = get_object_or_404(DueWork, pk=pk)
    return _again(
        request,
        act=lambda values: actions.retry_work(actor=request.actor, work_id=work.pk),
        title=_("Try this work again?"),
        text=_("What it had already done is not done twice."),
        submit=_("Try again"),
        facts=[
            (_("Job"), work.kind),
            (_("Period"), work.period),
            (_("What went wrong"), work.error),
        ],
    )


def _again(request: HttpRequest, *, act: Any, **context: Any) -> HttpResponse:
    # An empty POST is one too: these forms ask nothing.
    form = ActionForm(request.POST if request.method == "POST" else None)
    back = reverse("common:letters")
    response = handle(
        request, form, act=act, then=lambda done: back, template="common/again.html", context=context
    )
    if response.status_code == 302:
        messages.success(request, _("It is in line again."))
    return response
