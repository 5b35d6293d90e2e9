"""search, short-search, damaged-names: the finder at a million clients, beside Django admin's list and the bare SQL.

The product runs as a social worker at the second biggest centre, with scope and trail on. The floor is the very
statements that this search sends (without the trail's), bound beforehand and sent through the bare driver.
"""

from collections.abc import Callable
from itertools import islice
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
from tests.support.damage import damaged
from tests.support.thai_people import SomePerson

ASKED = 200
PEER_ASKS_EVERY = 20  # a second each is long enough
DAMAGED, FIRST = 2_000, 5
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


def damaged_names(rounds: int, clients: int) -> list[Line]:
    """How many of 2,000 people are not in the first five, when their names are typed as clerks do; one round.

    The two kinds of tests.support.damage that leave the surname out are not asked: among a million, more than five
    bear the same given name, and nobody can tell them apart by it.
    """
    made = country.populate(clients)
    worker = country.worker(CENTRE)
    admin = _admin_list()
    slips = (
        (f"{person.first} {person.last}", typed)
        for kind, person, typed in damaged(country.SEED, 2 * DAMAGED)
        if not kind.startswith("surname_missing") and _findable(person)
    )
    asked = list(islice(slips, DAMAGED))
    few = asked[::PEER_ASKS_EVERY]
    seen = interleaved(
        1,
        peer=lambda: _missed(
            few, lambda q: [f"{one.first_name} {one.last_name}" for one in admin(q)[:FIRST]]
        ),
        product=lambda: _missed(asked, lambda q: [one.name for one in search_cards(worker, q, limit=FIRST)]),
    )
    what = (
        f"of {len(asked):,} damaged names of the country not in the first {FIRST}; peer: admin's icontains list, "
        f"{len(few)} asked. {made}"
    )
    return [line("damaged-names", what, seen, unit="%", limit=3)]


def _findable(person: SomePerson) -> bool:
    named = {"first_name": person.first, "last_name": person.last}
    return Client.objects.filter(**named, restricted=False).exists()


def _missed(asked: list[tuple[str, str]], names: Callable[[str], list[str]]) -> float:
    """Per cent of (whole name, what is typed) whose name is not among those found."""
    return 100 * sum(not any(whole in name for name in names(typed)) for whole, typed in asked) / len(asked)


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
