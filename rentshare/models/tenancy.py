"""Who lives in which bed, from when to when, for which share of the rent."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre
from accounts.roles import CASEWORKERS, Role
from casework.models import Client, Person
from common.actor import Actor
from common.ids import time_ordered_uuid
from common.thai.periods import Month
from rentshare import rules
from rentshare.models.room import Bed, Lease
from rentshare.models.scheme import Scheme, SchemeVersion
from rentshare.models.scope import BOOK_READERS, of_own_centres, sees_all


class TenancyQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> "TenancyQuerySet":
        """With the client's file for caseworkers; all of the centre for who keeps or answers for its books."""
        if sees_all(actor):
            return self
        files = Client.objects.in_reach_of(actor, *CASEWORKERS).order_by()
        return self.filter(Q(client__in=files) | of_own_centres(actor, BOOK_READERS))

    def nameable_by(self, actor: Actor) -> "TenancyQuerySet":
        """Tenancies whose tenant's name `actor` may read: whoever opens the file, and who writes the receipts, unless
        the file is restricted. An analyst counts and reads no names."""
        files = Client.objects.visible_to(actor).order_by()
        writes = of_own_centres(actor, [Role.FINANCE_OFFICER]) & Q(client__restricted=False)
        return self.visible_to(actor).filter(Q(client__in=files) | writes)

    def on(self, day: date) -> "TenancyQuerySet":
        """Tenancies that hold on `day`, first and last day included."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def in_month(self, month: Month) -> "TenancyQuerySet":
        """Tenancies with at least one day in `month`."""
        return self.filter(starts_on__lte=month.last).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=month.first)
        )


class Tenancy(models.Model):
    """A person in one bed of a leased room, with their part of its rent in satang a month.

    Only the end may change. A bed is let to one person at a time and a person lives in one bed at a time (guards,
    on both engines; the person is the cluster, so that linked records count as one). `account` is what the tenant
    owes for this tenancy. `version` is what the scheme said when it was signed; a later version leaves it alone.
    """

    class Reason(models.TextChoices):
        AGREED = "agreed", _("the agreed time was over")
        HAS_WORK = "has_work", _("has work and pays alone")
        OWN_HOME = "own_home", _("moved to a home of their own")
        FAMILY = "family", _("back with family")
        OTHER_ROOM = "other_room", _("moved to another room of the programme")
        LEFT = "left", _("left without a word")
        RULES = "rules", _("the room's rules were broken")
        HOSPITAL = "hospital", _("moved to a hospital or shelter")
        DIED = "died", _("died")
        OTHER = "other", _("other")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="tenancies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenancies")
    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="tenancies")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="tenancies")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="tenancies")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="tenancies")
    account = models.OneToOneField("rentshare.Account", on_delete=models.PROTECT, related_name="tenancy")
    rent = models.PositiveBigIntegerField(_("part of the rent"))
    cohort = models.CharField(_("cohort"), max_length=40, default="", blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=12, choices=Reason.choices, default="", blank=True
    )
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = TenancyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, end_reason="")
                | Q(ends_on__gte=F("starts_on")) & ~Q(end_reason=""),
                name="tenancy_ended_is_whole",
            ),
            models.CheckConstraint(condition=Q(rent__gte=rules.LEAST_RENT), name="tenancy_has_rent"),
        ]
        indexes = [models.Index(fields=["centre", "id"], name="tenancy_by_centre")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.starts_on}"
