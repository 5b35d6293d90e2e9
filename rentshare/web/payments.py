"""Money that comes in: taking it with a receipt, the receipt on screen and on paper, taking entries back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.trail import noted_read
from casework.web.forms.person import ReasonForm
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require
from common.templatetags.thai import be
from common.web import files
from rentshare import papers, permissions, reading
from rentshare.actions.payments import reverse_receipt, reverse_rent, take_payment
from rentshare.books import month_label
from rentshare.models import Receipt, Tenancy
from rentshare.refusals import refuse
from rentshare.web import shown
from rentshare.web.forms.money import PaymentForm
from rentshare.web.runs import month_of
from rentshare.web.tenancies import WHOLE, eyebrow, seen_tenancy
from rentshare.web.trying import two_steps


def own_tenancy(request: HttpRequest, uid: UUID) -> Tenancy:
    """The tenancy, if the actor keeps its books; 404 unseen, 403 where it may only be read."""
    found = seen_tenancy(request, uid)
    _require_keeper(request.actor, found.centre_id)
    return found


def _require_keeper(actor: Actor, centre_id: int) -> None:
    allowed = permissions.can_keep_books(actor, centre_id)
    require(allowed, _("Payments are taken and entries reversed by finance officers of the centre."))


# --- taking a payment --------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def payment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take money: the form, what it comes to, and the receipt."""
    found, actor = own_tenancy(request, uid), request.actor
    owed = reading.owed_by([found])[found.pk]

    def then(receipt: Receipt) -> str:
        left = reading.owed_by([found])[found.pk]
        messages.success(request, _("Receipt %(code)s is made.") % {"code": receipt.code})
        if left.credit:
            messages.info(request, _credit(left.credit))
        return reverse("rentshare:receipt", args=[receipt.uid])

    def look(receipt: Receipt) -> dict[str, Any]:
        view = reading.receipt_view(receipt, actor)
        parts, credit = papers.months_paid(receipt)
        return {
            "view": view,
            "parts": [(shown.month_label(month), part) for month, part in parts],
            "credit": credit,
            "credit_text": _credit(view.owed.credit) if view.owed.credit else "",
            "method_label": receipt.get_method_display(),
        }

    return two_steps(
        request,
        PaymentForm(request.POST or None),
        act=lambda values: take_payment(actor=actor, tenancy_id=found.pk, **values),
        look=look,
        then=then,
        template="rentshare/payment.html",
        confirm_template="rentshare/payment_confirm.html",
        context={
            "tenancy": found,
            "owed": owed,
            "eyebrow": eyebrow(actor, found),
            "back_url": shown.tenancy_url(found),
        },
    )


def _credit(satang: int) -> str:
    return _("%(amount)s more than is owed. It stays as a credit and counts towards the next rent.") % {
        "amount": shown.baht(satang)
    }


# --- the receipt -------------------------------------------------------------------------------------------


def seen_receipt(request: HttpRequest, uid: UUID) -> Receipt:
    """The receipt, if the actor may see it; 404 otherwise."""
    path = [f"tenancy__{name}" for name in WHOLE]
    rows = Receipt.objects.visible_to(request.actor).select_related("centre__province", "posting", *path)
    found: Receipt = get_object_or_404(rows, uid=uid)
    return found


