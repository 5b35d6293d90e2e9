"""sqlite-search: the same finder on the embedded database, against a scan with LIKE."""

from typing import Any

from django.db import connection

from accounts.models import Centre
from casework.searching import search_clients
from tests.bench import country
from tests.bench.measuring import Line, each_ms, interleaved, line, p95
from tests.bench.questions import questions
from tests.bench.searching import ASKED, CENTRE, PEER_ASKS_EVERY

SCAN = """SELECT id FROM casework_client
    WHERE first_name LIKE %s OR last_name LIKE %s OR nickname LIKE %s ORDER BY sort_key, id LIMIT 20"""


def sqlite_search(rounds: int, clients: int) -> list[Line]:
    """The 200 questions of `search`."""
    made = country.populate(clients)
    worker = country.worker(CENTRE)
    asked = questions(ASKED, centre_id=Centre.objects.get(code=CENTRE).pk)
    seen = interleaved(
        rounds,
        peer=lambda: p95(each_ms(_scan, asked[::PEER_ASKS_EVERY])),
        product=lambda: p95(each_ms(lambda q: search_clients(worker, q), asked)),
    )
    what = f"p95 of {ASKED} questions, own centre's files, SQLite; peer: LIKE over three names. {made}"
    return [line("sqlite-search", what, seen, at_least=30)]


def _scan(q: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(SCAN, [f"%{q}%"] * 3)
        return cursor.fetchall()
