"""Taking a row in hand before something is written: seen by the actor, locked.

Locks leave the key alone (no_key), so that postings which only point at the row need not wait.
"""

from typing import Any, TypeVar

from django.db import models

from accounts.models import Centre
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from rentshare import books, permissions
from rentshare.models import Account, Tenancy
from rentshare.models.scope import BOOK_READERS, sees_all

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


def open_books(actor: Actor, centre_id: int) -> None:
    """Go on only if the actor keeps the books of a centre. Raises NotVisible where they are not even read, else
    Forbidden."""
    allowed = permissions.can_keep_books(actor, centre_id)
    if not allowed and not (permissions.can_read_books(actor) and _sees(actor, centre_id)):
        raise NotVisible
    require(allowed)


def _sees(actor: Actor, centre_id: int) -> bool:
    own = centre_id in actor.centres_as(*BOOK_READERS)
    return own or (sees_all(actor) and Centre.objects.filter(pk=centre_id).exists())


def hold_rent(centre_id: int) -> None:
    """Wait until nobody else charges, signs, ends or closes at this centre, and have others wait until we are done.

    Without it a run could charge a whole month for somebody whose end is being written down at the same moment. Taken
    before any tenancy is locked. Payments go on meanwhile.
    """
    key = books.account(centre_id, Account.Kind.RENT).pk
    Account.objects.select_for_update(no_key=True).get(pk=key)
