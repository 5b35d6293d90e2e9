"""Where people sleep under our own roof: sites with rooms and beds, and who lay in which bed."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre
from accounts.roles import Role
from casework.models.client import FILE_READERS, Client, OfVisibleClients, Person, Row
from casework.models.episode import Episode
from common.actor import Actor
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class OfSites(models.QuerySet[Row]):
    """Sites, rooms and beds are seen by whoever opens files at their centre; who lies there, with the file alone."""

    to_centre = "centre"

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_system or actor.has(Role.AUDITOR):
            return self
        return self.filter(**{f"{self.to_centre}__in": actor.centres_as(*FILE_READERS)})


class OfRooms(OfSites[Row]):
    to_centre = "site__centre"


class OfBeds(OfSites[Row]):
    to_centre = "room__site__centre"


class Site(models.Model):
    """A house or floor of a centre in which people stay."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(_("name of the site"), max_length=80)
    address = models.CharField(_("where it is"), max_length=200, default="", blank=True)

    objects = OfSites["Site"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="site_name_once")]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room of a site."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("name of the room"), max_length=40)

    objects = OfRooms["Room"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="site_room_once")]

    def __str__(self) -> str:
        return self.name


class Bed(models.Model):
    """A bed, for whom it is kept, and whether it is out of use.

    Attributes:
        place: where it stands in the order of the room.
        closed_on: out of use from that day on; None while it can be given.
    """

    class For(models.TextChoices):
        ANYBODY = "anybody", _("for anybody")
        WOMEN = "women", _("for women")
        MEN = "men", _("for men")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="beds")
    label = models.CharField(_("name of the bed"), max_length=20)
    place = models.PositiveSmallIntegerField(default=0)
    kept_for = models.CharField(_("kept for"), max_length=8, choices=For.choices, default=For.ANYBODY)
    step_free = models.BooleanField(_("reached without a step"), default=False)
    closed_on = models.DateField(null=True, blank=True)
    closed_why = models.CharField(_("why it is out of use"), max_length=200, default="", blank=True)

    objects = OfBeds["Bed"].as_manager()

    class Meta:
        ordering = ["room", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["room", "label"], name="site_bed_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_why="")
                | Q(closed_on__isnull=False) & ~Q(closed_why=""),
                name="site_bed_closed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def where(self) -> str:
        """Site, room and bed as they are called, in every language the same."""
        return f"{self.room.site.name} · {self.room.name} · {self.label}"

    @property
    def whole_name(self) -> str:
        """Site, room and bed as a page says them."""
        bed = _("Bed %(label)s") % {"label": self.label}
        return f"{self.room.site.name} · {self.room.name} · {bed}"


class Stays(OfVisibleClients["Stay"]):
    def open(self) -> Self:
        """Those who have not been checked out."""
        return self.filter(ends_on__isnull=True)

    def between(self, first: date, last: date) -> Self:
        """Stays with a night that begins on one of these days, both included."""
        ended = Q(ends_on__isnull=True) | Q(ends_on__gt=first) & Q(ends_on__gt=F("starts_on"))
        return self.filter(ended, starts_on__lte=last)


class Stay(models.Model):
    """Somebody in a bed, by nights: whoever leaves in the morning frees the bed for the same evening.

    Only the end may change. A bed holds one person a night and a person lies in one bed a night (guards, on both
    engines; the person is the cluster, so that linked records count as one).

    Attributes:
        ends_on: the day they left; the night before was the last. The first day itself when no night was slept.
    """

    class LeftTo(models.TextChoices):
        OWN_HOME = "own_home", _("a room or home of their own")
        FAMILY = "family", _("family or somebody they know")
        SHARED_ROOM = "shared_room", _("a half-rent room")
        OTHER_BED = "other_bed", _("another bed here")
        OTHER_HOME = "other_home", _("another home or shelter")
        HOSPITAL = "hospital", _("hospital")
        PRISON = "prison", _("prison or police")
        STREET = "street", _("back to the street")
        UNKNOWN = "unknown", _("left without a word")
        DIED = "died", _("died")
        OTHER = "other", _("somewhere else")
        MISTAKE = "mistake", _("nowhere: the check-in was a mistake")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="stays")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="stays")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="stays")
    starts_on = models.DateField(_("came on"))
    ends_on = models.DateField(_("left on"), null=True, blank=True)
    left_to = models.CharField(_("where to"), max_length=12, choices=LeftTo.choices, default="", blank=True)
    note = EncryptedText(_("what to know about the stay"), default=b"", blank=True)
    left_note = EncryptedText(_("about leaving"), default=b"", blank=True)
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = Stays.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, left_to="")
                | Q(ends_on__gte=F("starts_on")) & ~Q(left_to=""),
                name="stay_ended_is_whole",
            ),
            models.UniqueConstraint(
                fields=["bed"], condition=Q(ends_on__isnull=True), name="stay_open_once_in_bed"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="stay_open_once_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.starts_on}"
