"""Family, guardians and children of somebody, who may have a file of their own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from audit import trail
from casework import rules
from casework.models import Client, RelatedPerson
from casework.refusals import refuse, refuse_if
from casework.rules.household import guardianship_problem, is_child
from casework.taking import check_day, take_client, take_row
from casework.tidying import readable_phone
from common import clock
from common.actions import action
from common.actor import Actor
from common.thai import names


@dataclass(frozen=True, slots=True)
class NewRelated:
    """Somebody around a client. `other` is the uid of their own file, if they have one the actor may open."""

    relation: str
    name: str
    born_on: date | None = None
    born_precision: str = Client.Precision.DAY
    phone: str = ""
    address: str = ""
    may_contact: bool = False
    lives_with: bool = False
    other: UUID | None = None
    note: str = ""
    guardianship: str = ""


@action
def add_related_person(*, actor: Actor, client_id: int, related: NewRelated) -> RelatedPerson:
    """Write down somebody around a client.

    Refuses with "name_missing", "phone_unreadable", "birth_future", "birth_too_early", "guardian_is_child",
    "related_self", "related_unknown" (the other file is not there, or not for the actor's eyes).
    """
    client = take_client(actor, client_id)
    refuse_if(rules.birth_problem(related.born_on, today=clock.today()), "born")
    child = is_child(related.born_on, related.born_precision, today=clock.today())
    refuse_if(guardianship_problem(related.relation, related.guardianship, child=child), "guardianship")
    row = RelatedPerson.objects.create(
        client=client,
        relation=related.relation,
        name=names.normalise(related.name) or refuse("name_missing", "name"),
        born_on=related.born_on,
        born_precision=related.born_precision,
        phone=readable_phone(related.phone),
        address=names.normalise(related.address),
        may_contact=related.may_contact,
        lives_with=related.lives_with,
        other_client=_other_client(actor, client, related.other),
        note=names.normalise(related.note),
        guardianship=related.guardianship,
    )
    trail.record(
        actor,
        "related_person.added",
        row,
        subject=str(client.uid),
        changes={
            "relation": ["", row.relation],
            "may_contact": [None, row.may_contact],
            "guardianship": ["", row.guardianship],
        },
        sensitive={"name": ["", row.name], "phone": ["", row.phone]},
    )
    return row


@action
def end_related_person(*, actor: Actor, related_id: int, ended_on: date) -> RelatedPerson:
    """The relation is over (or was entered by mistake); the entry stays in the file as past.

    Refuses with "related_ended", "future", "before_birth".
    """
    row: RelatedPerson = take_row(actor, RelatedPerson.objects, related_id)
    if row.ended_on is not None:
        refuse("related_ended")
    check_day(ended_on, row.client, field="ended_on")
    row.ended_on = ended_on
    row.save(update_fields=["ended_on"])
    trail.record(
        actor,
        "related_person.ended",
        row,
        subject=str(row.client.uid),
        changes={"ended_on": [None, ended_on]},
    )
    return row


def _other_client(actor: Actor, client: Client, uid: UUID | None) -> Client | None:
    if uid is None:
        return None
    other = Client.objects.visible_to(actor).filter(uid=uid).first()
    if other is None:
        refuse("related_unknown", "other")
    if other.pk == client.pk:
        refuse("related_self", "other")
    return other
