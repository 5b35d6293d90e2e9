"""Turning a `can_<verb>` answer into a refusal, and who keeps the house."""

from django.conf import settings

from common.actor import Actor
from common.errors import Forbidden

ADMINISTRATOR = "administrator"
"""accounts.roles.Role.ADMINISTRATOR, which this app cannot import."""


def require(allowed: bool, message: object = "") -> None:  # noqa: FBT001 (reads as a sentence)
    """Raise Forbidden(message) unless `allowed`."""
    if not allowed:
        raise Forbidden(str(message))


def can_keep_house(actor: Actor) -> bool:
    """Holidays, letters and background work are the administrators' (and the system's own)."""
    return actor.is_system or actor.has(ADMINISTRATOR)


def can_read_outbox(actor: Actor) -> bool:
    """Kept mail holds what only its recipient should read; in the demo everybody is made up."""
    return settings.MODE == "demo" or can_keep_house(actor)
