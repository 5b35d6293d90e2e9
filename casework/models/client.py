"""The person served, and what finds, protects and surrounds them."""

from collections.abc import Iterable
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre, Province
from accounts.roles import LEADS, Role
from casework.models.answers import Legal, no_answer
from common import clock
from common.actor import Actor
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid

FILE_READERS = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.CENTRE_HEAD, Role.NURSE)
"""Roles that open client files of their own centres."""

CARD_READERS = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.CENTRE_HEAD)
"""Roles that may find anybody in the country as a card, so that nobody is registered twice."""


Row = TypeVar("Row", bound=models.Model, covariant=True)


class Person(models.Model):
    """A cluster of client records that are one human being; of one record until records are linked."""

    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class ClientQuerySet(models.QuerySet["Client"]):
    """One rule for pages, counts, autocomplete, API, exports and reports."""

    def visible_to(self, actor: Actor) -> "ClientQuerySet":
        """Files `actor` may open.

        The own centres' people and those granted to them; restricted people only for the worker in charge and
        for the leads of the centre that keeps the file. Auditors open every file (each look is in the trail).
        """
        if actor.is_system or actor.has(Role.AUDITOR):
            return self
        return self.in_reach_of(actor, *FILE_READERS) if actor.has(*FILE_READERS) else self.none()

    def in_reach_of(self, actor: Actor, *roles: str) -> "ClientQuerySet":
        """Files of the centres where the actor holds one of `roles` and those granted to them, but restricted ones."""
        own, granted, unrestricted = _reach(actor, roles)
        return self.filter((own | granted) & unrestricted)

    def findable_by(self, actor: Actor) -> "ClientQuerySet":
        """People `actor` may find as a card anywhere in the country; restricted people never."""
        if actor.is_system:
            return self
        return self.filter(restricted=False) if actor.has(*CARD_READERS) else self.none()


def _reach(actor: Actor, roles: Iterable[str] = FILE_READERS) -> tuple[Q, Q, Q]:
    """Clients of the own centres (where one of `roles` is held), those granted to them, those not restricted to others.

    Conditions on pk, centre_id and restricted, which casework.ClientSearch has too.
    """
    episodes = Client._meta.get_field("episodes").related_model._default_manager
    in_charge = episodes.filter(worker_id=actor.user_id, closed_on__isnull=True).values("client_id")
    centres = actor.centres_as(*roles)
    to_us = ClientGrant.objects.on(clock.today()).filter(centre_id__in=centres).values("client_id")
    unrestricted = Q(restricted=False) | Q(pk__in=in_charge)
    leading = centres & actor.centres_as(*LEADS)
    return (
        Q(centre_id__in=centres),
        Q(pk__in=to_us),
        unrestricted | Q(centre_id__in=leading) if leading else unrestricted,
    )


def files_of(actor: Actor) -> list[Q]:
    """What visible_to(actor) gives in parts that do not overlap, so that a search asks an index part by part."""
    if actor.is_system or actor.has(Role.AUDITOR):
        return [Q()]
    if not actor.has(*FILE_READERS):
        return []
    own, granted, unrestricted = _reach(actor)
    centres = [Q(centre_id=key) & unrestricted for key in sorted(actor.centres_as(*FILE_READERS))]
    return [*centres, granted & ~own & unrestricted]


def cards_of(actor: Actor) -> list[Q]:
    """What findable_by(actor) gives, likewise."""
    if actor.is_system:
        return [Q()]
    return [Q(restricted=False)] if actor.has(*CARD_READERS) else []


