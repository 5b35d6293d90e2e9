"""Paying landlords: what is owed, and batches until they are approved."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Centre
from casework.web.forms.person import ReasonForm
from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require
from rentshare import permissions
from rentshare.actions.payout_batches import (
    approve_payouts,
    collect_payouts,
    drop_payouts,
)
from rentshare.models import BankAccount, Landlord, PayoutBatch, PayoutRow
from rentshare.paying import Payable, payable
from rentshare.web import shown
from rentshare.web.runs import chosen_centre, may_read, own_centre

PAGE = 30
TONES = {
    PayoutBatch.State.FROZEN: "warn",
    PayoutBatch.State.APPROVED: "brand",
    PayoutBatch.State.DONE: "ok",
    PayoutBatch.State.DROPPED: "",
    PayoutRow.State.PAID: "ok",
    PayoutRow.State.REJECTED: "bad",
}


def _owed(actor: Actor, centre: Centre) -> list[Payable]:
    return payable(list(Landlord.objects.visible_to(actor).filter(centre=centre)))


def _ready(owed: list[Payable]) -> list[Payable]:
    return [one for one in owed if one.account is not None and not one.waiting]


@require_GET
def payouts(request: HttpRequest) -> HttpResponse:
    """What landlords of a centre are owed, accounts that wait for a second person, and the batches."""
    may_read(request)
    actor = request.actor
    centre, centres = chosen_centre(request)
    owed = _owed(actor, centre)
    batches = PayoutBatch.objects.visible_to(actor).filter(centre=centre).prefetch_related("rows")
    page = Paginator(batches, PAGE).get_page(request.GET.get("page"))
    proposed = BankAccount.objects.visible_to(actor).filter(
        landlord__centre=centre, confirmed_at__isnull=True, ended_at__isnull=True
    )
    return render(
        request,
        "rentshare/payouts.html",
        {
            "centre": centre,
            "centres": centres,
            "owed": owed,
            "ready": len(_ready(owed)),
            "total": sum(one.owed for one in owed),
            "proposed": [
                {"account": one, "by": shown.who(one.proposed_by), "own": one.proposed_by == actor.key}
                for one in proposed.select_related("landlord")
            ],
            "page": page,
            "rows": [
                {
                    "batch": one,
                    "tone": TONES[PayoutBatch.State(one.state)],
                    "count": len(one.rows.all()),
                    "total": sum(row.amount for row in one.rows.all()),
                }
                for one in page
            ],
            "keeps": permissions.can_keep_books(actor, centre.pk),
            "approves": permissions.can_approve_payouts(actor, centre.pk),
        },
    )


def seen_batch(request: HttpRequest, uid: UUID) -> PayoutBatch:
    """The batch, if the actor reads its books; 404 otherwise."""
    found: PayoutBatch = get_object_or_404(
        PayoutBatch.objects.visible_to(request.actor).select_related("centre"), uid=uid
    )
    return found


@require_GET
def payout(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A batch: who is paid what, what the bank said, and what can be done next."""
    found, actor = seen_batch(request, uid), request.actor
    whole = found.rows.select_related("landlord", "account", "posting").prefetch_related("posting__reversals")
    rows = list(whole.order_by("number"))
    keeps = permissions.can_keep_books(actor, found.centre_id)
    approves = permissions.can_approve_payouts(actor, found.centre_id)
    frozen, at_bank = found.state == PayoutBatch.State.FROZEN, found.state == PayoutBatch.State.APPROVED
    return render(
        request,
        "rentshare/payout.html",
        {
            "batch": found,
            "tone": TONES[PayoutBatch.State(found.state)],
            "made_by": shown.who(found.made_by),
            "approved_by": shown.who(found.approved_by) if found.approved_by else "",
            "total": sum(row.amount for row in rows),
            "rows": [_row(row) for row in rows],
            "own": found.made_by == actor.key,
            "may_approve": frozen and approves and found.made_by != actor.key,
            "may_drop": frozen and approves,
            "may_settle": at_bank and keeps,
        },
    )


