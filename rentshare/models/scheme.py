"""Schemes: who pays which share of a rent, from which day on."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.ids import time_ordered_uuid
from common.money import WHOLE
from rentshare import rules
from rentshare.models.scope import RENT_READERS
from rentshare.rules.terms import GRACE_DAYS, LONGEST_GRACE, LONGEST_SUPPORT, Step, Terms


class SchemeQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> "SchemeQuerySet":
        """Schemes are the department's, the same everywhere: whoever works with rent rooms reads them."""
        return self if actor.is_system or actor.has(*RENT_READERS) else self.none()


class Scheme(models.Model):
    """A way of sharing rent, under one name. What it says on a day, its version of that day says."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, default="", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class SchemeVersion(models.Model):
    """What a scheme says to whoever signs from a day on, until its next version; append-only.

    Shares in basis points, money in satang. The shares may sum above the whole; the surplus is posted to the fund named
    here. What is empty the scheme does not say: no published rule fixes it, and what then holds is our default.
    """

    class Deposit(models.TextChoices):
        TENANT = "tenant", _("the tenant pays it")
        PROGRAMME = "programme", _("the programme lends it")
        NONE = "none", _("none is asked for")

    class Arrears(models.TextChoices):
        TALK = "talk", _("a talk with the case worker")
        PLAN = "plan", _("a talk, and a payment plan is offered")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    starts_on = models.DateField(_("from"))
    participant_share = models.PositiveSmallIntegerField(_("the tenant's share"))
    programme_share = models.PositiveSmallIntegerField(_("the programme's share"))
    other_share = models.PositiveSmallIntegerField(_("another funder's share"), default=0)
    other_funder = models.CharField(_("other funder"), max_length=120, default="", blank=True)
    surplus_fund = models.CharField(_("fund for the surplus"), max_length=120, default="", blank=True)
    rent_floor = models.PositiveBigIntegerField(_("lowest rent"), null=True, blank=True)
    rent_ceiling = models.PositiveBigIntegerField(_("highest rent"), null=True, blank=True)
    support_months = models.PositiveSmallIntegerField(_("months of support"), null=True, blank=True)
    programme_cap = models.PositiveBigIntegerField(
        _("the most the programme pays for a person"), null=True, blank=True
    )
    income_ceiling = models.PositiveBigIntegerField(_("highest income"), null=True, blank=True)
    deposit_rule = models.CharField(
        _("deposit"), max_length=10, choices=Deposit.choices, default="", blank=True
    )
    deposit = models.PositiveBigIntegerField(_("amount of the deposit"), null=True, blank=True)
    savings = models.PositiveBigIntegerField(_("savings in a month"), null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), null=True, blank=True)
    arrears_rule = models.CharField(
        _("when a share is missed"), max_length=10, choices=Arrears.choices, default="", blank=True
    )
    is_ours = models.BooleanField(_("suggested by the system"), default=False)
    note = models.CharField(_("note"), max_length=300, default="", blank=True)
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "starts_on"], name="scheme_version_once"),
            models.CheckConstraint(
                condition=Q(
                    participant_share__lte=WHOLE, programme_share__lte=WHOLE, other_share__lte=WHOLE,
                    participant_share__gte=WHOLE - F("programme_share") - F("other_share"),
                ),
                name="scheme_shares_cover_the_rent",
            ),
            models.CheckConstraint(
                condition=Q(participant_share=WHOLE - F("programme_share") - F("other_share"), surplus_fund="")
                | Q(participant_share__gt=WHOLE - F("programme_share") - F("other_share"))
                & ~Q(surplus_fund=""),
                name="scheme_surplus_has_a_fund",
            ),
            models.CheckConstraint(
                condition=Q(other_share=0, other_funder="") | Q(other_share__gt=0) & ~Q(other_funder=""),
                name="scheme_other_share_has_a_funder",
            ),
            models.CheckConstraint(
                condition=Q(rent_floor__isnull=True)
                | Q(rent_ceiling__isnull=True)
                | Q(rent_floor__lte=F("rent_ceiling")),
                name="scheme_floor_below_ceiling",
            ),
            models.CheckConstraint(
                condition=Q(participant_share__gt=0, programme_share__gt=0), name="scheme_rent_is_shared"
            ),
            models.CheckConstraint(
                condition=Q(support_months__isnull=True)
                | Q(support_months__gte=1, support_months__lte=LONGEST_SUPPORT),
                name="scheme_support_has_months",
            ),
            models.CheckConstraint(
                condition=Q(deposit_rule__in=["tenant", "programme"], deposit__isnull=False, deposit__gt=0)
                | Q(deposit_rule__in=["", "none"], deposit__isnull=True),
                name="scheme_deposit_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(grace_days__isnull=True) | Q(grace_days__lte=LONGEST_GRACE),
                name="scheme_grace_is_short",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.starts_on}"

    @property
    def shares(self) -> rules.Shares:
        """As the rules want them."""
        return rules.Shares(self.participant_share, self.programme_share, self.other_share)

    @cached_property
    def terms(self) -> Terms:
        """What a tenancy signed under this version is charged by. Read the steps along where many are asked."""
        steps = sorted((step.from_month, step.programme_share) for step in self.steps.all())
        return Terms(
            shares=self.shares,
            steps=tuple(Step(*step) for step in steps),
            support_months=self.support_months,
            cap=self.programme_cap,
        )

    @property
    def grace(self) -> int:
        """Days after which a share counts as missed: the scheme's, or our default."""
        return GRACE_DAYS if self.grace_days is None else self.grace_days


class SchemeStep(models.Model):
    """From a month of the tenancy on, the programme pays this share; append-only, part of its version."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="steps")
    from_month = models.PositiveSmallIntegerField(_("from month"))
    programme_share = models.PositiveSmallIntegerField(_("the programme's share"))

    class Meta:
        ordering = ["version", "from_month"]
        constraints = [
            models.UniqueConstraint(fields=["version", "from_month"], name="scheme_step_once"),
            models.CheckConstraint(
                condition=Q(from_month__gte=2, programme_share__lte=WHOLE), name="scheme_step_is_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.from_month}"
