"""Where client records come into being: one by one from a form, by thousands from a register or the demo.

`write_clients` is the one place. It writes person, client, search row, episode, its first events, notice and
appointments in bulk, because a register of 100,000 rows must not take an afternoon, and because one way in means
one set of rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from accounts.models import Centre
from casework.models import (
    Client,
    ClientNumber,
    ClientSearch,
    Episode,
    EpisodeEvent,
    FollowUp,
    FollowUpResult,
    Note,
    Notice,
    Person,
    RegisterImport,
)
from casework.models.answers import Legal, NoAnswer
from casework.searchable import COLUMNS, search_values, sort_key
from common import clock
from common.actor import Actor
from common.crypto import lookup_hash
from common.db import bulk
from common.ids import time_ordered_uuid
from common.numbering import next_numbers
from common.thai.periods import FiscalYear


@dataclass(slots=True)
class NewAppointment:
    """A follow-up to come (`result` empty) or one that is history already."""

    due_on: date
    due_time: time | None = None
    kind: str = FollowUp.Kind.VISIT
    purpose: str = ""
    result: str = ""
    occurred_on: date | None = None
    note: str = ""


@dataclass(slots=True)
class NewClient:
    """What is known of somebody when the record is made; names and places as typed, already normalised.

    `pin` is 13 digits or "", `phone` digits or "". Days are calendar days. `events` are further
    (kind, day, value) of the episode; `closed` is (day, outcome) for one that is over already; `notes` are
    (day, text).
    """

    title: str = ""
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    alias: str = ""
    descriptor: str = ""
    sex: str = Client.Sex.UNKNOWN
    born_on: date | None = None
    born_precision: str = Client.Precision.DAY
    id_status: str = Client.IdStatus.NOT_ASKED
    pin: str = ""
    pin_verified: bool = False
    phone: str = ""
    phone_shared: bool = False
    home_province: str | None = None
    district_code: str = ""
    district_text: str = ""
    registered_address: str = ""
    found_place: str = ""
    sleeping_place: str = ""
    cause: str = Client.Cause.UNKNOWN
    health_note: str = ""
    remark: str = ""
    legal_category: str = Legal.NOT_ASKED
    papers: list[str] = field(default_factory=list)
    born_answer: str = NoAnswer.NOT_ASKED
    phone_answer: str = NoAnswer.NOT_ASKED
    home_answer: str = NoAnswer.NOT_ASKED
    health_answer: str = NoAnswer.NOT_ASKED
    papers_answer: str = NoAnswer.NOT_ASKED
    restricted: bool = False
    channel: str = Notice.Channel.OTHER
    noticed_on: date | None = None
    reporter: str = ""
    reporter_phone: str = ""
    details: str = ""
    worker_id: int | None = None
    state: str = Episode.State.NOTICE
    events: list[tuple[str, date, str]] = field(default_factory=list)
    closed: tuple[date, str] | None = None
    appointments: list[NewAppointment] = field(default_factory=list)
    notes: list[tuple[date, str]] = field(default_factory=list)


def take_codes(centre: Centre, day: date, count: int) -> list[str]:
    """The next `count` client codes of `centre` in the fiscal year of `day`: 30-2570-00417."""
    year = FiscalYear.of(day).be
    numbers = next_numbers(ClientNumber, count=count, centre=centre, fiscal_year=year)
    return [f"{centre.code}-{year}-{number:05d}" for number in numbers]


def write_clients(
    *,
    actor: Actor,
    centre: Centre,
    new: Sequence[NewClient],
    source: RegisterImport | None = None,
    synthetic: bool = False,
) -> list[int]:
    """Write `new` and return the clients' primary keys in the same order. Belongs inside an action's transaction.

    The caller has checked permission and rules and writes the trail. Constraints of the database hold all the
    same: IntegrityError when a verified ID number is already somebody's.
    """
    today = clock.today()
    writer = _Writer(actor=actor, centre=centre, today=today, source=source, synthetic=synthetic)
    return writer.write(new)


class _Writer:
    """Rows of one batch, table by table, with keys reserved ahead so that nothing has to be read back."""

    def __init__(
        self, *, actor: Actor, centre: Centre, today: date, source: RegisterImport | None, synthetic: bool
    ) -> None:
        self.actor, self.centre, self.today = actor, centre, today
        self.source_id = source.pk if source else None
        self.synthetic = synthetic
        self.now = clock.now()

    def write(self, new: Sequence[NewClient]) -> list[int]:
        count = len(new)
        people = bulk.reserve_keys(Person, count)
        clients = bulk.reserve_keys(Client, count)
        episodes = bulk.reserve_keys(Episode, count)
        codes = take_codes(self.centre, self.today, count)
        bulk.insert(Person, ["id", "created_at"], ((key, self.now) for key in people))
        bulk.insert(Client, CLIENT_COLUMNS, map(self._client, clients, people, codes, new))
        bulk.insert(ClientSearch, SEARCH_COLUMNS, map(self._search, clients, codes, new))
        bulk.insert(Episode, EPISODE_COLUMNS, map(self._episode, episodes, clients, new))
        bulk.insert(EpisodeEvent, EVENT_COLUMNS, self._events(episodes, clients, new))
        bulk.insert(Notice, NOTICE_COLUMNS, map(self._notice, episodes, clients, new))
        self._appointments(episodes, clients, new)
        bulk.insert(Note, NOTE_COLUMNS, self._notes(episodes, clients, new))
        return clients

    def _client(self, key: int, person: int, code: str, c: NewClient) -> tuple[Any, ...]:
        return (
            key, time_ordered_uuid(), person, code, self.centre.pk, c.title, c.first_name, c.last_name, c.nickname,
            c.alias, c.descriptor, sort_key(c),
            c.sex, c.born_on, c.born_precision, c.id_status, c.pin, lookup_hash(c.pin, "pin"), c.pin_verified, c.phone,
            c.phone_shared, c.home_province or None, c.district_code, c.district_text, c.registered_address,
            c.found_place, c.sleeping_place, c.cause, c.health_note, c.remark, c.restricted, 1, self.synthetic,
            self.now, self.source_id, c.legal_category, c.papers, c.born_answer, c.phone_answer,
            c.home_answer, c.health_answer, c.papers_answer,
        )  # fmt: skip

    def _search(self, key: int, code: str, c: NewClient) -> tuple[Any, ...]:
        return (key, self.centre.pk, c.restricted, *search_values(c, code))

    def _episode(self, key: int, client: int, c: NewClient) -> tuple[Any, ...]:
        opened, over = c.noticed_on or self.today, c.closed
        state = Episode.State.CLOSED if over else c.state
        return (
            key, time_ordered_uuid(), client, self.centre.pk, c.worker_id, 1, state, opened,
            over[0] if over else None, over[1] if over else "", self.now,
        )  # fmt: skip

    def _events(
        self, episodes: Sequence[int], clients: Sequence[int], new: Sequence[NewClient]
    ) -> Iterable[tuple[Any, ...]]:
        for episode, client, c in zip(episodes, clients, new, strict=True):
            happened = [(EpisodeEvent.Kind.OPENED, c.noticed_on or self.today, c.channel), *c.events]
            if c.closed:
                happened.append((EpisodeEvent.Kind.CLOSED, *c.closed))
            for kind, day, value in happened:
                yield (episode, client, self.centre.pk, kind, day, self.now, self.actor.key, value, "", None)

    def _notice(self, episode: int, client: int, c: NewClient) -> tuple[Any, ...]:
        return (
            time_ordered_uuid(), self.centre.pk, client, episode, c.channel, c.noticed_on or self.today, c.found_place,
            c.reporter, c.reporter_phone, c.details, self.actor.key, self.now, None, False,
        )  # fmt: skip

    def _notes(
        self, episodes: Sequence[int], clients: Sequence[int], new: Sequence[NewClient]
    ) -> Iterable[tuple[Any, ...]]:
        author = self.actor.user_id
        for episode, client, c in zip(episodes, clients, new, strict=True):
            for day, text in c.notes:
                yield (time_ordered_uuid(), client, episode, text, author, day, self.now, None)

    def _appointments(
        self, episodes: Sequence[int], clients: Sequence[int], new: Sequence[NewClient]
    ) -> None:
        wanted = [
            (episode, client, c.worker_id, a)
            for episode, client, c in zip(episodes, clients, new, strict=True)
            for a in c.appointments
        ]
        keys = bulk.reserve_keys(FollowUp, len(wanted))
        bulk.insert(FollowUp, FOLLOW_UP_COLUMNS, map(self._follow_up, keys, wanted))
        bulk.insert(
            FollowUpResult,
            RESULT_COLUMNS,
            (
                (
                    time_ordered_uuid(),
                    key,
                    client,
                    a.result,
                    a.occurred_on or a.due_on,
                    a.note,
                    self.actor.key,
                    self.now,
                    None,
                )
                for key, (_, client, _, a) in zip(keys, wanted, strict=True)
                if a.result
            ),
        )

    def _follow_up(self, key: int, wanted: tuple[int, int, int | None, NewAppointment]) -> tuple[Any, ...]:
        episode, client, worker, a = wanted
        state = FollowUp.State.DONE if a.result else FollowUp.State.PLANNED
        return (
            key, time_ordered_uuid(), client, episode, self.centre.pk, worker, a.kind, a.purpose, "", a.due_on,
            a.due_time, state, self.now,
        )  # fmt: skip


CLIENT_COLUMNS = [
    "id",
    "uid",
    "person_id",
    "code",
    "centre_id",
    "title",
    "first_name",
    "last_name",
    "nickname",
    "alias",
    "descriptor",
    "sort_key",
    "sex",
    "born_on",
    "born_precision",
    "id_status",
    "pin",
    "pin_hash",
    "pin_verified",
    "phone",
    "phone_shared",
    "home_province_id",
    "district_code",
    "district_text",
    "registered_address",
    "found_place",
    "sleeping_place",
    "cause",
    "health_note",
    "remark",
    "restricted",
    "version",
    "is_synthetic",
    "registered_at",
    "source_import_id",
    "legal_category",
    "papers",
    "born_answer",
    "phone_answer",
    "home_answer",
    "health_answer",
    "papers_answer",
]
SEARCH_COLUMNS = ["client_id", "centre_id", "restricted", *COLUMNS]
EPISODE_COLUMNS = [
    "id",
    "uid",
    "client_id",
    "centre_id",
    "worker_id",
    "number",
    "state",
    "opened_on",
    "closed_on",
    "outcome",
    "recorded_at",
]
EVENT_COLUMNS = [
    "episode_id",
    "client_id",
    "centre_id",
    "kind",
    "occurred_on",
    "recorded_at",
    "actor_key",
    "value",
    "note",
    "corrects_id",
]
NOTICE_COLUMNS = [
    "uid",
    "centre_id",
    "client_id",
    "episode_id",
    "channel",
    "noticed_on",
    "place",
    "reporter",
    "reporter_phone",
    "details",
    "actor_key",
    "recorded_at",
    "corrects_id",
    "is_void",
]
NOTE_COLUMNS = [
    "uid",
    "client_id",
    "episode_id",
    "text",
    "author_id",
    "occurred_on",
    "recorded_at",
    "corrects_id",
]
FOLLOW_UP_COLUMNS = [
    "id",
    "uid",
    "client_id",
    "episode_id",
    "centre_id",
    "worker_id",
    "kind",
    "purpose",
    "place",
    "due_on",
    "due_time",
    "state",
    "recorded_at",
]
RESULT_COLUMNS = [
    "uid",
    "follow_up_id",
    "client_id",
    "result",
    "occurred_on",
    "note",
    "actor_key",
    "recorded_at",
    "corrects_id",
]
