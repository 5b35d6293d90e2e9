"""Rows that carry what must not be lost: due work, letters, used form keys; and the house's calendar."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.ids import time_ordered_uuid


class DueWork(models.Model):
    """One piece of work that is due once: unique by kind, subject and period.

    Claimed under a lease (`common.due`); a worker that dies leaves a lease that runs out, and another takes
    the row up again. Broker messages only wake the claimer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("given up")

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    period = models.CharField(max_length=32)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "period"], name="due_work_once"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done"),
                name="due_work_done_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "due_at", "id"], condition=Q(state="waiting"), name="due_work_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.subject}/{self.period}"


class Letter(models.Model):
    """A letter to one person, its content fixed when it was written: unique by recipient, kind and period.

    waiting → sending → sent; `failed` when the recipient's server refuses for good. A row found in `sending`
    after its lease ran out may or may not have left: it is sent again with the same Message-ID.
    Holds codes and links, never names of people served.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    recipient_key = models.CharField(max_length=50)
    to = models.EmailField()
    kind = models.CharField(max_length=60)
    period = models.CharField(max_length=32)
    language = models.CharField(max_length=5, default="th")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(default="")
    attachments = models.JSONField(default=list)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["recipient_key", "kind", "period"], name="letter_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=["waiting", "sending"]), name="letter_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.period}/{self.recipient_key}"


class Submission(models.Model):
    """A form that was acted on, and where its sender was led. `key` and `content` are hashes (common.submissions)."""

    key = models.CharField(max_length=40, unique=True)
    actor_key = models.CharField(max_length=50)
    content = models.CharField(max_length=40, default="")
    result = models.CharField(max_length=300, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class Holiday(models.Model):
    """A day without office hours. Seeded from the published calendar, edited by administrators."""

    day = models.DateField(unique=True)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, default="", blank=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name_th}"


class Heartbeat(models.Model):
    """When the worker and the scheduler were last seen alive."""

    name = models.CharField(max_length=20, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at}"


class OutboxMail(models.Model):
    """A mail kept instead of sent, where no mail server is configured."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    to = models.CharField(max_length=500)
    subject = models.CharField(max_length=300)
    message_id = models.CharField(max_length=200, default="")
    raw = models.BinaryField()
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["to", "-id"], name="outbox_to")]

    def __str__(self) -> str:
        return f"{self.to} {self.subject}"
