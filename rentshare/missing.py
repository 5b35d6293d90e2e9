"""What tenants should have paid by now and did not: the ledger and the plans as the rules want them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, When

from common.thai.periods import Month
from rentshare import rules
from rentshare.arrears import owing
from rentshare.models import Instalment, MissedShare, PaymentPlan, Posting, Tenancy
from rentshare.reading import owed_by
from rentshare.rules.missing import Missed, Obligation, missed


def living_and_owing(today: date) -> "QuerySet[Tenancy]":
    """Tenancies that hold on `today` and owe anything."""
    return owing(Tenancy.objects.on(today))


def without_case(found: "QuerySet[Tenancy]") -> "QuerySet[Tenancy]":
    """Those of `found` where a missed share was noticed and there was no open case to plan a talk in."""
    alone = MissedShare.objects.filter(follow_up__isnull=True).order_by().values("tenancy")
    return found.filter(pk__in=alone)


def noticed(found: "QuerySet[Tenancy]") -> "QuerySet[Tenancy]":
    """Those of `found` where a missed share was noticed."""
    return found.filter(pk__in=MissedShare.objects.order_by().values("tenancy"))


def missed_by(tenancies: Collection[Tenancy], today: date) -> dict[int, list[Missed]]:
    """Key of the tenancy → what it missed by `today`, the earliest first. The tenancies come with their version.

    Under a plan, the instalments stand for all that was owed when it was agreed, and months charged since then stand
    beside them. Four queries, however many.
    """
    owed, found = owed_by(tenancies), {}
    to_pay = _obligations(tenancies)
    for one in tenancies:
        found[one.pk] = missed(to_pay[one.pk], owed[one.pk].balance, today=today, grace=one.version.grace)
    return found


def _obligations(tenancies: Collection[Tenancy]) -> dict[int, list[Obligation]]:
    keys = {one.pk: one for one in tenancies}
    plans = PaymentPlan.objects.filter(tenancy__in=keys, ended_on__isnull=True).order_by()
    found: dict[int, list[Obligation]] = defaultdict(list)
    for part in Instalment.objects.filter(plan__in=plans).select_related("plan"):
        found[part.plan.tenancy_id].append(Obligation(part.due_on, part.amount, instalment=part.pk))
    agreed_at = PaymentPlan.objects.filter(tenancy=OuterRef("tenancy"), ended_on__isnull=True)
    rows = Posting.objects.filter(tenancy__in=keys, kind=Posting.Kind.CHARGE, party=rules.PARTICIPANT)
    since = rows.annotate(agreed_at=Subquery(agreed_at.values("recorded_at")[:1])).filter(
        Q(agreed_at__isnull=True) | Q(recorded_at__gt=F("agreed_at"))
    )
    net = Sum(Case(When(reverses__isnull=True, then=F("amount")), default=-F("amount")))
    for key, text, amount in since.order_by().values_list("tenancy", "rent_month").annotate(net=net):
        if amount > 0:
            due = rules.decisive_day(Month.parse(text), keys[key].starts_on)
            found[key].append(Obligation(due, amount, month=text))
    return found


@dataclass(frozen=True, slots=True)
class PlanPart:
    """An instalment as a page shows it; `short` is what is missing although its time is over, in satang."""

    instalment: Instalment
    short: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """The plan that holds for a tenancy, with its parts."""

    plan: PaymentPlan
    parts: list[PlanPart]

    @property
    def behind(self) -> int:
        """Satang that should have been paid by now."""
        return sum(part.short for part in self.parts)


def agreed_for(tenancy: Tenancy, today: date) -> Agreed | None:
    """The plan that holds; None when none does."""
    plan = PaymentPlan.objects.filter(tenancy=tenancy, ended_on__isnull=True).first()
    if plan is None:
        return None
    short = {one.of.instalment: one.short for one in missed_by([tenancy], today)[tenancy.pk]}
    parts = [PlanPart(part, short.get(part.pk, 0)) for part in plan.instalments.all()]
    return Agreed(plan, parts)
