"""Rooms that the programme rents, of whom, and their beds."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre, Province
from common.actor import Actor
from common.ids import time_ordered_uuid
from rentshare import rules
from rentshare.models.scope import RENT_READERS, of_own_centres, sees_all


class OfCentre(models.QuerySet[Any]):
    """Rows of a centre: whoever works with rent rooms there sees them."""

    centre_path = "centre"

    def visible_to(self, actor: Actor) -> "OfCentre":
        if sees_all(actor):
            return self
        return self.filter(of_own_centres(actor, RENT_READERS, self.centre_path))


class OfRoom(OfCentre):
    centre_path = "property__centre"


class OfBed(OfCentre):
    centre_path = "room__property__centre"


class Landlord(models.Model):
    """Who lets rooms to the programme, as one centre deals with them."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, default="", blank=True)
    note = models.CharField(_("note"), max_length=300, default="", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfCentre.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="landlord_once")]

    def __str__(self) -> str:
        return self.name


class Property(models.Model):
    """A house or building with rooms to rent."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=300, default="", blank=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfCentre.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="property_once")]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room with one bed or several."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    property = models.ForeignKey(Property, on_delete=models.PROTECT, related_name="rooms")
    number = models.CharField(_("room number"), max_length=30)

    objects = OfRoom.as_manager()

    class Meta:
        ordering = ["property", "number"]
        constraints = [models.UniqueConstraint(fields=["property", "number"], name="room_once")]

    def __str__(self) -> str:
        return self.number


class Bed(models.Model):
    """A place for one person."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="beds")
    label = models.CharField(_("bed"), max_length=20)

    objects = OfBed.as_manager()

    class Meta:
        ordering = ["room", "label"]
        constraints = [models.UniqueConstraint(fields=["room", "label"], name="bed_once")]

    def __str__(self) -> str:
        return self.label


class Lease(models.Model):
    """A room that a landlord lets to the programme; only its end may change. Monthly rent in satang.

    No two leases of a room share a day (a guard, on both engines).
    """

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="leases")
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="leases")
    landlord_account = models.ForeignKey("rentshare.Account", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    monthly_rent = models.PositiveBigIntegerField(_("monthly rent"))
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OfCentre.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="lease_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(monthly_rent__gte=rules.LEAST_RENT), name="lease_has_rent"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.starts_on}"
