"""A row of a register and the file of the same person, field by field: what would change, and what shall."""

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Province
from audit.trail import noted_read
from casework import permissions
from casework.actions import registers as actions
from casework.filling import Difference, differences
from casework.importing.reading import decode
from casework.importing.words import COLUMNS
from casework.models import Client, RegisterRow
from casework.web.forms.register import SameForm
from casework.web.registers import address_of, register_of
from common.forms.action import handle
from common.permissions import require
from common.templatetags.thai import be
from common.thai import idnumber, phone

Decision = RegisterRow.Decision
LABELS = {"born": COLUMNS["birth"], "home": COLUMNS["domicile"]}


class Line(NamedTuple):
    """One field: what stands in the file, what the row says, and whether it may and shall be taken over."""

    field: str
    label: Any
    on_file: str
    in_row: str
    possible: bool
    chosen: bool
    fills: bool


@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, uid: UUID, row: int) -> HttpResponse:
    """Look at every difference, then decide that it is the same person."""
    actor, register = request.actor, register_of(request.actor, uid)
    found = get_object_or_404(register.rows, row=row, match_client__isnull=False)
    client = get_object_or_404(Client.objects.visible_to(actor), pk=found.match_client_id)
    require(permissions.can_write(actor, client), _("You may read this file but not write in it."))
    back = f"{address_of(register)}?show={found.kind}#row-{row}"
    if not register.in_hand or found.written_at:
        messages.error(request, _("This row cannot be decided about now."))
        return redirect(back)
    noted_read(actor, "client", subjects=[str(client.uid)])
    parsed = decode(found.payload, row=row)
    differing = differences(parsed, client, with_pin=permissions.can_see_pin(actor, client))
    form = SameForm(request.POST or None, found=differing, version=client.version)
    chosen = request.POST.getlist("takes") if request.method == "POST" else form.initial["takes"]
    return handle(
        request,
        form,
        act=lambda values: actions.decide_row(
            actor=actor, register_id=register.pk, row=row, decision=Decision.SAME, **values
        ),
        then=lambda _row: back,
        template="casework/imports/same.html",
        context={
            "register": register,
            "client": client,
            "row": row,
            "lines": [_line(one, chosen) for one in differing],
            "cancel_url": back,
        },
    )


def _line(one: Difference, chosen: list[str]) -> Line:
    return Line(
        field=one.field,
        label=LABELS.get(one.field) or COLUMNS.get(one.field, ""),
        on_file=_said(one.field, one.on_file),
        in_row=_said(one.field, one.in_row),
        possible=one.possible,
        chosen=one.possible and one.field in chosen,
        fills=one.fills,
    )


def _said(field: str, value: Any) -> str:
    """A value in words; numbers as far as they help to tell."""
    if value in ("", None, "unknown"):
        return ""
    if field == "born":
        return be(value)
    if field == "home":
        return str(Province.objects.get(pk=value).name)
    if field in {"sex", "cause"}:
        return str(dict(Client._meta.get_field(field).flatchoices)[value])
    if field == "pin":
        return idnumber.mask(value)
    return phone.format_phone(value) if field == "phone" else str(value)
