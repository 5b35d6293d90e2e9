"""Shares that were missed, and what was agreed about paying them later."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models import FollowUp
from common.actor import Actor
from common.ids import time_ordered_uuid
from common.money import LARGEST
from rentshare.models.tenancy import Tenancy


class OfTenancy(models.QuerySet[Any]):
    """Rows of a tenancy: seen with it."""

    tenancy_path = "tenancy"

    def visible_to(self, actor: Actor) -> "OfTenancy":
        return self.filter(**{f"{self.tenancy_path}__in": Tenancy.objects.visible_to(actor).order_by()})


class OfPlan(OfTenancy):
    tenancy_path = "plan__tenancy"


class PaymentPlan(models.Model):
    """What a tenant and the centre agreed on about all that was owed on a day; only its end may change.

    `total` is all that was owed in satang, and its instalments come to exactly that. One plan holds at a time; a new
    one ends the one before.
    """

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="plans")
    total = models.PositiveBigIntegerField(_("all that was owed"))
    agreed_on = models.DateField(_("day of the agreement"))
    note = models.CharField(_("what was said"), max_length=300, default="", blank=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, default="", blank=True)
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField()

    objects = OfTenancy.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(total__gt=0, total__lte=LARGEST), name="rent_plan_has_total"),
            models.UniqueConstraint(
                fields=["tenancy"], condition=Q(ended_on__isnull=True), name="rent_plan_holds_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | Q(ended_on__gte=F("agreed_on")) & ~Q(end_reason=""),
                name="rent_plan_ended_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.agreed_on}"


class Instalment(models.Model):
    """One part of a payment plan, in satang; append-only."""

    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="instalments")
    due_on = models.DateField(_("by"))
    amount = models.PositiveBigIntegerField(_("amount"))

    objects = OfPlan.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "due_on"], name="rent_instalment_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=LARGEST), name="rent_instalment_has_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.due_on}"


class MissedShare(models.Model):
    """The tenant's share of a month, or an instalment, that was not paid in time; noticed once for all time.

    It is an early warning and no penalty: `follow_up` is the talk that was planned about it in the person's file,
    None while they have no open case. `short` is what was missing when it was noticed, in satang.
    """

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="missed")
    rent_month = models.CharField(max_length=7, default="", blank=True)
    instalment = models.OneToOneField(Instalment, on_delete=models.PROTECT, null=True, related_name="missed")
    due_on = models.DateField()
    short = models.PositiveBigIntegerField()
    noticed_on = models.DateField()
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, null=True, related_name="missed_shares")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OfTenancy.as_manager()

    class Meta:
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy", "rent_month"], condition=~Q(rent_month=""), name="rent_missed_once"
            ),
            models.CheckConstraint(
                condition=Q(instalment__isnull=True) & ~Q(rent_month="")
                | Q(instalment__isnull=False, rent_month=""),
                name="rent_missed_is_of_one",
            ),
            models.CheckConstraint(condition=Q(short__gt=0), name="rent_missed_is_short"),
        ]

    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.rent_month or self.instalment_id}"
