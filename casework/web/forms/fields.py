"""Fields that several forms of casework share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework import permissions
from casework.models import NoAnswer
from common import clock
from common.forms.dates import BEDateField, PartialDateField

EMPTY_CHOICE = ("", _("Choose…"))


def text(
    label: Any, *, hint: Any = "", longest: int = 200, required: bool = False, **attrs: Any
) -> forms.CharField:
    """One line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=longest, strip=True, widget=widget
    )


def long_text(label: Any, *, hint: Any = "", required: bool = False, rows: int = 4) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def choice(label: Any, choices: Any, *, hint: Any = "", required: bool = True) -> forms.ChoiceField:
    """One of many, in a drop-down that begins empty."""
    return forms.ChoiceField(label=label, help_text=hint, required=required, choices=[EMPTY_CHOICE, *choices])


def radio(label: Any, choices: Any, *, hint: Any = "", required: bool = True) -> forms.ChoiceField:
    """One of a few, all in sight."""
    return forms.ChoiceField(
        label=label, help_text=hint, required=required, choices=choices, widget=forms.RadioSelect
    )


def no_answer(label: Any) -> forms.ChoiceField:
    """Why a question beside it has no answer; not asked unless somebody says otherwise."""
    return forms.ChoiceField(
        label=label, required=False, choices=NoAnswer.choices, initial=NoAnswer.NOT_ASKED
    )


def tick(label: Any, *, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False)


def day_of_event(label: Any = None) -> BEDateField:
    """The day on which something happened: today unless said otherwise, never later."""
    return BEDateField(label=label or _("On which day"), allow_future=False, initial=clock.today)


def day_ahead(label: Any, *, required: bool = True) -> BEDateField:
    """The day of an appointment."""
    return BEDateField(label=label, required=required)


def birth(label: Any = None) -> PartialDateField:
    return PartialDateField(
        label=label or _("Date of birth (B.E.)"),
        required=False,
        help_text=_("If only the year is known, write the year."),
    )


def time_of_day(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class ColleagueField(forms.ModelChoiceField):
    """Somebody who keeps files at a centre; the form's constructor says at which, through `at`."""

    def __init__(self, label: Any, *, empty: Any = "", required: bool = False) -> None:
        super().__init__(
            User.objects.none(),
            label=label,
            required=required,
            to_field_name="uid",
            empty_label=empty or _("Nobody"),
        )

    def at(self, *centre_ids: int) -> None:
        """Offer those who keep files at these centres today."""
        self.queryset = permissions.keepers(*centre_ids)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)
