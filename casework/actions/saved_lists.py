"""Keeping a list of cases under a name, for oneself or the team."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.permissions import own_key
from audit import trail
from casework import permissions
from casework.caseload import filters
from casework.models import SavedList
from casework.refusals import refuse
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from common.thai.names import normalise


@action
def save_list(*, actor: Actor, name: str, query: Mapping[str, str], centre_id: int | None) -> SavedList:
    """Keep filters under a name; with a centre its team has the list too.

    Refuses with "list_name_missing", "list_name_taken".
    """
    require(permissions.can_do_casework(actor), _("Lists of cases are kept by caseworkers."))
    if centre_id is not None:
        require(permissions.can_register_at(actor, centre_id), _("A list is shared with a team of your own."))
    called = normalise(name)[:60] or refuse("list_name_missing", "name")
    try:
        with transaction.atomic():
            kept = SavedList.objects.create(
                owner_id=own_key(actor), centre_id=centre_id, name=called, query=filters(query)
            )
    except IntegrityError:
        refuse("list_name_taken", "name")
    trail.record(actor, "saved_list.kept", kept)
    return kept


@action
def remove_list(*, actor: Actor, list_id: int) -> None:
    """One's own list, or as a lead one of the team's, is not kept any more."""
    kept = SavedList.objects.visible_to(actor).select_for_update().filter(pk=list_id).first()
    if kept is None:
        raise NotVisible
    require(
        permissions.can_remove_list(actor, kept), _("A shared list is removed by whoever made it, or a lead.")
    )
    trail.record(actor, "saved_list.removed", kept)
    kept.delete()
