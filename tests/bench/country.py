"""A country of people served, made once in a database and then used again.

Written past the actions (there is nobody to ask and nothing to decide) with the same keys as
casework.registering writes, so that what is measured reads real rows.
"""

import random
import time
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, islice
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from accounts.actor import UserActor, actor_for
from accounts.models import Centre
from casework.models import Client, ClientSearch, Person
from casework.registering import CLIENT_COLUMNS, SEARCH_COLUMNS
from casework.searchable import search_values, sort_key
from common import clock
from common.crypto import lookup_hash
from common.db import bulk, guards
from common.ids import time_ordered_uuid
from common.thai.idnumber import check_digit
from tests.support import factories as make
from tests.support.thai_people import SomePerson, people

PIECE = 20_000
SEARCH_TABLE = ClientSearch._meta.db_table
BIG_CENTRES = {"10": 90, "30": 40, "50": 25, "90": 15, "40": 15, "20": 15}
SEED = 2570


def populate(count: int) -> str:
    """Have `count` clients in the database. Returns a sentence that says whether they were there already."""
    there = Client.objects.count()
    if there >= count:
        return f"{there:,} clients, used again"
    start = time.monotonic()
    _hurry()
    centres = {c.code: c.pk for c in Centre.objects.order_by("code")}
    everybody = islice(people(SEED), there, count)
    while piece := list(islice(everybody, PIECE)):
        there += _write(piece, there, centres)
    guards.install()
    _settle()
    return f"{there:,} clients, made in {time.monotonic() - start:.0f} s"


@transaction.atomic
def _write(piece: list[SomePerson], done: int, centres: dict[str, int]) -> int:
    humans, keys = bulk.reserve_keys(Person, len(piece)), bulk.reserve_keys(Client, len(piece))
    now = clock.now()
    bulk.insert(Person, ["id", "created_at"], ((human, now) for human in humans))
    rows = [
        _as_client(person, number, centres, id=key, person_id=human)
        for number, (person, key, human) in enumerate(zip(piece, keys, humans, strict=True), start=done + 1)
    ]
    bulk.insert(Client, CLIENT_COLUMNS, ([getattr(row, name) for name in CLIENT_COLUMNS] for row in rows))
    bulk.insert(ClientSearch, SEARCH_COLUMNS, map(_search_row, rows))
    return len(piece)


def _as_client(p: SomePerson, number: int, centres: dict[str, int], **keys: int) -> Any:
    dice = random.Random(number)
    codes, weights = _by_size(tuple(centres))
    code = dice.choices(codes, cum_weights=weights)[0]
    pin = f"1999{number:08d}"
    pin += str(check_digit(pin))
    has_pin = dice.random() < 0.6
    row = SimpleNamespace(**_unsaid())
    vars(row).update(
        **keys, uid=time_ordered_uuid(), code=f"{code}-2570-{number:07d}", centre_id=centres[code],
        title=p.title, first_name=p.first, last_name=p.last, nickname=p.nickname, alias=p.alias,
        sex="male" if p.is_man else "female", born_on=date(1950, 1, 1) + timedelta(days=dice.randrange(20_000)),
        born_precision="day", id_status="has_card" if has_pin else "none",
        pin_hash=lookup_hash(pin, "pin") if has_pin else b"", pin_verified=has_pin,
        phone=f"08{dice.randrange(10**8):08d}" if dice.random() < 0.5 else "",
        home_province_id=code if code.isdigit() else None, found_place=p.place,
        restricted=dice.random() < 0.01, is_synthetic=True, registered_at=clock.now(),
    )  # fmt: skip
    row.sort_key = sort_key(row)
    return row


@cache
def _unsaid() -> dict[str, Any]:
    """What a client is of whom nobody has said more."""
    return {field.attname: field.get_default() for field in Client._meta.concrete_fields}


def _search_row(row: Any) -> tuple[Any, ...]:
    return (row.id, row.centre_id, row.restricted, *search_values(row, row.code))


_sizes: dict[tuple[str, ...], tuple[tuple[str, ...], list[int]]] = {}


def _by_size(codes: tuple[str, ...]) -> tuple[tuple[str, ...], list[int]]:
    if codes not in _sizes:
        _sizes[codes] = codes, list(accumulate(BIG_CENTRES.get(code, 10) for code in codes))
    return _sizes[codes]


def _hurry() -> None:
    """A million rows go in faster without the search indexes that guards.install() puts back, and unchecked."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '256MB'")
        for guard in reversed(guards.registered()):
            if guard.table == SEARCH_TABLE and guard.kind in {"index", "trigger", "table"}:
                cursor.execute(f"DROP {guard.kind.upper()} IF EXISTS {guard.name}")


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    connection.close()


def worker(centre: str) -> UserActor:
    """A social worker of `centre`; one more in every run, since the database may be an old one."""
    return actor_for(make.user(at=centre, email=f"{uuid4()}@bench.example"))
