"""Invitations as links: what is kept of one, and which still open."""

import hashlib

from accounts.models import Invitation
from common import clock
from common.errors import NotVisible


def invitation_hash(key: str) -> str:
    """What is kept of the key in an invitation's link."""
    return hashlib.sha256(key.encode()).hexdigest()


def open_invitation(key: str) -> Invitation:
    """The invitation a link leads to. Raises NotVisible when it is unknown, used or over."""
    found = Invitation.objects.filter(
        key_hash=invitation_hash(key), accepted_at__isnull=True, expires_at__gt=clock.now()
    ).first()
    if found is None:
        raise NotVisible
    return found
