"""What people let us do with what we know about them, and when they took it back."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Centre, User
from casework.models.client import Client, OfVisibleClients
from casework.rules.consents import ANYBODY, Given
from common import clock
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid
from network.models import Partner


class Consents(OfVisibleClients["Consent"]):
    def holding(self, day: date | None = None) -> Self:
        """Consents that may be relied on, today unless said otherwise."""
        on = day or clock.today()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(withdrawal__isnull=True) | Q(withdrawal__withdrawn_on__gt=on),
            answer=Consent.Answer.GIVEN,
            given_on__lte=on,
        )


class Consent(models.Model):
    """An answer to one question about the use of data. Append-only; taking back is a row of its own.

    Attributes:
        partner, centre: who may have the data; neither means whoever helps.
        parts: keys of Part with commas between, sorted; empty for a refusal.
        ends_on: last day on which it holds; None until it is taken back.
        wording: version of the words in which it was asked (casework.papers).
    """

    class Purpose(models.TextChoices):
        HELP = "help", pgettext_lazy("purpose", "so that others can help")
        PHOTO = "photo", pgettext_lazy("purpose", "to keep a photo in the file")
        STORY = "story", pgettext_lazy("purpose", "to tell their story in forums and reports")
        RESEARCH = "research", pgettext_lazy("purpose", "for research")

    class Answer(models.TextChoices):
        GIVEN = "given", pgettext_lazy("consent", "agrees")
        REFUSED = "refused", pgettext_lazy("consent", "does not agree")

    class How(models.TextChoices):
        SPOKEN = "spoken", pgettext_lazy("consent", "by word of mouth")
        WRITTEN = "written", pgettext_lazy("consent", "signed on paper")
        THUMB = "thumb", pgettext_lazy("consent", "with a thumb print")
        GUARDIAN = "guardian", pgettext_lazy("consent", "by a guardian")

    class Part(models.TextChoices):
        NAME = "name", pgettext_lazy("part", "name and age")
        CONTACT = "contact", pgettext_lazy("part", "how to reach them")
        NEEDS = "needs", pgettext_lazy("part", "what they need")
        HEALTH = "health", pgettext_lazy("part", "health")
        PAPERS = "papers", pgettext_lazy("part", "papers and ID number")
        FAMILY = "family", pgettext_lazy("part", "family")
        PHOTO = "photo", pgettext_lazy("part", "photo")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose.choices)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    parts = models.CharField(_("which parts of the file"), max_length=100, default="", blank=True)
    given_on = models.DateField(_("asked on"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    how = models.CharField(_("how they answered"), max_length=8, choices=How.choices)
    witness = EncryptedText(_("witness"), default=b"", blank=True)
    guardian = EncryptedText(_("guardian"), default=b"", blank=True)
    wording = models.PositiveSmallIntegerField(default=1)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = Consents.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(centre__isnull=True), name="consent_one_recipient"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("given_on")), name="consent_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(answer="refused", parts="") | Q(answer="given") & ~Q(parts=""),
                name="consent_given_has_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.purpose} {self.answer}"

    @property
    def recipient_key(self) -> str:
        """As casework.rules.consents names recipients."""
        if self.partner_id:
            return f"partner:{self.partner_id}"
        return f"centre:{self.centre_id}" if self.centre_id else ANYBODY

    @property
    def recipient(self) -> str:
        """Who may have the data, in words."""
        return str(self.partner or self.centre or _("whoever helps"))

    @property
    def part_keys(self) -> list[str]:
        return self.parts.split(",") if self.parts else []

    @property
    def part_words(self) -> list[str]:
        words = dict(self.Part.choices)
        return [str(words[part]) for part in self.part_keys]

    @property
    def state(self) -> str:
        """Today: "holds", "refused", "withdrawn" or "ended"."""
        if self.answer == self.Answer.REFUSED:
            return "refused"
        if hasattr(self, "withdrawal"):
            return "withdrawn"
        return "ended" if self.ends_on and self.ends_on < clock.today() else "holds"

    def as_given(self) -> Given:
        """For the rule; of one that was given."""
        withdrawal = getattr(self, "withdrawal", None)
        return Given(
            purpose=self.purpose,
            recipient=self.recipient_key,
            parts=frozenset(self.part_keys),
            given_on=self.given_on,
            ends_on=self.ends_on,
            withdrawn_on=withdrawal.withdrawn_on if withdrawal else None,
        )


class ConsentWithdrawal(models.Model):
    """A consent is taken back. Append-only, once for each."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_on = models.DateField()
    note = EncryptedText(_("what they said"), default=b"", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.consent_id} {self.withdrawn_on}"
