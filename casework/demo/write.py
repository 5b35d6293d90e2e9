"""Writes the demo's clients through the same door as everybody else (`write_clients`)."""

import random
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TypeVar

from django.db.models import Case, When

from accounts.demo import demo_email
from accounts.models import Centre, Membership, User
from accounts.roles import Role
from casework.demo import pools
from casework.demo.intake import answers
from casework.models import (
    Client,
    Episode,
    EpisodeEvent,
    FollowUp,
    Need,
    Note,
    Notice,
    RelatedPerson,
    SafetyFlag,
)
from casework.registering import NewAppointment, NewClient, write_clients
from common import demo
from common.demo import Demo
from common.models import Holiday
from common.thai import idnumber
from common.workdays import next_workday

Chosen = TypeVar("Chosen")

DEEP = {"10", "30"}
"""Centres shown in depth; the others have people, episodes and follow-ups only."""

LADDER = (7, 14, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330)
"""Follow-up days after contact: our default."""

YEAR = 365


def write(d: Demo) -> None:
    """People of all provinces with a year of episodes, follow-ups and results; more of it in DEEP centres."""
    holidays = set(Holiday.objects.values_list("day", flat=True))
    for centre in (
        Centre.objects.filter(kind=Centre.Kind.PROVINCIAL).select_related("province").order_by("code")
    ):
        people = _how_many(centre.code, d.people)
        maker = _Maker(d, centre, holidays)
        new = [maker.client() for _ in range(people)]
        keys = write_clients(actor=d.actor, centre=centre, new=new, synthetic=True)
        _returns(d, centre, keys, new)
        if centre.code in DEEP:
            _depth(d, keys, new)
    _busy_morning(d, holidays)
    d.say(f"{Client.objects.count()} people served, {FollowUp.objects.count()} follow-ups")


def _how_many(code: str, people: int) -> int:
    if code in pools.PROVINCE_SHARE:
        return round(people * pools.PROVINCE_SHARE[code])
    rest = 1 - sum(pools.PROVINCE_SHARE.values())
    return max(1, round(people * rest / (77 - len(pools.PROVINCE_SHARE))))


def _pick(chance: random.Random, weighted: Sequence[tuple[Chosen, float]]) -> Chosen:
    return chance.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]


