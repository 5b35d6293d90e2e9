"""The trial balance of a centre's books, and what landlords are owed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from rentshare.models import Account, Landlord, Posting

Kind = Account.Kind


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """An account, or all tenants (all landlords) together. `accounts` says how many were added up; `subject` names a
    fund or a funder, "" else."""

    kind: str
    kind_label: str
    subject: str
    accounts: int
    debits: int
    credits: int

    @property
    def balance(self) -> int:
        return self.debits - self.credits

    @property
    def debit_balance(self) -> int:
        return max(0, self.balance)

    @property
    def credit_balance(self) -> int:
        return max(0, -self.balance)


@dataclass(frozen=True, slots=True)
class Balance:
    """A trial balance. `difference` is zero, always: every posting stands once on either side."""

    until: date | None
    lines: tuple[BalanceLine, ...]

    @property
    def debits(self) -> int:
        return sum(line.debits for line in self.lines)

    @property
    def credits(self) -> int:
        return sum(line.credits for line in self.lines)

    @property
    def difference(self) -> int:
        return self.debits - self.credits


def trial_balance(centre_ids: Collection[int] | None = None, until: date | None = None) -> Balance:
    """The books of these centres (None: of all) up to the end of the day `until` (None: to the end).

    Tenants stand together on one line and landlords on another; the other accounts each on their own.
    """
    rows = Posting.objects.all().order_by()
    if centre_ids is not None:
        rows = rows.filter(period__centre__in=list(centre_ids))
    if until is not None:
        rows = rows.filter(posted_on__lte=until)
    totals: dict[tuple[str, str], list[int]] = {}
    seen: dict[tuple[str, str], set[int]] = {}
    for place, side in enumerate(("debit", "credit")):
        for key, kind, subject, amount in _by_account(rows, side):
            name = (kind, subject if kind in {Kind.FUND, Kind.OTHER} else "")
            totals.setdefault(name, [0, 0])[place] += amount
            seen.setdefault(name, set()).add(key)
    order, labels = list(Kind.values), dict(Kind.choices)
    lines = [
        BalanceLine(kind, str(labels[kind]), subject, len(seen[kind, subject]), *amounts)
        for (kind, subject), amounts in sorted(totals.items(), key=lambda t: (order.index(t[0][0]), t[0][1]))
    ]
    return Balance(until, tuple(lines))


def _by_account(rows: "QuerySet[Posting]", side: str) -> "QuerySet[Posting, tuple[int, str, str, int]]":
    """(account, kind, subject, satang) of one side, summed by account."""
    grouped = rows.values(f"{side}_id", f"{side}__kind", f"{side}__subject").annotate(sum=Sum("amount"))
    return grouped.values_list(f"{side}_id", f"{side}__kind", f"{side}__subject", "sum")


@dataclass(frozen=True, slots=True)
class PayableLine:
    """What a landlord has earned, has been paid and is owed, in satang; `leases` counts the leases there are."""

    landlord: Landlord
    account: Account
    leases: int
    earned: int
    paid: int

    @property
    def owed(self) -> int:
        return self.earned - self.paid


def landlords_payable(
    landlords: "QuerySet[Landlord]", since: date | None = None, until: date | None = None
) -> list[PayableLine]:
    """What each of `landlords` is owed for rent, by name; `since` and `until` bound the accounting date.

    What was reversed is neither earned nor paid.
    """
    rows = Posting.objects.order_by()
    rows = rows.filter(posted_on__gte=since) if since else rows
    rows = rows.filter(posted_on__lte=until) if until else rows
    found = landlords.annotate(lease_count=Count("leases", distinct=True))
    accounts = {a.landlord_id: a for a in Account.objects.filter(kind=Kind.LANDLORD, landlord__in=landlords)}
    keys = [account.pk for account in accounts.values()]
    rent = _net(rows.filter(kind=Posting.Kind.RENT), "credit", "debit", keys)
    paid = _net(rows.filter(kind=Posting.Kind.PAYOUT), "debit", "credit", keys)
    return [
        PayableLine(one, account, one.lease_count, rent.get(account.pk, 0), paid.get(account.pk, 0))
        for one in found
        if (account := accounts.get(one.pk)) is not None
    ]


def _net(rows: "QuerySet[Posting]", more: str, less: str, keys: list[int]) -> dict[int, int]:
    """Account → sum on the side `more` minus sum on the side `less`."""
    net: dict[int, int] = {}
    for side, sign in ((more, 1), (less, -1)):
        sums = rows.filter(**{f"{side}__in": keys}).values_list(f"{side}_id").annotate(sum=Sum("amount"))
        for key, amount in sums:
            net[key] = net.get(key, 0) + sign * amount
    return net