def _row(row: PayoutRow) -> dict[str, Any]:
    back = row.posting.reversals.all() if row.posting else ()
    return {"row": row, "tone": TONES.get(PayoutRow.State(row.state), ""), "taken_back": bool(back)}


@require_http_methods(["GET", "POST"])
def collect(request: HttpRequest, centre: str) -> HttpResponse:
    """Freeze what is owed into a batch, after a look at what that is."""
    may_read(request)
    found, actor = own_centre(request, centre), request.actor
    require(
        permissions.can_keep_books(actor, found.pk),
        _("Payouts are collected by finance officers of the centre."),
    )
    ready, back = _ready(_owed(actor, found)), reverse("rentshare:payouts", query={"centre": found.code})
    total = sum(one.owed for one in ready)
    counted = ngettext("%(n)s landlord", "%(n)s landlords", len(ready)) % {"n": len(ready)}

    def then(made: PayoutBatch) -> str:
        messages.success(request, _("%(code)s waits for approval by another person.") % {"code": made.code})
        return reverse("rentshare:payout", args=[made.uid])

    return handle(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        act=lambda _values: collect_payouts(actor=actor, centre_id=found.pk),
        then=then,
        template="rentshare/confirm.html",
        context={
            "heading": _("Collect payouts"),
            "title": _("Freeze what is owed into a batch?"),
            "text": _("Amounts and accounts stay as they are now until the batch is settled or dropped."),
            "facts": [
                (_("Centre"), found.name),
                (_("To be paid"), counted),
                (_("Together"), shown.baht(total)),
            ],
            "submit": _("Collect and freeze"),
            "cancel_url": back,
            "eyebrow": _("Payouts"),
            "eyebrow_url": back,
            "danger": False,
        },
    )


def _batch_facts(found: PayoutBatch) -> list[tuple[str, str]]:
    rows = list(found.rows.all())
    counted = ngettext("%(n)s landlord", "%(n)s landlords", len(rows)) % {"n": len(rows)}
    return [
        (_("Batch"), found.code),
        (_("To be paid"), counted),
        (_("Together"), shown.baht(sum(row.amount for row in rows))),
    ]


def about(found: PayoutBatch) -> dict[str, Any]:
    """What stands around every form about a batch."""
    back = reverse("rentshare:payout", args=[found.uid])
    return {"cancel_url": back, "eyebrow": found.code, "eyebrow_url": back}


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a batch go to the bank."""
    found, actor = _approving(request, uid), request.actor

    def then(made: PayoutBatch) -> str:
        messages.success(
            request, _("%(code)s is approved. The file for the bank is ready.") % {"code": made.code}
        )
        return reverse("rentshare:payout", args=[made.uid])

    return handle(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        act=lambda _values: approve_payouts(actor=actor, batch_id=found.pk),
        then=then,
        template="rentshare/confirm.html",
        context=about(found)
        | {
            "heading": _("Approve payouts"),
            "title": _("Let this money go to the landlords?"),
            "text": _("You compared amounts and accounts. Whoever collected the batch cannot approve it."),
            "facts": _batch_facts(found),
            "submit": _("Approve"),
            "danger": False,
        },
    )


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a batch back before it is approved."""
    found, actor = _approving(request, uid), request.actor

    def then(_made: PayoutBatch) -> str:
        messages.success(request, _("The batch is dropped. What it held is owed as before."))
        return reverse("rentshare:payouts", query={"centre": found.centre.code})

    return handle(
        request,
        ReasonForm(request.POST or None),
        act=lambda values: drop_payouts(actor=actor, batch_id=found.pk, **values),
        then=then,
        template="rentshare/act.html",
        context=about(found)
        | {
            "title": _("Drop the batch"),
            "submit": _("Drop the batch"),
            "danger": True,
            "lead": _("Nothing is paid. What it held is owed as before and can be collected again."),
        },
    )


def _approving(request: HttpRequest, uid: UUID) -> PayoutBatch:
    found = seen_batch(request, uid)
    allowed = permissions.can_approve_payouts(request.actor, found.centre_id)
    require(allowed, _("Payouts are approved by leads and finance officers of the centre."))
    return found
