"""The permission matrix: every address × every role × an object of one's own and a foreign one.

Each app has a table in tests/matrix/<app>.py:

    MATRIX = {
        "casework:client": Row(own=allow(*CASEWORKERS, "nurse", "auditor"), foreign=allow("auditor"),
                               args=lambda place: {"uid": place.client.uid}),
        "casework:note": Row(own=allow(*CASEWORKERS, status=302), method="post",
                             args=…, data=lambda place: {"text": "…"}),
    }

What a row does not say: a role that is not named gets 403 (`others`), or 404 for a foreign object
(`others_foreign`); somebody who is not signed in is sent to the sign-in page, or gets 401 from the API. A row
without `args` is about no object and has no foreign twin. An address with several rows has a tuple of them.
GETs are watched: beyond the trail of reads they may write nothing.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Centre, User
from accounts.roles import Role
from tests.support import factories as make
from tests.support.client import SAFE, Client

ROLES: tuple[str, ...] = tuple(Role.values)
CASEWORKERS = ("social_worker", "supervisor", "centre_head")
LEADS = ("supervisor", "centre_head")
WRITTEN_BY_READING = ("audit_readentry", "django_session", "cache", "common_heartbeat", "accounts_apitoken")

Kwargs = Mapping[str, Any]


def allow(*roles: str, status: int = 200) -> dict[str, int]:
    """These roles get `status`."""
    return dict.fromkeys(roles, status)


def everyone(status: int = 200) -> dict[str, int]:
    """Every role gets `status`."""
    return dict.fromkeys(ROLES, status)


class Place:
    """One centre with a person served and everything a URL can point to; each thing is made when first asked for.

    A table may subclass this when its app has more to point to: set `Row.place` to the subclass.
    """

    def __init__(self, code: str) -> None:
        self.code = code

    def welcome(self, user: User) -> None:
        """Make `user` belong here where the role at a centre does not say so by itself (to a partner, for example)."""

    @cached_property
    def centre(self) -> Centre:
        return make.centre(self.code)

    @cached_property
    def worker(self) -> User:
        """A social worker of the place (not the one who asks)."""
        return make.user("social_worker", self.code)

    @cached_property
    def client(self) -> Any:
        return make.client(self.code)

    @cached_property
    def episode(self) -> Any:
        return make.episode(self.client, self.worker)

    @cached_property
    def follow_up(self) -> Any:
        return make.follow_up(self.episode)

    @cached_property
    def need(self) -> Any:
        return make.need(self.episode)

    @cached_property
    def note(self) -> Any:
        return make.note(self.client, author=self.worker)


@dataclass(frozen=True)
class Row:
    """What one address answers to whom.

    Attributes:
        own: role -> status for an object of the role's own centre (or for an address about no object).
        foreign: role -> status for an object of another centre; countrywide roles stand here when they may.
        others, others_foreign: what roles get that are not named.
        anonymous: status without signing in; None for the sign-in page (302) or the API's 401.
        args: the place -> keyword arguments of the address.
        method: "get", "post", "put", "patch", "delete".
        data: what is sent: a dict, or a function of the place.
        query: what stands behind the "?".
        content_type: of `data`, where it is not a form.
        place: class of the place, where an app has a richer one.
        watched: False where a GET writes by design (say why beside the row).
    """

    own: Mapping[str, int] = field(default_factory=dict)
    foreign: Mapping[str, int] = field(default_factory=dict)
    others: int = 403
    others_foreign: int = 404
    anonymous: int | None = None
    args: Callable[[Any], Kwargs] | None = None
    method: str = "get"
    data: Kwargs | Callable[[Any], Kwargs] = field(default_factory=dict)
    query: Kwargs = field(default_factory=dict)
    content_type: str = ""
    place: type[Place] = Place
    watched: bool = True


def rows() -> dict[str, tuple[Row, ...]]:
    """All tables of tests/matrix/ together. Raises AssertionError when two list the same address."""
    package = importlib.import_module("tests.matrix")
    found: dict[str, tuple[Row, ...]] = {}
    for module in pkgutil.iter_modules(package.__path__, "tests.matrix."):
        for name, row in importlib.import_module(module.name).MATRIX.items():
            assert name not in found, f"{name} is listed twice"
            found[name] = row if isinstance(row, tuple) else (row,)
    return found


def addresses() -> set[str]:
    """Names of every address the project answers, with their namespaces; one without a name by its route."""
    return set(_names(get_resolver().url_patterns, "", ""))


def _names(patterns: list[Any], namespace: str, route: str) -> Iterator[str]:
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern.url_patterns, inner, path)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}" if pattern.name else f"/{path}"


class Doors:
    """Tries one row at every door: each role in turn, then nobody."""

    def __init__(self, name: str, row: Row) -> None:
        self.name, self.row = name, row
        self.wrong: list[str] = []

    def try_all(self) -> list[str]:
        """Every role × own and foreign; returns what was not as the row says, one line each."""
        own, foreign = self.row.place(make.OWN), self.row.place(make.FOREIGN)
        for role in ROLES:
            client, user = Client(), make.user(role)
            own.welcome(user)
            client.force_login(user)
            self._try(client, role, "own", own, self.row.own.get(role, self.row.others))
            if self.row.args is not None:
                expected = self.row.foreign.get(role, self.row.others_foreign)
                self._try(client, role, "foreign", foreign, expected)
        self._try(Client(), "nobody", "own", own, self._for_nobody(own))
        return self.wrong

    def _for_nobody(self, place: Place) -> int:
        if self.row.anonymous is not None:
            return self.row.anonymous
        return 401 if self._address(place).startswith("/api/") else 302

    def _address(self, place: Place) -> str:
        if self.name.startswith("/"):
            return self.name
        return reverse(self.name, kwargs=self.row.args(place) if self.row.args else {})

    def _try(self, client: Client, who: str, whose: str, place: Place, expected: int) -> None:
        address = self._address(place)
        data = self.row.data(place) if callable(self.row.data) else self.row.data
        extra = {"content_type": self.row.content_type} if self.row.content_type else {}
        # Undone each time, so that one role's doing is not another one's surprise.
        with transaction.atomic():
            with recorded_writes() as written:
                send = getattr(client, self.row.method)
                response = send(address, data or None, query_params=self.row.query, **extra)
            transaction.set_rollback(True)
        case = f"{self.row.method.upper()} {self.name} {who}, {whose}"
        if response.status_code != expected:
            self.wrong.append(f"{case}: {response.status_code}, expected {expected}")
        if who == "nobody" and self.row.anonymous is None and expected == 302:
            self._must_lead_to_sign_in(case, response)
        if self.row.watched and self.row.method.upper() in SAFE and written:
            self.wrong.append(f"{case}: a GET wrote {sorted(set(written))}")

    def _must_lead_to_sign_in(self, case: str, response: Any) -> None:
        if not response.headers.get("Location", "").startswith(reverse("account_login")):
            self.wrong.append(f"{case}: not led to the sign-in page")


@contextmanager
def recorded_writes() -> Iterator[list[str]]:
    """Statements that change a table, as "INSERT INTO casework_note", without those that reading may write."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.replace('"', "").split(None, 3)
        verb = words[0].upper() if words else ""
        if verb in {"INSERT", "UPDATE", "DELETE"}:
            table = words[1] if verb == "UPDATE" else words[2]
            if table not in WRITTEN_BY_READING:
                written.append(f"{verb} {table}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written
