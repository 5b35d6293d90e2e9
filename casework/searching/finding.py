"""The finder: what a person may see is decided in the query itself, what comes first is decided here.

It goes from the cheapest way of looking to the vaguest and stops as soon as it has what was asked for: a number
or code as a whole; names that begin so; names that sound so and words that stand anywhere; names one slip away.
"""

import functools
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from audit import trail
from casework.identity import shown_instead
from casework.models import Client, ClientSearch
from casework.models.client import ClientQuerySet, cards_of, files_of
from casework.searching.question import Question, neighbours
from casework.searching.ranking import STRONG, Row, best_first
from common import clock
from common.actor import Actor
from common.crypto import lookup_hash
from common.db.search import TRIGRAM, TYPED, Among, AnyOf, Contains, Look, Prefix, Scope, find

_EACH = 60  # rows that each way of looking may bring
_SECRETS = ("pin", "health_note", "remark")


@dataclass(frozen=True, slots=True)
class Found:
    """A file the actor may open, and how well it fits (0..1)."""

    client: Client
    score: float


@dataclass(frozen=True, slots=True)
class Card:
    """All that anybody may learn of somebody else's client: who it is, and whom to call.

    `birth_year` is of the Common Era; `uid` is None unless the actor may open the file.
    """

    name: str
    nickname: str
    birth_year: int | None
    province: str
    centre: str
    centre_phone: str
    can_open: bool
    uid: UUID | None


def search_clients(actor: Actor, q: str, *, limit: int = 20, door: str = "page") -> list[Found]:
    """Files that `actor` may open and `q` may mean, best first; [] when nothing was typed.

    `q` is a name, nickname or street name however it is spelt, a phone number, ID number or client code, or
    words of a place or description. Who was listed is noted in the trail.
    """
    scopes = _files(actor, clock.today())
    found = _search(Question.read(q), Client.objects.visible_to(actor), scopes, limit)
    trail.noted_read(actor, "list", subjects=[str(one.client.uid) for one in found], door=door)
    return found


def search_cards(
    actor: Actor, q: str, *, limit: int = 20, elsewhere: bool = False, door: str = "page"
) -> list[Card]:
    """People anywhere in the country whom `q` may mean, as cards, best first; noted in the trail.

    Finds by names, whole phone number, ID number and client code; not by places, which a card does not tell.
    `elsewhere`: only people whose file the actor may not open.
    """
    day = clock.today()
    scopes = _cards_elsewhere(actor, day) if elsewhere else _cards(actor, day)
    found = _search(Question.read(q), Client.objects.findable_by(actor), scopes, limit, names_only=True)
    keys = [one.client.pk for one in found]
    people = dict(_beside(found))  # also through a linked record the actor may know the person
    asked = [*keys, *people]
    openable = (
        {row[0] for row in find(_files(actor, day), [Among(asked)], limit=len(asked))} if keys else set()
    )
    if elsewhere:  # a whole number or code was found without asking the scopes
        known = {people[key] for key in openable & people.keys()}
        found = [one for one in found if one.client.pk not in openable and one.client.person_id not in known]
    trail.noted_read(actor, "card", subjects=[str(one.client.uid) for one in found], door=door)
    return [card_of(one.client, can_open=one.client.pk in openable) for one in found]


def nearest(actor: Actor, name: str, *, limit: int = 20) -> list[int]:
    """Keys of those whom `actor` may find, as file or card, and whom `name` may mean; best first.

    Nothing is noted here: whoever shows one of them notes that.
    """
    scopes = _findable(actor, clock.today())
    ranked = _looked_up(Question.read(name), scopes, limit, names_only=True)
    return [row.client_id for _score, row in ranked[:limit]]


# --- scopes: they depend on the actor and the day alone, and composing one takes longer than most searches, so
# they are kept ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _files(actor: Actor, _day: date) -> tuple[Scope, ...]:
    parts = files_of(actor)
    # Behind the own centres, or the whole country, comes what is granted: a handful.
    return tuple(_scope(part, few=number > 0 and part is parts[-1]) for number, part in enumerate(parts))


@lru_cache(maxsize=256)
def _cards(actor: Actor, _day: date) -> tuple[Scope, ...]:
    return tuple(map(_scope, cards_of(actor)))


@lru_cache(maxsize=256)
def _cards_elsewhere(actor: Actor, _day: date) -> tuple[Scope, ...]:
    own = files_of(actor)
    if not all(own):  # Q() is everybody
        return ()
    others = ~functools.reduce(operator.or_, own) if own else Q()
    return tuple(_scope(part & others) for part in cards_of(actor))


@lru_cache(maxsize=256)
def _findable(actor: Actor, _day: date) -> tuple[Scope, ...]:
    own = files_of(actor)
    if not all(own):
        return (_scope(Q()),)
    restricted = [_scope(part & Q(restricted=True), few=True) for part in own]
    return (*map(_scope, cards_of(actor)), *restricted)


def _scope(part: Q, *, few: bool = False) -> Scope:
    return Scope.of(ClientSearch.objects.filter(part).values_list(*Row._fields), few=few)


# --- the search --------------------------------------------------------------------------------------------


