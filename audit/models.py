"""Two append-only tables without foreign keys, and the keys of the people the trail speaks of.

Rows outlive what they speak of, so they hold keys and labels, not relations. Sensitive values are sealed under
a key of the person concerned; destroying that key erases them and leaves the trail whole.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WriteEntry(models.Model):
    """One action that wrote something.

    `subject` is the uid of the person served it is about ("" when it is about none); `changes` maps a field to
    [before, after] without sensitive values; those are in `sealed`.
    """

    at = models.DateTimeField()
    actor_key = models.CharField(max_length=50)
    actor_label = models.CharField(max_length=150)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    subject = models.CharField(max_length=36, default="")
    batch = models.CharField(max_length=36, default="")
    reason = models.CharField(max_length=500, default="")
    changes = models.JSONField(default=dict)
    sealed = models.BinaryField(default=b"")

    class Meta:
        verbose_name = _("write")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_kind", "object_key", "-id"], name="write_by_object"),
            models.Index(fields=["subject", "-id"], condition=~Q(subject=""), name="write_by_subject"),
            models.Index(fields=["actor_key", "-id"], name="write_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.actor_key} {self.verb} {self.object_kind}/{self.object_key}"


class ReadEntry(models.Model):
    """One look at a person's record, written before the answer goes out."""

    at = models.DateTimeField()
    actor_key = models.CharField(max_length=50)
    actor_label = models.CharField(max_length=150)
    door = models.CharField(max_length=10)
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=36)

    class Meta:
        verbose_name = _("read")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject", "-id"], name="read_by_subject"),
            models.Index(fields=["actor_key", "-id"], name="read_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.actor_key} {self.what} {self.subject}"


class SubjectKey(models.Model):
    """The key under which sensitive values about one person are sealed, itself sealed under the ring."""

    subject = models.CharField(max_length=36, unique=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return self.subject
