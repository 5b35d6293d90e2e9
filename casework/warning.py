"""Whose warnings somebody looks at again."""

from django.db.models import Exists, OuterRef, Q

from accounts.roles import LEADS
from casework.models import Episode, SafetyFlag
from casework.models.safety import SafetyFlags
from common import clock
from common.actor import Actor


def to_review(actor: Actor) -> SafetyFlags:
    """Warnings due for a look: of the people in the actor's charge; for leads also of those in nobody's."""
    cases = Episode.objects.filter(client=OuterRef("client"), closed_on__isnull=True)
    mine = Q(Exists(cases.filter(worker_id=actor.user_id)))
    nobodys = ~Exists(cases.filter(worker__isnull=False)) & Q(client__centre_id__in=actor.centres_as(*LEADS))
    return SafetyFlag.objects.visible_to(actor).due(clock.today()).filter(mine | nobodys)
