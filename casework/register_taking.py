"""Taking a register in hand: seen by the actor, locked, allowed; and the work that follows, as due rows."""

from django.utils.translation import gettext as _

from casework import permissions
from casework.models import RegisterImport
from casework.refusals import refuse
from common import clock, due
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require

READ, WRITE, UNDO = "casework.register_read", "casework.register_write", "casework.register_undo"
"""Kinds of due work; the subject is the import's uid."""


def may_register(actor: Actor, centre_id: int) -> None:
    """Raises Forbidden when the actor registers nobody at this centre."""
    require(
        permissions.can_register_at(actor, centre_id), _("People are registered at a centre of your own.")
    )


def seen_register(actor: Actor, register_id: int) -> RegisterImport:
    """The register, locked, where the actor may register people. Raises NotVisible or Forbidden."""
    register = RegisterImport.objects.visible_to(actor).select_for_update().filter(pk=register_id).first()
    if register is None:
        raise NotVisible
    may_register(actor, register.centre_id)
    return register


def register_in_hand(actor: Actor, register_id: int) -> RegisterImport:
    """The same, ready to be decided about. Refuses with "register_busy"."""
    register = seen_register(actor, register_id)
    if not register.in_hand:
        refuse("register_busy")
    return register


def wake(kind: str, register: RegisterImport) -> None:
    """Due work, so that a worker that dies midway is followed by another."""
    now = clock.now()
    due.plan(kind, [(str(register.uid), now.strftime("%Y%m%dT%H%M%S.%f"), now)])
    due.wake(kind)