class _Maker:
    """Makes people of one centre."""

    def __init__(self, d: Demo, centre: Centre, holidays: set[date]) -> None:
        self.today, self.chance, self.centre, self.holidays = d.today, d.chance, centre, holidays
        held = Membership.objects.filter(centre=centre, role=Role.SOCIAL_WORKER).order_by("pk")
        self.workers = list(held.values_list("user_id", flat=True))
        self.places = pools.PLACES.get(centre.code) or [
            f"{p}{centre.province.name_th}" for p in pools.PLACES_ELSEWHERE
        ]

    def client(self) -> NewClient:
        """Somebody noticed within the last year, with what has happened since."""
        chance = self.chance
        noticed = self.today - timedelta(days=int(chance.triangular(0, YEAR + 60, 90)))
        c = self._who(noticed)
        c.worker_id = chance.choice(self.workers)
        self._history(c, noticed)
        return c

    def _who(self, noticed: date) -> NewClient:
        chance = self.chance
        man = chance.random() < pools.MEN_SHARE
        low, high = _pick(chance, pools.AGES)
        born = date(noticed.year - chance.randint(low, high), chance.randint(1, 12), chance.randint(1, 28))
        precision = _pick(chance, (("day", 78), ("year", 20), ("month", 2)))
        place = chance.choice(self.places)
        c = NewClient(
            sex=Client.Sex.MALE if man else Client.Sex.FEMALE,
            born_on=born.replace(month=1, day=1) if precision == "year" else born,
            born_precision=str(precision),
            found_place=place,
            sleeping_place=place if chance.random() < 0.6 else "",
            cause=str(_pick(chance, pools.CAUSES)),
            channel=str(_pick(chance, pools.CHANNELS)),
            noticed_on=noticed,
            home_province=chance.choice([self.centre.province_id, "10", "34", "40", "31", "32", "57"]),
        )
        if chance.random() < 0.025:
            c.descriptor, c.nickname = chance.choice(pools.DESCRIPTORS), ""
            c.born_on, c.id_status = None, Client.IdStatus.NOT_ASKED
            answers(c, chance)
            return c
        c.title = "นาย" if man else chance.choice(["นาง", "นางสาว"])
        c.first_name = chance.choice(pools.MEN if man else pools.WOMEN)
        c.last_name = chance.choice(pools.SURNAMES) if chance.random() < 0.88 else ""
        c.nickname = chance.choice(pools.NICKNAMES) if chance.random() < 0.6 else ""
        self._papers(c)
        answers(c, chance)
        return c

    def _papers(self, c: NewClient) -> None:
        chance = self.chance
        status = str(
            _pick(
                chance,
                (
                    ("has_card", 45),
                    ("lost_card", 24),
                    ("unverified", 12),
                    ("none", 6),
                    ("category_0", 3),
                    ("unknown", 10),
                ),
            )
        )
        c.id_status = status
        if status in {"has_card", "lost_card", "unverified", "category_0"}:
            first = "0" if status == "category_0" else chance.choice("1345")
            stem = f"{first}9999{chance.randrange(10**7):07d}"
            c.pin = f"{stem}{idnumber.check_digit(stem)}"
            c.pin_verified = status == "has_card"
        if chance.random() < 0.45:
            c.phone, c.phone_shared = (
                f"0{chance.choice('689')}{chance.randrange(10**8):08d}",
                chance.random() < 0.25,
            )

    def _history(self, c: NewClient, noticed: date) -> None:
        chance, today = self.chance, self.today
        met = noticed + timedelta(
            days=int(_pick(chance, ((0, 30), (1, 28), (2, 16), (3, 12), (5, 8), (8, 6))))
        )
        if met > today:
            return
        kind = EpisodeEvent.Kind
        c.events.append((kind.CONTACTED, met, ""))
        c.events.append((kind.ACCEPTED_HELP if chance.random() < 0.9 else kind.DECLINED_HELP, met, ""))
        c.state = str(
            _pick(chance, (("contact", 2), ("fact_finding", 3), ("plan", 2), ("follow_through", 6)))
            if (today - met).days > 10
            else Episode.State.CONTACT
        )
        stays = chance.randint(25, 320)
        closed = met + timedelta(days=stays) if met + timedelta(days=stays) <= today else None
        if closed:
            c.closed = (closed, str(_pick(chance, pools.OUTCOMES)))
        self._appointments(c, met, closed or today + timedelta(days=45))

    def _appointments(self, c: NewClient, met: date, until: date) -> None:
        chance = self.chance
        for days in LADDER:
            due = next_workday(met + timedelta(days=days), self.holidays, inclusive=True)
            if due > until:
                return
            a = NewAppointment(
                due_on=due,
                due_time=time(chance.choice([9, 10, 11, 13, 14, 15]), chance.choice([0, 30])),
                kind=str(_pick(chance, (("visit", 50), ("phone", 25), ("outreach", 15), ("office", 10)))),
                purpose=chance.choice(pools.PURPOSES),
            )
            if due < self.today and not self._left_open(due):
                a.result = str(
                    _pick(
                        chance,
                        (("met", 62), ("met_by_phone", 18), ("not_found", 12), ("moved", 3), ("refused", 5)),
                    )
                )
                a.occurred_on = min(
                    self.today, due + timedelta(days=int(_pick(chance, ((0, 82), (1, 8), (3, 6), (7, 4)))))
                )
            c.appointments.append(a)
            if due >= self.today:
                return

    def _left_open(self, due: date) -> bool:
        """Some of the last ten days' appointments are late, as in life."""
        return (self.today - due).days <= 10 and self.chance.random() < 0.3


