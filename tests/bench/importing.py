"""import: 100,000 parsed rows become people, through the one function that writes them.

Product: casework.registering.write_clients in chunks of 5,000 within one transaction, as the import
commits a register. Peer: every row's records full_clean()ed and save()d one by one, measured on fewer rows and
scaled. Floor: the rows COPYed into a temporary table with their search keys and ciphers ready made, the same
checks in SQL, INSERT … SELECT into the same tables. All commit; the tables are empty before each.
"""

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from accounts.models import Centre
from casework.models import Client, ClientSearch, Episode, EpisodeEvent, FollowUp, Notice, Person
from casework.registering import NewAppointment, NewClient, take_codes, write_clients
from casework.searchable import COLUMNS, search_values, sort_key
from common import clock
from common.actor import SystemActor
from common.crypto import EncryptedText, lookup_hash
from common.thai.idnumber import check_digit
from tests.bench.measuring import Line, interleaved, line, seconds
from tests.support.thai_people import people

ROWS, PEER_ROWS, CHUNK = 100_000, 500, 5_000
ACTOR = SystemActor("bench")
TABLES = (
    *("casework_person", "casework_client", "casework_clientsearch", "casework_clientnumber"),
    *("casework_episode", "casework_episodeevent", "casework_notice", "casework_followup"),
)


def importing(rounds: int, clients: int) -> list[Line]:
    """`clients` is not used: the tables are empty."""
    if Client.objects.exists():
        raise SystemExit("bench: import needs a database without clients")
    rows, centre = list(parsed_rows(ROWS)), Centre.objects.get(code="30")
    staged = [_staged(row) for row in rows]
    extra: list[float] = []

    def product() -> float:
        with _grown(extra):
            return _timed(lambda: _write(rows, centre))

    seen = interleaved(
        rounds,
        peer=lambda: _timed(lambda: _save_each(rows[:PEER_ROWS], centre)) * (ROWS / PEER_ROWS),
        product=product,
        floor=lambda: _timed(lambda: _copy(staged, centre)),
    )
    what = (
        f"{ROWS:,} parsed rows into 7 tables; peer: full_clean + save each, {PEER_ROWS:,} measured and scaled"
    )
    found = line("import", what, seen, unit="s", at_least=25, at_most=3)
    return [replace(found, extra_mb=max(extra), extra_mb_at_most=60)]


def parsed_rows(count: int) -> Iterator[NewClient]:
    """Rows as the reader of registers hands them over: most with a number, half with a phone, a third to be seen."""
    day = clock.today()
    for number, p in enumerate(islice(people(100), count)):
        pin = f"1999{number:08d}"
        has_pin = number % 5 < 3
        yield NewClient(
            title=p.title,
            first_name=p.first,
            last_name=p.last,
            nickname=p.nickname,
            alias=p.alias,
            sex=Client.Sex.MALE if p.is_man else Client.Sex.FEMALE,
            born_on=date(1950, 1, 1) + timedelta(days=number % 20_000),
            id_status=Client.IdStatus.HAS_CARD if has_pin else Client.IdStatus.NONE,
            pin=pin + str(check_digit(pin)) if has_pin else "",
            pin_verified=has_pin,
            phone=f"08{number:08d}" if number % 2 else "",
            home_province="30",
            found_place=p.place,
            remark="พบขณะลงพื้นที่" if number % 4 == 0 else "",
            channel=Notice.Channel.OUTREACH,
            noticed_on=day - timedelta(days=number % 900),
            reporter="อาสาสมัคร" if number % 6 == 0 else "",
            appointments=[NewAppointment(due_on=day + timedelta(days=number % 60))]
            if number % 3 == 0
            else [],
        )


def _timed(act: Callable[[], Any]) -> float:
    _empty()
    return seconds(act)


# --- product -----------------------------------------------------------------------------------------------


@transaction.atomic
def _write(rows: Sequence[NewClient], centre: Centre) -> None:
    for start in range(0, len(rows), CHUNK):
        write_clients(actor=ACTOR, centre=centre, new=rows[start : start + CHUNK])


