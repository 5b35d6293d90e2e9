"""What partners give, and the steps from a promise to somebody else's word that it came."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Province
from accounts.roles import Role
from common.actor import Actor
from common.ids import time_ordered_uuid
from network.models.partner import COUNTRY_READERS, GIVERS, STAFF, Partner, PartnerMember
from network.models.units import Kind, Unit
from network.models.value import UnitValue
from network.rules import HUNDREDTHS, as_decimal


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """One rule for pages, counts, API, exports and figures."""

    def visible_to(self, actor: Actor) -> Self:
        """All for analysts and auditors; those given in the own provinces for staff; else the own partner's."""
        if actor.is_system or actor.has(*COUNTRY_READERS):
            return self
        seen = Q(pk__in=[])
        if provinces := actor.provinces_as(*STAFF):
            seen |= Q(province_id__in=provinces)
        if actor.has(*GIVERS):
            seen |= Q(partner_id__in=PartnerMember.objects.of(actor).values("partner_id"))
        return self.filter(seen)

    def standing(self) -> Self:
        """What counts today: the last row of each chain, without what never was."""
        return self.filter(corrected_by__isnull=True, is_void=False)

    def to_confirm(self) -> Self:
        """Received, and nobody else has said so yet."""
        return self.standing().filter(state=Contribution.State.RECEIVED)


class Contribution(models.Model):
    """Something given, append-only; a correction is a new row that names the one it replaces.

    Attributes:
        province: where it counts; `area` says it more closely, in the giver's words.
        quantity: whole hundredths of the unit; of money that is satang.
        people: how many gave the hours together.
        giver: who gave it, in free text; "" for the partner itself.
        given_on: the day it was given, of a promise the day of the promise.
        value_satang: what it is worth, None where the book knows no value; `basis` says where that comes from
            and `unit_value` which line of the book it was.
        stated_satang: what the giver's own sheet says it is worth; shown, never counted.
        state: where it stands today; history is in its events.
        is_void: a correction that says it never came.
        fingerprint: of all that was written, so that the same row of a sheet is known again.
    """

    class State(models.TextChoices):
        PLEDGED = "pledged", pgettext_lazy("contribution", "promised")
        RECEIVED = "received", pgettext_lazy("contribution", "received")
        CONFIRMED = "confirmed", pgettext_lazy("contribution", "confirmed")

    class Basis(models.TextChoices):
        MONEY = "money", _("money is its own value")
        BOOK = "book", _("from the unit-value book")
        NONE = "none", _("no value in the book")

    Kind = Kind
    Unit = Unit

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("partner")
    )
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="+", verbose_name=_("province")
    )
    area = models.CharField(_("area"), max_length=200, default="", blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    what = models.CharField(_("what was given"), max_length=200)
    quantity = models.BigIntegerField(_("how much"))
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    people = models.PositiveSmallIntegerField(_("people"), default=1)
    giver = models.CharField(_("giver"), max_length=150, default="", blank=True)
    remark = models.CharField(_("remark"), max_length=500, default="", blank=True)
    given_on = models.DateField(_("date"))
    value_satang = models.BigIntegerField(_("value"), null=True)
    basis = models.CharField(_("where the value comes from"), max_length=5, choices=Basis.choices)
    unit_value = models.ForeignKey(UnitValue, on_delete=models.PROTECT, null=True, related_name="+")
    stated_satang = models.BigIntegerField(_("value as the giver says"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    is_void = models.BooleanField(default=False)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(_("reason"), max_length=300, default="", blank=True)
    logged_by = models.CharField(max_length=50)
    fingerprint = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="contribution_quantity_positive"),
            models.CheckConstraint(condition=Q(people__gt=0), name="contribution_has_people"),
            models.CheckConstraint(
                condition=~Q(unit="hour") | Q(quantity__lte=24 * HUNDREDTHS * F("people")),
                name="contribution_day_has_24_hours",
            ),
            models.CheckConstraint(
                condition=Q(kind="money", unit="baht", basis="money", value_satang=F("quantity"))
                | (~Q(kind="money") & ~Q(unit="baht") & ~Q(basis="money")),
                name="contribution_money_is_its_own_value",
            ),
            models.CheckConstraint(
                condition=Q(basis="none", value_satang__isnull=True)
                | (~Q(basis="none") & Q(value_satang__isnull=False, value_satang__gte=0)),
                name="contribution_value_has_its_basis",
            ),
            models.CheckConstraint(
                condition=Q(basis="book", unit_value__isnull=False)
                | (~Q(basis="book") & Q(unit_value__isnull=True)),
                name="contribution_book_names_its_line",
            ),
            models.CheckConstraint(
                condition=Q(is_void=False) | Q(corrects__isnull=False), name="contribution_void_corrects"
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "-given_on", "-id"], name="contribution_of_partner"),
            models.Index(fields=["province", "-given_on", "-id"], name="contribution_in_province"),
            models.Index(fields=["partner", "fingerprint"], name="contribution_same_row"),
            models.Index(
                fields=["province", "-id"], condition=Q(state="received"), name="contribution_to_confirm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.given_on} {self.kind}"

    @property
    def amount(self) -> str:
        """The quantity as people write it: 12.5, 2,868."""
        return f"{as_decimal(self.quantity):,}"

    @property
    def stands(self) -> bool:
        """Whether it counts: nothing corrects it and it is not void."""
        return not self.is_void and not hasattr(self, "corrected_by")


class ContributionEventQuerySet(models.QuerySet["ContributionEvent"]):
    def standing(self) -> Self:
        """Events of contributions that count."""
        return self.filter(contribution__corrected_by__isnull=True, contribution__is_void=False)


class ContributionEvent(models.Model):
    """A step of a contribution, append-only, each once.

    `logger` repeats who logged the contribution, so that the table itself refuses a confirmation by the same person.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Contribution.State.choices)
    occurred_on = models.DateField()
    actor_key = models.CharField(max_length=50)
    logger = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ContributionEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "kind"], name="contribution_step_once"),
            models.CheckConstraint(
                condition=~Q(kind="confirmed") | ~Q(actor_key=F("logger")),
                name="contribution_confirmed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["kind", "occurred_on"], name="contribution_step_by_day")]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.kind}"


CONTRIBUTION_READERS = (*STAFF, *GIVERS, *COUNTRY_READERS)
"""Roles that have a list of contributions at all."""

PARTNER_READERS = (*STAFF, *COUNTRY_READERS, Role.ADMINISTRATOR)
"""Roles that have a list of partners."""
