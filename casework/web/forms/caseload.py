"""Forms of the list of cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Centre
from accounts.roles import CASEWORKERS
from common.actor import Actor
from common.errors import DomainError
from common.forms.action import ActionForm


class SaveListForm(ActionForm):
    """A name, and whether the team has the list too."""

    name = forms.CharField(label=gettext_lazy("Name of the list"), max_length=60)
    share = forms.ChoiceField(
        label=gettext_lazy("Who sees this list"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Centre.objects.filter(pk__in=actor.centres_as(*CASEWORKERS))
        self.centres = {centre.code: centre for centre in own}
        teams = [
            (code, _("the team of %(centre)s") % {"centre": one.name}) for code, one in self.centres.items()
        ]
        self.fields["share"].choices = [("", _("only me")), *teams]
        self.initial.setdefault("share", "")

    @property
    def values(self) -> dict[str, Any]:
        team = self.centres.get(self.cleaned_data["share"])
        return {"name": self.cleaned_data["name"], "centre_id": team.pk if team else None}


class ReassignForm(ActionForm):
    """Carries what was shown, so that nothing else moves."""

    mark = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, mark: str, **kwargs: Any) -> None:
        self.shown = mark
        super().__init__(*args, initial={"mark": mark}, **kwargs)

    def refuse(self, error: DomainError) -> None:
        """What is shown now is what would move by now, so that is what the next press confirms."""
        super().refuse(error)
        data: Any = self.data.copy()
        data["mark"] = self.shown
        self.data = data
