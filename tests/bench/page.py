"""page: a signed-in page as the test client gets it, against Django's own floor.

The floor is a view behind Django's session and authentication middleware alone that asks one query and answers a
line of text.
"""

import statistics
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import path, reverse

from accounts.models import User
from casework.models import Client, FollowUp
from tests.bench.measuring import Line, each_ms, interleaved, line
from tests.support import factories as make

ASKED = 200
FLOOR = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


def one_query(request: HttpRequest) -> HttpResponse:
    """Session, user, one query."""
    return HttpResponse(f"{request.user.pk} {FollowUp.objects.filter(worker_id=request.user.pk).count()}")


urlpatterns = [path("one-query/", one_query)]


def page(rounds: int, clients: int) -> list[Line]:
    """My day and a client's file, for a worker with a day's appointments; `clients` is not used."""
    worker = make.user(email=f"{uuid4()}@bench.example")
    client = _file(worker)
    ours = Browser()
    ours.force_login(worker)
    bare = Browser()
    bare.force_login(worker)
    lines = []
    for what, address in (
        ("my day", reverse("casework:today")),
        ("a client's file", reverse("casework:client", args=[client.uid])),
    ):
        seen = interleaved(
            rounds,
            product=lambda address=address: _median(ours, address),
            floor=lambda: _median_floor(bare),
        )
        lines.append(
            line("page", f"{what}, median of {ASKED}; floor: session and one query", seen, at_most=2)
        )
    return lines


def _median(browser: Browser, address: str) -> float:
    def get(_: Any) -> None:
        response = browser.get(address, HTTP_HOST="127.0.0.1")
        if response.status_code != 200:
            raise ValueError(f"{address}: {response.status_code}")

    get(None)
    return statistics.median(each_ms(get, range(ASKED)))


def _median_floor(browser: Browser) -> float:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=FLOOR):
        browser.handler._middleware_chain = None  # it was built for the product's middleware, or for none
        return _median(browser, "/one-query/")


def _file(worker: User) -> Client:
    """A file with a history, and a day full of appointments."""
    client = make.client()
    episode = make.episode(client, worker)
    for _ in range(15):
        make.note(client)
        make.result(make.follow_up(episode, state=FollowUp.State.DONE))
    for number in range(12):
        make.follow_up(make.episode(make.client(first_name=f"สมชาย{number}"), worker))
    return client