class _grown:  # noqa: N801 (a context manager)
    """Adds to `to` by how many MB the process grew at its highest (Linux counts it)."""

    def __init__(self, to: list[float]) -> None:
        self.to = to

    def __enter__(self) -> None:
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
        self.before = self._highest()

    def __exit__(self, *_: object) -> None:
        self.to.append(self._highest() - self.before)

    @staticmethod
    def _highest() -> float:
        status = Path("/proc/self/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


# --- peer --------------------------------------------------------------------------------------------------


def _save_each(rows: Sequence[NewClient], centre: Centre) -> None:
    for row in rows:
        with transaction.atomic():
            _save(row, centre)


def _save(row: NewClient, centre: Centre) -> None:
    (code,) = take_codes(centre, clock.today(), 1)
    person = _clean_and_save(Person())
    same = {
        name: getattr(row, name)
        for name in (
            *("title", "first_name", "last_name", "nickname", "alias", "sex", "born_on", "id_status", "pin"),
            *("pin_verified", "phone", "found_place", "remark"),
        )
    }
    client = _clean_and_save(
        Client(
            person=person, centre=centre, code=code, sort_key=sort_key(row), home_province_id=row.home_province,
            pin_hash=lookup_hash(row.pin, "pin"), **same,
        )
    )  # fmt: skip
    values = dict(zip(COLUMNS, search_values(row, code), strict=True))
    _clean_and_save(ClientSearch(client=client, centre_id=centre.pk, **values))
    episode = _clean_and_save(Episode(client=client, centre=centre, opened_on=row.noticed_on))
    of = {"client": client, "centre": centre, "episode": episode}
    opened = EpisodeEvent(
        kind="opened", occurred_on=row.noticed_on, actor_key=ACTOR.key, value=row.channel, **of
    )
    _clean_and_save(opened)
    _clean_and_save(
        Notice(
            channel=row.channel, noticed_on=row.noticed_on, place=row.found_place, reporter=row.reporter,
            actor_key=ACTOR.key, **of,
        )
    )  # fmt: skip
    for appointment in row.appointments:
        _clean_and_save(FollowUp(due_on=appointment.due_on, **of))


def _clean_and_save(row: Any) -> Any:
    # Blanks that the database allows and forms would not; ciphers are not text to a validator.
    blank = [f.name for f in row._meta.concrete_fields if f.blank or f.null or f.has_default()]
    row.full_clean(exclude=[name for name in blank if not getattr(row, name, None)] + _ciphers(row))
    row.save(force_insert=True)
    return row


def _ciphers(row: models.Model) -> list[str]:
    return [f.name for f in row._meta.concrete_fields if isinstance(f, EncryptedText)]


# --- floor -------------------------------------------------------------------------------------------------

STAGED = {
    **dict.fromkeys(("title", "first_name", "last_name", "nickname", "alias", "sort_key", "sex"), "text"),
    **{"born_on": "date", "id_status": "text", "pin": "bytea", "pin_hash": "bytea", "pin_verified": "bool"},
    **{"phone": "text", "home_province_id": "text", "found_place": "text", "remark": "bytea"},
    **dict.fromkeys(COLUMNS, "text"),
    **{"channel": "text", "noticed_on": "date", "reporter": "bytea", "due_on": "date"},
}
CHECKS = (
    "SELECT count(*) FROM staged WHERE first_name = '' AND nickname = '' AND alias = ''",
    "SELECT count(*) FROM (SELECT FROM staged WHERE pin_verified GROUP BY pin_hash HAVING count(*) > 1) twice",
    "SELECT count(*) FROM staged s JOIN casework_client c ON c.pin_hash = s.pin_hash"
    " AND c.pin_verified AND s.pin_verified",
    "SELECT count(*) FROM staged, (SELECT (now() AT TIME ZONE 'Asia/Bangkok')::date AS day) today"
    " WHERE noticed_on > day OR born_on > day",
)
INSERTS = (
    "INSERT INTO casework_person (id, created_at) SELECT person_id, now() FROM keyed",
    """INSERT INTO casework_client (id, uid, person_id, code, centre_id, title, first_name, last_name, nickname,
        alias, descriptor, sort_key, sex, born_on, born_precision, id_status, pin, pin_hash, pin_verified, phone,
        phone_shared, home_province_id, district_code, district_text, registered_address, found_place,
        sleeping_place, cause, health_note, remark, restricted, version, is_synthetic, registered_at)
    SELECT client_id, gen_random_uuid(), person_id, code, %(centre)s, title, first_name, last_name, nickname,
        alias, '', sort_key, sex, born_on, 'day', id_status, pin, pin_hash, pin_verified, phone, false,
        home_province_id, '', '', '', found_place, '', 'unknown', '', remark, false, 1, false, now() FROM keyed""",
    f"""INSERT INTO casework_clientsearch (client_id, centre_id, restricted, {", ".join(COLUMNS)})
    SELECT client_id, %(centre)s, false, {", ".join(COLUMNS)} FROM keyed""",
    """INSERT INTO casework_episode (id, uid, client_id, centre_id, number, state, opened_on, outcome, recorded_at)
    SELECT episode_id, gen_random_uuid(), client_id, %(centre)s, 1, 'notice', noticed_on, '', now() FROM keyed""",
    """INSERT INTO casework_episodeevent (episode_id, client_id, centre_id, kind, occurred_on, recorded_at,
        actor_key, value, note)
    SELECT episode_id, client_id, %(centre)s, 'opened', noticed_on, now(), %(actor)s, channel, '' FROM keyed""",
    """INSERT INTO casework_notice (uid, centre_id, client_id, episode_id, channel, noticed_on, place, reporter,
        reporter_phone, details, actor_key, recorded_at, is_void)
    SELECT gen_random_uuid(), %(centre)s, client_id, episode_id, channel, noticed_on, found_place, reporter, '',
        '', %(actor)s, now(), false FROM keyed""",
    """INSERT INTO casework_followup (uid, client_id, episode_id, centre_id, kind, purpose, place, due_on, state,
        recorded_at)
    SELECT gen_random_uuid(), client_id, episode_id, %(centre)s, 'visit', '', '', due_on, 'planned', now()
    FROM keyed WHERE due_on IS NOT NULL""",
)


def _staged(row: NewClient) -> tuple[Any, ...]:
    """A row as it is COPYed, all that Python has to work out worked out."""
    cipher = EncryptedText().get_prep_value
    due_on = row.appointments[0].due_on if row.appointments else None
    return (
        row.title, row.first_name, row.last_name, row.nickname, row.alias, sort_key(row), str(row.sex), row.born_on,
        str(row.id_status), cipher(row.pin), lookup_hash(row.pin, "pin"), row.pin_verified, row.phone,
        row.home_province, row.found_place, cipher(row.remark), *search_values(row, "30 2570 00000"),
        str(row.channel), row.noticed_on, cipher(row.reporter), due_on,
    )  # fmt: skip


@transaction.atomic
def _copy(staged: Sequence[tuple[Any, ...]], centre: Centre) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in STAGED.items())
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE staged ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY staged ({', '.join(STAGED)}) FROM STDIN") as copy:
            for row in staged:
                copy.write_row(row)
        for check in CHECKS:
            cursor.execute(check)
            if cursor.fetchone()[0]:
                raise ValueError(check)
        keys = (
            f"nextval(pg_get_serial_sequence('casework_{table}', 'id')) AS {table}_id"
            for table in ("person", "client", "episode")
        )
        cursor.execute(
            f"CREATE TEMPORARY TABLE keyed ON COMMIT DROP AS SELECT *, {', '.join(keys)}, "
            "'30-2570-' || to_char(row_number() OVER (), 'FM999900000') AS code FROM staged"
        )
        for insert in INSERTS:
            cursor.execute(insert, {"centre": centre.pk, "actor": ACTOR.key})


# --- the tables --------------------------------------------------------------------------------------------


def _empty() -> None:
    """Facts refuse to be truncated; a database of our own may be told to look away."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("CHECKPOINT")
