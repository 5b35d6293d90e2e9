"""The outbox: mail that was kept because no mail server is set."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common import clock
from common.models import OutboxMail
from common.permissions import can_read_outbox, require
from common.thai.dates import format_be, format_time

PAGE = 25


def _kept(request: HttpRequest) -> QuerySet[OutboxMail]:
    """The mails this actor may read. There is no such page where mail really leaves."""
    if settings.EMAIL_URL:
        raise Http404
    require(can_read_outbox(request.actor), _("The outbox is for administrators."))
    return OutboxMail.objects.order_by("-pk")


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The list, newest first; `q` looks in recipients and subjects."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = _kept(request).defer("raw")
    if words:
        found = found.filter(Q(to__icontains=words) | Q(subject__icontains=words))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "common/outbox.html", {"page": page, "q": words})


@require_safe
def mail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One mail as it would have left."""
    kept = get_object_or_404(_kept(request), uid=uid)
    parsed = _parsed(kept)
    files = [
        (file.get_filename() or str(number), reverse("common:outbox_attachment", args=[uid, number]))
        for number, file in enumerate(parsed.iter_attachments(), 1)
    ]
    lang = get_language() or "th"
    context = {
        "mail": kept,
        "sender": str(parsed["From"] or ""),
        "sent_at": f"{format_be(kept.kept_at, 'long', lang=lang)} {format_time(clock.local(kept.kept_at), lang)}",
        "text": _part(parsed, "plain"),
        "html": _part(parsed, "html"),
        "attachments": files,
    }
    return render(request, "common/outbox_mail.html", context)


@require_safe
def attachment(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """One attached file, always as a download."""
    files = list(_parsed(get_object_or_404(_kept(request), uid=uid)).iter_attachments())
    if not 1 <= number <= len(files):
        raise Http404
    file = files[number - 1]
    name = file.get_filename() or str(number)
    return HttpResponse(
        file.get_payload(decode=True) or b"",
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _parsed(kept: OutboxMail) -> EmailMessage:
    return message_from_bytes(bytes(kept.raw), policy=modern)


def _part(parsed: EmailMessage, kind: str) -> str:
    """The body of that kind, "" when the mail has none."""
    body = parsed.get_body((kind,))
    return "" if body is None else str(body.get_content())