def card_of(client: Client, *, can_open: bool) -> Card:
    """What a card tells of `client`; its province is to be had without another query (select_related)."""
    name = " ".join(part for part in (client.first_name, client.last_name) if part)
    nickname = client.nickname or client.alias
    return Card(
        name=name or nickname or str(_("name not known")),
        nickname=nickname,
        birth_year=client.born_on.year if client.born_on else None,
        province=client.centre.province.name,
        centre=client.centre.name,
        centre_phone=client.centre.phone,
        can_open=can_open,
        uid=client.uid if can_open else None,
    )


def _beside(found: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """(key, person) of records set aside beside those found."""
    people = [one.client.person_id for one in found]
    if people:
        aside = Client.objects.filter(person_id__in=people, kept__isnull=False)
        yield from aside.order_by("pk").values_list("pk", "person_id")


def _search(
    question: Question,
    clients: ClientQuerySet,
    scopes: Sequence[Scope],
    limit: int,
    *,
    names_only: bool = False,
) -> list[Found]:
    """Best first. `clients` and `scopes` are the same people, as whole records and as search rows."""
    if question.number and (exact := list(_exact(question, _ready(clients))[:limit])):
        return _each_person_once([Found(client, 1.0) for client in exact], clients)
    ranked = _looked_up(question, scopes, limit, names_only=names_only)[:limit]
    if not ranked:
        return []
    records = _ready(Client.objects.filter(pk__in=[row.client_id for _, row in ranked])).order_by()
    found = {client.pk: client for client in records}
    agreed = [Found(found[row.client_id], score) for score, row in ranked if _agree(row, found)]
    return _each_person_once(agreed, clients)


def _each_person_once(found: list[Found], clients: ClientQuerySet) -> list[Found]:
    """Linked records never both match: the one that is shown stands for all, where the actor may see it."""
    shown = shown_instead((one.client for one in found), _ready(clients))
    once: dict[int, Found] = {}
    for one in found:
        person = one.client.person_id
        once.setdefault(person, Found(shown.get(person, one.client), one.score))
    return list(once.values())


def _ready(clients: ClientQuerySet) -> ClientQuerySet:
    return clients.select_related("centre__province").defer(*_SECRETS)


def _agree(row: Row, found: dict[int, Client]) -> bool:
    """The scope was decided on the row's copy of centre and restriction; without agreement nobody is shown."""
    client = found.get(row.client_id)
    return (
        client is not None and client.centre_id == row.centre_id and client.restricted == bool(row.restricted)
    )


def _exact(question: Question, clients: ClientQuerySet) -> ClientQuerySet:
    """Whose number or code was typed as a whole."""
    if question.pin:
        return clients.filter(pin_hash=lookup_hash(question.pin, "pin")).order_by("-pin_verified", "pk")
    if question.code:
        return clients.filter(code=question.code).order_by("pk")
    return clients.filter(phone=question.phone).order_by("sort_key", "pk")


def _looked_up(
    question: Question, scopes: Sequence[Scope], limit: int, *, names_only: bool
) -> list[tuple[float, Row]]:
    """(score, row) of rows in `scopes`, best first, from as few steps as will do."""
    rows: dict[int, Row] = {}

    def look(looks: list[Look]) -> list[tuple[float, Row]]:
        if looks:
            rows.update((row[0], Row(*row)) for row in find(scopes, looks, limit=_EACH))
        return best_first(question, rows.values())

    ranked = look(_typed(question))
    if len(rows) >= limit or len(question.joined) < TRIGRAM:
        return ranked
    ranked = look(_heard(question) if names_only else [*_heard(question), *_anywhere(question)])
    return ranked if _has_strong(ranked) else look(_a_slip_away(question))


def _has_strong(ranked: list[tuple[float, Row]]) -> bool:
    return bool(ranked) and ranked[0][0] >= STRONG


def _typed(question: Question) -> list[Look]:
    if question.digits:
        return []
    anything = [Prefix(column, question.joined) for column in TYPED if question.joined]
    return [*anything, *(Prefix("full", spelling) for spelling in question.spellings[1:])]


def _heard(question: Question) -> list[Look]:
    if question.digits:
        return []
    whole = [Prefix("full_k", skeleton) for skeleton in question.skeletons]
    parts = [Prefix(column, question.key) for column in ("last_k", "nick_k", "alias_k") if question.key]
    return [*whole, *parts]


def _anywhere(question: Question) -> list[Look]:
    if question.digits:
        return [Contains(words) for words in ([question.digits], question.words) if _have_trigrams(words)]
    return [Contains(question.words)] if _have_trigrams(question.words) else []


def _have_trigrams(words: list[str]) -> bool:
    return any(len(word) >= TRIGRAM for word in words)


def _a_slip_away(question: Question) -> list[Look]:
    """Names whose skeleton is one letter off: the whole name, or each of the names in it."""
    if question.digits or not question.key:
        return []
    whole = [AnyOf({"full_k": neighbours(key)}) for key in question.skeletons]
    if question.parts is None:
        near = neighbours(question.key)
        return [*whole, *(AnyOf({column: near}) for column in ("first_k", "last_k", "nick_k", "alias_k"))]
    first, rest = question.parts
    near_first, near_rest = neighbours(first), neighbours(rest)
    return [
        *whole,
        AnyOf({"first_k": near_first, "last_k": near_rest}),
        AnyOf({"first_k": near_first, "nick_k": [rest]}),
        AnyOf({"first_k": near_first, "alias_k": [rest]}),
        AnyOf({"nick_k": [first], "last_k": near_rest}),
    ]
