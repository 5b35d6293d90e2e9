"""Names of tenants in lists: the same answer as `permissions.can_name`, for many at once and in one query."""

from collections.abc import Collection

from casework.models import Client
from common.actor import Actor
from rentshare import permissions
from rentshare.models import Tenancy


def names_of(actor: Actor, tenancies: Collection[Tenancy]) -> dict[int, str]:
    """Key of the tenancy → the tenant's name, or their code where the actor may not read the name.

    The tenancies come with their client.
    """
    named = named_in(actor, tenancies)
    return {one.pk: one.client.display_name if one.pk in named else one.client.code for one in tenancies}


def named_in(actor: Actor, tenancies: Collection[Tenancy]) -> set[int]:
    """Keys of the tenancies whose tenant's name the actor may read."""
    clients = Client.objects.visible_to(actor).filter(pk__in=[one.client_id for one in tenancies])
    opened = set(clients.order_by().values_list("pk", flat=True))
    return {
        one.pk
        for one in tenancies
        if one.client_id in opened
        or (permissions.can_keep_books(actor, one.centre_id) and not one.client.restricted)
    }


def files_of(actor: Actor, tenancies: Collection[Tenancy]) -> set[int]:
    """Keys of the clients whose file the actor may open, of these tenancies."""
    clients = Client.objects.visible_to(actor).filter(pk__in=[one.client_id for one in tenancies])
    return set(clients.order_by().values_list("pk", flat=True))
