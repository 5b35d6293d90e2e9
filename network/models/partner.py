"""Organisations and people who give, and who signs in for them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Province, User
from accounts.roles import CASEWORKERS, Role
from common import clock
from common.actor import Actor
from common.ids import time_ordered_uuid

GIVERS = (Role.PARTNER, Role.VOLUNTEER)
"""Roles that belong to a partner and see nothing of any other."""

STAFF = tuple(CASEWORKERS)
"""Roles that look after the partners of their provinces."""

COUNTRY_READERS = (Role.DEPARTMENT_ANALYST, Role.AUDITOR)
"""Roles that read of every partner in the country."""


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, actor: Actor) -> "PartnerQuerySet":
        """All for analysts, auditors and administrators; those of the own provinces for staff; else the own one."""
        if actor.is_system or actor.has(*COUNTRY_READERS, Role.ADMINISTRATOR):
            return self
        return self.cared_for_by(actor)

    def cared_for_by(self, actor: Actor) -> "PartnerQuerySet":
        """Those the actor writes for: of the own provinces for staff, else the own one."""
        seen = Q(pk__in=[])
        if provinces := actor.provinces_as(*STAFF):
            serving = Partner.areas.through.objects.filter(province_id__in=provinces)
            seen |= Q(province_id__in=provinces) | Q(pk__in=serving.values("partner_id"))
        if actor.has(*GIVERS):
            seen |= Q(pk__in=PartnerMember.objects.of(actor).values("partner_id"))
        return self.filter(seen)


class Partner(models.Model):
    """An organisation or a person of the network.

    Attributes:
        code: short, unique, for sheets and commands: "WAT-NONDAENG".
        province: where it is at home; `areas` are the further provinces it serves.
        search_text: name and code as common.thai.names.search_text gives them.
    """

    class Kind(models.TextChoices):
        TEMPLE = "temple", pgettext_lazy("partner", "temple or place of worship")
        NGO = "ngo", pgettext_lazy("partner", "foundation or association")
        LOCAL_GOVERNMENT = "local_government", pgettext_lazy("partner", "local government")
        STATE = "state", pgettext_lazy("partner", "state agency")
        BUSINESS = "business", pgettext_lazy("partner", "business")
        SCHOOL = "school", pgettext_lazy("partner", "school or university")
        COMMUNITY = "community", pgettext_lazy("partner", "community or club")
        VOLUNTEERS = "volunteers", pgettext_lazy("partner", "volunteer group")
        PERSON = "person", pgettext_lazy("partner", "person")
        OTHER = "other", pgettext_lazy("partner", "other")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind of partner"), max_length=20, choices=Kind.choices)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="+", verbose_name=_("province")
    )
    areas = models.ManyToManyField(
        Province, related_name="+", blank=True, verbose_name=_("also active in these provinces")
    )
    place = models.CharField(_("place"), max_length=200, default="", blank=True)
    contact = models.CharField(_("whom to talk to"), max_length=120, default="", blank=True)
    phone = models.CharField(_("phone"), max_length=20, default="", blank=True)
    active_from = models.DateField(_("partner since"), default=clock.today)
    active_to = models.DateField(_("partner until"), null=True, blank=True)
    search_text = models.CharField(max_length=250, default="")
    sort_key = models.CharField(max_length=200, default="")
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="partner_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["province", "sort_key"], name="partner_by_province")]

    def __str__(self) -> str:
        return self.name


class PartnerMemberQuerySet(models.QuerySet["PartnerMember"]):
    def on(self, day: date) -> "PartnerMemberQuerySet":
        """Those that hold on `day` (both ends included)."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def of(self, actor: Actor) -> "PartnerMemberQuerySet":
        """Where the actor belongs today: one place at most."""
        return self.filter(user_id=actor.user_id).on(clock.today())


class PartnerMember(models.Model):
    """A person who signs in for a partner: one partner at a time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="partner_places")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="members")
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    objects = PartnerMemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="partner_member_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(ends_on__isnull=True), name="partner_member_of_one_partner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.partner_id}"
