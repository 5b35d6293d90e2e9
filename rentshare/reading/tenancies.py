"""A tenancy in one look: who, where, which share, what is owed; and its receipts."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum

from common.actor import Actor
from common.money import format_baht
from common.thai import baht
from common.thai.periods import Month
from rentshare import permissions, rules
from rentshare.models import Posting, Receipt, Tenancy
from rentshare.rules import Owed
from rentshare.rules.terms import month_number, shares_in, split_month

Kind = Posting.Kind


@dataclass(frozen=True, slots=True)
class TenancySummary:
    """What a page says at its top. `name` is the client's code where the actor may not read the name."""

    tenancy: Tenancy
    name: str
    named: bool
    place: str
    bed: str
    scheme: str
    shares: rules.Shares
    share_of_rent: dict[str, int]
    owed: Owed
    is_current: bool


def tenancy_summary(tenancy: Tenancy, actor: Actor, today: date) -> TenancySummary:
    """`tenancy` as `actor` may see it; the shares are those of today (of its first or last day, outside its time)."""
    named = permissions.can_name(actor, tenancy)
    room = tenancy.bed.room
    day = max(tenancy.starts_on, min(today, tenancy.ends_on or today))
    terms = tenancy.version.terms
    number = month_number(Month.of(day), tenancy.starts_on)
    split = split_month(terms, tenancy.rent, number, terms.cap)
    return TenancySummary(
        tenancy=tenancy,
        name=tenancy.client.display_name if named else tenancy.client.code,
        named=named,
        place=f"{room.property.name} {room.number}",
        bed=tenancy.bed.label,
        scheme=tenancy.scheme.name_th,
        shares=shares_in(terms, number),
        share_of_rent=split.parts,
        owed=owed_by([tenancy])[tenancy.pk],
        is_current=tenancy.starts_on <= today and (tenancy.ends_on is None or tenancy.ends_on >= today),
    )


def owed_by(tenancies: Collection[Tenancy], until: date | None = None) -> dict[int, Owed]:
    """Key of the tenancy → what was charged and paid, net of reversals, up to the end of `until`. Two queries."""
    accounts = {tenancy.account_id: tenancy.pk for tenancy in tenancies}
    rows = Posting.objects.order_by()
    rows = rows.filter(posted_on__lte=until) if until else rows
    net: dict[tuple[int, str], int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        sums = rows.filter(**{f"{side}__in": list(accounts)}).values_list(f"{side}_id", "kind")
        for account, kind, amount in sums.annotate(sum=Sum("amount")):
            key = (accounts[account], kind)
            net[key] = net.get(key, 0) + sign * amount
    return {
        pk: Owed(net.get((pk, Kind.CHARGE), 0), -net.get((pk, Kind.PAYMENT), 0)) for pk in accounts.values()
    }


@dataclass(slots=True)
class MonthRent:
    """A month's rent of one tenancy, in satang, net of reversals: what each payer was charged, what the landlord and
    the fund were due. `sum(charged.values()) == landlord + fund`, always."""

    month: str
    charged: dict[str, int] = field(default_factory=dict)
    landlord: int = 0
    fund: int = 0
    reversed: bool = False


def rent_of(tenancy: Tenancy) -> list[MonthRent]:
    """Each month that was ever charged, the latest first. One query."""
    months: dict[str, MonthRent] = {}
    rows = Posting.objects.filter(tenancy=tenancy).exclude(rent_month="").order_by("-rent_month", "pk")
    for row in rows:
        month = months.setdefault(row.rent_month, MonthRent(row.rent_month))
        amount = -row.amount if row.reverses_id else row.amount
        month.reversed |= bool(row.reverses_id)
        if row.party == rules.LANDLORD:
            month.landlord += amount
        elif row.party == rules.FUND:
            month.fund += amount
        else:
            month.charged[row.party] = month.charged.get(row.party, 0) + amount
    return list(months.values())


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt as it is printed. `amount_words` is Thai (หนึ่งพันห้าร้อยบาทถ้วน); `void_on` is the day it was taken
    back, None while it stands."""

    receipt: Receipt
    code: str
    payer: str
    amount: int
    amount_text: str
    amount_words: str
    void_on: date | None
    void_reason: str
    owed: Owed


def receipt_view(receipt: Receipt, actor: Actor) -> ReceiptView:
    """`receipt` as `actor` may see it; a payer whose name the actor may not read is named by code."""
    tenancy = receipt.tenancy
    back = receipt.posting.reversals.first()
    return ReceiptView(
        receipt=receipt,
        code=receipt.code,
        payer=tenancy.client.display_name if permissions.can_name(actor, tenancy) else tenancy.client.code,
        amount=receipt.amount,
        amount_text=format_baht(receipt.amount),
        amount_words=baht.in_words(receipt.amount),
        void_on=back.posted_on if back else None,
        void_reason=back.note if back else "",
        owed=owed_by([tenancy])[tenancy.pk],
    )
