"""Forms of schedules: their first day, their dates one by one, and a centre's own rhythm."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions.schedules import NewSchedule
from casework.appointing import NewFollowUp
from casework.models import FollowUp
from casework.rules.ladder import Laid
from casework.schedules import Rhythm
from casework.web.forms import fields
from common import clock
from common.forms.action import ActionForm
from common.forms.dates import BEDateField
from common.thai.dates import format_be


class StartForm(forms.Form):
    """Which schedule, and from which day on."""

    schedule = forms.ChoiceField(label=_("Schedule"))
    start = BEDateField(label=_("Counted from"), help_text=_("For example the day you met."))

    def __init__(self, *args: Any, rhythms: list[Rhythm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rhythms = {rhythm.key: rhythm for rhythm in rhythms}
        self.fields["schedule"].choices = [(rhythm.key, rhythm.name) for rhythm in rhythms]

    @property
    def chosen(self) -> tuple[Rhythm, date]:
        return self.rhythms[self.cleaned_data["schedule"]], self.cleaned_data["start"]

    @classmethod
    def usual(cls, rhythms: list[Rhythm]) -> dict[str, str]:
        """What stands in it when nothing was chosen yet: the first schedule, from today on."""
        return {"schedule": rhythms[0].key, "start": format_be(clock.today(), "numeric")}


class DatesForm(ActionForm):
    """The days of a schedule, each of which may be changed; an empty one is left out."""

    def __init__(self, *args: Any, laid: list[Laid], rhythm: Rhythm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rhythm = rhythm
        for number, one in enumerate(laid, 1):
            label = _("Appointment %(number)s") % {"number": number}
            field = BEDateField(label=label, required=False, initial=one.due_on)
            self.fields[f"day_{number}"] = field
        kinds = FollowUp.Kind.choices
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=kinds, initial=rhythm.kind)
        self.fields["purpose"] = fields.text(_("What for"))
        self.fields["purpose"].initial = rhythm.purpose

    @property
    def appointments(self) -> list[NewFollowUp]:
        """Cleaned days as lay_out_schedule takes them."""
        data = self.cleaned_data
        days = [value for name, value in data.items() if name.startswith("day_") and value]
        return [NewFollowUp(due_on=day, kind=data["kind"], purpose=data["purpose"]) for day in days]


class ScheduleForm(ActionForm):
    """A centre's own schedule."""

    name = fields.text(_("Name of the schedule"), required=True, longest=80)
    days = fields.text(
        _("Days after the beginning"), hint=_("In rising order, for example 7, 14, 30"), longest=80
    )
    months = forms.IntegerField(
        label=_("Then monthly, so many times"), min_value=0, max_value=24, initial=0, required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=FollowUp.Kind.choices, initial=FollowUp.Kind.VISIT)
    purpose = fields.text(_("What for"))

    def clean_days(self) -> list[int]:
        parts = self.cleaned_data["days"].replace(",", " ").split()
        if not all(part.isdecimal() and len(part) < 5 for part in parts):
            raise forms.ValidationError(_("Write whole numbers, for example 7, 14, 30."), code="days")
        return [int(part) for part in parts]

    @property
    def new(self) -> NewSchedule:
        """Cleaned values as add_schedule takes them."""
        values = self.values
        return NewSchedule(**values | {"months": values["months"] or 0})
