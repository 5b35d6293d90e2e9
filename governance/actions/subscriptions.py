"""Wanting a kind of letter, or not wanting it."""

from django.utils.translation import gettext as _

from audit import trail
from common.actions import action
from common.actor import Actor
from common.permissions import require
from governance.models import Subscription
from governance.permissions import can_subscribe, person


@action
def choose_letter(*, actor: Actor, kind: str, wanted: bool) -> Subscription:
    """Say whether the actor wants letters of `kind`, whatever their role would bring."""
    require(can_subscribe(actor), _("Your role reads no reports."))
    before = (
        Subscription.objects.filter(user_id=person(actor), kind=kind).values_list("wanted", flat=True).first()
    )
    choice, _made = Subscription.objects.update_or_create(
        user_id=person(actor), kind=kind, defaults={"wanted": wanted}
    )
    trail.record(actor, "subscription.chosen", choice, changes={kind: [before, wanted]})
    return choice
