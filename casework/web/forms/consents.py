"""Asking for consent, and taking it back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre
from casework.actions.consents import Asked
from casework.models import Consent
from casework.web.forms import fields
from common import clock
from common.actor import Actor
from common.forms.action import ActionForm
from network.models import Partner


class ConsentForm(ActionForm):
    """One question and its answer."""

    purpose = fields.radio(_("For what purpose"), Consent.Purpose.choices)
    partner = forms.ModelChoiceField(
        Partner.objects.none(), label=_("Partner"), to_field_name="code", required=False
    )
    centre = forms.ModelChoiceField(
        Centre.objects.none(), label=_("Or centre"), to_field_name="code", required=False
    )
    answer = fields.radio(_("What they say"), Consent.Answer.choices)
    parts = forms.MultipleChoiceField(
        label=_("Which parts of the file"),
        choices=Consent.Part.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    how = fields.radio(_("How they answered"), Consent.How.choices)
    witness = fields.text(_("Witness"), hint=_("Needed for a thumb print, and for health by word of mouth."))
    guardian = fields.text(_("Guardian"), hint=_("Who answered for them, and what they are to them."))
    given_on = fields.day_of_event(_("Asked on"))
    ends_on = fields.day_ahead(_("Until"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["partner"]
        chosen.queryset = Partner.objects.cared_for_by(actor).order_by("name")
        chosen.empty_label = _("Whoever helps")
        centres: Any = self.fields["centre"]
        centres.queryset = Centre.objects.order_by("code")
        centres.empty_label = _("No centre by name")
        if not self.is_bound:
            self.initial.setdefault("ends_on", clock.today() + timedelta(days=settings.CONSENT_DAYS))

    @property
    def asked(self) -> Asked:
        values = self.values
        partner, centre = values.pop("partner"), values.pop("centre")
        return Asked(
            **values,
            partner_id=partner.pk if partner else None,
            centre_id=centre.pk if centre else None,
        )


class WithdrawForm(ActionForm):
    """Taking back; nobody must say why."""

    note = fields.long_text(_("What they said"), hint=_("May stay empty. Nobody must say why."), rows=2)
