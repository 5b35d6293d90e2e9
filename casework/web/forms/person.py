"""What is known of a person, and their ID number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Province
from casework.models import Client, Legal, NoAnswer, Paper
from casework.web.forms import fields
from casework.web.forms.versioned import VersionedForm
from common.forms.action import ActionForm
from common.thai.dates import PartialDate

SAME_NAME = (
    *("title", "first_name", "last_name", "nickname", "alias", "descriptor", "sex", "phone", "phone_shared"),
    *(
        "district_text",
        "registered_address",
        "found_place",
        "sleeping_place",
        "cause",
        "health_note",
        "remark",
    ),
    *("legal_category", "papers", "born_answer", "phone_answer", "home_answer", "health_answer"),
    "papers_answer",
)


class PersonFields(forms.Form):
    """The fields that registering and editing share."""

    first_name = fields.text(
        _("Name, or what people call them"),
        hint=_("Title, name and surname may stand in this one box."),
        longest=240,
    )
    last_name = fields.text(_("Surname"), longest=120)
    nickname = fields.text(_("Nickname"), longest=80)
    descriptor = fields.text(
        _("How to recognise them"),
        hint=_("If no name is known: what one remembers, for example “uncle with a hat, railway station”."),
        longest=250,
    )
    sex = fields.radio(_("Sex"), Client.Sex.choices, required=False)
    born = fields.birth()
    phone = fields.text(_("Phone"), longest=40, inputmode="tel")
    phone_shared = fields.tick(_("borrowed or shared phone"))
    home_province = forms.ModelChoiceField(
        Province.objects.all(), label=_("Home province"), required=False, empty_label=_("Not known")
    )
    found_place = fields.text(_("Where they were found"))
    sleeping_place = fields.text(_("Where they sleep now"))
    cause = fields.choice(_("Main cause"), Client.Cause.choices, required=False)
    health_note = fields.long_text(_("Health"), hint=_("Only caseworkers and nurses read this."), rows=3)
    legal_category = fields.radio(
        _("Group under the Act"),
        Legal.choices,
        hint=_("The Protection of Destitute Persons Act, B.E. 2557. It decides what help the law gives."),
        required=False,
    )
    papers = forms.MultipleChoiceField(
        label=_("Papers they have with them"),
        choices=Paper.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    born_answer = fields.no_answer(_("No birth date because"))
    phone_answer = fields.no_answer(_("No phone because"))
    home_answer = fields.no_answer(_("No home province because"))
    health_answer = fields.no_answer(_("Nothing on health because"))
    papers_answer = fields.no_answer(_("No papers chosen because"))

    def known(self) -> dict[str, Any]:
        """Cleaned values under the names of Client's fields."""
        values = {name: self.cleaned_data[name] for name in SAME_NAME if name in self.cleaned_data}
        born: PartialDate | None = self.cleaned_data["born"]
        values["born_on"] = born.value if born else None
        values["born_precision"] = born.precision if born else Client.Precision.DAY
        values["sex"] = values["sex"] or Client.Sex.UNKNOWN
        values["cause"] = values["cause"] or Client.Cause.UNKNOWN
        values["legal_category"] = values["legal_category"] or Legal.NOT_ASKED
        for name in ("born_answer", "phone_answer", "home_answer", "health_answer", "papers_answer"):
            values[name] = values[name] or NoAnswer.NOT_ASKED
        return values


class EditForm(PersonFields, VersionedForm):
    """The record of somebody, with the version that was on the screen."""

    title = fields.text(_("Title"), longest=40)
    alias = fields.text(_("Street name"), longest=80)
    district_text = fields.text(_("District"), longest=120)
    registered_address = fields.text(_("Registered address"), longest=300)
    remark = fields.long_text(_("Remark"), rows=3)
    field_order = (
        *("title", "first_name", "last_name", "nickname", "alias", "descriptor", "sex", "born", "phone"),
        *("born_answer", "phone_answer", "phone_shared", "home_province", "home_answer", "district_text"),
        *("registered_address", "found_place", "sleeping_place", "cause", "legal_category", "papers"),
        *("papers_answer", "health_note", "health_answer", "remark"),
    )

    @staticmethod
    def shown(client: Client) -> dict[str, Any]:
        """What the form shows of a record."""
        born = PartialDate(client.born_on, client.born_precision) if client.born_on else None  # type: ignore[arg-type]
        same = {name: getattr(client, name) for name in SAME_NAME}
        return same | {"born": born, "home_province": client.home_province_id, "version": client.version}

    def changes(self) -> dict[str, Any]:
        """Cleaned values as update_client takes them."""
        province = self.cleaned_data["home_province"]
        return self.known() | {"home_province_id": province.pk if province else None}


class NumberForm(VersionedForm):
    """The ID number and the paper that goes with it."""

    pin = fields.text(
        _("ID number"), hint=_("13 digits. Nobody must have one."), longest=40, inputmode="numeric"
    )
    id_status = fields.choice(_("Identity paper"), Client.IdStatus.choices)
    verified = fields.tick(_("I have compared the number with the card or the registry"))
    keep_unverified = fields.tick(
        _("Keep the number as not verified"), hint=_("For a number that was told but does not add up.")
    )

    @staticmethod
    def shown(client: Client) -> dict[str, Any]:
        """What the form shows of a record."""
        return {
            "pin": client.pin,
            "id_status": client.id_status,
            "verified": client.pin_verified,
            "version": client.version,
        }


class ReasonForm(ActionForm):
    """Nothing but why."""

    reason = fields.long_text(_("Why"), hint=_("The reason is kept in the trail."), required=True, rows=3)
