"""Money on its way to landlords: their bank accounts, and batches of payouts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid
from common.money import LARGEST
from rentshare.models.ledger import Books, Posting
from rentshare.models.room import Landlord


class LandlordBooks(Books):
    centre_path = "landlord__centre"


class RowBooks(Books):
    centre_path = "batch__centre"


class BankAccount(models.Model):
    """Where a landlord is paid, once a second person confirmed it; a new one takes the place of the one before.

    Only who confirmed it and its end may change. The number is kept encrypted; pages show its last digits.
    """

    class Bank(models.TextChoices):
        BBL = "002", _("Bangkok Bank")
        KBANK = "004", _("Kasikornbank")
        KTB = "006", _("Krungthai Bank")
        TTB = "011", _("TMBThanachart Bank")
        SCB = "014", _("Siam Commercial Bank")
        BAY = "025", _("Bank of Ayudhya (Krungsri)")
        GSB = "030", _("Government Savings Bank")
        GHB = "033", _("Government Housing Bank")
        BAAC = "034", _("Bank for Agriculture and Agricultural Cooperatives")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="bank_accounts")
    bank = models.CharField(_("bank"), max_length=3, choices=Bank.choices)
    number = EncryptedText(_("account number"))
    holder = models.CharField(_("name of the account"), max_length=120)
    proposed_by = models.CharField(max_length=50)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=50, default="")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = LandlordBooks.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord"],
                condition=Q(ended_at__isnull=True, confirmed_at__isnull=False),
                name="landlord_paid_into_one_account",
            ),
            models.UniqueConstraint(
                fields=["landlord"],
                condition=Q(ended_at__isnull=True, confirmed_at__isnull=True),
                name="landlord_one_account_proposed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | Q(confirmed_at__isnull=False) & ~Q(confirmed_by="") & ~Q(confirmed_by=F("proposed_by")),
                name="bank_account_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} …{self.last_digits}"

    @property
    def last_digits(self) -> str:
        return str(self.number)[-4:]


class PayoutBatch(models.Model):
    """What landlords are paid together: frozen when it is collected, approved by another person, then settled."""

    class State(models.TextChoices):
        FROZEN = "frozen", _("waits for approval")
        APPROVED = "approved", _("approved, at the bank")
        DONE = "done", _("settled")
        DROPPED = "dropped", _("dropped")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.FROZEN)
    made_by = models.CharField(max_length=50)
    made_at = models.DateTimeField()
    approved_by = models.CharField(max_length=50, default="")
    approved_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="", blank=True)

    objects = Books.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by="", state__in=["frozen", "dropped"])
                | Q(approved_at__isnull=False, state__in=["approved", "done"])
                & ~Q(approved_by="")
                & ~Q(approved_by=F("made_by")),
                name="payout_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""), name="payout_dropped_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How the batch is named on paper and to the bank."""
        return f"PO-{self.pk:06d}"


class PayoutRow(models.Model):
    """One landlord's payout in a batch, in satang; amount and account never change.

    It is waiting until the bank paid or rejected it. A landlord has one waiting payout at most, so that none leaves
    twice; a rejected one is owed as before and is collected again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the bank")
        PAID = "paid", _("paid")
        REJECTED = "rejected", _("rejected by the bank")
        DROPPED = "dropped", _("dropped")

    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveSmallIntegerField()
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="payouts")
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="payouts")
    amount = models.PositiveBigIntegerField(_("amount"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, null=True, related_name="payout_row")
    reason = models.CharField(max_length=300, default="", blank=True)
    settled_by = models.CharField(max_length=50, default="", blank=True)

    objects = RowBooks.as_manager()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="payout_row_number_once"),
            models.UniqueConstraint(
                fields=["landlord"], condition=Q(state="waiting"), name="payout_waits_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=LARGEST), name="payout_has_amount"),
            models.CheckConstraint(
                condition=Q(state="paid", posting__isnull=False) | ~Q(state="paid") & Q(posting__isnull=True),
                name="payout_paid_is_posted",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""), name="payout_rejected_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"
