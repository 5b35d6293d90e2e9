"""Payments, reversals and the end of a tenancy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.web.forms import fields
from common.forms.action import ActionForm
from common.forms.dates import BEDateField
from rentshare.models import BankAccount, Receipt, Tenancy


def amount(label: Any, *, hint: Any = "", required: bool = True) -> forms.CharField:
    """Baht as people write them; the action reads it."""
    return fields.text(label, hint=hint, longest=40, required=required, inputmode="decimal")


class PaymentForm(ActionForm):
    """Money that came in."""

    amount = amount(_("Amount in baht"), hint=_("For example 1,250.50."))
    received_on = fields.day_of_event(_("Received on"))
    method = fields.radio(_("How it was paid"), Receipt.Method.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].initial = Receipt.Method.CASH


class EndForm(ActionForm):
    """The last day, and why."""

    ends_on = BEDateField(label=_("Last day in the room"))
    reason = fields.choice(
        _("Why it ends"), [one for one in Tenancy.Reason.choices if one[0] != Tenancy.Reason.AGREED]
    )


class PlanForm(ActionForm):
    """How arrears are paid off."""

    each = amount(
        _("So many baht a month"),
        hint=_("As much as they can spare besides the rent. The last part is what is left."),
    )
    first_on = fields.day_ahead(_("The first part by"))
    note = fields.text(_("What was said"), hint=_("In their own words, if you can."), longest=300)


class BankAccountForm(ActionForm):
    """Where a landlord is paid."""

    bank = fields.choice(_("Bank"), BankAccount.Bank.choices)
    number = fields.text(
        _("Account number"),
        hint=_("As it stands in the bank book."),
        longest=40,
        required=True,
        inputmode="numeric",
    )
    holder = fields.text(_("Name of the account"), longest=120, required=True)


class SettleForm(ActionForm):
    """The day on which the bank paid."""

    paid_on = fields.day_of_event(_("Paid by the bank on"))


class SpanForm(forms.Form):
    """From which day to which a statement reaches; both may be left empty."""

    since = BEDateField(label=_("From"), required=False, help_text="")
    until = BEDateField(label=_("To"), required=False, help_text="")
