"""Forms of the network: shape only, never a rule."""

from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Province
from common import clock
from common.errors import DomainError
from common.forms.action import ActionForm
from common.forms.dates import BEDateField
from common.money import MoneyError, to_satang
from network import rules
from network.actions.contributions import Correction
from network.actions.partners import NewPartner
from network.giving import Given, provinces_of
from network.importing import words
from network.importing.reading import MOST_ROWS, Expected
from network.models import Contribution, Partner
from network.models.units import Kind, Unit
from network.refusals import MESSAGES, refuse, refuse_if

_DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}


def grouped_units(*, money: bool = True) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Units under the kind they make."""
    units = [(unit.value, unit.label) for unit in Unit if money or unit != Unit.BAHT]
    by_kind = groupby(sorted(units, key=_kind_place), key=lambda pair: rules.KIND_OF[pair[0]])
    return [(Kind(kind).label, list(pairs)) for kind, pairs in by_kind]


def _kind_place(unit: tuple[str, Any]) -> int:
    return rules.KINDS.index(rules.KIND_OF[unit[0]])


def _line(label: Any, longest: int, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text)


class GivenForm(ActionForm):
    """What was given. The unit says of what kind it is."""

    what = _line(gettext_lazy("What was given"), 200, required=True)
    quantity = forms.CharField(
        label=gettext_lazy("How much"), max_length=40, widget=forms.TextInput(attrs=_DECIMAL)
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    given_on = BEDateField(label=gettext_lazy("Date"), allow_future=False)
    people = forms.IntegerField(
        label=gettext_lazy("How many people"),
        initial=1,
        min_value=1,
        max_value=rules.MOST_PEOPLE,
        required=False,
        help_text=gettext_lazy("Of volunteer hours: how many people gave them together."),
    )
    giver = _line(gettext_lazy("Giver"), 150, help_text=gettext_lazy("Empty for the partner itself."))
    area = _line(gettext_lazy("Where"), 200)
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    remark = _line(gettext_lazy("Remark"), 500)

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Choose")), *grouped_units()]
        self.fields["given_on"].initial = clock.today()
        codes = provinces_of(partner)
        found = {province.pk: province.name for province in Province.objects.filter(pk__in=codes)}
        self.fields["province"].choices = [(code, found[code]) for code in codes]
        if len(codes) == 1:
            del self.fields["province"]

    @property
    def given(self) -> Given:
        """As the actions take it. Refuses a quantity that is none."""
        data = self.cleaned_data
        quantity, code = rules.read_quantity(data["quantity"])
        refuse_if(code, "quantity")
        return Given(
            what=data["what"],
            quantity=quantity,
            unit=data["unit"],
            given_on=data["given_on"],
            people=data["people"] or 1,
            area=data["area"],
            province=data.get("province", ""),
            giver=data["giver"],
            remark=data["remark"],
            pledged=data.get("pledged", False),
        )


class LogForm(GivenForm):
    """A new contribution."""

    pledged = forms.BooleanField(
        label=gettext_lazy("Only promised, not there yet"),
        required=False,
    )


class CorrectForm(GivenForm):
    """What should have stood there, and why."""

    reason = _line(gettext_lazy("Why it is corrected"), 300, required=True)

    def __init__(self, *args: Any, row: Contribution, **kwargs: Any) -> None:
        given = Given.of(row)
        initial = {
            "what": given.what,
            "quantity": row.amount,
            "unit": given.unit,
            "given_on": given.given_on,
            "people": given.people,
            "giver": given.giver,
            "area": given.area,
            "province": given.province,
            "remark": given.remark,
        }
        super().__init__(*args, initial=initial, partner=row.partner, **kwargs)
        self.row = row

    @property
    def correction(self) -> Correction:
        """As the action takes it; what the form does not ask stays as it was."""
        given = self.given
        kept = {"stated_satang": self.row.stated_satang, "pledged": self.row.state == "pledged"}
        values = {name: getattr(given, name) for name in given.__slots__} | kept
        values["province"] = given.province or self.row.province_id
        return Correction(Given(**values), self.cleaned_data["reason"])


class VoidForm(ActionForm):
    """Why it never came."""

    reason = _line(gettext_lazy("Why it does not count"), 300, required=True)


class ReceiveForm(ActionForm):
    """The day on which what was promised came."""

    occurred_on = BEDateField(label=gettext_lazy("On which day it came"), allow_future=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occurred_on"].initial = clock.today()


class PlainForm(ActionForm):
    """A button."""


class PartnerForm(ActionForm):
    """A partner as somebody describes it."""

    name = _line(gettext_lazy("Name"), 150, required=True)
    code = _line(gettext_lazy("Code"), 30, required=True, help_text=gettext_lazy("For sheets: WAT-NONDAENG."))
    kind = forms.ChoiceField(label=gettext_lazy("What kind of partner"), choices=Partner.Kind.choices)
    province = forms.ModelChoiceField(Province.objects.all(), label=gettext_lazy("Province"))
    areas = forms.ModelMultipleChoiceField(
        Province.objects.all(),
        label=gettext_lazy("Also active in"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    place = _line(gettext_lazy("Where it is"), 200)
    contact = _line(gettext_lazy("Whom to talk to"), 120)
    phone = _line(gettext_lazy("Phone"), 20)
    active_from = BEDateField(label=gettext_lazy("Partner since"))
    active_to = BEDateField(label=gettext_lazy("Partner until"), required=False)

    def __init__(self, *args: Any, provinces: Any, partner: Partner | None = None, **kwargs: Any) -> None:
        if partner is not None:
            names = ("name", "code", "kind", "province", "place", "contact", "phone")
            kwargs["initial"] = {name: getattr(partner, name) for name in names} | {
                "areas": partner.areas.all(),
                "active_from": partner.active_from,
                "active_to": partner.active_to,
            }
        super().__init__(*args, **kwargs)
        own = set(provinces) | ({partner.province_id} if partner else set())
        self.fields["province"].queryset = Province.objects.filter(pk__in=own)
        if partner is None:
            self.fields["active_from"].initial = clock.today()
            if len(own) == 1:
                self.fields["province"].initial = next(iter(own))

    @property
    def new(self) -> NewPartner:
        """As the actions take it."""
        values = self.values
        province, areas = values.pop("province"), values.pop("areas")
        return NewPartner(**values, province=province.pk, areas=[area.pk for area in areas])


class MemberForm(ActionForm):
    """Who signs in for a partner."""

    email = forms.EmailField(label=gettext_lazy("E-mail of the person"))


class ValueForm(ActionForm):
    """A line of the book."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    satang = forms.CharField(
        label=gettext_lazy("Baht for one unit"), max_length=20, widget=forms.TextInput(attrs=_DECIMAL)
    )
    valid_from = BEDateField(label=gettext_lazy("Holds from"))
    source = _line(gettext_lazy("Where the number comes from"), 200, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Choose")), *grouped_units(money=False)]
        self.fields["valid_from"].initial = clock.today()

    @property
    def line(self) -> dict[str, Any]:
        """As the action takes it. Refuses what is no amount of baht."""
        values = self.values
        try:
            values["satang"] = to_satang(values["satang"])
        except MoneyError as error:
            refuse(error.code if error.code in MESSAGES else "value_missing", "satang")
        return values


class SheetForm(ActionForm):
    """A partner's file."""

    file = forms.FileField(
        label=gettext_lazy("The sheet"),
        error_messages={"empty": words.SHEET["empty"]},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt", "class": "drop"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "An Excel workbook (.xlsx) or CSV, at most %(size)s and %(rows)s rows. Drag it here or choose it."
        ) % {"size": filesizeformat(settings.IMPORT_MAX_BYTES), "rows": f"{MOST_ROWS:,}"}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(words.SHEET["too_large"], code="too_large")
        return file


class WriteForm(ActionForm):
    """Carries the numbers of rows that were shown, so that nothing else is written."""

    new = forms.IntegerField(widget=forms.HiddenInput)
    doubled = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, expected: Expected, **kwargs: Any) -> None:
        initial = {"new": expected.new, "doubled": expected.doubled}
        super().__init__(*args, initial=initial, **kwargs)
        self._now = initial
        if expected.doubled:
            self.fields["with_doubled"] = forms.BooleanField(
                label=_("Also write the rows that are there already (%(n)s)") % {"n": expected.doubled},
                required=False,
            )

    @property
    def expected(self) -> Expected:
        return Expected(self.cleaned_data["new"], self.cleaned_data["doubled"])

    def refuse(self, error: DomainError) -> None:
        """What is shown now are the present numbers, so those are what the next press confirms."""
        super().refuse(error)
        shown: Any = self.data.copy()
        shown.update({name: str(value) for name, value in self._now.items()})
        for name, value in self._now.items():
            shown[name] = str(value)
        self.data = shown
