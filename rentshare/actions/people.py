"""Tenancies follow the person when records are linked or unlinked."""

from collections.abc import Sequence

from common.actions import action
from common.actor import Actor
from rentshare.models import Tenancy


@action
def move_tenancies(*, actor: Actor, client_ids: Sequence[int], person_id: int) -> None:
    """The tenancies of these records are that person's. The act that links them stands in the trail.

    Raises IntegrityError when the person would live in two beds on one day (guard "person_in_one_bed").
    """
    Tenancy.objects.filter(client_id__in=client_ids).update(person_id=person_id)
