"""Who does whose follow-ups on a day: leave moves them to a colleague; what is late reaches a back-up and a lead."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Membership, User
from accounts.roles import LEADS, Role
from casework.models import BackUp, Client, FollowUp, Leave
from casework.models.client import FILE_READERS
from casework.rules import ladder
from common import clock
from common.actor import Actor

Reach = dict[int, set[int]]


def covers_on(day: date) -> dict[int, int]:
    """Who is away on `day` → who covers for them."""
    return dict(Leave.objects.on(day).values_list("user_id", "cover_id"))


def stand_ins(day: date) -> dict[int, int | None]:
    """Who is away on `day` → who does their work then; None when everybody in the chain is away."""
    covers = covers_on(day)
    return {away: ladder.stand_in(away, covers) for away in covers}


def done_by(actor: Actor) -> Q:
    """Follow-ups that are `actor`'s today: their own and those of the colleagues they cover for."""
    covered = Leave.objects.on(clock.today()).filter(cover_id=actor.user_id).values("user_id")
    return Q(worker_id=actor.user_id) | Q(worker_id__in=covered)


def raised_to(actor: Actor) -> "QuerySet[FollowUp]":
    """Late follow-ups of colleagues that have climbed to `actor` and still wait."""
    found = FollowUp.objects.visible_to(actor).filter(
        state=FollowUp.State.PLANNED, ladder_steps__person_id=actor.user_id, due_on__lt=clock.today()
    )
    return found.exclude(worker_id=actor.user_id).distinct()


@dataclass(frozen=True)
class Reaches:
    """At which centres people open files on a day, and where they open restricted ones too."""

    files: Reach = field(default_factory=dict)
    restricted: Reach = field(default_factory=dict)

    def opens(self, person: int, *, centre_id: int, restricted: bool) -> bool:
        """Whether `person` may open a file of that centre. What was granted to another centre does not count here."""
        reach = self.restricted if restricted else self.files
        return centre_id in reach.get(person, ())

    def opens_file(self, person: int, client: Client) -> bool:
        return self.opens(person, centre_id=client.centre_id, restricted=client.restricted)


def reaches_on(day: date, people: Iterable[int]) -> Reaches:
    """Reaches of `people`; one query, none for nobody."""
    wanted = set(people)
    found = Reaches(defaultdict(set), defaultdict(set))
    if not wanted:
        return found
    held = Membership.objects.on(day).filter(
        user_id__in=wanted, user__is_active=True, role__in=FILE_READERS, centre__isnull=False
    )
    for person, centre, role in held.values_list("user_id", "centre_id", "role"):
        found.files[person].add(centre)
        if role in LEADS:
            found.restricted[person].add(centre)
    return found


def back_ups() -> dict[int, int]:
    """Worker → the colleague who hears first."""
    return dict(BackUp.objects.values_list("user_id", "colleague_id"))


def leads_on(day: date) -> dict[int, list[int]]:
    """Centre → who hears of what is late there, in this order: supervisors before heads, the longest there first."""
    held = Membership.objects.on(day).filter(role__in=LEADS, user__is_active=True, centre__isnull=False)
    found: dict[int, list[int]] = defaultdict(list)
    rows = held.order_by("starts_on", "pk").values_list("role", "centre_id", "user_id")
    for _role, centre, user in sorted(rows, key=lambda row: row[0] != Role.SUPERVISOR):
        if user not in found[centre]:
            found[centre].append(user)
    return dict(found)


def colleagues(user: User, day: date) -> "QuerySet[User]":
    """Who keeps files on `day` at a centre where `user` does."""
    held = Membership.objects.on(day).filter(role__in=FILE_READERS, centre__isnull=False)
    at = held.filter(user=user).values("centre_id")
    near = held.filter(centre_id__in=at).exclude(role=Role.NURSE)
    return (
        User.objects.filter(is_active=True, pk__in=near.values("user_id"))
        .exclude(pk=user.pk)
        .order_by("name", "pk")
    )
