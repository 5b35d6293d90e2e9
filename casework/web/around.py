"""Pages of needs, notes and the people around somebody."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.actions.needs import settle_need, state_need
from casework.actions.notes import add_note, correct_note
from casework.actions.related import add_related_person, end_related_person
from casework.models import Client, Need, Note, RelatedPerson
from casework.refusals import refuse
from casework.web.acting import act_page, tab_url
from casework.web.file import own_client
from casework.web.forms.around import EndRelatedForm, NoteForm, RelatedForm
from casework.web.forms.episodes import NeedForm, SettleForm
from common.permissions import require


def own_row(request: HttpRequest, model: Any, uid: UUID) -> Any:
    """A row of a file in which the actor may write; 404 unseen, 403 where one may only read."""
    row = get_object_or_404(model.objects.visible_to(request.actor).select_related("client__centre"), uid=uid)
    own_client(request, row.client.uid)
    return row


@require_http_methods(["GET", "POST"])
def need(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down a need."""
    client = own_client(request, uid)
    form = NeedForm(request.POST or None)
    return act_page(
        request,
        client,
        form,
        act=lambda _values: state_need(actor=request.actor, client_id=client.pk, need=form.need),
        title=_("Add a need"),
        submit=_("Save the need"),
        done=_("The need is saved."),
    )


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what became of a need."""
    row: Need = own_row(request, Need, uid)
    return act_page(
        request,
        row.client,
        SettleForm(request.POST or None),
        act=lambda values: settle_need(actor=request.actor, need_id=row.pk, **values),
        title=_("Need: %(need)s") % {"need": row.get_kind_display()},
        submit=_("Save what became of it"),
        lead=row.words,
        done=_("What became of the need is saved."),
    )


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a note."""
    client = own_client(request, uid)
    return act_page(
        request,
        client,
        NoteForm(request.POST or None),
        act=lambda values: add_note(actor=request.actor, client_id=client.pk, **values),
        title=_("Write a note"),
        submit=_("Save the note"),
        back=tab_url(client, "notes"),
        done=_("The note is saved."),
    )


@require_http_methods(["GET", "POST"])
def note_correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Replace a note of one's own."""
    row: Note = own_row(request, Note, uid)
    require(row.author_id == request.actor.user_id, _("Only who wrote a note corrects it."))
    form = NoteForm(request.POST or None, initial={"text": row.text, "occurred_on": row.occurred_on})
    return act_page(
        request,
        row.client,
        form,
        act=lambda values: correct_note(actor=request.actor, note_id=row.pk, **values),
        title=_("Correct a note"),
        submit=_("Save the correction"),
        lead=_("The old note stays in the file, marked as corrected."),
        back=tab_url(row.client, "notes"),
        done=_("The note is corrected."),
    )


@require_http_methods(["GET", "POST"])
def related(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down somebody around the client."""
    client = own_client(request, uid)
    form = RelatedForm(request.POST or None)

    def act(values: dict[str, Any]) -> RelatedPerson:
        other = None
        if code := values["other"].strip().upper():
            found = Client.objects.visible_to(request.actor).filter(code=code).first()
            other = found or refuse("related_unknown", "other")
        return add_related_person(actor=request.actor, client_id=client.pk, related=form.related(other))

    return act_page(
        request,
        client,
        form,
        act=act,
        title=_("Add somebody around the person"),
        submit=_("Save the person"),
        back=tab_url(client, "around"),
        done=_("The person is saved."),
    )


@require_http_methods(["GET", "POST"])
def related_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody is no longer around."""
    row: RelatedPerson = own_row(request, RelatedPerson, uid)
    return act_page(
        request,
        row.client,
        EndRelatedForm(request.POST or None),
        act=lambda values: end_related_person(actor=request.actor, related_id=row.pk, **values),
        title=_("No longer around: %(name)s") % {"name": row.name},
        submit=_("Save"),
        lead=_("The entry stays in the file as past."),
        back=tab_url(row.client, "around"),
        done=_("Saved."),
    )
