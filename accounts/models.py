"""People who sign in, what they may do where and when, the places they do it in, and their tokens."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.roles import LEADS, Role
from common import clock
from common.actor import Actor
from common.ids import time_ordered_uuid


class Province(models.Model):
    """One of the 77 provinces; `code` is the Ministry of Interior's two digits."""

    code = models.CharField(max_length=2, primary_key=True)
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    region = models.CharField(max_length=12)
    sort_key = models.CharField(max_length=120)

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the language of the reader."""
        return self.name_en if get_language() == "en" else self.name_th


class Area(models.Model):
    """A district (four digits) or sub-district (six digits), loaded by `manage.py load_areas`."""

    class Level(models.TextChoices):
        DISTRICT = "district", _("district")
        SUBDISTRICT = "subdistrict", _("sub-district")

    code = models.CharField(max_length=6, primary_key=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    parent_code = models.CharField(max_length=4, db_index=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="areas")
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=5, default="", blank=True)

    class Meta:
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["province", "level", "sort_key"], name="area_by_province")]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class Centre(models.Model):
    """A provincial protection centre (code = the province's two digits) or one of the eleven homes (H01…)."""

    class Kind(models.TextChoices):
        PROVINCIAL = "provincial", _("Provincial protection centre")
        HOME = "home", _("Home for the destitute")

    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="centres")
    name_th = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)
    phone = models.CharField(max_length=30, default="", blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the language of the reader."""
        return self.name_en if get_language() == "en" else self.name_th


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in with an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who signs in. What they may do follows from their memberships of today."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=20, default="", blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("th", "ไทย"), ("en", "English")], default="th"
    )
    is_active = models.BooleanField(default=True)
    is_synthetic = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def key(self) -> str:
        """How the trail and letters name this person."""
        return f"user:{self.uid}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold on `day` (both ends included)."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def visible_to(self, actor: Actor) -> "MembershipQuerySet":
        """Administrators, auditors and the system see all; a centre's lead sees the own centre's; others their own."""
        if actor.is_system or actor.has(Role.ADMINISTRATOR, Role.AUDITOR):
            return self
        own = Q(user_id=actor.user_id)
        return self.filter(own | Q(centre_id__in=actor.centres_as(*LEADS)))


class Membership(models.Model):
    """A role held at a centre, in a province, or (for roles of the department) in the whole country."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    province = models.ForeignKey(Province, on_delete=models.PROTECT, null=True, blank=True)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "centre"],
                condition=Q(ends_on__isnull=True),
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    """An address that may make itself an account, once, until it expires. Only a hash of the link's key is kept.

    Attributes:
        invited_by: null for whom the command on the server invited.
        link: where it is accepted; known only of the one just made.
    """

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, blank=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, null=True, blank=True)
    key_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    link = ""

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.email


class ApiToken(models.Model):
    """A key for programs: shown once, kept as a hash, scoped, with an end."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
