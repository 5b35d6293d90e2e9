"""Whose name may be read where money is kept: one answer for tenancies, receipts and grants, for many at once."""

from collections.abc import Collection
from typing import Any

from accounts.roles import Role
from casework.models import Client
from common.actor import Actor

Rows = Collection[Any]
"""Rows about somebody, of one model: `pk`, `client` (read along), `client_id`, and the `centre_id` that keeps them."""


def names_of(actor: Actor, rows: Rows) -> dict[int, str]:
    """Key of the row → the person's name, or their code where the actor may not read the name. One query."""
    named = named_in(actor, rows)
    return {one.pk: one.client.display_name if one.pk in named else one.client.code for one in rows}


def named_in(actor: Actor, rows: Rows) -> set[int]:
    """Keys of the rows whose person's name the actor may read: whoever opens the file, and who writes the receipts
    of the centre, unless the file is restricted."""
    opened, kept = files_of(actor, rows), actor.centres_as(Role.FINANCE_OFFICER)
    return {
        one.pk
        for one in rows
        if one.client_id in opened or (one.centre_id in kept and not one.client.restricted)
    }


def files_of(actor: Actor, rows: Rows) -> set[int]:
    """Keys of the clients whose file the actor may open, of these rows."""
    clients = Client.objects.visible_to(actor).filter(pk__in=[one.client_id for one in rows])
    return set(clients.order_by().values_list("pk", flat=True))
