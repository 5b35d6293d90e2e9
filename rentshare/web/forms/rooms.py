"""Rooms, landlords, leases and tenancies."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Centre
from casework.web.forms import fields
from common.forms.action import ActionForm
from common.forms.dates import BEDateField
from common.money import format_baht, to_baht
from common.templatetags.thai import be
from rentshare.actions.tenancies import NewTenancy
from rentshare.models import Landlord, Property, Room, Scheme
from rentshare.vacancies import Vacancy
from rentshare.web import shown
from rentshare.web.forms.money import amount


class SignForm(ActionForm):
    """A bed for somebody."""

    place = fields.choice(_("Room and bed"), [])
    scheme = fields.choice(_("Scheme"), [])
    starts_on = BEDateField(label=_("First day in the room"))
    ends_on = BEDateField(
        label=_("Agreed last day"), required=False, help_text=_("Left empty, the tenancy has no agreed end.")
    )
    rent = amount(
        _("This person's part of the room's rent, in baht a month"),
        required=False,
        hint=_("Left empty: an equal part for each bed of the room."),
    )
    cohort = fields.text(_("Cohort"), longest=40, hint=_("If the programme counts in cohorts."))

    def __init__(self, *args: Any, free: list[Vacancy], schemes: list[Scheme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = {one.key: one for one in free}
        self.schemes = {str(one.uid): one for one in schemes}
        self.fields["place"].choices = [fields.EMPTY_CHOICE, *((one.key, place_label(one)) for one in free)]
        names = [(key, shown.scheme_name(one)) for key, one in self.schemes.items()]
        self.fields["scheme"].choices = [fields.EMPTY_CHOICE, *names]
        if len(names) == 1:
            self.fields["scheme"].initial = names[0][0]

    @property
    def vacancy(self) -> Vacancy:
        return self.free[self.cleaned_data["place"]]

    @property
    def new(self) -> NewTenancy:
        """Cleaned values as sign_tenancy takes them."""
        data = self.cleaned_data
        return NewTenancy(
            lease_id=self.vacancy.lease.pk,
            bed_id=self.vacancy.bed.pk,
            scheme_id=self.schemes[data["scheme"]].pk,
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            rent=data["rent"] or to_baht(self.vacancy.share),
            cohort=data["cohort"],
        )


def place_label(one: Vacancy) -> str:
    """House, room, bed, what the room costs, and from when on the bed is free."""
    room = one.bed.room if one.bed.room_id != one.lease.room_id else one.lease.room
    rent = format_baht(one.lease.monthly_rent, "en" if shown.in_english() else "th")
    words = now("%(house)s, room %(room)s, bed %(bed)s") % {
        "house": room.property.name,
        "room": room.number,
        "bed": one.bed.label,
    }
    beds = ngettext("%(n)s bed", "%(n)s beds", one.beds) % {"n": one.beds}
    parts = [words, now("room for %(rent)s a month") % {"rent": rent}, beds]
    if one.free_from:
        parts.append(now("free from %(day)s") % {"day": be(one.free_from)})
    return " · ".join(parts)


def _centre(form: ActionForm, centres: list[Centre]) -> None:
    """Offer the centres; with one alone there is nothing to choose."""
    field = form.fields["centre"]
    field.choices = [(one.code, one.name) for one in centres]
    if len(centres) == 1:
        field.widget, field.initial = forms.HiddenInput(), centres[0].code


class LandlordForm(ActionForm):
    """Who lets rooms."""

    centre = forms.ChoiceField(label=_("Centre"))
    name = fields.text(_("Name"), longest=150, required=True)
    phone = fields.text(_("Phone"), longest=20, inputmode="tel")
    note = fields.text(_("Remark"), longest=300)

    def __init__(self, *args: Any, centres: list[Centre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _centre(self, centres)


class PropertyForm(ActionForm):
    """A house with rooms."""

    centre = forms.ChoiceField(label=_("Centre"))
    name = fields.text(_("Name of the house"), longest=120, required=True)
    address = fields.text(_("Address"), longest=300)

    def __init__(self, *args: Any, centres: list[Centre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _centre(self, centres)


class RoomForm(ActionForm):
    """A room of a house, and its beds by label."""

    house = forms.ChoiceField(label=_("House"))
    number = fields.text(_("Room number"), longest=30, required=True)
    beds = fields.text(_("Beds"), longest=200, required=True, hint=_("A label for each, with commas: A, B."))

    def __init__(self, *args: Any, houses: list[Property], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["house"].choices = [(str(one.uid), one.name) for one in houses]

    @property
    def labels(self) -> list[str]:
        return [part.strip() for part in self.cleaned_data["beds"].split(",") if part.strip()]


class LeaseForm(ActionForm):
    """What is agreed with the landlord."""

    landlord = forms.ChoiceField(label=_("Landlord"))
    starts_on = BEDateField(label=_("From"))
    ends_on = BEDateField(label=_("Until"), required=False, help_text=_("Left empty, the lease has no end."))
    monthly_rent = amount(_("Rent of the room, in baht a month"), hint=_("For example 2,500."))

    def __init__(self, *args: Any, landlords: list[Landlord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landlord"].choices = [
            fields.EMPTY_CHOICE,
            *((str(one.uid), one.name) for one in landlords),
        ]


class EndLeaseForm(ActionForm):
    """The last day of a lease."""

    ends_on = BEDateField(label=_("Last day of the lease"))


def room_label(room: Room) -> str:
    return now("%(house)s, room %(room)s") % {"house": room.property.name, "room": room.number}
