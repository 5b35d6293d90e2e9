"""Open cases of one's centres, narrowed down; and what moves when some of them go to a colleague."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import CASEWORKERS
from casework.models import Episode, EpisodeEvent, FollowUp, FollowUpResult, Legal
from casework.rules import MEETINGS
from casework.rules.caseload import LATE, ME, NOBODY, tidy
from common.actor import Actor

STATES = frozenset(Episode.State.values) - {Episode.State.CLOSED}
CATEGORIES = frozenset(Legal.values)


def filters(asked: Mapping[str, str]) -> dict[str, str]:
    """What of `asked` can be meant."""
    return tidy(asked, states=STATES, categories=CATEGORIES)


def open_cases(actor: Actor) -> "QuerySet[Episode]":
    """Open cases of the centres where the actor does casework, that they may see."""
    own = actor.centres_as(*CASEWORKERS)
    return Episode.objects.visible_to(actor).filter(centre_id__in=own, closed_on__isnull=True)


def narrowed(actor: Actor, wanted: Mapping[str, str], *, today: date) -> "QuerySet[Episode]":
    """Open cases that fit all of `wanted` (as `filters` gives them), in the order of the dictionary."""
    found = open_cases(actor)
    planned = FollowUp.objects.filter(episode=OuterRef("pk"), state=FollowUp.State.PLANNED)
    conditions = {
        "state": lambda value: Q(state=value),
        "worker": lambda value: _of_worker(actor, value),
        "appointments": lambda value: (
            Exists(planned.filter(due_on__lt=today)) if value == LATE else ~Exists(planned)
        ),
        "category": lambda value: Q(client__legal_category=value),
        "district": lambda value: Q(client__district_text=value),
        "quiet": lambda value: _quiet_since(today - timedelta(days=int(value))),
    }
    for key, value in wanted.items():
        found = found.filter(conditions[key](value))
    return found.order_by("client__sort_key", "pk")


def _of_worker(actor: Actor, value: str) -> Q:
    if value == NOBODY:
        return Q(worker__isnull=True)
    return Q(worker_id=actor.user_id) if value == ME else Q(worker__uid=value)


def _quiet_since(day: date) -> Q:
    """No contact after `day`: neither one that was recorded nor a follow-up at which they were met."""
    contacts = EpisodeEvent.objects.standing().filter(
        episode=OuterRef("pk"), kind=EpisodeEvent.Kind.CONTACTED, occurred_on__gt=day
    )
    meetings = FollowUpResult.objects.standing().filter(
        follow_up__episode=OuterRef("pk"), result__in=MEETINGS, occurred_on__gt=day
    )
    return Q(opened_on__lte=day) & ~Exists(contacts) & ~Exists(meetings)


def last_contacts(cases: Sequence[Episode]) -> dict[int, date]:
    """Episode → the last day on which somebody was in contact, where there was one. Two queries."""
    days: dict[int, date] = {}
    contacts = EpisodeEvent.objects.standing().filter(episode__in=cases, kind=EpisodeEvent.Kind.CONTACTED)
    meetings = FollowUpResult.objects.standing().filter(follow_up__episode__in=cases, result__in=MEETINGS)
    for rows, path in ((contacts, "episode_id"), (meetings, "follow_up__episode_id")):
        for key, day in rows.order_by().values_list(path).annotate(last=Max("occurred_on")):
            days[key] = max(day, days.get(key, day))
    return days


def districts(actor: Actor) -> list[str]:
    """Districts that stand in the files of these cases."""
    found = open_cases(actor).exclude(client__district_text="").order_by("client__district_text")
    return list(found.values_list("client__district_text", flat=True).distinct())


@dataclass(frozen=True)
class Moves:
    """What moves when cases go to `worker`.

    Attributes:
        cases: those that move, with client and present worker.
        stay: they are the worker's already.
        follow_ups: keys of the planned appointments that go along.
        by_worker: (who has them now, None for nobody; cases; appointments), most cases first.
    """

    worker: User
    cases: list[Episode]
    stay: int
    follow_ups: list[int]
    by_worker: list[tuple[User | None, int, int]]

    @property
    def mark(self) -> str:
        """The same as long as the very same cases and appointments would move, from the same people."""
        of_whom = sorted((case.pk, case.worker_id or 0) for case in self.cases)
        return sha256(repr((self.worker.pk, of_whom, self.follow_ups)).encode()).hexdigest()[:32]


def what_moves(cases: Iterable[Episode], worker: User) -> Moves:
    """Of these cases (with their workers), and of the appointments that their present workers have planned."""
    everything = list(cases)
    moving = [case for case in everything if case.worker_id != worker.pk]
    theirs = FollowUp.objects.filter(episode__in=moving, state=FollowUp.State.PLANNED).filter(
        Q(worker=F("episode__worker")) | Q(worker__isnull=True, episode__worker__isnull=True)
    )
    planned = list(theirs.order_by("pk").values_list("pk", "episode_id"))
    of = {case.pk: case.worker_id for case in moving}
    people = {case.worker_id: case.worker for case in moving}
    numbers = {
        key: (sum(1 for one in of.values() if one == key), sum(1 for _pk, case in planned if of[case] == key))
        for key in people
    }
    ordered = sorted(numbers, key=lambda key: (-numbers[key][0], str(people[key] or "")))
    return Moves(
        worker=worker,
        cases=moving,
        stay=len(everything) - len(moving),
        follow_ups=[key for key, _case in planned],
        by_worker=[(people[key], *numbers[key]) for key in ordered],
    )
