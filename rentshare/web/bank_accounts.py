"""Bank accounts of landlords: one person writes them down, another confirms them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.forms.action import ActionForm, handle
from common.permissions import require
from rentshare import permissions
from rentshare.actions.bank_accounts import confirm_account, propose_account
from rentshare.models import BankAccount, Landlord
from rentshare.web import shown
from rentshare.web.forms.money import BankAccountForm


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down where a landlord wants to be paid."""
    found, actor = get_object_or_404(Landlord.objects.visible_to(request.actor), uid=uid), request.actor
    allowed = permissions.can_keep_books(actor, found.centre_id)
    require(allowed, _("Bank accounts are written down by finance officers of the centre."))
    back = reverse("rentshare:payouts", query={"centre": found.centre.code})

    def then(_made: BankAccount) -> str:
        messages.success(request, _("Another person confirms the account before money goes there."))
        return back

    return handle(
        request,
        BankAccountForm(request.POST or None),
        act=lambda values: propose_account(actor=actor, landlord_id=found.pk, **values),
        then=then,
        template="rentshare/act.html",
        context={
            "title": _("Where the landlord is paid"),
            "submit": _("Write the account down"),
            "danger": False,
            "eyebrow": str(found),
            "eyebrow_url": back,
            "cancel_url": back,
            "lead": _(
                "It holds once another person confirmed it. Until then money goes where it went before."
            ),
        },
    )


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm what another person wrote down."""
    actor = request.actor
    rows = BankAccount.objects.visible_to(actor).select_related("landlord__centre")
    found: BankAccount = get_object_or_404(rows, uid=uid)
    allowed = permissions.can_approve_payouts(actor, found.landlord.centre_id)
    require(allowed, _("Bank accounts are confirmed by leads and finance officers of the centre."))
    back = reverse("rentshare:payouts", query={"centre": found.landlord.centre.code})

    def then(_made: BankAccount) -> str:
        messages.success(request, _("From now on the landlord is paid into this account."))
        return back

    return handle(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        act=lambda _values: confirm_account(actor=actor, account_id=found.pk),
        then=then,
        template="rentshare/confirm.html",
        context={
            "heading": _("Confirm a bank account"),
            "title": _("Is this the landlord's account?"),
            "text": _(
                "Compare it with the bank book, and call the landlord on a number you know. Then confirm it."
            ),
            "facts": [
                (_("Landlord"), str(found.landlord)),
                (_("Bank"), found.get_bank_display()),
                (_("Account number"), found.number),
                (_("Name of the account"), found.holder),
                (_("Written down by"), shown.who(found.proposed_by)),
            ],
            "submit": _("Confirm the account"),
            "cancel_url": back,
            "eyebrow": str(found.landlord),
            "eyebrow_url": back,
            "danger": False,
        },
    )
