"""The ledger: accounts, months that close, and postings that are never edited. Amounts are integer satang."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre
from accounts.roles import CASEWORKERS
from common.actor import Actor
from common.ids import time_ordered_uuid
from common.money import LARGEST
from rentshare.models.room import Landlord
from rentshare.models.scope import BOOK_READERS, of_own_centres, sees_all
from rentshare.models.tenancy import Tenancy


class Books(models.QuerySet[Any]):
    """Rows of a centre's books; those of one tenancy are seen with it."""

    centre_path = "centre"
    tenancy_path = ""

    def visible_to(self, actor: Actor) -> Self:
        if sees_all(actor):
            return self
        seen = of_own_centres(actor, BOOK_READERS, self.centre_path)
        if self.tenancy_path and actor.has(*CASEWORKERS):
            seen |= Q(**{f"{self.tenancy_path}__in": Tenancy.objects.visible_to(actor).order_by()})
        return self.filter(seen)


class AccountBooks(Books):
    tenancy_path = "tenancy"


class PostingBooks(Books):
    centre_path = "period__centre"
    tenancy_path = "tenancy"


class ReceiptBooks(Books):
    tenancy_path = "tenancy"


class Account(models.Model):
    """One account of a centre's books, once for each kind and subject.

    Balances are debits minus credits: what a tenant owes is above zero, what is owed to a landlord below.
    """

    class Kind(models.TextChoices):
        TENANT = "tenant", _("Tenants")
        PROGRAMME = "programme", _("The programme's share")
        OTHER = "other", _("Other funders' share")
        RENT = "rent", _("Rent on its way")
        LANDLORD = "landlord", _("Owed to landlords")
        FUND = "fund", _("Surplus funds")
        CASH = "cash", _("Cash and bank")
        DEPOSIT = "deposit", _("Deposits")

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.CharField(max_length=120, default="", blank=True)
    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, null=True, related_name="accounts")

    objects = AccountBooks.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "kind", "subject"], name="account_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}".strip()


class Period(models.Model):
    """A month of a centre's books; once closed it takes no posting and stays closed (guards)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=50, default="")

    objects = Books.as_manager()

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "month"], name="rent_period_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="")
                | Q(closed_at__isnull=False) & ~Q(closed_by=""),
                name="rent_period_closed_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.month}"


class RentRun(models.Model):
    """The run that charges a month's rent at one centre: when it ran and what it wrote. Rerun, it changes nothing."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    tenancies = models.PositiveIntegerField(default=0)
    postings = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    actor_key = models.CharField(max_length=50)

    objects = Books.as_manager()

    class Meta:
        ordering = ["-month", "centre"]
        constraints = [models.UniqueConstraint(fields=["centre", "month"], name="rent_run_once")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.month}"


class Posting(models.Model):
    """One movement: `amount` satang from the credited to the debited account. Append-only.

    A month's rent of a tenancy is a set of rows with the same `rent_month` and `revision`, one for each party:
    who pays (tenant, programme, other funder) is debited against the account "rent on its way", which pays the
    landlord and the surplus fund and is empty again. A correction is a row that `reverses` another, the accounts
    changed over; a month that was charged wrongly is reversed and charged anew under the next revision.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge", _("rent charged")
        RENT = "rent", _("rent owed to the landlord")
        SURPLUS = "surplus", _("surplus for the fund")
        PAYMENT = "payment", _("payment by the tenant")
        FUNDING = "funding", _("share paid in by a funder")
        PAYOUT = "payout", _("payment to the landlord")

    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits", db_index=False)
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits", db_index=False)
    amount = models.PositiveBigIntegerField()
    posted_on = models.DateField()
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    tenancy = models.ForeignKey(
        Tenancy, on_delete=models.PROTECT, null=True, related_name="postings", db_index=False
    )
    rent_month = models.CharField(max_length=7, default="", blank=True)
    party = models.CharField(max_length=12, default="", blank=True)
    revision = models.PositiveSmallIntegerField(default=0)
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reversals", db_index=False
    )
    note = models.CharField(max_length=300, default="", blank=True)
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField()

    objects = PostingBooks.as_manager()

    class Meta:
        ordering = ["posted_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=LARGEST), name="posting_has_amount"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="posting_has_two_sides"),
            models.UniqueConstraint(
                fields=["tenancy", "rent_month", "party", "revision"],
                condition=Q(reverses__isnull=True) & ~Q(rent_month=""),
                name="rent_charged_once",
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="posting_reversed_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["charge", "rent", "surplus"], tenancy__isnull=False)
                & ~Q(rent_month="")
                & ~Q(party="")
                | Q(kind__in=["payment", "funding", "payout"], rent_month=""),
                name="posting_of_rent_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["debit", "posted_on"], name="posting_by_debit"),
            models.Index(fields=["credit", "posted_on"], name="posting_by_credit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class ReceiptNumber(models.Model):
    """The last number given, per centre and fiscal year (Buddhist Era); taken in the receipt's transaction."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "fiscal_year"], name="receipt_number_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.centre_id}/{self.fiscal_year}: {self.last}"


class Receipt(models.Model):
    """What a tenant holds for money paid, append-only. Its number leaves no gap; void, it keeps it.

    `posting` is the payment; the receipt is void once that is reversed.
    """

    class Method(models.TextChoices):
        CASH = "cash", _("cash")
        TRANSFER = "transfer", _("bank transfer")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="receipts")
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="receipt")
    amount = models.PositiveBigIntegerField(_("amount"))
    received_on = models.DateField(_("received on"))
    method = models.CharField(
        _("how it was paid"), max_length=10, choices=Method.choices, default=Method.CASH
    )
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ReceiptBooks.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "fiscal_year", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0, number__gt=0), name="receipt_has_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}/{self.number}"

    @property
    def code(self) -> str:
        """As it is printed: centre, fiscal year, number: R30-2570-00012."""
        return f"R{self.centre.code}-{self.fiscal_year}-{self.number:05d}"
