"""Forms of governance: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms.action import ActionForm
from common.forms.dates import BEDateField


class FreezeForm(ActionForm):
    """Which month to freeze. The action says whether it may be; the list offers those that wait."""

    month = forms.CharField(label=_("Month"), max_length=7, widget=forms.Select)

    def __init__(self, *args: Any, months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].widget.choices = months


class HoldForm(ActionForm):
    """Why the letters are held."""

    reason = forms.CharField(
        label=_("Why are the letters held?"),
        help_text=_("Colleagues see this on the report."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WantedForm(ActionForm):
    """Whether the letter is wanted."""

    wanted = forms.BooleanField(required=False, widget=forms.HiddenInput)


class FindTrailForm(forms.Form):
    """Whose trail to open: a client's code or a colleague's e-mail. Sent by POST, so that neither is in an address."""

    q = forms.CharField(
        label=_("Client code or colleague's e-mail"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DayForm(forms.Form):
    """A day whose entries to list."""

    day = BEDateField(label=_("Day"), required=False, allow_future=False)
