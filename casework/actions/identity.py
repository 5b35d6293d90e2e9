"""Two records that are one person are linked, and taken apart again. Nothing of either is deleted."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from audit import trail
from casework import signals
from casework.identity import hold, settle, under
from casework.models import Client, Episode, LinkEvent, Stay
from casework.refusals import refuse, refuse_if
from casework.rules.identity import Side, link_problem
from casework.taking import reason_given, take_client
from common import slots
from common.actions import action
from common.actor import Actor
from common.errors import DomainError, NotVisible


@action
def link_clients(*, actor: Actor, kept_id: int, aside_id: int, reason: str) -> LinkEvent:
    """The two records are one person. `kept_id` is shown from now on, `aside_id` says "see …".

    When either is restricted both are. Refuses with "link_self", "reason_missing", the codes of
    rules.identity.link_problem, "link_blocked" (what a higher app has against it) and "link_overlap" (both have a
    bed or a tenancy on the same days).
    """
    if kept_id == aside_id:
        refuse("link_self")
    records = {record.pk: record for record in hold(kept_id, aside_id)}
    for key in sorted((kept_id, aside_id)):
        take_client(actor, key)
    kept, aside = records[kept_id], records[aside_id]
    why = reason_given(reason)
    families = [[r for r in records.values() if r.person_id == one.person_id] for one in (kept, aside)]
    refuse_if(link_problem(*(_side(one, of) for one, of in zip((kept, aside), families, strict=True))))
    for check in slots.entries("linking.checks"):
        for sentence in check(kept, aside):
            raise DomainError("link_blocked", sentence)
    event = LinkEvent.objects.create(
        kept=kept,
        aside=aside,
        person_before_id=aside.person_id,
        reason=why,
        actor_key=actor.key,
        actor_label=actor.label,
    )
    aside.kept = kept
    try:
        with transaction.atomic():
            _move(actor, families[1], kept.person_id)
    except IntegrityError:
        refuse("link_overlap")
    settle(list(records.values()))
    _note(actor, event, "client.linked", why)
    return event


@action
def unlink_clients(*, actor: Actor, link_id: int, reason: str) -> LinkEvent:
    """They are two people after all: both records are again what they were. Refuses with "unlinked_already",
    "reason_missing"."""
    link = LinkEvent.objects.visible_to(actor).filter(pk=link_id, undoes__isnull=True).first()
    if link is None:
        raise NotVisible
    records = hold(link.kept_id, link.aside_id)
    for key in sorted((link.kept_id, link.aside_id)):
        take_client(actor, key)
    if LinkEvent.objects.filter(undoes=link).exists():
        refuse("unlinked_already")
    why = reason_given(reason)
    event = LinkEvent.objects.create(
        kept_id=link.kept_id,
        aside_id=link.aside_id,
        person_before_id=records[0].person_id,
        reason=why,
        actor_key=actor.key,
        actor_label=actor.label,
        undoes=link,
    )
    aside = next(record for record in records if record.pk == link.aside_id)
    leaving = under(aside, records)
    aside.kept = None
    _move(actor, leaving, link.person_before_id)
    settle(leaving)
    settle([record for record in records if record not in leaving])
    _note(actor, event, "client.unlinked", why)
    return event


def _side(client: Client, family: Sequence[Client]) -> Side:
    cases = Episode.objects.filter(client__in=family, closed_on__isnull=True).order_by()
    return Side(
        person=client.person_id,
        shown=client.kept_id is None,
        numbers=frozenset(record.pin for record in family if record.pin_verified),
        cases=frozenset(cases.values_list("centre_id", flat=True)),
    )


def _move(actor: Actor, records: Sequence[Client], person_id: int) -> None:
    """Give `records` to that person, with their stays and what higher apps keep by person.

    IntegrityError when it does not fit.
    """
    for record in records:
        record.person_id = person_id
        record.save(update_fields=["person", "kept"])
    Stay.objects.filter(client__in=records).update(person_id=person_id)
    signals.person_changed.send(
        Client, actor=actor, client_ids=[record.pk for record in records], person_id=person_id
    )


def _note(actor: Actor, event: LinkEvent, verb: str, why: str) -> None:
    """A line in the trail of each of the two."""
    for client, other in ((event.aside, event.kept), (event.kept, event.aside)):
        trail.record(
            actor,
            verb,
            client,
            subject=str(client.uid),
            changes={"other": ["", other.code], "kept": ["", event.kept.code]},
            sensitive={"reason": ["", why]},
        )
