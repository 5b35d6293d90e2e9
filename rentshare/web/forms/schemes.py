"""Schemes and what they say from a day on."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.web.forms import fields
from common.forms.action import ActionForm
from common.forms.dates import BEDateField
from common.thai.digits import to_arabic
from rentshare.actions.schemes import NewVersion
from rentshare.models import SchemeVersion
from rentshare.refusals import MESSAGES
from rentshare.rules import Shares
from rentshare.rules.terms import Step
from rentshare.web.forms.money import amount

_STEP = re.compile(r"\s*([0-9]{1,3})\s*[:=]\s*([0-9]{1,4}(?:\.[0-9]{1,2})?)\s*%?\s*")
MONEY = ("rent_floor", "rent_ceiling", "programme_cap", "income_ceiling", "deposit", "savings")


def _percent(label: Any, *, required: bool = True) -> forms.DecimalField:
    """A percentage; whether it can be a share, the rule says."""
    return forms.DecimalField(
        label=label,
        required=required,
        max_digits=7,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def _count(label: Any, hint: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, help_text=hint, min_value=0, max_value=1000, widget=widget
    )


class StepsField(forms.CharField):
    """A step-down as people write it: "4: 30, 7: 0" is 30 percent from month 4 on and nothing from month 7 on."""

    def clean(self, value: Any) -> Any:
        """The steps, as the rules want them."""
        text = to_arabic(super().clean(value))
        steps = []
        for part in re.split(r"[,;\n]", text) if text.strip() else []:
            found = _STEP.fullmatch(part)
            if found is None:
                raise forms.ValidationError(MESSAGES["steps_unreadable"], code="steps_unreadable")
            steps.append(Step(int(found[1]), round(float(found[2]) * 100)))
        return tuple(steps)


class VersionForm(ActionForm):
    """What a scheme says from a day on; shares in percent, money in baht. What is left empty the scheme leaves open."""

    starts_on = BEDateField(
        label=_("From"), help_text=_("Who signs from this day on. Running tenancies keep their version.")
    )
    participant = _percent(_("The tenant's share, in percent"))
    programme = _percent(_("The programme's share, in percent"))
    other = _percent(_("Another funder's share, in percent"), required=False)
    other_funder = fields.text(_("Who the other funder is"), longest=120)
    surplus_fund = fields.text(
        _("Fund for the surplus"),
        longest=120,
        hint=_("Only where the shares sum above 100 percent: what is collected above the rent goes there."),
    )
    steps = StepsField(
        label=_("Step-down of the programme's share"),
        required=False,
        max_length=200,
        help_text=_("Month of the tenancy and percent: 4: 30, 7: 0. The tenant takes over what is missing."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    support_months = _count(
        _("Months of support"),
        _("After them the tenant pays alone. Left empty: as long as the tenancy lasts."),
    )
    programme_cap = amount(_("The most the programme pays for a person a month, in baht"), required=False)
    rent_floor = amount(_("Lowest rent of a room, in baht"), required=False)
    rent_ceiling = amount(_("Highest rent of a room, in baht"), required=False)
    income_ceiling = amount(
        _("Highest income a month, in baht"),
        required=False,
        hint=_("Who signs looks at it; the charge does not. Left empty: income decides nothing."),
    )
    deposit_rule = fields.choice(_("Deposit"), SchemeVersion.Deposit.choices, required=False)
    deposit = amount(_("Amount of the deposit, in baht"), required=False)
    savings = amount(_("What the tenant saves each month, in baht"), required=False)
    grace_days = _count(
        _("Days of grace"), _("So long after a share falls due it does not count as missed. Our default: 7.")
    )
    arrears_rule = fields.choice(_("When a share is missed"), SchemeVersion.Arrears.choices, required=False)
    is_ours = fields.tick(
        _("Suggested by the system"), hint=_("Ticked: no published decision stands behind these rules.")
    )
    note = fields.text(_("Remark"), longest=300, hint=_("Which decision this follows."))

    @property
    def new(self) -> NewVersion:
        """Cleaned values as the actions take them."""
        data = self.cleaned_data
        points = [int((data[name] or 0) * 100) for name in ("participant", "programme", "other")]
        plain = (
            "starts_on", "other_funder", "surplus_fund", "steps", "support_months", "deposit_rule", "grace_days",
            "arrears_rule", "is_ours", "note",
        )  # fmt: skip
        said: dict[str, Any] = {name: data[name] for name in plain}
        said |= {name: data[name] or None for name in MONEY}
        return NewVersion(shares=Shares(*points), **said)


class SchemeForm(VersionForm):
    """A new scheme with its first version."""

    code = fields.text(_("Code"), longest=20, required=True)
    name_th = fields.text(_("Name in Thai"), longest=120, required=True)
    name_en = fields.text(_("Name in English"), longest=120)
    field_order = ("code", "name_th", "name_en")
