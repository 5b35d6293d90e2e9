"""A page with one form about one client: the shape that most acts share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.models import Client
from casework.web.rows import flags_raised
from casework.web.shown import file_url
from common.forms.action import ActionForm, handle

TEMPLATE = "casework/act.html"


def act_page(
    request: HttpRequest,
    client: Client,
    form: ActionForm,
    *,
    act: Callable[[dict[str, Any]], Any],
    title: Any,
    submit: Any,
    **more: Any,
) -> HttpResponse:
    """Show `form` under the client's name and run `act` when it is sent.

    `more`: `back` (address to go to afterwards and on cancel, default the file), `done` (what is said then),
    `lead` (a sentence above the form), `danger` (the button is red), `template` and `context`.
    """
    back = more.get("back") or file_url(client)
    return handle(
        request,
        form,
        act=act,
        then=saying(request, more.get("done"), back),
        template=more.get("template", TEMPLATE),
        context={
            "client": client,
            "flags": flags_raised(client),
            "title": title,
            "submit": submit,
            "cancel_url": back,
            "lead": more.get("lead", ""),
            "danger": more.get("danger", False),
            **more.get("context", {}),
        },
    )


def saying(request: HttpRequest, done: Any, address: str) -> Callable[[Any], str]:
    """What `handle` calls after the act: leaves the message and gives the address."""

    def then(_result: Any) -> str:
        if done:
            messages.success(request, done)
        return address

    return then


def tab_url(client: Client, tab: str) -> str:
    """Address of a tab of the file."""
    return reverse(f"casework:client_{tab}", args=[client.uid])
