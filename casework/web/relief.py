"""Relief grants: those of a file, one of them, and each step."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.trail import noted_read
from casework import grant_papers, grants, naming, permissions
from casework.actions.relief import apply_for_grant, cancel_grant, decide_grant
from casework.actions.relief_payments import pay_grant, reverse_payment
from casework.models import ReliefGrant, ReliefPayment, ReliefTerms
from casework.web.acting import act_page, saying, tab_url
from casework.web.file import file_context, open_episode, own_client, seen_client
from casework.web.forms.person import ReasonForm
from casework.web.forms.relief import DecisionForm, GrantForm, HandoverForm
from common import clock
from common.forms.action import ActionForm, handle
from common.money import format_baht
from common.permissions import require
from common.web import files

WHOLE = ReliefGrant.objects.select_related("client__centre", "centre", "applied_by", "decided_by")
State = ReliefGrant.State


@require_GET
def tab(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The grants of one file."""
    client = seen_client(request, uid)
    require(
        permissions.can_see_grants(request.actor, client),
        _("Relief grants are read by caseworkers, finance officers and auditors."),
    )
    context = file_context(request, client, "grants")
    rows = WHOLE.filter(client=client).order_by("-applied_on", "-pk")
    return render(
        request,
        "casework/relief/tab.html",
        context | {"rows": [grants.shown_row(row, "") for row in rows]},
    )


def _seen(request: HttpRequest, uid: UUID) -> ReliefGrant:
    found: ReliefGrant = get_object_or_404(WHOLE.visible_to(request.actor), uid=uid)
    return found


@require_GET
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One grant: what it is for, what happened, and what can be done. The look is in the trail."""
    row, actor = _seen(request, uid), request.actor
    noted_read(actor, "relief_grant", subjects=[str(row.client.uid)])
    payments = row.payments.select_related("paid_by", "centre", "reversal__reversed_by").order_by("-pk")
    pays = permissions.can_pay_grant(actor, row)
    open_still = row.state in (State.APPLIED, State.APPROVED)
    return render(
        request,
        "casework/relief/one.html",
        {
            "row": row,
            "tone": grants.TONES[row.state],
            "name": naming.names_of(actor, [row])[row.pk],
            "file": row.client if naming.files_of(actor, [row]) else None,
            "payments": [(paid, getattr(paid, "reversal", None)) for paid in payments],
            "may_decide": row.state == State.APPLIED and permissions.can_decide_grant(actor, row),
            "own": row.state == State.APPLIED and row.applied_by_id == actor.user_id,
            "may_pay": row.state == State.APPROVED and pays,
            "may_reverse": row.state == State.PAID and pays,
            "may_cancel": open_still and permissions.can_cancel_grant(actor, row),
        },
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Apply for a grant."""
    client = own_client(request, uid)
    open_episode(client)
    form = GrantForm(request.POST or None)
    return act_page(
        request,
        client,
        form,
        act=lambda _values: apply_for_grant(actor=request.actor, client_id=client.pk, new=form.new),
        title=_("Apply for a relief grant"),
        submit=_("Send the application"),
        lead=_lead(),
        back=tab_url(client, "grants"),
        done=_("The application waits for another lead of the centre."),
    )


def _lead() -> str:
    terms = ReliefTerms.objects.holding(clock.today())
    if terms is None:
        return ""
    ours = f" ({_('our default')})" if terms.times_are_ours else ""
    language = "en" if translation.get_language() == "en" else "th"
    return _(
        "At most %(most)s at once, and %(times)s times in a fiscal year%(ours)s. Call first, then visit."
    ) % {
        "most": format_baht(terms.ceiling, language),
        "times": terms.times,
        "ours": ours,
    }


def _step(
    request: HttpRequest,
    row: ReliefGrant,
    form: ActionForm,
    act: Callable[[dict[str, Any]], Any],
    **words: Any,
) -> HttpResponse:
    """A form about one grant, for whoever may not open the file as well. `words`: title, submit, said, lead, danger."""
    back = reverse("casework:grant", args=[row.uid])
    name = naming.names_of(request.actor, [row])[row.pk]
    about = f"{name} · {format_baht(row.amount, 'en' if translation.get_language() == 'en' else 'th')}"
    return handle(
        request,
        form,
        act=act,
        then=saying(request, words["said"], back),
        template="casework/plain_form.html",
        context={
            "title": words["title"],
            "submit": words["submit"],
            "cancel_url": back,
            "lead": f"{about} · {words['lead']}" if words.get("lead") else about,
            "danger": words.get("danger", False),
        },
    )


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say yes, or no with a reason; never about one's own."""
    row = _seen(request, uid)
    require(
        permissions.can_decide_grant(request.actor, row),
        _("Another lead of the centre decides about a grant."),
    )
    return _step(
        request,
        row,
        DecisionForm(request.POST or None),
        lambda values: decide_grant(
            actor=request.actor, grant_id=row.pk, approve=values["answer"] == "yes", note=values["note"]
        ),
        title=_("Decide about the grant"),
        submit=_("Save the decision"),
        said=_("The decision is saved."),
        lead=row.purpose,
    )


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Nothing is paid after all."""
    row = _seen(request, uid)
    require(
        permissions.can_cancel_grant(request.actor, row),
        _("A grant is cancelled by the caseworkers of the file."),
    )
    return _step(
        request,
        row,
        ReasonForm(request.POST or None),
        lambda values: cancel_grant(actor=request.actor, grant_id=row.pk, **values),
        title=_("Cancel the grant"),
        submit=_("Cancel the grant"),
        said=_("The grant is cancelled."),
        danger=True,
    )


def _require_payer(request: HttpRequest, row: ReliefGrant) -> None:
    allowed = permissions.can_pay_grant(request.actor, row)
    require(allowed, _("Grants are paid by finance officers of the centre."))


@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand the money over against a receipt."""
    row = _seen(request, uid)
    _require_payer(request, row)
    form = HandoverForm(request.POST or None)
    return _step(
        request,
        row,
        form,
        lambda _values: pay_grant(actor=request.actor, grant_id=row.pk, handover=form.handover),
        title=_("Pay the grant"),
        submit=_("Write down the payment"),
        said=_("The payment is written down. Print the receipt and let it be signed."),
    )


@require_http_methods(["GET", "POST"])
def reverse_paid(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A payment was wrong: its receipt is void and the grant waits again."""
    row = _seen(request, uid)
    _require_payer(request, row)
    return _step(
        request,
        row,
        ReasonForm(request.POST or None),
        lambda values: reverse_payment(actor=request.actor, grant_id=row.pk, **values),
        title=_("Take the payment back"),
        submit=_("Take the payment back"),
        said=_("The payment is taken back."),
        lead=_("The receipt keeps its number and is void; the grant waits to be paid again or cancelled."),
        danger=True,
    )


@require_GET
def receipt(request: HttpRequest, uid: UUID, attempt: int) -> HttpResponse:
    """The receipt on paper, in Thai whoever prints it."""
    row = _seen(request, uid)
    paid = get_object_or_404(
        ReliefPayment.objects.select_related("centre", "paid_by", "reversal"), grant=row, attempt=attempt
    )
    with translation.override("th"):
        content = grant_papers.receipt_pdf(paid, row, naming.names_of(request.actor, [row])[row.pk])
    noted_read(request.actor, "relief_grant", subjects=[str(row.client.uid)], door="print")
    return files.answer(content, f"{paid.code}.pdf", files.PDF, inline=True)
