"""Which records are one person: what was linked and what was taken apart again."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from casework.models.client import Client, Person
from common.actor import Actor
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class LinkEvents(models.QuerySet["LinkEvent"]):
    def visible_to(self, actor: Actor) -> Self:
        """Seen by whoever may open both files."""
        if actor.is_system:
            return self
        files = Client.objects.visible_to(actor).order_by()
        return self.filter(kept__in=files, aside__in=files)

    def standing(self) -> Self:
        """Links that hold today."""
        return self.filter(undoes__isnull=True, undone_by__isnull=True)


class LinkEvent(models.Model):
    """Two records were linked, or a link was undone (`undoes` names it); append-only.

    Attributes:
        kept: the record that is shown.
        aside: the record that says "see …".
        person_before: whom `aside`, with what was linked to it already, belonged to; undoing gives it back.
    """

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    kept = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    aside = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="links")
    person_before = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedText()
    actor_key = models.CharField(max_length=50)
    actor_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")

    objects = LinkEvents.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("aside")), name="link_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.aside_id} → {self.kept_id}"
