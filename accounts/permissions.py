"""Who may manage people."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import LEADS, Role
from common.actor import Actor
from common.errors import Forbidden


def own_key(actor: Actor) -> int:
    """Primary key of the person who acts. Raises Forbidden for the system, which is nobody."""
    if actor.user_id is None:
        raise Forbidden(_("Only somebody who signed in does this."))
    return actor.user_id


def can_manage_people(actor: Actor) -> bool:
    """Inviting, giving and ending roles, closing accounts: administrators."""
    return actor.is_system or actor.has(Role.ADMINISTRATOR)


def can_list_people(actor: Actor) -> bool:
    """The list of colleagues: administrators and auditors for all, leads for their centre."""
    return can_manage_people(actor) or actor.has(Role.AUDITOR, *LEADS)


def can_change_membership_of(actor: Actor, user: User) -> bool:
    """Nobody gives or takes away their own roles."""
    return can_manage_people(actor) and actor.user_id != user.pk
