"""Naming the columns of a register whose headings are not known, or not meant as they were understood."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.actions import registers as actions
from casework.importing.outline import decode
from casework.models import RegisterImport
from casework.refusals import MESSAGES
from casework.web.forms.register import ColumnsForm
from casework.web.registers import address_of, register_of
from common.forms.action import handle

State = RegisterImport.State


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Each column with its heading, what stands first in it, and what it is read as."""
    actor, register = request.actor, register_of(request.actor, uid)
    if not register.columns_open:
        if register.in_hand:
            messages.error(request, str(MESSAGES["columns_over"]))
        return redirect(address_of(register))
    outline = decode(register.outline)
    form = ColumnsForm(request.POST or None, outline=outline)
    waiting = register.state == State.COLUMNS
    return handle(
        request,
        form,
        act=lambda values: actions.choose_columns(actor=actor, register_id=register.pk, **values),
        then=address_of,
        template="casework/imports/columns.html",
        context={
            "register": register,
            "title": _("What do the columns stand for?"),
            "waiting": waiting,
            "unread": len(outline.unread),
            "cancel_url": "" if waiting else address_of(register),
        },
    )
