"""Relief grants: the terms that hold, the application with its decision, what was paid, what was taken back."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from accounts.models import Centre, User
from accounts.roles import CASEWORKERS, LEADS, Role
from casework.models.client import Client
from casework.models.episode import Episode
from common.actor import Actor
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class ReliefTermsQuerySet(models.QuerySet["ReliefTerms"]):
    def visible_to(self, actor: Actor) -> Self:
        """What the law allows is the same for everybody."""
        return self

    def holding(self, day: date) -> "ReliefTerms | None":
        """What holds on `day`: the latest line, and of one day the one written last."""
        return self.filter(valid_from__lte=day).order_by("-valid_from", "-pk").first()


class ReliefTerms(models.Model):
    """How much and how often, from a day on; append-only: a newer line of the same day takes the older one's place.

    Attributes:
        ceiling: satang, most of one grant.
        times: how often in one fiscal year.
        times_are_ours: the number is our default, from no law that we know.
        law: what the figures rest on, for whoever asks.
    """

    valid_from = models.DateField()
    ceiling = models.PositiveBigIntegerField()
    times = models.PositiveSmallIntegerField()
    times_are_ours = models.BooleanField(default=False)
    law = models.CharField(max_length=300)
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ReliefTermsQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ceiling__gt=0, times__gt=0), name="relief_terms_positive")
        ]

    def __str__(self) -> str:
        return str(self.valid_from)


class ReliefGrants(models.QuerySet["ReliefGrant"]):
    def visible_to(self, actor: Actor) -> Self:
        """With the file for its caseworkers and auditors; those of their centre for finance officers.

        Nurses and partners see none: what somebody is given in money is not theirs to know.
        """
        if actor.is_system or actor.has(Role.AUDITOR):
            return self
        files = Client.objects.in_reach_of(actor, *CASEWORKERS).order_by()
        books = Q(centre_id__in=actor.centres_as(Role.FINANCE_OFFICER))
        return self.filter(Q(client__in=files) | books if actor.has(*CASEWORKERS) else books)

    def counting(self) -> Self:
        """Those that count against the limit of the year: refused and cancelled ones do not."""
        return self.exclude(state__in=(ReliefGrant.State.REFUSED, ReliefGrant.State.CANCELLED))

    def to_decide(self, actor: Actor) -> Self:
        """Those that wait for the actor's decision: of the centres they lead, never their own."""
        led = self.visible_to(actor).filter(centre_id__in=actor.centres_as(*LEADS))
        return led.filter(state=ReliefGrant.State.APPLIED).exclude(applied_by_id=actor.user_id)

    def to_pay(self, actor: Actor) -> Self:
        """Those that wait for the actor to pay them."""
        books = self.filter(centre_id__in=actor.centres_as(Role.FINANCE_OFFICER))
        return books.filter(state=ReliefGrant.State.APPROVED)


class ReliefGrant(models.Model):
    """Money for somebody in need, applied for by one and decided by another.

    Attributes:
        amount: satang.
        purpose: what it is for.
        why_not: why there was no telephone call or no home visit, where one is missing.
        decision_note: why it was refused or cancelled, or what the lead said with a yes.
    """

    class State(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("relief", "applied for")
        APPROVED = "approved", pgettext_lazy("relief", "approved")
        REFUSED = "refused", pgettext_lazy("relief", "refused")
        PAID = "paid", pgettext_lazy("relief", "paid")
        CANCELLED = "cancelled", pgettext_lazy("relief", "cancelled")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="relief_grants")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="relief_grants")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()
    purpose = EncryptedText(default=b"")
    phoned_on = models.DateField(null=True)
    visited_on = models.DateField(null=True)
    why_not = EncryptedText(default=b"", blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.APPLIED)
    applied_on = models.DateField()
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decision_note = EncryptedText(default=b"", blank=True)

    objects = ReliefGrants.as_manager()

    class Meta:
        ordering = ["-applied_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="relief_has_amount"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("applied_by")),
                name="relief_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused", "paid"]) | Q(decided_on__isnull=False),
                name="relief_decision_has_day",
            ),
            models.CheckConstraint(
                condition=Q(phoned_on__isnull=False, visited_on__isnull=False) | ~Q(why_not=b""),
                name="relief_is_assessed",
            ),
            models.CheckConstraint(
                condition=Q(phoned_on__isnull=True)
                | Q(visited_on__isnull=True)
                | Q(visited_on__gte=F("phoned_on")),
                name="relief_phone_before_visit",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-applied_on"], name="relief_by_centre"),
            models.Index(
                fields=["centre"], condition=Q(state__in=["applied", "approved"]), name="relief_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.state}"

    @property
    def standing_payment(self) -> "ReliefPayment | None":
        """The payment that holds, None where nothing is paid or all was taken back."""
        return self.payments.select_related("paid_by", "centre").filter(reversal__isnull=True).first()


class ReliefNumber(models.Model):
    """The last number given to a receipt, per centre and fiscal year (Buddhist Era)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "fiscal_year"], name="relief_number_once")]

    def __str__(self) -> str:
        return f"{self.centre_id}/{self.fiscal_year}: {self.last}"


class ReliefPayment(models.Model):
    """Money handed over and its receipt; append-only. Void once it is taken back, it keeps its number.

    Attributes:
        attempt: 1, and one more after each payment that was taken back: two at once cannot both pay.
        amount: satang, the whole grant.
        proxy: who signed for the person, and why they could not.
    """

    class How(models.TextChoices):
        CASH = "cash", pgettext_lazy("relief", "cash")
        TRANSFER = "transfer", pgettext_lazy("relief", "bank transfer")

    class Signed(models.TextChoices):
        SIGNATURE = "signature", pgettext_lazy("relief", "the person signs")
        THUMB = "thumb", pgettext_lazy("relief", "the person gives a thumbprint")
        PROXY = "proxy", pgettext_lazy("relief", "somebody else signs for them")

    grant = models.ForeignKey(ReliefGrant, on_delete=models.PROTECT, related_name="payments")
    attempt = models.PositiveSmallIntegerField(default=1)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()
    paid_on = models.DateField()
    paid_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    how = models.CharField(max_length=8, choices=How.choices)
    signed = models.CharField(max_length=9, choices=Signed.choices)
    proxy = EncryptedText(default=b"", blank=True)
    proxy_reason = EncryptedText(default=b"", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "attempt"], name="relief_paid_once"),
            models.UniqueConstraint(fields=["centre", "fiscal_year", "number"], name="relief_receipt_once"),
            models.CheckConstraint(condition=Q(amount__gt=0, number__gt=0), name="relief_payment_has_amount"),
            models.CheckConstraint(
                condition=~Q(signed="proxy") | ~Q(proxy=b"") & ~Q(proxy_reason=b""),
                name="relief_proxy_is_named",
            ),
        ]
        indexes = [models.Index(fields=["centre", "paid_on"], name="relief_payment_by_day")]

    def __str__(self) -> str:
        return f"{self.fiscal_year}/{self.number}"

    @property
    def code(self) -> str:
        """As it is printed: centre, fiscal year, number: G30-2570-00012."""
        return f"G{self.centre.code}-{self.fiscal_year}-{self.number:05d}"


class ReliefReversal(models.Model):
    """A payment that was wrong is taken back, with the reason; append-only."""

    payment = models.OneToOneField(ReliefPayment, on_delete=models.PROTECT, related_name="reversal")
    reason = EncryptedText(default=b"")
    reversed_on = models.DateField()
    reversed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=b""), name="relief_reversal_has_reason")]

    def __str__(self) -> str:
        return str(self.payment_id)
