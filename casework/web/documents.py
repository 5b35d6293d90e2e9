"""Papers and photos of a file: the tab, one paper, its content, and what is done with it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from audit.trail import noted_read
from casework import permissions, serving
from casework.actions.documents import add_documents, correct_document, remove_document
from casework.models import ClientDocument
from casework.permissions import FileRights
from casework.web.acting import act_page, tab_url
from casework.web.file import file_context, own_client, seen_client
from casework.web.forms.documents import CorrectDocumentForm, DocumentsForm
from casework.web.forms.person import ReasonForm
from casework.web.shown import Fact
from common import clock
from common.errors import NotVisible
from common.permissions import require
from common.templatetags.thai import be

SHOWN = ClientDocument.objects.select_related("client__centre", "added_by")


@require_GET
def documents(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything in the file, newest first; what one may not open is there without its content."""
    client = seen_client(request, uid)
    context = file_context(request, client, "documents")
    rights: FileRights = context["rights"]
    rows = list(client.documents.standing().select_related("added_by"))
    pictures = [row for row in rows if row.is_picture and rights.may_open(row)]
    noted_read(request.actor, "thumbnail", subjects=[str(client.uid)] if pictures else [])
    removed = client.documents.filter(removed_at__isnull=False, corrected_by__isnull=True)
    return render(
        request,
        "casework/documents/tab.html",
        context
        | {
            "cards": [_card(row, opens=rights.may_open(row)) for row in rows],
            "removed": removed.select_related("removed_by") if rights.write else [],
        },
    )


def _card(row: ClientDocument, *, opens: bool) -> dict[str, Any]:
    return {
        "row": row,
        "opens": opens,
        "name": (row.title if opens else "") or row.get_kind_display(),
        "day": be(row.taken_on or clock.local(row.recorded_at).date()),
        "size": filesizeformat(row.size),
    }


def _seen(request: HttpRequest, uid: UUID) -> ClientDocument:
    """The paper, if the actor may look at it: 404 without the file or once it is removed, 403 not for the role."""
    row: ClientDocument = get_object_or_404(SHOWN.visible_to(request.actor), uid=uid)
    require(permissions.can_open_document(request.actor, row), _("This paper is not for your role."))
    if row.removed_at is not None:
        raise NotVisible
    return row


@require_GET
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One paper, its versions, and what may be done with it."""
    row = _seen(request, uid)
    newer = ClientDocument.objects.filter(corrects=row).first()
    context = file_context(request, row.client, "documents")
    return render(
        request,
        "casework/documents/one.html",
        context
        | {
            "row": row,
            "name": row.title or row.get_kind_display(),
            "newer": newer,
            "earlier": row.corrects,
            "facts": [fact for fact in _facts(row) if fact.value],
            "may_change": context["rights"].write and newer is None,
        },
    )


def _facts(row: ClientDocument) -> list[Fact]:
    by = str(row.added_by) if row.added_by else _("the system")
    return [
        Fact(_("Kind"), row.get_kind_display()),
        Fact(_("From which day"), be(row.taken_on) if row.taken_on else ""),
        Fact(_("Put here"), f"{be(row.recorded_at)} · {by}"),
        Fact(_("Type"), f"{row.extension.upper()} · {filesizeformat(row.size)}"),
        Fact(_("Size"), f"{row.width} × {row.height}" if row.width else ""),
    ]


@require_GET
def content(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The content as a download."""
    row = _seen(request, uid)
    noted_read(request.actor, "document", subjects=[str(row.client.uid)])
    return HttpResponse(**serving.content(row))


@require_GET
def thumbnail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The small picture of a photo. That somebody saw it is noted once, by the page that shows it."""
    row = _seen(request, uid)
    if not row.is_picture:
        raise NotVisible
    return HttpResponse(**serving.thumbnail(row))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add papers or photos."""
    client = own_client(request, uid)
    form = DocumentsForm(request.POST or None, request.FILES or None)

    def act(_values: dict[str, Any]) -> list[ClientDocument]:
        return add_documents(
            actor=request.actor, client_id=client.pk, about=form.about, contents=form.contents
        )

    count = len(request.FILES.getlist("chosen")) + len(request.FILES.getlist("camera"))
    return act_page(
        request,
        client,
        form,
        act=act,
        title=_("Add papers or photos"),
        submit=_("Put them into the file"),
        back=tab_url(client, "documents"),
        done=ngettext("%(n)s file is kept.", "%(n)s files are kept.", count) % {"n": count},
        lead=_("Ask the person before you take a photo of them, and say what it is for."),
    )


def _own(request: HttpRequest, uid: UUID) -> ClientDocument:
    row = _seen(request, uid)
    own_client(request, row.client.uid)
    return row


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a new version in the place of a paper."""
    row = _own(request, uid)
    initial = {"kind": row.kind, "title": row.title, "taken_on": row.taken_on}
    form = CorrectDocumentForm(request.POST or None, request.FILES or None, initial=initial)

    def act(values: dict[str, Any]) -> ClientDocument:
        return correct_document(
            actor=request.actor,
            document_id=row.pk,
            about=form.about,
            reason=values["reason"],
            content=form.contents[0] if form.contents else None,
        )

    return act_page(
        request,
        row.client,
        form,
        act=act,
        title=_("Correct a paper"),
        submit=_("Save the new version"),
        lead=_("The old version stays and can be opened from the new one."),
        back=tab_url(row.client, "documents"),
        done=_("The new version is kept."),
    )


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a paper out of sight, for good."""
    row = _own(request, uid)
    return act_page(
        request,
        row.client,
        ReasonForm(request.POST or None),
        act=lambda values: remove_document(actor=request.actor, document_id=row.pk, **values),
        title=_("Remove: %(name)s") % {"name": row.title or row.get_kind_display()},
        submit=_("Remove it"),
        lead=_(
            "Nobody opens it any more, nor an earlier version. That it was here, and why it was removed, stays."
        ),
        danger=True,
        back=tab_url(row.client, "documents"),
        done=_("It is removed."),
    )