class Client(models.Model):
    """A person served. No paper, no surname, no name at all are ordinary.

    Somebody without any name is known by `descriptor`, what one remembers of them ("ลุงหมวก สถานีรถไฟ").

    Attributes:
        kept: the record of the same person beside which this one was set aside when they were linked; None for
            the one that is shown, of which a person has exactly one.
        restricted_by_link: restricted only because another record of the person is.
    """

    class Sex(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")
        OTHER = "other", _("other")
        UNKNOWN = "unknown", _("not known")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    class IdStatus(models.TextChoices):
        HAS_CARD = "has_card", _("has the card")
        LOST_CARD = "lost_card", _("card lost")
        UNVERIFIED = "unverified", _("number known, not verified")
        CATEGORY_0 = "category_0", _("no civil-registration status (number begins with 0)")
        NONE = "none", _("has no number")
        PASSPORT = "passport", _("passport or other paper")
        REFUSED = "refused", _("does not want to say")
        UNKNOWN = "unknown", _("does not know")
        NOT_ASKED = "not_asked", _("not asked yet")

    class Cause(models.TextChoices):
        WORK = "work", _("no work")
        FAMILY = "family", _("family problems")
        ALCOHOL = "alcohol", _("alcohol")
        MENTAL_HEALTH = "mental_health", _("mental health")
        NO_HOUSING = "no_housing", _("no place to live")
        ILLNESS = "illness", _("illness or disability")
        OTHER = "other", _("other")
        UNKNOWN = "unknown", _("not known")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="clients")
    kept = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="set_aside")
    code = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="clients")

    title = models.CharField(_("title"), max_length=40, default="", blank=True)
    first_name = models.CharField(_("first name"), max_length=120, default="", blank=True)
    last_name = models.CharField(_("surname"), max_length=120, default="", blank=True)
    nickname = models.CharField(_("nickname"), max_length=80, default="", blank=True)
    alias = models.CharField(_("street name"), max_length=80, default="", blank=True)
    descriptor = models.CharField(_("how to recognise them"), max_length=250, default="", blank=True)
    sort_key = models.CharField(max_length=360, default="", db_index=True)

    sex = models.CharField(_("sex"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    born_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    id_status = models.CharField(
        _("identity paper"), max_length=12, choices=IdStatus.choices, default=IdStatus.NOT_ASKED
    )
    pin = EncryptedText(_("ID number"), default=b"", blank=True)
    pin_hash = models.BinaryField(max_length=16, default=b"", editable=True)
    pin_verified = models.BooleanField(default=False)
    phone = models.CharField(_("phone"), max_length=15, default="", blank=True)
    phone_shared = models.BooleanField(_("borrowed or shared phone"), default=False)

    home_province = models.ForeignKey(
        Province, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    district_code = models.CharField(max_length=4, default="", blank=True)
    district_text = models.CharField(_("district"), max_length=120, default="", blank=True)
    registered_address = models.CharField(_("registered address"), max_length=300, default="", blank=True)
    found_place = models.CharField(_("where they were found"), max_length=200, default="", blank=True)
    sleeping_place = models.CharField(_("where they sleep now"), max_length=200, default="", blank=True)
    cause = models.CharField(_("main cause"), max_length=14, choices=Cause.choices, default=Cause.UNKNOWN)
    health_note = EncryptedText(_("health"), default=b"", blank=True)
    remark = EncryptedText(_("remark"), default=b"", blank=True)

    legal_category = models.CharField(
        _("legal category"), max_length=14, choices=Legal.choices, default=Legal.NOT_ASKED
    )
    papers = models.JSONField(_("papers they have with them"), default=list, blank=True)
    born_answer = no_answer(_("date of birth"))
    phone_answer = no_answer(_("phone"))
    home_answer = no_answer(_("Home province"))
    health_answer = no_answer(_("health"))
    papers_answer = no_answer(_("papers they have with them"))

    restricted = models.BooleanField(_("restricted file"), default=False)
    restricted_by_link = models.BooleanField(default=False, db_default=False)
    version = models.PositiveIntegerField(default=1)
    is_synthetic = models.BooleanField(default=False)
    registered_at = models.DateTimeField(auto_now_add=True)
    source_import = models.ForeignKey(
        "RegisterImport", on_delete=models.PROTECT, null=True, related_name="clients"
    )

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pin_hash"],
                condition=Q(pin_verified=True) & ~Q(pin_hash=b""),
                name="client_verified_pin_once",
            ),
            models.CheckConstraint(
                condition=~Q(first_name="") | ~Q(nickname="") | ~Q(alias="") | ~Q(descriptor=""),
                name="client_can_be_recognised",
            ),
            models.CheckConstraint(
                condition=Q(pin_verified=False) | ~Q(pin_hash=b""), name="client_verified_has_pin"
            ),
            models.CheckConstraint(
                condition=(Q(born_on=None) | Q(born_answer="not_asked"))
                & (Q(phone="") | Q(phone_answer="not_asked"))
                & (Q(home_province=None) | Q(home_answer="not_asked")),
                name="client_no_answer_beside_value",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kept__isnull=True), name="client_shown_once"
            ),
            models.CheckConstraint(
                condition=Q(restricted_by_link=False) | Q(restricted=True), name="client_link_restricts"
            ),
        ]
        indexes = [
            models.Index(fields=["pin_hash"], condition=~Q(pin_hash=b""), name="client_by_pin"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="client_by_phone"),
            models.Index(fields=["centre", "sort_key"], name="client_by_centre"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def main_name(self) -> str:
        """First name and surname; without them the nickname, the street name or what one remembers."""
        name = " ".join(part for part in (self.first_name, self.last_name) if part)
        return name or self.nickname or self.alias or str(_("Name not known: “%s”") % self.descriptor)

    @property
    def other_name(self) -> str:
        """Nickname or street name, where it is not the main name already; "" without."""
        known_as = self.nickname or self.alias
        return known_as if self.first_name or self.last_name else ""

    @property
    def display_name(self) -> str:
        """Name as people say it: main name, the other one in brackets."""
        return f"{self.main_name} ({self.other_name})" if self.other_name else self.main_name


class OfVisibleClients(models.QuerySet[Row]):
    """Rows that belong to a client are visible with the client's file."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_system:
            return self
        return self.filter(client__in=Client.objects.visible_to(actor).order_by())


class ClientNumber(models.Model):
    """The running number of client codes, per centre and fiscal year (Buddhist Era)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "fiscal_year"], name="client_number_once")]

    def __str__(self) -> str:
        return f"{self.centre_id}/{self.fiscal_year}: {self.last}"