@require_GET
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A receipt as it is printed, with the way to print it and to take it back."""
    found, actor = seen_receipt(request, uid), request.actor
    view = reading.receipt_view(found, actor)
    _note(actor, found, door="page")
    parts, credit = papers.months_paid(found)
    return render(
        request,
        "rentshare/receipt.html",
        {
            "receipt": found,
            "view": view,
            "parts": [(shown.month_label(month), part) for month, part in parts],
            "credit": credit,
            "place": shown.place_of(found.tenancy),
            "taken_by": shown.who(found.actor_key),
            "tenancy_url": shown.tenancy_url(found.tenancy),
            "may_reverse": permissions.can_keep_books(actor, found.centre_id) and view.void_on is None,
        },
    )


def _note(actor: Actor, found: Receipt, *, door: str) -> None:
    if permissions.can_name(actor, found.tenancy):
        noted_read(actor, "receipt", subjects=[str(found.tenancy.client.uid)], door=door)


@require_GET
def receipt_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The receipt on paper, in Thai whoever prints it."""
    found, actor = seen_receipt(request, uid), request.actor
    with translation.override("th"):
        content = papers.receipt_pdf(papers.receipt_paper(found, actor, shown.who(found.actor_key)))
    _note(actor, found, door="print")
    return files.answer(content, f"{found.code}.pdf", files.PDF, inline=True)


# --- taking back -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def receipt_reverse(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a payment back, with a reason: the receipt is void and keeps its number."""
    found, actor = seen_receipt(request, uid), request.actor
    _require_keeper(actor, found.centre_id)
    if request.method == "GET" and found.posting.reversals.exists():
        refuse("reversed_already")
    view = reading.receipt_view(found, actor)
    back = reverse("rentshare:receipt", args=[found.uid])
    return _reversing(
        request,
        act=lambda values: reverse_receipt(actor=actor, receipt_id=found.pk, **values),
        back=back,
        done=_("Receipt %(code)s is void.") % {"code": found.code},
        context={
            "heading": _("Make receipt %(code)s void") % {"code": found.code},
            "title": _("The payment is taken back. Is that right?"),
            "text": _(
                "The payment is reversed in the books of today and is owed again. The receipt keeps its number and is "
                "marked as void; a new one is made when the right amount is entered."
            ),
            "facts": [
                (_("Receipt"), found.code),
                (_("Payer"), view.payer),
                (_("Amount"), shown.baht(found.amount)),
                (_("Received on"), be(found.received_on)),
            ],
            "eyebrow": eyebrow(actor, found.tenancy),
            "eyebrow_url": shown.tenancy_url(found.tenancy),
            "submit": _("Make the receipt void"),
        },
    )


@require_http_methods(["GET", "POST"])
def rent_reverse(request: HttpRequest, uid: UUID, month: str) -> HttpResponse:
    """Take a month's rent back whole, with a reason."""
    found, actor = own_tenancy(request, uid), request.actor
    which = month_of(month)
    row = next((one for one in reading.rent_of(found) if one.month == str(which)), None)
    if request.method == "GET" and (row is None or not row.landlord):
        refuse("not_charged")
    label = month_label(which)
    facts = [
        (shown.party_label(party), shown.baht(part)) for party, part in (row.charged if row else {}).items()
    ]
    return _reversing(
        request,
        act=lambda values: reverse_rent(actor=actor, tenancy_id=found.pk, month=which, **values),
        back=shown.tenancy_url(found),
        done=_("The rent of %(month)s is taken back.") % {"month": label},
        context={
            "heading": _("Take back the rent of %(month)s") % {"month": label},
            "title": _("The whole month is taken back. Is that right?"),
            "text": _(
                "What the tenant and the others were charged, and what the landlord and the fund were due, is reversed "
                "in the books of today. A run does not charge this month again."
            ),
            "facts": facts,
            "eyebrow": eyebrow(actor, found),
            "eyebrow_url": shown.tenancy_url(found),
            "submit": _("Take the rent back"),
        },
    )


def _reversing(
    request: HttpRequest, *, act: Any, back: str, done: str, context: dict[str, Any]
) -> HttpResponse:
    def then(_result: Any) -> str:
        messages.success(request, done)
        return back

    form: ActionForm = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = _(
        "Who holds the receipt or the statement reads this: write about the money, not about the person."
    )
    more = {"cancel_url": back, "danger": True, "today": clock.today()}
    return handle(
        request, form, act=act, then=then, template="rentshare/confirm.html", context=more | context
    )
