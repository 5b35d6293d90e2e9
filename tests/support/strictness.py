"""Sloppiness that Django forgives and these tests do not.

- A variable that one of our templates prints, loops over or passes on must exist, and what it prints must not be
  None. `{% if x %}` may ask for anything; `{{ x|default:"…" }}` says that it may be missing.
- A slice of an unordered queryset is another row every day.
- A date in the 2500s is a Buddhist year that nobody converted; a datetime given to a date field loses its zone.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from django.db import models
from django.template import Context, VariableDoesNotExist
from django.template import defaultfilters as filters
from django.template.base import FilterExpression, VariableNode
from django.template.defaulttags import ForNode

PROJECT = Path(__file__).resolve().parents[2]
OURS = str(PROJECT / "templates")
BUDDHIST_FROM = 2400
_MAY_BE_MISSING = (filters.default, filters.default_if_none)


class SloppyTemplate(Exception):
    """A template of ours uses what is not there."""


def _template_name(context: Context) -> str:
    template = context.render_context.template or context.template
    return str(template.origin.name) if template is not None else ""


def _is_ours(context: Context) -> bool:
    return _template_name(context).startswith(OURS)


class _LoopedOver(FilterExpression):
    """What a `{% for %}` loops over; Django resolves it as if it might be missing."""

    __slots__ = ()


_resolve = FilterExpression.resolve
_init_for = ForNode.__init__
_render_variable = VariableNode.render
_getitem = models.QuerySet.__getitem__
_save_date = models.DateField.get_db_prep_save


def _strict_resolve(self: Any, context: Any, ignore_failures: bool = False) -> Any:
    must_exist = isinstance(self, _LoopedOver) or not ignore_failures
    if not self.is_var or not must_exist or not _is_ours(context):
        return _resolve(self, context, ignore_failures)
    if self.filters and self.filters[0][0] in _MAY_BE_MISSING:
        return _resolve(self, context, ignore_failures=True)
    try:
        value = self.var.resolve(context)
    except VariableDoesNotExist as error:
        raise SloppyTemplate(f"{_template_name(context)}: {{{{ {self.token} }}}}: {error}") from error
    return _resolve(SimpleNamespace(is_var=False, var=value, filters=self.filters), context)


def _strict_for(self: Any, loopvars: Any, sequence: Any, *args: Any, **kwargs: Any) -> None:
    _init_for(self, loopvars, sequence, *args, **kwargs)
    self.sequence.__class__ = _LoopedOver


def _strict_variable(self: Any, context: Any) -> Any:
    # Resolved once more only when the answer reads "None", so that nothing is queried twice.
    text = _render_variable(self, context)
    if text == "None" and _is_ours(context) and self.filter_expression.resolve(context) is None:
        raise SloppyTemplate(
            f"{_template_name(context)}: {{{{ {self.filter_expression.token} }}}} prints None"
        )
    return text


def _strict_getitem(self: Any, key: Any) -> Any:
    caller = sys._getframe(1).f_code.co_filename
    ours = caller.startswith(str(PROJECT)) and "site-packages" not in caller
    if ours and self._result_cache is None and not self.ordered:
        raise AssertionError(f"slice of an unordered queryset of {self.model.__name__}: order it")
    return _getitem(self, key)


def _strict_date(self: Any, value: Any, connection: Any) -> Any:
    if isinstance(value, dt.date) and value.year >= BUDDHIST_FROM:
        raise AssertionError(f"{self}: {value} is a Buddhist year")
    if isinstance(value, dt.datetime) and not isinstance(self, models.DateTimeField):
        raise AssertionError(f"{self}: a datetime ({value}) would silently become a date")
    return _save_date(self, value, connection)


@contextmanager
def strict() -> Iterator[None]:
    """Everything above, for as long as the context lasts."""
    with (
        mock.patch.object(FilterExpression, "resolve", _strict_resolve),
        mock.patch.object(ForNode, "__init__", _strict_for),
        mock.patch.object(VariableNode, "render", _strict_variable),
        mock.patch.object(models.QuerySet, "__getitem__", _strict_getitem),
        mock.patch.object(models.DateField, "get_db_prep_save", _strict_date),
    ):
        yield
