"""Lists of relief grants: narrowed down, summed up, and whose name may be read in them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, DateField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Centre
from accounts.roles import CASEWORKERS, Role
from casework.models import Client, ReliefGrant, ReliefPayment
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
        found = found.filter(state=state)
    if centre := wanted.get("centre"):
        found = found.filter(centre__code=centre)
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


def opened_by(actor: Actor, grants: Collection[ReliefGrant]) -> set[int]:
    """Keys of the clients, of these grants, whose file the actor may open."""
    clients = Client.objects.visible_to(actor).filter(pk__in=[grant.client_id for grant in grants])
    return set(clients.order_by().values_list("pk", flat=True))


def names_of(actor: Actor, grants: Collection[ReliefGrant]) -> dict[int, str]:
    """Key of the grant → the person's name; their code where the file is restricted and not the actor's to open.

    Whoever pays reads the name, because the receipt carries it. The grants come with their client.
    """
    opened = opened_by(actor, grants)
    books = actor.centres_as(Role.FINANCE_OFFICER)
    return {
        grant.pk: grant.client.display_name
        if grant.client_id in opened or (grant.centre_id in books and not grant.client.restricted)
        else grant.client.code
        for grant in grants
    }


def shown_row(grant: ReliefGrant, name: str) -> dict[str, Any]:
    """One line of a list."""
    return {"grant": grant, "name": name, "tone": TONES[grant.state]}


TONES = {"applied": "warn", "approved": "brand", "paid": "ok", "refused": "bad", "cancelled": ""}
