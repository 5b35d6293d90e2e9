"""Which of two records is shown, and why they are one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Client
from casework.web.forms import fields
from common.forms.action import ActionForm


class LinkForm(ActionForm):
    """Which of the two records is shown from now on."""

    keep = forms.ChoiceField(label=_("Which record is shown from now on?"), widget=forms.RadioSelect)
    reason = fields.long_text(
        _("Why they are the same person"),
        hint=_("For example: same face and same mother's name. The reason stays with the link."),
        required=True,
        rows=3,
    )

    def __init__(self, *args: Any, one: Client, other: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = {str(one.uid): one, str(other.uid): other}
        field = self.fields["keep"]
        field.choices = [(key, f"{c.display_name} · {c.code}") for key, c in self.pair.items()]

    @property
    def keys(self) -> dict[str, int]:
        """kept_id and aside_id as link_clients takes them."""
        chosen = self.cleaned_data["keep"]
        (aside,) = (client.pk for key, client in self.pair.items() if key != chosen)
        return {"kept_id": self.pair[chosen].pk, "aside_id": aside}


class UnlinkForm(ActionForm):
    """Why they are two people after all."""

    reason = fields.long_text(
        _("Why they are two people"), hint=_("The reason stays with the link."), required=True, rows=3
    )
