"""search and short-search: the finder at a million clients, against Django admin's list and the bare SQL.

The product runs as a social worker at the second biggest centre, with scope and trail on. The floor is the very
statements that this search sends (without the trail's), bound beforehand and sent through the bare driver.
"""

from collections.abc import Callable
from typing import Any

import psycopg
from django.contrib.admin import AdminSite, ModelAdmin
from django.db import connection
from django.test import RequestFactory

from accounts.models import Centre, User
from casework.models import Client
from casework.searching import search_cards, search_clients
from tests.bench import country
from tests.bench.measuring import Line, each_ms, interleaved, line, p95
from tests.bench.questions import questions, short_questions

ASKED = 200
PEER_ASKS_EVERY = 20  # a second each is long enough
CENTRE = "30"

Search = Callable[..., Any]


def search(rounds: int, clients: int) -> list[Line]:
    """200 questions: whole and partial names, a third of them damaged, numbers, places."""
    made = country.populate(clients)
    worker = country.worker(CENTRE)
    asked = questions(ASKED, centre_id=Centre.objects.get(code=CENTRE).pk)
    admin = _admin_list()
    lines = []
    for doors, find in (("own centre's files", search_clients), ("cards of the country", search_cards)):
        bare = _bare(find, worker, asked)
        seen = interleaved(
            rounds,
            peer=lambda: p95(each_ms(admin, asked[::PEER_ASKS_EVERY])),
            product=lambda find=find: p95(each_ms(lambda q: find(worker, q), asked)),
            floor=lambda bare=bare: p95(each_ms(_send(), bare)),
        )
        what = f"p95 of {ASKED} questions, {doors}; peer: admin's icontains list with its counts. {made}"
        lines.append(line("search", what, seen, at_least=40, at_most=3))
    return lines


def short_search(rounds: int, clients: int) -> list[Line]:
    """Questions of one or two characters."""
    made = country.populate(clients)
    worker = country.worker(CENTRE)
    asked = short_questions(ASKED)
    lines = []
    for doors, find in (("own centre's files", search_clients), ("cards of the country", search_cards)):
        bare = _bare(find, worker, asked)
        seen = interleaved(
            rounds,
            product=lambda find=find: p95(each_ms(lambda q: find(worker, q), asked)),
            floor=lambda bare=bare: p95(each_ms(_send(), bare)),
        )
        what = f"p95 of {ASKED} questions of one or two characters, {doors}. {made}"
        lines.append(line("short-search", what, seen, limit=25))
    return lines


def _admin_list() -> Callable[[str], Any]:
    """What the admin's list does for one search, its template left out: both counts, and the page's rows."""

    class ClientAdmin(ModelAdmin):
        search_fields = ("first_name", "last_name", "nickname")
        actions = None

        def has_change_permission(self, request: Any, obj: Any = None) -> bool:
            return True

    admin, factory = ClientAdmin(Client, AdminSite()), RequestFactory()
    user = User(name="bench", email="bench@test.example")

    def listed(q: str) -> list[Client]:
        request = factory.get("/", {"q": q})
        request.user = user
        return list(admin.get_changelist_instance(request).result_list)

    return listed


def _bare(find: Search, worker: Any, asked: list[str]) -> list[list[str]]:
    """The reading statements of each search, with their values in them."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            sent.append(context["cursor"].mogrify(sql, params))
        return execute(sql, params, many, context)

    bare: list[list[str]] = []
    with connection.execute_wrapper(note):
        for q in asked:
            sent.clear()
            find(worker, q)
            bare.append(list(sent))
    return bare


def _send() -> Callable[[list[str]], None]:
    plain = psycopg.connect(connection.connection.info.dsn, autocommit=True).cursor()

    def send(statements: list[str]) -> None:
        for sql in statements:
            plain.execute(sql).fetchall()

    return send
