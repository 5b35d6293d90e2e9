"""Who, of those the actor may find, may be the very person being registered, and what speaks for it."""

import functools
import operator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from django.db.models import Q

from casework import rules
from casework.identity import shown_instead
from casework.importing.matching import MatchKeys, compare
from casework.models import Client
from casework.models.client import cards_of, files_of
from casework.searchable import Searchable
from casework.searching import nearest
from common.actor import Actor
from common.crypto import lookup_hash
from common.thai.dates import PartialDate

_ENOUGH = 40  # records looked at for each way of finding; a common name has more, the best come first


class Described(Searchable, Protocol):
    """What is known of somebody: a record, or one about to be made. Text tidied, pin and phone as digits."""

    pin: str
    born_on: date | None
    born_precision: str


@dataclass(frozen=True, slots=True)
class Likely:
    """One who may be the same.

    Attributes:
        score: 0..1, rules.likeness; 1.0 for the same ID number.
        name: similarity of the names, 0..1.
        may_open: the actor may open the file; else only a card is shown.
    """

    client: Client
    score: float
    name: float
    same_pin: bool
    same_phone: bool
    same_nickname: bool
    same_place: bool
    may_open: bool


def findable(actor: Actor) -> Q:
    """Condition on clients: the actor may find them, as a card or as a file."""
    parts = [*files_of(actor), *cards_of(actor)]
    if not all(parts):
        return Q()  # one of them is everybody
    return functools.reduce(operator.or_, parts, Q(pk__in=[]))


def holder_of_pin(actor: Actor, pin: str) -> Client | None:
    """Somebody findable with this ID number (digits), one whose number is verified first."""
    if not pin:
        return None
    same = Client.objects.filter(findable(actor), pin_hash=lookup_hash(pin, "pin")).select_related("centre")
    return same.order_by("-pin_verified", "pk").first()


def likely_same(
    actor: Actor, person: Described, *, from_score: float = rules.LIKELY_FROM, limit: int = 6
) -> list[Likely]:
    """Who may be `person`, the likeliest first. Restricted people only where the actor may open their file.

    Linked records are one; those linked to `person` are left out.
    """
    keys = _candidates(actor, person)
    if not keys:
        return []
    among = Client.objects.filter(findable(actor)).select_related("centre__province", "home_province")
    if isinstance(person, Client):
        among = among.exclude(person_id=person.person_id)
    found = list(among.filter(pk__in=keys).order_by("pk"))
    shown = shown_instead(found, among)
    keys |= {client.pk for client in shown.values()}
    opened = set(Client.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))
    judged = [_judge(person, other, may_open=other.pk in opened) for other in found]
    likely = [one for one in judged if one.score >= from_score]
    ordered = sorted(likely, key=lambda one: (-one.score, not one.may_open, one.client.pk))
    once = {one.client.person_id: one for one in reversed(ordered)}
    return [_standing_for(one, shown, opened) for one in ordered if once[one.client.person_id] is one][:limit]


def _standing_for(one: Likely, shown: dict[int, Client], opened: set[int]) -> Likely:
    """The same with the record that is shown of the person, unless only the one set aside may be opened."""
    instead = shown.get(one.client.person_id, one.client)
    if one.may_open and instead.pk not in opened:
        return one
    return replace(one, client=instead, may_open=instead.pk in opened)


def _candidates(actor: Actor, person: Described) -> set[int]:
    """Keys of records that share a number or a phone, or are called alike."""
    clients = Client.objects.order_by("pk")
    same = [Q(phone=person.phone)] if person.phone else []
    same += [Q(pin_hash=lookup_hash(person.pin, "pin"))] if person.pin else []
    keys = {key for way in same for key in clients.filter(way).values_list("pk", flat=True)[:_ENOUGH]}
    name = f"{person.first_name} {person.last_name}".strip()
    for called in (name, person.nickname, person.alias):
        if called:
            keys.update(nearest(actor, called, limit=_ENOUGH))
    return keys


def _judge(person: Described, other: Client, *, may_open: bool) -> Likely:
    mine, theirs = _keys(person), _keys(other)
    shared = compare(mine, theirs)
    if person.pin and person.pin == other.pin:
        shared = replace(shared, same_number=True)  # also one that was kept although its check digit is wrong
    if not (mine.named and theirs.named):  # what somebody is called is weighed as a nickname
        shared = replace(shared, name=0.0, same_nickname=bool(mine.nicknames & theirs.nicknames))
    return Likely(
        client=other,
        score=rules.likeness(shared),
        name=shared.name if shared.whole_names else rules.WITHOUT_SURNAME * shared.name,
        same_pin=bool(shared.same_number),
        same_phone=shared.same_phone,
        same_nickname=shared.same_nickname,
        same_place=shared.same_place,
        may_open=may_open,
    )


def _keys(person: Described) -> MatchKeys:
    home = person.home_province_id if isinstance(person, Client) else getattr(person, "home_province", "")
    return MatchKeys.known(
        person,
        birth=PartialDate(person.born_on, person.born_precision) if person.born_on else None,  # type: ignore[arg-type]
        domicile=home or "",
        places=(person.found_place, person.sleeping_place),
    )
