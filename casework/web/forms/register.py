"""The form with which a register is brought."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Centre
from accounts.roles import CASEWORKERS
from casework.filling import Difference
from casework.importing import words
from casework.importing.outline import Outline
from common.actor import Actor
from common.errors import DomainError
from common.forms.action import ActionForm
from common.sheets.columns import WITH_BEFORE, Column, letter_of


class RegisterForm(ActionForm):
    """A file, and for whom; who works at one centre is not asked."""

    centre = forms.ModelChoiceField(
        Centre.objects.none(), label=gettext_lazy("For which centre"), to_field_name="code"
    )
    file = forms.FileField(
        label=gettext_lazy("The register"),
        error_messages={"empty": words.SHEET["empty"]},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt", "class": "drop"}),
    )

    ask_columns = forms.BooleanField(
        label=gettext_lazy("Let me name the columns first"),
        required=False,
        help_text=gettext_lazy("You are asked anyway when a heading is not known."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = sorted(actor.centres_as(*CASEWORKERS))
        centres = Centre.objects.filter(pk__in=own)
        self.fields["centre"].queryset = centres
        self.fields["file"].help_text = _(
            "An Excel workbook (.xlsx) or CSV, at most %(size)s and %(rows)s rows. Drag it here or choose it."
        ) % {"size": filesizeformat(settings.IMPORT_MAX_BYTES), "rows": f"{settings.IMPORT_MAX_ROWS:,}"}
        if len(own) == 1:
            self.fields["centre"].widget = forms.HiddenInput()
            self.fields["centre"].initial = centres.get().code

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(
                _(
                    "The file has %(size)s; %(most)s are taken. Divide it, or take pictures and other sheets out."
                ),
                code="too_large",
                params={
                    "size": filesizeformat(file.size),
                    "most": filesizeformat(settings.IMPORT_MAX_BYTES),
                },
            )
        return file


class ColumnsForm(ActionForm):
    """One choice for each column of a sheet."""

    def __init__(self, *args: Any, outline: Outline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outline = outline
        for place, (column, chosen) in enumerate(zip(outline.columns, outline.fields, strict=True)):
            options = [
                (field, label)
                for field, label in words.COLUMNS.items()
                if field != WITH_BEFORE or outline.offers_with_before(place)
            ]
            self.fields[f"column_{place}"] = forms.ChoiceField(
                choices=options, label=heading_shown(column), required=False, initial=chosen
            )

    def columns(self) -> list[tuple[Column, Any]]:
        """Each column with its box."""
        return [(column, self[f"column_{place}"]) for place, column in enumerate(self.outline.columns)]

    @property
    def values(self) -> dict[str, Any]:
        chosen = [self.cleaned_data[f"column_{place}"] for place in range(len(self.outline.columns))]
        return {"fields": chosen}


def heading_shown(column: Column) -> str:
    """The heading, or which column it is as a spreadsheet counts them."""
    return column.heading or _("Column %(letter)s, without heading") % {"letter": letter_of(column.index)}


class SameForm(ActionForm):
    """Which details go into the file of somebody known."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    takes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, found: Sequence[Difference], version: int, **kwargs: Any) -> None:
        chosen = [one.field for one in found if one.fills]
        super().__init__(*args, initial={"version": version, "takes": chosen}, **kwargs)
        self.fields["takes"].choices = [(one.field, one.field) for one in found if one.possible]


class ConfirmForm(ActionForm):
    """Carries the number of people that was shown, so that no other number is written."""

    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"expected": count}, **kwargs)
        self.count = count

    def refuse(self, error: DomainError) -> None:
        """What is shown now is the present number, so that is what the next press confirms."""
        super().refuse(error)
        shown: Any = self.data.copy()
        shown["expected"] = str(self.count)
        self.data = shown
