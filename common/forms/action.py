"""A form in front of an action: shape only, never a rule; sent twice, it acts once."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from common.errors import DomainError
from common.submissions import AlreadySent, once

_NOT_CONTENT = {"submission", "csrfmiddlewaretoken"}


class ActionForm(forms.Form):
    """A form that carries a submission key of its own."""

    required_css_class = "required"
    submission = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("submission", uuid.uuid4().hex)

    @property
    def key(self) -> str:
        return str(self.cleaned_data.get("submission") or "")

    @property
    def values(self) -> dict[str, Any]:
        """Cleaned data without the submission key: the keyword arguments of an action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "submission"}

    @property
    def content(self) -> str:
        """All that was sent, as text to compare with another sending."""
        data = self.data
        sent = data.lists() if isinstance(data, QueryDict) else data.items()
        words = [(name, value) for name, value in sent if name not in _NOT_CONTENT]
        files = [(name, file.name, file.size) for name, file in self.files.items()]
        return repr(sorted(words) + sorted(files))

    def refuse(self, error: DomainError) -> None:
        """Show a broken rule at its field, or above the form."""
        if isinstance(error, AlreadySent):  # pressing the button again is then meant
            renewed: Any = self.data.copy()
            renewed["submission"] = uuid.uuid4().hex
            self.data = renewed
        self.add_error(error.field if error.field in self.fields else None, str(error))


def handle(
    request: HttpRequest,
    form: ActionForm,
    *,
    act: Callable[[dict[str, Any]], Any],
    then: Callable[[Any], str],
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """GET shows `form`; POST runs `act(values)` once and goes to `then(result)`; a refusal is the form with 422.

    `act` calls one action; the DomainError it raises becomes a form error and what was typed stays.
    """
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                address = once(
                    key=form.key,
                    actor_key=request.actor.key,
                    act=lambda: then(act(form.values)),
                    content=form.content,
                )
            except DomainError as error:
                form.refuse(error)
            else:
                return HttpResponseRedirect(address)
        status = 422
    return render(request, template, {"form": form, **(context or {})}, status=status)
