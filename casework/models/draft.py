"""An intake that is not finished: kept for the one who is writing it, encrypted, and not for long."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from accounts.models import User
from common import clock
from common.actor import Actor
from common.crypto import EncryptedText


class IntakeDraftQuerySet(models.QuerySet["IntakeDraft"]):
    def visible_to(self, actor: Actor) -> "IntakeDraftQuerySet":
        """One's own, as long as they are kept: what is not registered yet is nobody else's to read."""
        kept = self.filter(expires_at__gt=clock.now(), ended_at__isnull=True)
        return kept if actor.is_system else kept.filter(owner_id=actor.user_id)


class IntakeDraft(models.Model):
    """What stands in somebody's intake form.

    Attributes:
        uid: chosen by the form before it is saved for the first time, so that two savings at once are one draft.
        content: the form as it would be sent, encrypted; it is about somebody who has no file yet.
        version: counts the savings, so that two devices do not overwrite each other unseen.
        expires_at: from then on nobody sees it, and the night removes it.
        ended_at: registered or discarded; the content is gone, and a saving that comes late finds it so.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="intake_drafts")
    content = EncryptedText(default=b"")
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    objects = IntakeDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(content=b""), name="intake_draft_ended_is_empty"
            )
        ]
        indexes = [models.Index(fields=["owner", "-saved_at"], name="intake_draft_of_owner")]

    def __str__(self) -> str:
        return str(self.uid)
