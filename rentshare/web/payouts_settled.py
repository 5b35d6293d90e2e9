"""What the bank said of an approved batch, and the file it is sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from casework.web.forms.person import ReasonForm
from common.forms.action import handle
from common.permissions import require
from common.web import files
from rentshare import permissions
from rentshare.actions.payout_batches import reject_payout, settle_payouts
from rentshare.models import PayoutBatch, PayoutRow
from rentshare.paying import bank_file
from rentshare.web import shown
from rentshare.web.forms.money import SettleForm
from rentshare.web.payouts import about, seen_batch


def _settling(request: HttpRequest, uid: UUID) -> PayoutBatch:
    found = seen_batch(request, uid)
    allowed = permissions.can_keep_books(request.actor, found.centre_id)
    require(allowed, _("The bank's answer is written down by finance officers of the centre."))
    return found


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that the bank paid all that still waits."""
    found, actor = _settling(request, uid), request.actor

    def then(made: list[Any]) -> str:
        said = ngettext("%(n)s payout is in the books.", "%(n)s payouts are in the books.", len(made))
        messages.success(request, said % {"n": len(made)})
        return reverse("rentshare:payout", args=[found.uid])

    return handle(
        request,
        SettleForm(request.POST or None),
        act=lambda values: settle_payouts(actor=actor, batch_id=found.pk, **values),
        then=then,
        template="rentshare/act.html",
        context=about(found)
        | {
            "title": _("The bank paid"),
            "submit": _("Write all that waits into the books"),
            "danger": False,
            "lead": _(
                "First write down what the bank rejected. All that still waits is posted as paid on this day."
            ),
        },
    )


@require_http_methods(["GET", "POST"])
def reject(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Say that the bank did not pay one of the rows, and why."""
    found, actor = _settling(request, uid), request.actor
    row = get_object_or_404(found.rows.select_related("landlord"), number=number)

    def then(_row: PayoutRow) -> str:
        messages.success(request, _("It is owed as before and is collected with the next batch."))
        return reverse("rentshare:payout", args=[found.uid])

    return handle(
        request,
        ReasonForm(request.POST or None),
        act=lambda values: reject_payout(actor=actor, batch_id=found.pk, number=number, **values),
        then=then,
        template="rentshare/act.html",
        context=about(found)
        | {
            "title": _("The bank rejected a payout"),
            "submit": _("Put it back"),
            "danger": False,
            "lead": f"{row.landlord} · {shown.baht(row.amount)}",
        },
    )


@require_GET
def bank_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file for the bank, once the batch is approved."""
    found = _settling(request, uid)
    approved = found.state in {PayoutBatch.State.APPROVED, PayoutBatch.State.DONE}
    require(approved, _("The file for the bank is ready once another person approved the batch."))
    return files.answer(bank_file(found), f"{found.code}.csv", "text/csv; charset=utf-8")
