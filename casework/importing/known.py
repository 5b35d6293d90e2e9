"""Which rows of a register are people on record: asked of the database for many rows at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from casework.importing.matching import MatchKeys, keys, likely_same, notice_key
from casework.importing.register import ParsedRow
from casework.likeness import findable
from casework.models import Client, ClientSearch, Notice, RegisterImport
from common.actor import Actor
from common.crypto import lookup_hash
from common.thai import idnumber, names
from common.thai.dates import PartialDate

_SLICE = 5000  # records fetched at a time
_COMPARED = (
    *("pk", "first_name", "last_name", "nickname", "alias", "descriptor", "pin", "phone"),
    *("born_on", "born_precision", "home_province_id"),
)


class Known(NamedTuple):
    """A record that a row is likely the same person as, and why: see casework.rules.Likeness."""

    client_id: int
    score: float
    reasons: tuple[str, ...]


class _Record(NamedTuple):
    """A record as it is compared; `notices` are day and place."""

    client_id: int
    person: MatchKeys
    notices: list[tuple[date, str]]

    def versions(self) -> list[MatchKeys]:
        """The person once for each notice."""
        known = {notice_key(day, place) for day, place in self.notices} | {""}
        return [self.person._replace(notice=notice) for notice in known]


def find_known(rows: Sequence[ParsedRow], *, actor: Actor) -> dict[int, Known]:
    """Row number → the record it is likeliest the same person as, of those `actor` may find.

    `rows` are a few thousand at most; the number of queries does not grow with them.
    """
    return _find(rows, Client.objects.filter(findable(actor)))


def find_newcomers(
    rows: Sequence[ParsedRow], *, actor: Actor, since: datetime, but_of: RegisterImport
) -> dict[int, Known]:
    """The same among records made after `since`, without those that the import `but_of` made."""
    later = Client.objects.filter(findable(actor), registered_at__gt=since).exclude(source_import=but_of)
    return _find(rows, later) if later.exists() else {}


def held_elsewhere(rows: Sequence[ParsedRow], *, actor: Actor) -> dict[int, int]:
    """Row number → centre that keeps the file of somebody verified with this very number whom `actor` cannot find.

    Nobody is named: the actor learns whom to call.
    """
    hashes = _pin_hashes(rows)
    verified = Client.objects.filter(pin_verified=True, pin_hash__in=list(hashes.values()))
    hidden = verified.exclude(pk__in=verified.filter(findable(actor)).order_by().values("pk"))
    centres = {
        bytes(pin_hash): key for key, pin_hash in hidden.order_by("pk").values_list("centre_id", "pin_hash")
    }
    return {row: centres[pin] for row, pin in hashes.items() if pin in centres}


def find_verified(rows: Sequence[ParsedRow], *, actor: Actor) -> dict[int, Known]:
    """Row number → the record with this very number, verified, of somebody whom `actor` may find."""
    hashes = _pin_hashes(rows)
    verified = Client.objects.filter(findable(actor), pin_verified=True, pin_hash__in=list(hashes.values()))
    records = {
        bytes(pin_hash): key for key, pin_hash in verified.order_by("pk").values_list("pk", "pin_hash")
    }
    return {row: Known(records[pin], 1.0, ("pin",)) for row, pin in hashes.items() if pin in records}


def _pin_hashes(rows: Sequence[ParsedRow]) -> dict[int, bytes]:
    return {row.row: lookup_hash(row.pin, "pin") for row in rows if idnumber.is_valid(row.pin)}


def _find(rows: Sequence[ParsedRow], scope: QuerySet[Client]) -> dict[int, Known]:
    people = {row.row: MatchKeys.of(row) for row in rows}
    sharing: dict[object, list[int]] = {}
    for row in rows:
        for key in (*keys(people[row.row]), _line(row.noticed_on, people[row.row])):
            sharing.setdefault(key, []).append(row.row)
    found: dict[int, Known] = {}
    for record in _records(scope, sorted(_candidates(rows))):
        for number, known in _matches(record, people, sharing):
            if number not in found or known.score > found[number].score:
                found[number] = known
    return found


def _matches(
    record: _Record, people: dict[int, MatchKeys], sharing: dict[object, list[int]]
) -> Iterator[tuple[int, Known]]:
    for version in record.versions():
        for number in {number for key in keys(version) for number in sharing.get(key, ())}:
            likeness = likely_same(people[number], version)
            if likeness.reasons:
                yield number, Known(record.client_id, *likeness)
    for day, place in record.notices:  # nothing tells them apart: the line of the register that it came from
        for number in sharing.get(_line(day, record.person), ()) if not place else ():
            yield number, Known(record.client_id, 0.8, ("name", "notice"))


def _line(day: date | None, person: MatchKeys) -> tuple[object, ...]:
    return ("line", day, person)


def _records(scope: QuerySet[Client], candidates: Sequence[int]) -> Iterator[_Record]:
    for start in range(0, len(candidates), _SLICE):
        within = candidates[start : start + _SLICE]
        notices: dict[int, list[tuple[date, str]]] = {}
        standing = Notice.objects.standing().filter(client__in=within).order_by("pk")
        for key, day, place in standing.values_list("client_id", "noticed_on", "place"):
            notices.setdefault(key, []).append((day, place))
        for client in scope.filter(pk__in=within).only(*_COMPARED).order_by("pk"):
            birth = PartialDate(client.born_on, client.born_precision) if client.born_on else None  # type: ignore[arg-type]
            person = MatchKeys.known(client, birth=birth, domicile=client.home_province_id or "")
            yield _Record(client.pk, person, notices.get(client.pk, []))


def _candidates(rows: Sequence[ParsedRow]) -> set[int]:
    """Keys of records that might share one of matching.keys with a row; more than that does no harm."""
    found: set[int] = set()
    for way in _ways(rows):
        found.update(way)
    return found


def _ways(rows: Sequence[ParsedRow]) -> Iterator[Iterable[int]]:
    pins = [lookup_hash(row.pin, "pin") for row in rows if row.pin]
    phones = {row.phone for row in rows if row.phone}
    clients = Client.objects.order_by("pk").values_list("pk", flat=True)
    yield clients.filter(pin_hash__in=pins)
    yield clients.filter(phone__in=phones)
    yield from _ways_by_name([row for row in rows if row.first_name])
    nameless = [row for row in rows if not row.first_name]
    notices = Notice.objects.order_by("pk").values_list("client_id", flat=True)
    yield notices.filter(
        noticed_on__in={row.noticed_on for row in nameless}, place__in={row.found_place for row in nameless}
    )


def _ways_by_name(rows: Sequence[ParsedRow]) -> Iterator[Iterable[int]]:
    """By the bones of the whole name; of the first name or the surname with the birthday; of a name with nickname."""
    first = {row.row: names.skeleton(row.first_name) for row in rows}
    last = {row.row: names.skeleton(row.last_name, titled=False) if row.last_name else "" for row in rows}
    nicknamed = [row for row in rows if row.nickname or row.alias]
    nicks = {
        names.search_text(nick, titled=False).replace(" ", "")
        for row in nicknamed
        for nick in (row.nickname, row.alias)
        if nick
    }
    days = {row.birth.value for row in rows if row.birth and row.birth.precision == "day"}
    short = {first[row.row] for row in nicknamed}  # records without surname
    whole = {first[row.row] + last[row.row] for row in rows} | short
    search = ClientSearch.objects.order_by("pk").values_list("pk", flat=True)
    yield search.filter(full_k__in=whole).exclude(full_k="")
    yield search.filter(last_k__in=set(last.values()), client__born_on__in=days).exclude(last_k="")
    yield search.filter(first_k__in=set(first.values()), client__born_on__in=days).exclude(first_k="")
    bare = {first[row.row] for row in nicknamed if not row.last_name}
    called = Q(nick_n__in=nicks) | Q(alias_n__in=nicks)
    yield search.filter(called, first_k__in=bare).exclude(first_k="")
