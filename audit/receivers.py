"""What the app below writes goes into the trail as well."""

from typing import Any

from django.db import models
from django.dispatch import receiver

from audit import trail
from common.actor import Actor
from common.signals import written


@receiver(written, dispatch_uid="trail-of-the-house")
def record_write(
    *, actor: Actor, verb: str, obj: models.Model, changes: dict[str, list[Any]], **_: Any
) -> None:
    """One row for one action of `common`."""
    trail.record(actor, verb, obj, changes=changes)
