"""A form about a record that others may save meanwhile: the second sees what changed and loses nothing typed."""

from copy import copy
from typing import Any, NamedTuple

from django import forms

from casework.models import Client
from casework.rules.versions import merged
from casework.versions import as_it_was
from common.errors import DomainError, StaleRecord
from common.forms.action import ActionForm


class Meanwhile(NamedTuple):
    """A field that somebody else saved: what stood there, what stands now, whether the form keeps what was typed."""

    label: str
    before: str
    now: str
    mine: bool


class VersionedForm(ActionForm):
    """Carries the version that was on the screen. `client` is the record; `meanwhile` is filled by a StaleRecord."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.shown(client), **kwargs)
        self.client = client
        self.meanwhile: list[Meanwhile] = []

    @staticmethod
    def shown(client: Client) -> dict[str, Any]:
        """What the form shows of a record: field → value."""
        raise NotImplementedError

    def refuse(self, error: DomainError) -> None:
        """After a stale record the form holds what was typed and, where nothing was, what stands now."""
        super().refuse(error)
        if isinstance(error, StaleRecord):
            self.client.refresh_from_db()
            self._take_over(as_it_was(self.client, self.cleaned_data["version"]))

    def _take_over(self, was: dict[str, Any]) -> None:
        then = copy(self.client)
        for name, value in was.items():
            setattr(then, name, value)
        before, now = self.shown(then), self.shown(self.client)
        data: Any = self.data.copy()
        data["version"] = str(self.client.version)
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.HiddenInput):
                continue
            stood, stands = _sent(field, before.get(name)), _sent(field, now.get(name))
            value, mine = merged(stood, stands, _tidied(data.getlist(name)))
            if stood == stands:
                continue
            data.setlist(name, value)
            self.meanwhile.append(
                Meanwhile(str(field.label), _said(field, stood), _said(field, stands), mine)
            )
        self.data = data


def _sent(field: forms.Field, value: Any) -> list[str]:
    """How a browser sends `value` of `field` back when nobody touches it; nothing for an empty field."""
    if isinstance(field, forms.BooleanField):
        return ["on"] if value else []
    shown = field.widget.format_value(field.prepare_value(value))
    return _tidied([str(one) for one in (shown if isinstance(shown, list) else [shown]) if one is not None])


def _tidied(sent: list[str]) -> list[str]:
    values = (one.replace("\r\n", "\n").strip() for one in sent)
    return [one for one in values if one]


def _said(field: forms.Field, sent: list[str]) -> str:
    """The same in words."""
    if isinstance(field, forms.BooleanField):
        return "✓" if sent else "–"
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}
        return ", ".join(labels.get(one, one) for one in sent) or "–"
    return ", ".join(sent) or "–"
