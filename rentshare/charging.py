"""A month's rent as postings: the one place where the rules become rows, for a run and for a correction alike."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from common import clock
from common.actor import Actor
from common.db import bulk
from common.thai.periods import Month
from rentshare import books, rules
from rentshare.models import Account, Period, Posting, SchemeVersion, Tenancy
from rentshare.rules.terms import Terms, month_number, split_month

COLUMNS = [
    "debit_id", "credit_id", "amount", "posted_on", "period_id", "kind", "tenancy_id", "rent_month", "party",
    "revision", "reverses_id", "note", "actor_key", "recorded_at",
]  # fmt: skip
LOOKED_AT = 5000
RENT_KINDS = (Posting.Kind.CHARGE, Posting.Kind.RENT, Posting.Kind.SURPLUS)
_ACCOUNTS = {rules.PROGRAMME: Account.Kind.PROGRAMME, rules.OTHER: Account.Kind.OTHER}


class Chargeable(NamedTuple):
    """What a month's rent follows from."""

    tenancy_id: int
    rent: int
    starts_on: date
    ends_on: date | None
    version_id: int
    account_id: int
    landlord_account_id: int


CHARGEABLE = ("pk", "rent", "starts_on", "ends_on", "version_id", "account_id", "lease__landlord_account_id")


def chargeable(tenancy: Tenancy) -> Chargeable:
    """One tenancy, as `Charger` wants it."""
    return Chargeable(
        tenancy.pk, tenancy.rent, tenancy.starts_on, tenancy.ends_on, tenancy.version_id, tenancy.account_id,
        tenancy.lease.landlord_account_id,
    )  # fmt: skip


def next_uncharged(
    centre_id: int, month: Month, *, until: date, after: int, limit: int
) -> tuple[list[Chargeable], int]:
    """Of the next `limit` tenancies of a centre with a day in `month` (begun by `until`), in order of their keys, those
    that were never charged for it; and the key to go on after, 0 when these were the last.

    Two plain look-ups by key: as one anti-join the planner, which knows nothing yet of the month that is being
    charged, compares every tenancy with every posting.
    """
    living = Tenancy.objects.in_month(month).filter(centre_id=centre_id, starts_on__lte=until, pk__gt=after)
    found = [Chargeable(*row) for row in living.order_by("pk").values_list(*CHARGEABLE)[:limit]]
    rent = Posting.objects.filter(
        tenancy__in=[one.tenancy_id for one in found],
        rent_month=str(month),
        party=rules.LANDLORD,
        revision=0,
        reverses__isnull=True,
    )
    charged = set(rent.order_by().values_list("tenancy_id", flat=True))
    last = found[-1].tenancy_id if len(found) == limit else 0
    return [one for one in found if one.tenancy_id not in charged], last


def is_charged(centre_id: int, month: Month) -> bool:
    """Whether everybody who lived in a room of the centre in `month` was charged for it."""
    after = 0
    while True:
        left, after = next_uncharged(centre_id, month, until=month.last, after=after, limit=LOOKED_AT)
        if left or not after:
            return not left


class Charger:
    """Makes the postings of a month's rent at one centre."""

    def __init__(self, actor: Actor, period: Period, month: Month, *, now: datetime | None = None) -> None:
        self.actor, self.period, self.month = actor, period, month
        self.centre_id, self.now = period.centre_id, now or clock.now()
        self.rent_account = books.account(self.centre_id, Account.Kind.RENT).pk
        self._versions: dict[int, tuple[SchemeVersion, Terms]] = {}
        self._accounts: dict[tuple[str, str], int] = {}
        self._splits: dict[tuple[int, int, int, int | None], rules.Split] = {}
        self._month = str(month)

    def charge(self, tenancies: Iterable[Chargeable], *, revision: int = 0, on: date | None = None) -> int:
        """Post the month's rent of `tenancies`; returns how many rows that were. `on` is the accounting date, the
        first day stayed in the month unless given."""
        rows = [row for one in tenancies for row in self.rows(one, revision=revision, on=on)]
        bulk.insert(Posting, COLUMNS, rows)
        return len(rows)

    def rows(
        self, one: Chargeable, *, revision: int = 0, on: date | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """The postings of one tenancy's rent, none when no day of the month was stayed."""
        rent = rules.rent_of_month(one.rent, self.month, one.starts_on, one.ends_on)
        if not rent:
            return
        first = rules.decisive_day(self.month, one.starts_on)
        version, terms = self._version(one.version_id)
        cap = terms.cap and rules.rent_of_month(terms.cap, self.month, one.starts_on, one.ends_on)
        split = self._split(one.version_id, terms, rent, month_number(self.month, one.starts_on), cap)
        day = on or first
        movements = [
            (self._payer(party, one, version), self.rent_account, part, "charge", party)
            for party, part in split.parts.items()
        ]
        movements.append((self.rent_account, one.landlord_account_id, rent, "rent", rules.LANDLORD))
        if split.surplus:
            fund = self._account(Account.Kind.FUND, version.surplus_fund)
            movements.append((self.rent_account, fund, split.surplus, "surplus", rules.FUND))
        period, month, key, now = self.period.pk, self._month, self.actor.key, self.now
        for debit, credit, amount, what, party in movements:
            yield (
                debit, credit, amount, day, period, what, one.tenancy_id, month, party, revision, None, "", key, now,
            )  # fmt: skip

    def _split(self, version_id: int, terms: Terms, rent: int, number: int, cap: int | None) -> rules.Split:
        """Many rents are alike."""
        key = (version_id, rent, number, cap)
        if key not in self._splits:
            self._splits[key] = split_month(terms, rent, number, cap)
        return self._splits[key]

    def _payer(self, party: str, one: Chargeable, version: SchemeVersion) -> int:
        if party == rules.PARTICIPANT:
            return one.account_id
        return self._account(_ACCOUNTS[party], version.other_funder if party == rules.OTHER else "")

    def _account(self, kind: str, subject: str) -> int:
        key = (kind, subject)
        if key not in self._accounts:
            self._accounts[key] = books.account(self.centre_id, kind, subject).pk
        return self._accounts[key]

    def _version(self, version_id: int) -> tuple[SchemeVersion, Terms]:
        """What a tenancy was signed under; a later version of the scheme leaves it alone."""
        if version_id not in self._versions:
            found = SchemeVersion.objects.prefetch_related("steps").get(pk=version_id)
            self._versions[version_id] = (found, found.terms)
        return self._versions[version_id]


def standing_rent(tenancy: Tenancy, months: Q) -> list[Posting]:
    """Rent rows of a tenancy that have not been reversed; `months` is a condition on rent_month."""
    reversed_ = Posting.objects.filter(reverses=OuterRef("pk"))
    rows = Posting.objects.filter(months, ~Exists(reversed_), tenancy=tenancy, kind__in=RENT_KINDS)
    return list(rows.filter(reverses__isnull=True).order_by("pk"))
