"""Undoing a register that was written: what would go, or who has worked on it since."""

from itertools import islice
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casework import permissions
from casework.actions.register_undoing import ask_to_undo
from casework.models import Client, FollowUp
from casework.undoing import blockers, made_by, whole_blockers
from casework.web.forms.register import ConfirmForm
from casework.web.registers import address_of, register_of
from common.forms.action import handle
from common.permissions import require

SHOWN = 30
"""People with something built on their file that are listed."""


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say exactly what goes; where something was built on it, say on whom, what and by whom."""
    actor, register = request.actor, register_of(request.actor, uid)
    require(
        permissions.can_undo_register(actor, register),
        _("Whoever confirmed it, or a lead, undoes a register."),
    )
    count = register.rows.filter(written_at__isnull=False).count()
    if request.method == "GET" and not (register.in_hand and count):
        return redirect(address_of(register))
    people = made_by(register).count()
    found = list(islice(blockers(actor, register), SHOWN + 1))
    seen = set(
        Client.objects.visible_to(actor)
        .filter(pk__in=[one.client.pk for one in found])
        .values_list("pk", flat=True)
    )
    context = {
        "register": register,
        "title": ngettext("Undo %(n)s registration?", "Undo %(n)s registrations?", people) % {"n": people},
        "facts": [
            (_("People who are removed with notice, case and appointments"), people),
            (_("Appointments among them"), FollowUp.objects.filter(client__source_import=register).count()),
            (_("Files that get back what stood in them"), count - register.rows.registered().count()),
        ],
        "whole": whole_blockers(register),
        "blockers": [(one, one.client.pk in seen) for one in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "cancel_url": address_of(register),
    }
    return handle(
        request,
        ConfirmForm(request.POST or None, count=count),
        act=lambda values: ask_to_undo(actor=actor, register_id=register.pk, **values),
        then=address_of,
        template="casework/imports/undo.html",
        context=context,
    )
