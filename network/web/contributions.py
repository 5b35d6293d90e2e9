"""Contributions: the list, what waits to be confirmed, one with its steps, and what may be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require
from common.templatetags.thai import be
from network import permissions
from network.actions import contributions as actions
from network.models import Contribution
from network.models.partner import STAFF
from network.models.units import Kind
from network.refusals import refuse
from network.web import shown
from network.web.forms import CorrectForm, PlainForm, ReceiveForm, VoidForm

PAGE = 25
State = Contribution.State


@require_GET
def contributions(request: HttpRequest) -> HttpResponse:
    """All that the actor may see and that counts, newest first, by kind and state."""
    actor = request.actor
    require(permissions.can_list_contributions(actor), _("Contributions are for partners and their centres."))
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    found = Contribution.objects.visible_to(actor).standing()
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if state in State.values:
        found = found.filter(state=state)
    page = _page(request, found.order_by("-given_on", "-pk"))
    own = permissions.own_partner(actor)
    context = {
        "page": page,
        "rows": shown.rows_of(page.object_list, actor=actor, partner=own is None),
        "kinds": Kind.choices,
        "kind": kind,
        "states": State.choices,
        "state": state,
        "own": own,
    }
    return render(request, "network/contributions.html", context)


@require_GET
def to_confirm(request: HttpRequest) -> HttpResponse:
    """What was received and waits for somebody else's word, the oldest first."""
    actor = request.actor
    require(permissions.can_confirm_any(actor), _("Staff of the province confirm what was received."))
    found = Contribution.objects.visible_to(actor).to_confirm().filter(province__in=_provinces(actor))
    page = _page(request, found.order_by("given_on", "pk"))
    rows = shown.rows_of(page.object_list, actor=actor, confirm=True)
    return render(request, "network/to_confirm.html", {"page": page, "rows": rows})


def _provinces(actor: Actor) -> frozenset[str]:
    return actor.provinces_as(*STAFF)


@require_GET
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One contribution with its steps, what it replaced and what replaced it."""
    actor, row = request.actor, _row(request.actor, uid)
    later = getattr(row, "corrected_by", None)
    may_change = row.stands and permissions.can_change(actor, row)
    may_confirm = row.stands and row.state == State.RECEIVED
    context = {
        "row": row,
        "title": f"{row.what} {shown.quantity_text(row)}",
        "chip": shown.chip(row),
        "facts": _facts(row),
        "steps": shown.steps_of(row),
        "later_url": shown.address(later) if later else "",
        "may_receive": may_change and row.state == State.PLEDGED,
        "may_correct": may_change,
        "may_confirm": may_confirm and permissions.can_confirm(actor, row),
        "own_entry": may_confirm
        and row.logged_by == actor.key
        and permissions.can_log_at(actor, row.province_id),
    }
    return render(request, "network/contribution.html", context)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that it came, as somebody else than who wrote it down."""
    actor, row = request.actor, _row(request.actor, uid)
    require(
        permissions.can_log_at(actor, row.province_id), _("Staff of the province confirm what was received.")
    )
    if request.method == "GET" and row.logged_by == actor.key:
        refuse("own_entry")

    def then(_row: Contribution) -> str:
        messages.success(request, _("It is confirmed."))
        return reverse("network:to_confirm")

    return handle(
        request,
        PlainForm(request.POST or None),
        act=lambda _values: actions.confirm_contribution(actor=actor, contribution_id=row.pk),
        then=then,
        template="network/confirm.html",
        context={"row": row, "facts": _facts(row), "cancel_url": shown.address(row)},
    )


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that what was promised came."""
    row = _changeable(request.actor, uid)
    return _act_page(
        request,
        row,
        ReceiveForm(request.POST or None),
        act=lambda values: actions.receive_contribution(
            actor=request.actor, contribution_id=row.pk, **values
        ),
        words=(_("It came"), _("Save that it came"), _("It is written down that it came.")),
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put right what was written wrong."""
    row = _changeable(request.actor, uid)
    form = CorrectForm(request.POST or None, row=row)
    return _act_page(
        request,
        row,
        form,
        act=lambda _values: actions.correct_contribution(
            actor=request.actor, contribution_id=row.pk, correction=form.correction
        ),
        words=(_("Correct"), _("Save the correction"), _("It is corrected.")),
        lead=_("The old entry stays, counts no longer, and names the new one. It has to be confirmed anew."),
    )


@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that it never came."""
    row = _changeable(request.actor, uid)
    return _act_page(
        request,
        row,
        VoidForm(request.POST or None),
        act=lambda values: actions.correct_contribution(
            actor=request.actor,
            contribution_id=row.pk,
            correction=actions.Correction(None, values["reason"]),
        ),
        words=(_("It never came"), _("It does not count"), _("It counts no longer.")),
        lead=_("The entry stays to be read, but is counted nowhere."),
        danger=True,
    )


def _act_page(
    request: HttpRequest,
    row: Contribution,
    form: ActionForm,
    *,
    act: Any,
    words: tuple[str, str, str],
    lead: str = "",
    danger: bool = False,
) -> HttpResponse:
    title, submit, done = words

    def then(result: Contribution) -> str:
        messages.success(request, done)
        return shown.address(result)

    context = {"row": row, "title": title, "submit": submit, "lead": lead, "danger": danger}
    return handle(
        request,
        form,
        act=act,
        then=then,
        template="network/act.html",
        context=context | {"cancel_url": shown.address(row), "back_label": row.what},
    )


def _page(request: HttpRequest, found: QuerySet[Contribution]) -> Any:
    return Paginator(found.select_related("partner", "corrected_by"), PAGE).get_page(request.GET.get("page"))


def _row(actor: Actor, uid: UUID) -> Contribution:
    found = Contribution.objects.visible_to(actor).select_related(
        "partner", "province", "unit_value", "corrects", "corrected_by"
    )
    return get_object_or_404(found, uid=uid)


def _changeable(actor: Actor, uid: UUID) -> Contribution:
    row = _row(actor, uid)
    require(permissions.can_change(actor, row), _("You may read this but not change it."))
    return row


def _facts(row: Contribution) -> list[tuple[str, Any]]:
    """(label, value) pairs of what is known."""
    facts: list[tuple[str, Any]] = [
        (_("Partner"), row.partner.name),
        (_("Kind"), row.get_kind_display()),
        (_("How much"), shown.quantity_text(row)),
        (_("Date"), be(row.given_on)),
        (_("Value"), shown.value_text(row)),
    ]
    if row.unit_value is not None:
        line = row.unit_value
        basis = _("%(value)s each from %(day)s on: %(source)s") % {
            "value": shown.baht_text(line.satang),
            "day": be(line.valid_from),
            "source": line.source,
        }
        facts.append((_("Where the value comes from"), basis))
    if row.stated_satang is not None and row.stated_satang != row.value_satang:
        facts.append((_("Value as the giver says"), shown.baht_text(row.stated_satang)))
    facts += [
        (_("Giver"), row.giver),
        (_("Where"), " · ".join(part for part in (row.area, row.province.name) if part)),
        (_("Remark"), row.remark),
    ]
    return [(label, value) for label, value in facts if value]
