"""Lists of relief grants: narrowed down and summed up."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, DateField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Centre
from accounts.roles import CASEWORKERS, Role
from casework.models import ReliefGrant, ReliefPayment
from common.actor import Actor
from common.thai.periods import Month


def waiting_for(actor: Actor) -> QuerySet[ReliefGrant]:
    """Grants that wait for the actor to decide about them, or to pay them."""
    return ReliefGrant.objects.to_decide(actor) | ReliefGrant.objects.to_pay(actor)


def narrowed(actor: Actor, wanted: Mapping[str, str]) -> QuerySet[ReliefGrant]:
    """Grants the actor sees that fit `wanted`: state, month ("2026-11") and centre (its code); a wrong value is none.

    A paid grant belongs to the month in which it was paid, any other to that of its application: `counted_on`.
    """
    standing = ReliefPayment.objects.filter(grant=OuterRef("pk"), reversal__isnull=True).order_by("-pk")
    paid_on = Subquery(standing.values("paid_on")[:1], output_field=DateField())
    found = ReliefGrant.objects.visible_to(actor).annotate(counted_on=Coalesce(paid_on, "applied_on"))
    if state := wanted.get("state"):
        found = found.filter(state=state) if state in ReliefGrant.State.values else found.none()
    if centre := wanted.get("centre"):
        found = found.filter(centre__in=centres_of(actor).filter(code=centre.replace("\x00", "")))
    if text := wanted.get("month"):
        try:
            month = Month.parse(text)
        except ValueError:
            return found.none()
        found = found.filter(counted_on__range=(month.first, month.last))
    return found


def sums(grants: QuerySet[ReliefGrant]) -> list[tuple[str, int, int]]:
    """(state, how many, satang) of those states that occur, in the order of the states."""
    rows = grants.order_by().values("state").annotate(n=Count("pk"), sum=Sum("amount"))
    found = {row["state"]: (row["n"], row["sum"]) for row in rows}
    return [(state, *found[state]) for state in ReliefGrant.State.values if state in found]


def centres_of(actor: Actor) -> QuerySet[Centre]:
    """Centres whose grants the actor reads as a whole."""
    if actor.has(Role.AUDITOR):
        return Centre.objects.order_by("code")
    return Centre.objects.filter(pk__in=actor.centres_as(*CASEWORKERS, Role.FINANCE_OFFICER)).order_by("code")


def shown_row(grant: ReliefGrant, name: str) -> dict[str, Any]:
    """One line of a list."""
    return {"grant": grant, "name": name, "tone": TONES[grant.state]}


TONES = {"applied": "warn", "approved": "brand", "paid": "ok", "refused": "bad", "cancelled": ""}
