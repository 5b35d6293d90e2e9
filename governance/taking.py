"""Taking a forum or a demand in hand before something is written: seen by the actor, locked, and allowed."""

from uuid import UUID

from django.utils.translation import gettext as _

from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from governance.models import Demand, Forum, Voice
from governance.permissions import can_write_demand, can_write_forum
from governance.refusals import refuse


def take_forum(actor: Actor, forum_id: int) -> Forum:
    """The forum, locked. Raises NotVisible, or Forbidden when the actor may read but not write."""
    forum = Forum.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=forum_id).first()
    if forum is None:
        raise NotVisible
    require(can_write_forum(actor, forum), _("The caseworkers of the centre that holds a forum write in it."))
    return forum


def take_demand(actor: Actor, demand_id: int) -> Demand:
    """The demand, locked, unless it was withdrawn. Raises as take_forum; refuses with "demand_settled"."""
    found = Demand.objects.visible_to(actor).select_related("forum").select_for_update(of=("self",))
    demand = found.filter(pk=demand_id).first()
    if demand is None:
        raise NotVisible
    require(
        can_write_demand(actor, demand), _("The caseworkers of the centre that holds a forum write in it.")
    )
    if demand.state == Demand.State.WITHDRAWN:
        refuse("demand_settled")
    return demand


def take_voice(actor: Actor, uid: UUID) -> Voice:
    """A voice that stands, with its forum in hand. Raises as take_forum; refuses with "voice_withdrawn"."""
    voice = Voice.objects.visible_to(actor).filter(uid=uid).first()
    if voice is None:
        raise NotVisible
    voice.forum = take_forum(actor, voice.forum_id)
    if voice.is_void:
        refuse("voice_withdrawn")
    if Voice.objects.filter(corrects=voice).exists():
        refuse("corrected_already")
    return voice
