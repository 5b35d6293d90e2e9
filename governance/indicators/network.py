"""Figures of the network: what was received and what it is worth, how much of it others saw, hours of volunteers.

They count the step "received" by its day; of a chain of corrections the last row counts, and what never came does not.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.money import format_baht
from governance.indicators.registry import Indicator, Opened, Window, register
from governance.rules import Row
from governance.saying import day
from network.models import Contribution, ContributionEvent
from network.models.units import Kind

State = Contribution.State
PROVINCE = "province_id"


def _received(window: Window) -> QuerySet[Contribution]:
    """What counts and was received in the window."""
    steps = ContributionEvent.objects.filter(
        contribution=OuterRef("pk"),
        kind=State.RECEIVED,
        occurred_on__range=(window.month.first, window.until),
    )
    found = Contribution.objects.standing().filter(Exists(steps))
    return window.within(found, PROVINCE).order_by()


def _successors(keys: Collection[int]) -> dict[int, int]:
    """Follow each chain of corrections to its end; one query for each link of the longest chain."""
    today = {key: key for key in keys}
    while links := dict(
        Contribution.objects.filter(corrects_id__in=set(today.values()), is_void=False)
        .order_by()
        .values_list("corrects_id", "pk")
    ):
        today = {key: links.get(now, now) for key, now in today.items()}
    return {key: now for key, now in today.items() if key != now}


def _worth(row: Contribution) -> str:
    if row.value_satang is None:
        return str(Contribution.Basis.NONE.label)
    return format_baht(row.value_satang, "en" if get_language() == "en" else "th")


def _when(kind: str) -> Any:
    steps = ContributionEvent.objects.filter(contribution=OuterRef("pk"), kind=kind).order_by("pk")
    return Subquery(steps.values("occurred_on")[:1])


def _opened(found: QuerySet[Contribution], said: Any) -> Iterator[Opened]:
    rows = found.select_related("partner").annotate(
        received_on=_when(State.RECEIVED), confirmed_on=_when(State.CONFIRMED)
    )
    for row in rows:
        yield Opened(
            key=row.pk,
            name=f"{row.what} {row.amount} {row.get_unit_display()}",
            code=row.partner.code,
            url=reverse("network:contribution", args=[row.uid]),
            when=row.received_on or row.given_on,
            detail=f"{row.partner.name} · {said(row)}",
        )


# --- what was received -------------------------------------------------------------------------------------


def received(window: Window) -> Iterator[Row]:
    rows = _received(window).values_list(PROVINCE, "pk", "kind", "value_satang")
    return (Row(province, key, kind, True, worth or 0) for province, key, kind, worth in rows.iterator())


register(
    Indicator(
        code="contributions_received",
        title=_("Contributions received, by kind"),
        definition=_(
            "Value in baht of what partners gave and was received on a day of the month, by kind. Money is its own "
            "value; everything else has the value that the unit-value book gave a unit on the day it was given. What "
            "the book knows no value for is among the rows and adds nothing. Promises are left out."
        ),
        kind="breakdown",
        section="community",
        unit="satang",
        rows=received,
        facts=lambda: Contribution.objects.all(),
        describe=lambda found: _opened(found, _worth),
        groups=lambda: dict(Kind.choices),
        successors=_successors,
        good="up",
    )
)


# --- seen by somebody else ---------------------------------------------------------------------------------


def confirmed(window: Window) -> Iterator[Row]:
    seen = ContributionEvent.objects.filter(
        contribution=OuterRef("pk"), kind=State.CONFIRMED, occurred_on__lte=window.until
    )
    rows = _received(window).annotate(seen=Exists(seen)).values_list(PROVINCE, "pk", "seen")
    return (Row(province, key, "", counts) for province, key, counts in rows.iterator())


def _seen_on(row: Any) -> str:
    if row.confirmed_on is None:
        return str(_("not confirmed"))
    return str(_("confirmed %(day)s") % {"day": day(row.confirmed_on)})


register(
    Indicator(
        code="contributions_confirmed",
        title=_("Contributions confirmed"),
        definition=_(
            "Of the contributions received on a day of the month, those that somebody else than who wrote them down "
            "had confirmed when the month ended."
        ),
        kind="share",
        section="community",
        rows=confirmed,
        facts=lambda: Contribution.objects.all(),
        describe=lambda found: _opened(found, _seen_on),
        successors=_successors,
        good="up",
    )
)


# --- hours of volunteers -----------------------------------------------------------------------------------


def hours(window: Window) -> Iterator[Row]:
    rows = _received(window).filter(kind=Kind.HOURS).values_list(PROVINCE, "pk", "quantity")
    return (Row(province, key, "", True, quantity) for province, key, quantity in rows.iterator())


register(
    Indicator(
        code="volunteer_hours",
        title=_("Volunteer hours"),
        definition=_(
            "Hours that volunteers gave on a day of the month, added up as partners and their centres wrote them down. "
            "One person gives at most 24 hours a day."
        ),
        kind="count",
        section="community",
        unit="hours",
        rows=hours,
        facts=lambda: Contribution.objects.all(),
        describe=lambda found: _opened(found, _worth),
        successors=_successors,
        good="up",
    )
)
