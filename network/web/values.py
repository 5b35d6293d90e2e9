"""The unit-value book: what holds today, what held before, and a new line."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from common.forms.action import handle
from common.permissions import require
from network import permissions
from network.actions.values import set_unit_value
from network.models import UnitValue
from network.models.units import Unit
from network.web.forms import ValueForm


@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """Each unit with the line that holds today, and every line there ever was."""
    actor = request.actor
    require(permissions.can_read_book(actor), _("The book is for who works with contributions."))
    lines = list(UnitValue.objects.visible_to(actor))
    today = clock.today()
    holding: dict[str, UnitValue] = {}
    for line in lines:  # by unit, the latest first
        if line.valid_from <= today:
            holding.setdefault(line.unit, line)
    context = {
        "units": [(unit.label, holding.get(unit.value)) for unit in Unit if unit != Unit.BAHT],
        "lines": lines,
        "may_write": permissions.can_write_book(actor),
    }
    return render(request, "network/values.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Write a line into the book."""
    actor = request.actor
    require(permissions.can_write_book(actor), _("The department keeps the unit-value book."))
    form = ValueForm(request.POST or None)

    def then(_line: UnitValue) -> str:
        messages.success(request, _("The value is in the book."))
        return reverse("network:values")

    return handle(
        request,
        form,
        act=lambda _values: set_unit_value(actor=actor, **form.line),
        then=then,
        template="network/act.html",
        context={
            "title": _("Write a value into the book"),
            "submit": _("Save the value"),
            "lead": _(
                "It holds for what is written down from now on; what was written down before keeps its value."
            ),
            "danger": False,
            "cancel_url": reverse("network:values"),
            "back_label": _("Unit values"),
        },
    )
