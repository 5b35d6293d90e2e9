"""Taking a row in hand before something is written: seen by the actor, locked.

Locks leave the key alone (no_key), so that postings which only point at the row need not wait.
"""

from typing import Any, TypeVar

from django.db import models

from common.actor import Actor
from common.errors import NotVisible
from rentshare import books
from rentshare.models import Account, Tenancy

Row = TypeVar("Row", bound=models.Model)


def take(actor: Actor, model: type[Row], key: int) -> Row:
    """The row of that key, locked. Raises NotVisible."""
    rows: Any = model._default_manager.all()
    found: Row | None = (
        rows.visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=key).first()
    )
    if found is None:
        raise NotVisible
    return found


def take_tenancy(actor: Actor, tenancy_id: int) -> Tenancy:
    """The tenancy, locked, with its client, lease and account read along. Raises NotVisible."""
    seen = Tenancy.objects.visible_to(actor).select_related("client", "lease", "account", "centre")
    found = seen.select_for_update(of=("self",), no_key=True).filter(pk=tenancy_id).first()
    if found is None:
        raise NotVisible
    return found


def hold_rent(centre_id: int) -> None:
    """Wait until nobody else charges, signs, ends or closes at this centre, and have others wait until we are done.

    Without it a run could charge a whole month for somebody whose end is being written down at the same moment. Taken
    before any tenancy is locked. Payments go on meanwhile.
    """
    key = books.account(centre_id, Account.Kind.RENT).pk
    Account.objects.select_for_update(no_key=True).get(pk=key)
