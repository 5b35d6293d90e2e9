"""Figures of rent rooms: who lives there, who was charged what, what is owed, who is still housed.

Money is summed from postings, to the satang, by the day they bear in the books; a correction is a posting of its own
and counts, with its sign, in the month it was made in. So a month whose books are closed never changes.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.money import format_baht
from governance import rules
from governance.indicators.registry import Indicator, Opened, Window, register
from governance.rules import Row
from governance.saying import day
from rentshare.models import Posting, Tenancy
from rentshare.rules import OTHER, PARTICIPANT, PROGRAMME, Stay, is_housed

PROVINCE = "centre__province_id"
WELL = {Tenancy.Reason.HAS_WORK, Tenancy.Reason.OWN_HOME, Tenancy.Reason.FAMILY}


class OfNamedTenants:
    """Rows of tenancies, opened only for those who may read the tenant's name."""

    def __init__(self, rows: QuerySet[Any], path: str) -> None:
        self.rows, self.path = rows, path

    def visible_to(self, actor: Actor) -> QuerySet[Any]:
        named = Tenancy.objects.nameable_by(actor).order_by()
        return self.rows.filter(**{f"{self.path}__in": named.values("pk")})


def _tenancies() -> OfNamedTenants:
    return OfNamedTenants(Tenancy.objects.all(), "pk")


def _opened(tenancy: Tenancy, key: int, when: date, detail: Any) -> Opened:
    client = tenancy.client
    return Opened(
        key=key,
        name=client.display_name,
        code=client.code,
        url=reverse("rentshare:tenancy", kwargs={"uid": tenancy.uid}),
        when=when,
        detail=str(detail),
        subject=str(client.uid),
    )


def _baht(satang: int) -> str:
    return format_baht(satang, "en" if get_language() == "en" else "th")


# --- active tenancies --------------------------------------------------------------------------------------


def active(window: Window) -> Iterator[Row]:
    rows = window.within(Tenancy.objects.on(window.until), PROVINCE).order_by().values_list(PROVINCE, "pk")
    return (Row(province, key, "", True) for province, key in rows.iterator())


def _describe_tenancies(found: QuerySet[Tenancy]) -> Iterator[Opened]:
    for tenancy in found.select_related("client", "bed__room__property"):
        room = tenancy.bed.room
        yield _opened(tenancy, tenancy.pk, tenancy.starts_on, f"{room.property.name} {room.number}")


register(
    Indicator(
        code="active_tenancies",
        title=_("People in rent rooms at month end"),
        definition=_(
            "Tenancies that hold on the last day of the month. A tenancy is one person in one bed, so a room with "
            "two tenants counts twice."
        ),
        kind="count",
        section="rooms",
        rows=active,
        facts=_tenancies,
        describe=_describe_tenancies,
    )
)


# --- rent charged, by who pays -----------------------------------------------------------------------------


def charged(window: Window) -> Iterator[Row]:
    rows = Posting.objects.filter(
        kind=Posting.Kind.CHARGE, posted_on__range=(window.month.first, window.until)
    )
    path = "period__centre__province_id"
    found = window.within(rows, path).order_by().values_list(path, "pk", "party", "amount", "reverses_id")
    for province, key, party, amount, reverses in found.iterator():
        yield Row(province, key, party, True, -amount if reverses else amount)


def _describe_charged(found: QuerySet[Posting]) -> Iterator[Opened]:
    for posting in found.select_related("tenancy__client"):
        said = _baht(-posting.amount if posting.reverses_id else posting.amount)
        assert posting.tenancy is not None  # noqa: S101 (a charge has one: a constraint)
        yield _opened(posting.tenancy, posting.pk, posting.posted_on, said)


register(
    Indicator(
        code="rent_charged",
        title=_("Rent charged, by who pays"),
        definition=_(
            "Rent posted in the month to tenants, to the programme and to other funders, in baht. What was taken back "
            "in the month counts with a minus, also when the rent was charged in an earlier month."
        ),
        kind="breakdown",
        section="rooms",
        unit="satang",
        rows=charged,
        facts=lambda: OfNamedTenants(Posting.objects.all(), "tenancy"),
        describe=_describe_charged,
        groups=lambda: {
            PARTICIPANT: pgettext_lazy("who pays", "tenants"),
            PROGRAMME: pgettext_lazy("who pays", "the programme"),
            OTHER: pgettext_lazy("who pays", "other funders"),
        },
    )
)


# --- arrears -----------------------------------------------------------------------------------------------


