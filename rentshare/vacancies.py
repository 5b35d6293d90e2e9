"""Beds that can be let: of leased rooms of the actor's centres, and from which day on each is free."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q

from common.actor import Actor
from common.money import split
from rentshare import permissions
from rentshare.models import Bed, Lease, Tenancy


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A bed of a leased room. `free_from` is None when nobody lives in it; `share` is an equal part of the room's
    monthly rent in satang, by bed, the parts summing to the rent."""

    lease: Lease
    bed: Bed
    beds: int
    share: int
    free_from: date | None

    @property
    def key(self) -> str:
        return f"{self.lease.uid}/{self.bed.uid}"


def vacancies(actor: Actor, today: date) -> list[Vacancy]:
    """Beds that are free now or from a known day on, by house, room and bed. Three queries."""
    centres = [centre for centre in actor.centre_ids if permissions.can_sign_tenancy(actor, centre)]
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    letting = Prefetch("tenancies", Tenancy.objects.filter(running).order_by("starts_on"), to_attr="running")
    beds = Prefetch("room__beds", Bed.objects.order_by("label", "pk").prefetch_related(letting))
    leases = Lease.objects.visible_to(actor).filter(running, centre__in=centres)
    leases = leases.select_related("room__property", "landlord").prefetch_related(beds)
    found = []
    for lease in leases.order_by("room__property__name", "room__number", "starts_on"):
        all_beds = list(lease.room.beds.all())
        parts = split(lease.monthly_rent, [1] * len(all_beds)) if all_beds else []
        for bed, part in zip(all_beds, parts, strict=True):
            if any(one.ends_on is None for one in bed.running):
                continue
            last = max((one.ends_on for one in bed.running), default=None)
            free = last + timedelta(days=1) if last else None
            found.append(Vacancy(lease, bed, len(all_beds), part, free))
    return found
