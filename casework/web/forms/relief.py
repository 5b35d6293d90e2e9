"""Applying for a relief grant, deciding, paying, and the terms."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.actions.relief import NewGrant
from casework.actions.relief_payments import Handover
from casework.actions.relief_terms import NewTerms
from casework.models import ReliefPayment
from casework.web.forms import fields
from common.forms.action import ActionForm
from common.forms.dates import BEDateField

ANSWERS = (("yes", pgettext_lazy("relief", "Approve")), ("no", pgettext_lazy("relief", "Refuse")))


class GrantForm(ActionForm):
    """How much for what, and how the need was looked into."""

    amount = fields.text(
        _("Amount in baht"), hint=_("For example 1,250.50."), longest=40, required=True, inputmode="decimal"
    )
    purpose = fields.long_text(_("What the money is for"), required=True, rows=3)
    phoned_on = BEDateField(label=_("Telephone call on"), required=False, allow_future=False)
    visited_on = BEDateField(label=_("Home visit on"), required=False, allow_future=False)
    why_not = fields.long_text(
        _("Why there was no call or no visit"),
        hint=_("Only where one of the two is missing. For example: has no home, was seen where they sleep."),
        rows=2,
    )
    applied_on = fields.day_of_event(_("Applied for on"))

    @property
    def new(self) -> NewGrant:
        return NewGrant(**self.values)


class DecisionForm(ActionForm):
    """Yes, or no with a reason."""

    answer = fields.radio(_("Your decision"), ANSWERS)
    note = fields.long_text(_("What to say about it"), hint=_("If you refuse, say why."), rows=3)


class HandoverForm(ActionForm):
    """How the money was handed over, and who signed."""

    paid_on = fields.day_of_event(_("Paid on"))
    how = fields.radio(_("How it was paid"), ReliefPayment.How.choices)
    signed = fields.radio(_("Who signs the receipt"), ReliefPayment.Signed.choices)
    proxy = fields.text(_("Name of whoever signs for them"))
    proxy_reason = fields.text(_("Why the person cannot sign themselves"))

    @property
    def handover(self) -> Handover:
        return Handover(**self.values)


class TermsForm(ActionForm):
    """How much and how often, from a day on."""

    valid_from = BEDateField(label=_("Holds from"))
    ceiling = fields.text(_("Most of one grant, in baht"), longest=40, required=True, inputmode="decimal")
    times = forms.IntegerField(label=_("How often in a fiscal year"), min_value=1, max_value=99)
    times_are_ours = fields.tick(_("How often is our default, from no law"))
    law = fields.text(pgettext_lazy("relief", "What it rests on"), longest=300, required=True)

    @property
    def new(self) -> NewTerms:
        return NewTerms(**self.values)
