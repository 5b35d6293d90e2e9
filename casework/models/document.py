"""Papers and photos in a file. The content lies sealed in the private store; the row says what it is."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models.client import Client, OfVisibleClients
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class Documents(OfVisibleClients["ClientDocument"]):
    """Who sees the row sees that there is a paper; who may open it says casework.permissions."""

    def standing(self) -> Self:
        """What is in the file today: the last version of each, without what was removed."""
        return self.filter(corrected_by__isnull=True, removed_at__isnull=True)


class ClientDocument(models.Model):
    """One version of a paper or photo.

    A correction is a new row whose `corrects` names the one it replaces. What should not be there is removed by
    marking: nobody opens the content any more, the row with its reason stays.

    Attributes:
        media_type, extension: decided by the content.
        size: of what is kept, in bytes; width and height in pixels, 0 for what is no picture.
        stored_as, thumbnail_as: names in the private store; sealed under the person's own key, so that erasing
            the key erases the content.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        ID_COPY = "id_copy", _("copy of the ID card")
        HOUSE_BOOK = "house_book", _("house registration")
        MEDICAL = "medical", _("medical paper")
        CONSENT = "consent", _("consent form")
        OTHER = "other", _("another paper")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = EncryptedText(_("title"), default=b"", blank=True)
    taken_on = models.DateField(_("from which day"), null=True, blank=True)
    media_type = models.CharField(max_length=80)
    extension = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=120)
    thumbnail_as = models.CharField(max_length=120, default="", blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    removed_reason = models.CharField(max_length=300, default="", blank=True)

    objects = Documents.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_reason="")
                | Q(removed_at__isnull=False) & ~Q(removed_reason=""),
                name="document_removed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind} {self.pk}"

    @property
    def is_picture(self) -> bool:
        return bool(self.thumbnail_as)
