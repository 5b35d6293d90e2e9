"""Forms in front of the actions of accounts. Shape only; rules live in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre, Province
from accounts.roles import Role
from accounts.tokens import READ, WRITE
from common import clock
from common.forms.action import ActionForm
from common.forms.dates import BEDateField


class PlaceFields(ActionForm):
    """A role and where it is held."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    centre = forms.ModelChoiceField(
        label=_("Centre"),
        queryset=Centre.objects.order_by("kind", "code"),
        required=False,
        help_text=_("Leave empty for roles of the whole country."),
    )
    province = forms.ModelChoiceField(
        label=_("or a whole province"), queryset=Province.objects.order_by("sort_key"), required=False
    )


class InviteForm(PlaceFields):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)
    field_order = ["email", "name", "role", "centre", "province"]


class GiveRoleForm(PlaceFields):
    starts_on = BEDateField(label=_("From"))
    ends_on = BEDateField(label=_("Until"), required=False, help_text=_("Leave empty when no end is known."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = clock.today()


class EndRoleForm(ActionForm):
    ends_on = BEDateField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = clock.today()


class AcceptForm(ActionForm):
    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=200,
        help_text=_("At least 10 characters; a short sentence is easiest to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ProfileForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    language = forms.ChoiceField(
        label=_("Language of pages and letters"), choices=[("th", "ไทย"), ("en", "English")]
    )


class TokenForm(ActionForm):
    name = forms.CharField(label=_("What is it for?"), max_length=80)
    days = forms.IntegerField(label=_("Days it lasts"), min_value=1, max_value=366, initial=90)
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=[(READ, _("read")), (WRITE, _("read and write"))],
        widget=forms.CheckboxSelectMultiple,
        initial=[READ],
    )