def _sum(side: str, until: date) -> Coalesce:
    """What an account has on one side by the end of a day."""
    rows = Posting.objects.filter(**{side: OuterRef("account")}, posted_on__lte=until).order_by()
    return Coalesce(Subquery(rows.values(side).annotate(sum=Sum("amount")).values("sum")), 0)


def _owing(until: date) -> QuerySet[Tenancy]:
    found: QuerySet[Tenancy] = Tenancy.objects.annotate(
        owed=_sum("debit", until) - _sum("credit", until)
    ).filter(owed__gt=0)
    return found.order_by()


def arrears(window: Window) -> Iterator[Row]:
    rows = window.within(_owing(window.until), PROVINCE).values_list(PROVINCE, "pk", "owed")
    return (Row(province, key, "", True, owed) for province, key, owed in rows.iterator())


def _describe_arrears(found: QuerySet[Tenancy]) -> Iterator[Opened]:
    today = found.annotate(owed=_sum("debit", date.max) - _sum("credit", date.max))
    for tenancy in today.select_related("client"):
        owes = _("owes %(baht)s today") if tenancy.owed > 0 else _("owes nothing today")
        said = owes % {"baht": _baht(tenancy.owed)} if tenancy.owed > 0 else owes
        yield _opened(tenancy, tenancy.pk, tenancy.starts_on, said)


register(
    Indicator(
        code="rent_arrears",
        title=_("Rent owed by tenants at month end"),
        definition=_(
            "What tenants were charged by the last day of the month and had not paid, in baht. Somebody who paid ahead "
            "takes nothing off what others owe. Tenancies that have ended count as long as something is owed."
        ),
        kind="count",
        section="rooms",
        unit="satang",
        rows=arrears,
        facts=_tenancies,
        describe=_describe_arrears,
        good="down",
    )
)


# --- still housed after three months -----------------------------------------------------------------------


def _stays(window: Window) -> QuerySet[Tenancy]:
    """Every stay of whoever moved in in the month asked about."""
    cohort = window.month.plus(-window.basis["months"])
    moved_in = Tenancy.objects.filter(person=OuterRef("person"), starts_on__range=(cohort.first, cohort.last))
    found: QuerySet[Tenancy] = Tenancy.objects.filter(Exists(moved_in)).order_by("starts_on", "pk")
    return found


def still_housed(window: Window) -> Iterator[Row]:
    months = window.basis["months"]
    cohort = window.month.plus(-months)
    rows = _stays(window).values_list("person_id", PROVINCE, "pk", "starts_on", "ends_on", "end_reason")
    people: dict[int, list[tuple[str, int, date, date | None, str]]] = defaultdict(list)
    for person, *stay in rows.iterator():
        people[person].append((stay[0], stay[1], stay[2], stay[3], stay[4]))
    for stays in people.values():
        # Whoever only changed rooms did not move in; of several beginnings the first counts.
        begun = [one for one in stays if one[2] in cohort and not _follows_another(one[2], stays)]
        if not begun:
            continue
        province, key, moved_in, _ends, _reason = begun[0]
        on = rules.months_after(moved_in, months)
        died = any(one[4] == Tenancy.Reason.DIED and one[3] and one[3] <= on for one in stays)
        if on > window.until or died or window.province not in {None, province}:
            continue
        lived = [Stay(one[2], one[3], one[4] in WELL) for one in stays]
        yield Row(province, key, "", is_housed(lived, on))


def _follows_another(starts_on: date, stays: list[tuple[str, int, date, date | None, str]]) -> bool:
    """Whether the room before was left the day before at the earliest."""
    return any(
        begun < starts_on and (ended is None or (starts_on - ended).days <= 1)
        for _province, _key, begun, ended, _reason in stays
    )


def _describe_housed(found: QuerySet[Tenancy]) -> Iterator[Opened]:
    for tenancy in found.select_related("client"):
        left = tenancy.ends_on
        said = (
            _("left %(day)s: %(reason)s") % {"day": day(left), "reason": tenancy.get_end_reason_display()}
            if left
            else _("still there")
        )
        yield _opened(tenancy, tenancy.pk, tenancy.starts_on, said)


register(
    Indicator(
        code="still_housed",
        title=_("Still housed after %(months)s months"),
        definition=_(
            "Of the people who moved into a rent room in the month %(months)s months earlier, those who on the same "
            "day %(months)s months later had a room of the programme, or had left it for work, a home of their own or "
            "the family. Who only changed rooms did not move in; people who died are left out. The number of months, "
            "and what counts as housed, are our default."
        ),
        kind="share",
        section="rooms",
        rows=still_housed,
        facts=_tenancies,
        describe=_describe_housed,
        basis=lambda: {"months": settings.REPORT_HOUSED_MONTHS},
        good="up",
    )
)
