"""Beds, and checking in and out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions.beds import BedFacts
from casework.actions.stays import Leaving
from casework.models import Bed, Stay
from casework.rules.stays import MOST_BEDS
from casework.web.forms import fields
from common.forms.action import ActionForm


class SiteForm(ActionForm):
    """A house or floor."""

    name = fields.text(_("Name of the site"), longest=80, required=True)
    address = fields.text(_("Where it is"))


class RoomForm(ActionForm):
    """A room with its beds, all alike at first."""

    name = fields.text(_("Name of the room"), longest=40, required=True)
    beds = forms.IntegerField(
        label=_("How many beds"),
        min_value=1,
        max_value=MOST_BEDS,
        initial=4,
        help_text=_("They are numbered from 1; each can be changed afterwards."),
    )
    kept_for = fields.radio(_("Kept for"), Bed.For.choices)
    step_free = fields.tick(_("Reached without a step"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kept_for", Bed.For.ANYBODY)


class RoomNameForm(ActionForm):
    """What a room is called."""

    name = fields.text(_("Name of the room"), longest=40, required=True)


class BedForm(ActionForm):
    """One bed."""

    label = fields.text(_("Name or number of the bed"), longest=20, required=True)
    kept_for = fields.radio(_("Kept for"), Bed.For.choices)
    step_free = fields.tick(_("Reached without a step"))
    closed_why = fields.text(
        _("Why it is out of use"),
        hint=_("Leave it empty while the bed can be given. Write nothing about a person here."),
    )

    @property
    def bed(self) -> BedFacts:
        return BedFacts(**self.values)


class CheckInForm(ActionForm):
    """Into which bed, and since when. `beds`: those that may be chosen, with what is said of each."""

    bed = fields.choice(_("Bed"), [])
    starts_on = fields.day_of_event(_("Sleeps here from the night of"))
    note = fields.long_text(
        _("What to know about the stay"),
        hint=_("For example: sleeps best near the door. Or why a bed kept for others is the right one."),
        rows=2,
    )

    def __init__(self, *args: Any, beds: Sequence[tuple[Bed, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = {str(bed.uid): bed.pk for bed, _label in beds}
        field: Any = self.fields["bed"]
        field.choices = [fields.EMPTY_CHOICE, *((str(bed.uid), label) for bed, label in beds)]

    @property
    def bed_id(self) -> int:
        return self._keys[self.cleaned_data["bed"]]


class CheckOutForm(ActionForm):
    """When somebody left, and where to."""

    ends_on = fields.day_of_event(_("Left on"))
    left_to = fields.choice(_("Where to"), Stay.LeftTo.choices)
    note = fields.long_text(_("What to know about it"), rows=2)

    @property
    def leaving(self) -> Leaving:
        return Leaving(**{name: self.cleaned_data[name] for name in ("ends_on", "left_to", "note")})


class CorrectCheckOutForm(CheckOutForm):
    """The same, with the reason for the change."""

    reason = fields.text(_("Why it is corrected"), required=True)
