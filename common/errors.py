"""Errors of the domain, and how each door shows them.

| error         | page                      | API                           | command        |
|---------------|---------------------------|-------------------------------|----------------|
| DomainError   | form error, 422           | 409 {code, message, field}    | CommandError   |
| StaleRecord   | page that says so, 409    | 409                           | CommandError   |
| Forbidden     | 403                       | 403                           | CommandError   |
| NotVisible    | 404                       | 404                           | CommandError   |
"""

from collections.abc import Mapping
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import Http404  # noqa: TID251 (the one place that ties "not visible" to 404)


class DomainError(Exception):
    """A rule of the domain refuses this; `message` says what to do, in the user's language.

    Args:
        code: stable, machine-readable, never translated.
        message: shown to people (lazy strings welcome).
        field: form field it belongs to, if any.
    """

    def __init__(self, code: str, message: object, field: str | None = None) -> None:
        super().__init__(code)
        self.code, self.message, self.field = code, message, field

    def __str__(self) -> str:
        return str(self.message)


class Refusals:
    """The sentences an app refuses with, by code.

    Args:
        messages: code → sentence, lazily translated, with places for words.
        words: what fills those places where nothing else is given.
    """

    def __init__(self, messages: Mapping[str, object], words: Mapping[str, object] | None = None) -> None:
        self._messages, self._words = messages, words or {}

    def refuse(self, code: str, field: str | None = None, **words: object) -> NoReturn:
        """Raise the DomainError of `code`; `words` fill the sentence's places."""
        message, said = self._messages[code], {**self._words, **words}
        raise DomainError(code, str(message) % said if said else message, field)

    def refuse_if(self, code: str, field: str | None = None, **words: object) -> None:
        """Raise when `code` (the answer of a `*_problem` rule) is not empty."""
        if code:
            self.refuse(code, field, **words)


class StaleRecord(DomainError):
    """Somebody else changed the record since it was read; nothing was written."""


class Forbidden(PermissionDenied):
    """Seen, but this actor may not do that."""


class NotVisible(Http404):
    """Not there, or not for this actor's eyes: the two are never told apart."""
