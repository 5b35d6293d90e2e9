"""The statement of one account: what stood before, every movement, what stands after. It is the ledger itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from rentshare.models import Account, Posting


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement. Exactly one of `debit` and `credit` is above zero; `balance` is what stands after it.

    `party`, `rent_month` ("2026-11") and `receipt` (its code) are "" where there is none; `reverses` is the number of
    the entry it takes back, `reversed_by` of the one that took it back.
    """

    number: int
    posted_on: date
    kind: str
    kind_label: str
    party: str
    rent_month: str
    debit: int
    credit: int
    balance: int
    receipt: str = ""
    receipt_uid: str = ""
    reverses: int | None = None
    reversed_by: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """An account from `since` to `until` (None: from the beginning, to the end). Balances are debits minus credits:
    above zero a tenant owes, below zero has a credit. `opening + debits - credits == closing`."""

    account: Account
    since: date | None
    until: date | None
    opening: int
    lines: tuple[StatementLine, ...]
    debits: int
    credits: int

    @property
    def closing(self) -> int:
        return self.opening + self.debits - self.credits


def postings_of(account: Account) -> "QuerySet[Posting]":
    """Every posting that touches an account, in the order of the ledger."""
    found: QuerySet[Posting] = Posting.objects.filter(Q(debit=account) | Q(credit=account))
    return found.order_by("posted_on", "pk")


def balance_of(account: Account, *, before: date | None = None) -> int:
    """Debits minus credits of an account, of all days or of those before one."""
    rows = Posting.objects.all() if before is None else Posting.objects.filter(posted_on__lt=before)
    debits = rows.filter(debit=account).aggregate(sum=Sum("amount"))["sum"] or 0
    credits_ = rows.filter(credit=account).aggregate(sum=Sum("amount"))["sum"] or 0
    return int(debits) - int(credits_)


def statement(account: Account, since: date | None = None, until: date | None = None) -> Statement:
    """The statement of `account` from `since` to `until`, both days included. Three queries at most."""
    opening = balance_of(account, before=since) if since else 0
    rows = postings_of(account)
    if since:
        rows = rows.filter(posted_on__gte=since)
    if until:
        rows = rows.filter(posted_on__lte=until)
    lines = tuple(
        _lines(account, rows.select_related("receipt__centre").prefetch_related("reversals"), opening)
    )
    return Statement(
        account=account,
        since=since,
        until=until,
        opening=opening,
        lines=lines,
        debits=sum(line.debit for line in lines),
        credits=sum(line.credit for line in lines),
    )


def _lines(account: Account, rows: Iterable[Posting], balance: int) -> Iterable[StatementLine]:
    for row in rows:
        debit = row.amount if row.debit_id == account.pk else 0
        credit = 0 if debit else row.amount
        balance += debit - credit
        receipt = getattr(row, "receipt", None)
        back = next(iter(row.reversals.all()), None)
        yield StatementLine(
            number=row.pk,
            posted_on=row.posted_on,
            kind=row.kind,
            kind_label=row.get_kind_display(),
            party=row.party,
            rent_month=row.rent_month,
            debit=debit,
            credit=credit,
            balance=balance,
            receipt=receipt.code if receipt else "",
            receipt_uid=str(receipt.uid) if receipt else "",
            reverses=row.reverses_id,
            reversed_by=back.pk if back else None,
            note=row.note,
        )
