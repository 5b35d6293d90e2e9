"""The records of one person: read together, held together, and kept equally strict."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q

from casework.models import Client, Person
from casework.models.client import ClientQuerySet
from casework.rules.identity import restrictions
from casework.searchable import refresh
from common.errors import NotVisible


def beside(client: Client) -> ClientQuerySet:
    """The other records of the person."""
    return Client.objects.filter(person_id=client.person_id).exclude(pk=client.pk)


def shown_instead(aside: Iterable[Client], among: ClientQuerySet) -> dict[int, Client]:
    """Person → the record that is shown of them, for those records of `aside` that are set aside.

    People whose shown record is not `among` those the reader may see are left out. No query without need.
    """
    people = {client.person_id for client in aside if client.kept_id is not None}
    if not people:
        return {}
    return {c.person_id: c for c in among.filter(person_id__in=people, kept__isnull=True).order_by("pk")}


def listed_once(clients: ClientQuerySet, seen: ClientQuerySet) -> ClientQuerySet:
    """`clients` without records set aside beside one that is `seen` as well."""
    return clients.filter(Q(kept__isnull=True) | ~Exists(seen.filter(pk=OuterRef("kept_id")).order_by()))


def hold(*client_ids: int) -> list[Client]:
    """All records of the people to whom these belong, locked until the transaction ends, by key.

    The people are locked before their records, always in the same order, so that two who link do not wait for each
    other. Raises NotVisible when one is gone.
    """
    wanted = set(client_ids)
    while True:
        people = set(Client.objects.filter(pk__in=wanted).order_by().values_list("person_id", flat=True))
        # Without a claim on the key: a bed or a room is given with the record locked first, and its row points here.
        list(Person.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True))
        records = list(Client.objects.filter(person_id__in=people).order_by("pk").select_for_update())
        found = {record.pk for record in records}
        if wanted <= found:
            return records
        if Client.objects.filter(pk__in=wanted).count() < len(wanted):
            raise NotVisible
        # Somebody linked or unlinked one of them just before it was locked: look again.


def settle(records: Sequence[Client]) -> None:
    """Make the records of one person as strict as the strictest; they are in hand. Search rows keep in step."""
    own = [record.restricted and not record.restricted_by_link for record in records]
    for record, (restricted, by_link) in zip(records, restrictions(own), strict=True):
        if (record.restricted, record.restricted_by_link) == (restricted, by_link):
            continue
        record.restricted, record.restricted_by_link = restricted, by_link
        record.save(update_fields=["restricted", "restricted_by_link"])
        refresh(record)


def under(root: Client, records: Iterable[Client]) -> list[Client]:
    """`root` and those of `records` that were set aside beside it, directly or through one another."""
    records, found = list(records), [root]
    for one in found:
        found += [record for record in records if record.kept_id == one.pk]
    return found
