"""How much relief one grant may give and how often, as lines with a day from which they hold."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from audit import trail
from casework import permissions
from casework.granting import satang_given
from casework.models import ReliefTerms
from casework.refusals import refuse
from common.actions import action
from common.actor import Actor
from common.permissions import require
from common.thai import names


@dataclass(frozen=True, slots=True)
class NewTerms:
    """How much and how often, from when on, and what that rests on."""

    valid_from: date
    ceiling: Decimal | str
    times: int
    law: str
    times_are_ours: bool = False


@action
def set_terms(*, actor: Actor, new: NewTerms) -> ReliefTerms:
    """Write how much and how often from a day on; what was applied for before keeps its terms.

    Refuses with "relief_times_missing", "law_missing", "too_long" and the codes of an amount that cannot be read.
    """
    require(permissions.can_set_relief_terms(actor), _("The department keeps the terms of relief grants."))
    if not 0 < new.times < 100:
        refuse("relief_times_missing", "times")
    law = names.normalise(new.law) or refuse("law_missing", "law")
    if len(law) > 300:
        refuse("too_long", "law", limit=300)
    line = ReliefTerms.objects.create(
        valid_from=new.valid_from,
        ceiling=satang_given(new.ceiling, "ceiling"),
        times=new.times,
        times_are_ours=new.times_are_ours,
        law=law,
        actor_key=actor.key,
    )
    trail.record(
        actor,
        "relief_terms.set",
        line,
        changes={
            "amount": [None, line.ceiling],
            "times": [None, line.times],
            "valid_from": [None, line.valid_from],
        },
    )
    return line
