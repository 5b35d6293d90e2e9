"""Handing part of somebody's file to a partner or another centre, so that they can help."""

import json
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from accounts.models import Centre, User
from accounts.roles import CASEWORKERS, LEADS
from casework.models.client import Client, OfVisibleClients
from casework.models.consent import Consent
from casework.models.episode import Episode
from common.actor import Actor
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid
from network.models import Partner, PartnerMember
from network.models.partner import GIVERS


class Referrals(OfVisibleClients["Referral"]):
    def received_by(self, actor: Actor) -> Self:
        """Those sent to the actor: to the partner they sign in for, or to a centre where they keep files."""
        to_us = Q(centre_id__in=actor.centres_as(*CASEWORKERS))
        if actor.has(*GIVERS):
            to_us |= Q(partner_id__in=PartnerMember.objects.of(actor).values("partner_id"))
        return self.filter(to_us)

    def relying_on(self, consent: Consent) -> Self:
        """Those whose recipient has, or may have, read something that only this consent let them have."""
        over = (Referral.State.DECLINED, Referral.State.REVOKED)
        return self.filter(shared__consent=consent).exclude(state__in=over).distinct()

    def to_review(self, actor: Actor) -> Self:
        """Sent without consent by others of the actor's team, and not looked at yet."""
        theirs = self.filter(from_centre_id__in=actor.centres_as(*LEADS), reviewed_on__isnull=True)
        return theirs.exclude(basis=Referral.Basis.CONSENT).exclude(sent_by_id=actor.user_id)


class Referral(models.Model):
    """A request to help somebody, with the parts of the file that the recipient may read.

    Attributes:
        ask: what is asked of the recipient.
        basis: what lets the data go (PDPA s.24); without consent its reason is kept, and a lead looks at it next day.
        content: the shared parts as they were when it was sent, [[part, [line, …]], …], encrypted.
        answer_due_on: from the day after, it chases itself.
    """

    class Basis(models.TextChoices):
        CONSENT = "consent", pgettext_lazy("basis", "the person agrees")
        PUBLIC_TASK = "public_task", pgettext_lazy("basis", "a task given by law")
        VITAL_INTEREST = "vital_interest", pgettext_lazy("basis", "danger to life or body")

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("referral", "sent")
        ACCEPTED = "accepted", pgettext_lazy("referral", "accepted")
        DECLINED = "declined", pgettext_lazy("referral", "declined")
        DONE = "done", pgettext_lazy("referral", "done")
        REVOKED = "revoked", pgettext_lazy("referral", "called back")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="referrals")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="referrals")
    from_centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", null=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", null=True)
    ask = EncryptedText(default=b"")
    basis = models.CharField(max_length=14, choices=Basis.choices)
    basis_reason = EncryptedText(default=b"", blank=True)
    content = EncryptedText(default=b"")
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    sent_on = models.DateField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    answer_due_on = models.DateField()
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    objects = Referrals.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False, centre__isnull=True)
                | Q(partner__isnull=True, centre__isnull=False),
                name="referral_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(basis="consent") | ~Q(basis_reason=b""), name="referral_basis_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("sent_by")),
                name="referral_reviewed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "-sent_on"], name="referral_to_partner"),
            models.Index(fields=["centre", "-sent_on"], name="referral_to_centre"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} → {self.partner_id or self.centre_id}"

    @property
    def recipient(self) -> str:
        return str(self.partner or self.centre)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.SENT, self.State.ACCEPTED)

    def shown(self) -> list[tuple[str, list[str]]]:
        """(part, lines) that the recipient may still read: nothing once it is over, nothing whose consent is gone."""
        if self.state in (self.State.DECLINED, self.State.REVOKED):
            return []
        rows = self.shared.select_related("consent__withdrawal")
        gone = {row.part for row in rows if row.consent and hasattr(row.consent, "withdrawal")}
        labels = dict(Consent.Part.choices)
        content: list[Any] = json.loads(self.content or "[]")
        return [(str(labels[part]), lines) for part, lines in content if part not in gone]


class SharedPart(models.Model):
    """One part of the file that a referral carries, and the consent that lets it go; append-only."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="shared")
    part = models.CharField(max_length=10, choices=Consent.Part.choices)
    basis = models.CharField(max_length=14, choices=Referral.Basis.choices)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "part"], name="shared_part_once"),
            models.CheckConstraint(
                condition=Q(basis="consent", consent__isnull=False)
                | ~Q(basis="consent") & Q(consent__isnull=True),
                name="shared_part_is_covered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.part}"


class ReferralEvent(models.Model):
    """A step of a referral; append-only."""

    class Kind(models.TextChoices):
        SENT = "sent", pgettext_lazy("referral", "sent")
        CHASED = "chased", pgettext_lazy("referral", "reminded")
        ACCEPTED = "accepted", pgettext_lazy("referral", "accepted")
        DECLINED = "declined", pgettext_lazy("referral", "declined")
        DONE = "done", pgettext_lazy("referral", "done")
        REVOKED = "revoked", pgettext_lazy("referral", "called back")
        REVIEWED = "reviewed", pgettext_lazy("referral", "looked at by a lead")
        WITHDRAWN = (
            "withdrawn",
            pgettext_lazy("referral", "a consent was taken back: the recipient must be told"),
        )

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    note = EncryptedText(default=b"", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.kind}"
