"""One write, one action."""

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Mark `function` as the one place where something is written, and run it in one transaction.

    Every parameter must be keyword-only and the first must be `actor`, so that no write is ever anonymous.
    Raises TypeError at import when it is not so.
    """
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters or parameters[0].name != "actor":
        raise TypeError(f"{function.__qualname__}: the first parameter of an action is actor")
    if any(p.kind is not inspect.Parameter.KEYWORD_ONLY for p in parameters):
        raise TypeError(f"{function.__qualname__}: an action takes keywords only")

    @functools.wraps(function)
    def atomically(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return function(*args, **kwargs)

    atomically.is_action = True  # type: ignore[attr-defined]
    return atomically
