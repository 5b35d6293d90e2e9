"""Tenancies whose tenant owes, found in the database and not by adding up each."""

from typing import Any, cast

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from rentshare.models import Posting, Tenancy


def with_balance(found: "QuerySet[Tenancy]") -> "QuerySet[Tenancy]":
    """Each with `balance`, in satang: above zero is owed, below zero a credit."""

    def side(name: str) -> Coalesce:
        rows = Posting.objects.order_by().filter(**{name: OuterRef("account")}).values(name)
        total = rows.annotate(sum=Sum("amount")).values("sum")
        return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)

    return found.annotate(balance=side("debit") - side("credit"))


def owing(found: "QuerySet[Tenancy]") -> "QuerySet[Tenancy]":
    """Those that owe anything."""
    rows: Any = with_balance(found)
    return cast("QuerySet[Tenancy]", rows.filter(balance__gt=0))


def total(found: "QuerySet[Tenancy]") -> tuple[int, int]:
    """(how many owe, satang together) of these tenancies."""
    rows = owing(found).order_by().aggregate(sum=Sum(F("balance")))
    return owing(found).count(), int(rows["sum"] or 0)
