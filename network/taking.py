"""Taking a row in hand before something is written: seen by the actor and locked; and what was typed, tidied."""

from collections.abc import Mapping
from typing import Any

from common.actor import Actor
from common.errors import NotVisible
from common.thai import names
from network.models import Contribution, Partner
from network.refusals import refuse


def take_partner(actor: Actor, partner_id: int) -> Partner:
    """The partner, locked, so that what is written of it comes one after the other. Raises NotVisible."""
    partner = Partner.objects.visible_to(actor).select_for_update().filter(pk=partner_id).first()
    if partner is None:
        raise NotVisible
    return partner


def take_contribution(actor: Actor, contribution_id: int) -> Contribution:
    """The contribution, locked. Raises NotVisible."""
    found = Contribution.objects.visible_to(actor).select_for_update().filter(pk=contribution_id).first()
    if found is None:
        raise NotVisible
    return found


def tidy(model: Any, values: Mapping[str, str]) -> dict[str, str]:
    """Lines of text as they are stored. Refuses with "too_long"."""
    tidied = {}
    for name, value in values.items():
        tidied[name] = names.normalise(value)
        limit = model._meta.get_field(name).max_length
        if len(tidied[name]) > limit:
            refuse("too_long", name, limit=limit)
    return tidied


def reason_given(reason: str, field: str = "reason") -> str:
    """`reason` without white space around it. Refuses with "reason_missing", "too_long"."""
    said = tidy(Contribution, {"reason": reason})["reason"]
    return said or refuse("reason_missing", field)