def _returns(d: Demo, centre: Centre, keys: list[int], new: list[NewClient]) -> None:
    """Some people whose episode closed come back."""
    episodes, events, notices = [], [], []
    for key, c in zip(keys, new, strict=True):
        if not c.closed or c.closed[1] == "died" or d.chance.random() > 0.14:
            continue
        back = c.closed[0] + timedelta(days=d.chance.randint(20, 240))
        if back > d.today:
            continue
        episode = Episode(
            client_id=key,
            centre=centre,
            worker_id=c.worker_id,
            number=2,
            state=Episode.State.CONTACT,
            opened_on=back,
        )
        episodes.append(episode)
        common = {"episode": episode, "client_id": key, "centre": centre, "actor_key": d.actor.key}
        events.append(
            EpisodeEvent(kind=EpisodeEvent.Kind.OPENED, occurred_on=back, value=c.channel, **common)
        )
        if back < d.today:
            met = min(d.today, back + timedelta(days=d.chance.randint(0, 4)))
            events.append(EpisodeEvent(kind=EpisodeEvent.Kind.CONTACTED, occurred_on=met, **common))
        notices.append(Notice(channel=c.channel, noticed_on=back, place=c.found_place, **common))
    Episode.objects.bulk_create(episodes)
    EpisodeEvent.objects.bulk_create(events)
    Notice.objects.bulk_create(notices)


def _depth(d: Demo, keys: list[int], new: list[NewClient]) -> None:
    """Needs, notes, families and safety flags."""
    first_episodes = dict(Episode.objects.filter(client_id__in=keys, number=1).values_list("client_id", "pk"))
    needs, notes, family, flags = [], [], [], []
    for key, c in zip(keys, new, strict=True):
        stated, chance = c.noticed_on or d.today, d.chance
        for kind in {str(_pick(chance, pools.NEED_KINDS)) for _ in range(chance.randint(1, 3))}:
            met = bool(c.closed) or chance.random() < 0.3
            needs.append(
                Need(
                    client_id=key,
                    episode_id=first_episodes[key],
                    kind=kind,
                    words=pools.WORDS[kind],
                    urgent=chance.random() < 0.15,
                    state=Need.State.MET if met else Need.State.OPEN,
                    stated_on=stated,
                    settled_on=(c.closed[0] if c.closed else d.today) if met else None,
                )
            )
        if chance.random() < 0.5:
            text = chance.choice(pools.NOTES)
            notes.append(
                Note(
                    client_id=key,
                    episode_id=first_episodes[key],
                    text=text,
                    author_id=c.worker_id,
                    occurred_on=stated,
                )
            )
        if c.last_name and chance.random() < 0.2:
            relation = chance.choice(["child", "sibling", "parent", "spouse", "guardian"])
            name = f"{chance.choice(pools.WOMEN + pools.MEN)} {c.last_name}"
            family.append(
                RelatedPerson(client_id=key, relation=relation, name=name, may_contact=chance.random() < 0.7)
            )
        if chance.random() < 0.03:
            flags.append(
                SafetyFlag(
                    client_id=key,
                    kind=SafetyFlag.Kind.MEDICAL,
                    text="เป็นเบาหวาน ถ้าซึมหรือเหงื่อออกมาก โทร 1669 ทันที",
                    review_on=d.today + timedelta(days=60),
                )
            )
    Need.objects.bulk_create(needs)
    Note.objects.bulk_create(notes)
    RelatedPerson.objects.bulk_create(family)
    SafetyFlag.objects.bulk_create(flags)


def _busy_morning(d: Demo, holidays: set[date]) -> None:
    """Whoever opens the demo as the social worker finds people late, people due today and people to come.

    In a small demo chance may have given them nobody: then their colleagues' people become theirs.
    """
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    theirs_first = Case(When(worker=worker, then=0), default=1)
    planned = FollowUp.objects.filter(
        episode__centre__memberships__user=worker,
        state=FollowUp.State.PLANNED,
        episode__closed_on__isnull=True,
    ).order_by(theirs_first, "-due_on", "pk")
    late_day = next_workday(d.today - timedelta(days=7), holidays, inclusive=True)
    days = [
        (late_day, time(10)),
        (d.today, time(9, 30)),
        (d.today, time(11)),
        (late_day, None),
        (d.today, time(14)),
    ]
    for follow_up, (day, hour) in zip(planned[: len(days)], days, strict=False):
        Episode.objects.filter(pk=follow_up.episode_id).update(worker=worker)
        FollowUp.objects.filter(episode_id=follow_up.episode_id).update(worker=worker)
        FollowUp.objects.filter(pk=follow_up.pk).update(due_on=day, due_time=hour)


demo.add(demo.Part("casework", write), order=30)
