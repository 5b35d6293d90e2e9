"""Pages that change what is known of a person: the record, the ID number, who may open the file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.trail import noted_read
from casework import permissions
from casework.actions.clients import restrict_client, set_pin, unrestrict_client, update_client
from casework.web.acting import act_page
from casework.web.file import own_client
from casework.web.forms.person import EditForm, NumberForm, ReasonForm
from common.permissions import require


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the record. Who saved in between is named, and nothing typed is lost."""
    client = own_client(request, uid)
    noted_read(request.actor, "client", subjects=[str(client.uid)])
    form = EditForm(request.POST or None, client=client)
    return act_page(
        request,
        client,
        form,
        act=lambda values: update_client(
            actor=request.actor, client_id=client.pk, version=values["version"], changes=form.changes()
        ),
        title=_("Change the record"),
        submit=_("Save the record"),
        done=_("The record is saved."),
        template="casework/edit.html",
    )


@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter, correct or verify the ID number; for caseworkers of the centre that keeps the file."""
    client = own_client(request, uid)
    allowed = permissions.can_see_pin(request.actor, client)
    require(allowed, _("Only the centre that keeps the file changes the ID number."))
    noted_read(request.actor, "id_number", subjects=[str(client.uid)])
    return act_page(
        request,
        client,
        NumberForm(request.POST or None, client=client),
        act=lambda values: set_pin(actor=request.actor, client_id=client.pk, **values),
        title=_("ID number"),
        submit=_("Save the number"),
        done=_("The number is saved."),
        template="casework/edit.html",
    )


@require_http_methods(["GET", "POST"])
def restrict(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Restrict the file, or open it again; for leads of the centre."""
    client = own_client(request, uid)
    require(
        permissions.can_restrict(request.actor, client), _("Only the leads of the centre restrict a file.")
    )
    act = unrestrict_client if client.restricted else restrict_client
    title = _("Open the file again") if client.restricted else _("Restrict the file")
    return act_page(
        request,
        client,
        ReasonForm(request.POST or None),
        act=lambda values: act(actor=request.actor, client_id=client.pk, **values),
        title=title,
        submit=title,
        lead=_(
            "A restricted file is opened by the centre's leads and the worker in charge only. Nobody finds it."
        ),
        danger=not client.restricted,
        done=_("Saved."),
    )
