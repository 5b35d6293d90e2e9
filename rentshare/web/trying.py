"""Two steps in front of what is hard to take back: first what would happen, then the act itself.

The first step runs the action and rolls it back, so that what is shown and what is refused is what the act itself
would do and refuse, not a second telling of the rules.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.errors import DomainError
from common.forms.action import ActionForm, handle

CONFIRMED = "confirmed"
CHANGE = "change"
Result = TypeVar("Result")


def tried(act: Callable[[], Result], look: Callable[[Result], Any]) -> Any:
    """Run `act`, look at what came of it, and undo it. Raises what the act raises."""
    with transaction.atomic():
        seen = look(act())
        transaction.set_rollback(True)
    return seen


def two_steps(  # noqa: PLR0913 (a page with two faces)
    request: HttpRequest,
    form: ActionForm,
    *,
    act: Callable[[dict[str, Any]], Any],
    look: Callable[[Any], dict[str, Any]],
    then: Callable[[Any], str],
    template: str,
    confirm_template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The form; what would happen, to be confirmed; the act. `look` turns the act's result into what is shown."""
    if request.method == "GET" or CONFIRMED in request.POST:
        return handle(request, form, act=act, then=then, template=template, context=context)
    status = 422
    if CHANGE in request.POST:
        form.is_valid()
        status = 200
    elif form.is_valid():
        try:
            seen = tried(lambda: act(form.values), look)
        except DomainError as error:
            form.refuse(error)
        else:
            return render(request, confirm_template, context | seen | {"form": form, "typed": typed(form)})
    return render(request, template, context | {"form": form}, status=status)


def typed(form: ActionForm) -> list[tuple[str, str]]:
    """What was typed, to travel through the second step; the submission key with it."""
    return [
        (name, str(value))
        for name in form.fields
        for value in ([form[name].data] if form[name].data not in (None, "") else [])
    ]
