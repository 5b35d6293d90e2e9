"""Sending a referral, and answering one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Centre
from casework.actions.referrals import NewReferral
from casework.models import Client, Consent, Referral
from casework.sharing import PARTS
from casework.web.forms import fields
from common.actor import Actor
from common.forms.action import ActionForm
from network.models import Partner


class ReferralForm(ActionForm):
    """Who shall help with what, what they may read, and what lets it go."""

    partner = forms.ModelChoiceField(
        Partner.objects.none(), label=_("Partner"), to_field_name="code", required=False
    )
    centre = forms.ModelChoiceField(
        Centre.objects.none(), label=_("Or centre"), to_field_name="code", required=False
    )
    ask = fields.long_text(_("What you ask of them"), hint=_("Without the person's name."), rows=3)
    parts = forms.MultipleChoiceField(
        label=_("What they may read"),
        choices=[(key, Consent.Part(key).label) for key in PARTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    basis = fields.radio(_("What lets it go"), Referral.Basis.choices)
    basis_reason = fields.long_text(
        _("Why it must go without consent"), hint=_("A supervisor looks at it on the next day."), rows=2
    )

    def __init__(self, *args: Any, actor: Actor, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["partner"]
        chosen.queryset = Partner.objects.cared_for_by(actor).order_by("name")
        chosen.empty_label = _("No partner")
        centres: Any = self.fields["centre"]
        centres.queryset = Centre.objects.exclude(pk=client.centre_id).order_by("code")
        centres.empty_label = _("No centre by name")
        if not self.is_bound:
            self.initial.setdefault("basis", Referral.Basis.CONSENT)

    @property
    def new(self) -> NewReferral:
        values = self.values
        partner, centre = values.pop("partner"), values.pop("centre")
        return NewReferral(
            **values, partner_id=partner.pk if partner else None, centre_id=centre.pk if centre else None
        )


ANSWERS = (
    ("yes", pgettext_lazy("referral", "We take it on")),
    ("no", pgettext_lazy("referral", "We cannot")),
)


class AnswerForm(ActionForm):
    """Yes, or no with a reason."""

    answer = fields.radio(_("Your answer"), ANSWERS)
    note = fields.long_text(_("What you want to tell them"), hint=_("If you cannot, say why."), rows=3)


class NoteForm(ActionForm):
    """A few words, or none."""

    note = fields.long_text(_("What you want to tell them"), rows=3)