class GrantQuerySet(models.QuerySet["ClientGrant"]):
    def on(self, day: date) -> "GrantQuerySet":
        """Grants that hold on `day` (both ends included)."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class ClientGrant(models.Model):
    """Another centre's right to open one client's file, with its basis and its end."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="grants")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="grant_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["centre", "client"], name="grant_by_centre")]

    def __str__(self) -> str:
        return f"{self.client_id} → {self.centre_id}"


class RelatedPerson(models.Model):
    """Family, guardian or child of a client; may be a client too."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", _("spouse or partner")
        CHILD = "child", _("child")
        PARENT = "parent", _("parent")
        SIBLING = "sibling", _("brother or sister")
        GUARDIAN = "guardian", _("guardian")
        WARD = "ward", _("in the client's care")
        RELATIVE = "relative", _("other relative")
        FRIEND = "friend", _("friend")
        OTHER = "other", _("other")

    class Guardianship(models.TextChoices):
        PARENTAL = "parental", _("parental power")
        COURT = "court", _("guardian by order of the court")
        CURATOR = "curator", _("curator by order of the court")
        STATE = "state", _("welfare guardian (Child Protection Act)")
        INFORMAL = "informal", _("looks after them without papers")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="related_people")
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices)
    name = models.CharField(_("name"), max_length=200)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    born_precision = models.CharField(
        max_length=5, choices=Client.Precision.choices, default=Client.Precision.DAY
    )
    guardianship = models.CharField(
        _("answers for the client as"), max_length=8, choices=Guardianship.choices, default="", blank=True
    )
    phone = models.CharField(_("phone"), max_length=15, default="", blank=True)
    address = models.CharField(_("address"), max_length=300, default="", blank=True)
    may_contact = models.BooleanField(_("may be contacted"), default=False)
    lives_with = models.BooleanField(_("lives with the client"), default=False)
    other_client = models.ForeignKey(
        Client, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, default="", blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = OfVisibleClients["RelatedPerson"].as_manager()

    class Meta:
        ordering = ["relation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(guardianship="") | ~Q(relation__in=["child", "ward"]),
                name="related_child_is_no_guardian",
            )
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.pk}"
