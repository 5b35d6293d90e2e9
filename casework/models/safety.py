"""Warnings of a danger, and who looked at them again."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models.client import Client, OfVisibleClients
from casework.rules.safety import is_due
from common import clock
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class SafetyFlags(OfVisibleClients["SafetyFlag"]):
    def standing(self) -> Self:
        """Warnings that were not lifted."""
        return self.filter(lifted_at__isnull=True)

    def due(self, day: date) -> Self:
        """Standing warnings at which somebody must look again by `day`."""
        return self.standing().filter(Q(review_on__lte=day) | Q(review_on__isnull=True))


class SafetyFlag(models.Model):
    """What everybody who may open the file must see first.

    `review_on` is the day by which somebody looks whether it still holds; None for those from before there were such
    days. A review may change the text and the day; each is a row of its own.
    """

    class Kind(models.TextChoices):
        VIOLENCE = "violence", _("risk of violence")
        SELF_HARM = "self_harm", _("risk of self-harm")
        THREATENED = "threatened", _("is threatened by somebody")
        MEDICAL = "medical", _("urgent medical condition")
        INFECTION = "infection", _("infection: protect yourself")
        DOG = "dog", _("dog: call before you come")
        NEVER_ALONE = "never_alone", _("never visit alone")
        OTHER = "other", _("other")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="safety_flags")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = EncryptedText(_("what to do"), default=b"")
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    review_on = models.DateField(_("look again by"), null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(max_length=300, default="")

    objects = SafetyFlags.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_reason=""),
                name="safety_flag_lifted_has_reason",
            )
        ]
        indexes = [
            models.Index(
                fields=["review_on", "client"],
                condition=Q(lifted_at__isnull=True),
                name="safety_flag_to_review",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"

    @property
    def is_due(self) -> bool:
        """Somebody must look today whether it still holds."""
        return is_due(self.review_on, today=clock.today())


class SafetyReview(models.Model):
    """Somebody looked at a warning and it still holds, in these words and until that day; append-only."""

    flag = models.ForeignKey(SafetyFlag, on_delete=models.PROTECT, related_name="reviews")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    text = EncryptedText()
    review_on = models.DateField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.flag_id} {self.review_on}"
