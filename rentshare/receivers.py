"""What rent rooms do when casework tells them something."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from casework.signals import person_changed
from common.actor import Actor
from rentshare.actions.people import move_tenancies


@receiver(person_changed, dispatch_uid="tenancies-follow-the-person")
def on_person_changed(*, actor: Actor, client_ids: Iterable[int], person_id: int, **_: Any) -> None:
    """Records were linked or unlinked: their tenancies go along."""
    move_tenancies(actor=actor, client_ids=list(client_ids), person_id=person_id)
