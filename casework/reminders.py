"""Morning reminders: on working mornings each worker gets one letter with the follow-ups that are due or overdue.

In the same letter stands what a colleague who is away would have got, and what climbed the ladder to its reader that
morning (casework.actions.ladder): however much there is, one letter per person and day.

The schedule writes one occasion per morning, the occasion one row per worker, and those rows, taken in batches,
one letter each. A morning that was missed is made up for on the same day, never later: yesterday's reminder
only confuses. The letter holds codes and links, never a name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.roles import LEADS
from casework import covering
from casework.actions.ladder import climb
from casework.models import ClientGrant, FollowUp, LadderStep
from casework.models.client import FILE_READERS
from common import clock, due, holidays, letters, schedule
from common.actions import action
from common.actor import Actor, SystemActor
from common.permissions import require
from common.thai.dates import format_be
from common.workdays import workdays_between

KIND = "reminder"
MORNING, WORKER = "casework.reminders", "casework.reminder"
HOUR, MINUTE = 7, 30
BATCH = 500
LISTED = 40
"""So many follow-ups stand in a letter; of more, the number."""

letters.name_kind(KIND, gettext_lazy("Morning reminder"))


@dataclass(frozen=True, slots=True)
class Line:
    """One follow-up in a letter. `late` counts working days; on the first free day after it, it is 0.

    `colleague` is whose it is, where it is not the reader's own.
    """

    code: str
    kind: str
    due_on: date
    at: object
    late: int
    url: str
    colleague: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a round: workers with something due, letters written now, letters that stood already."""

    workers: int = 0
    letters: int = 0
    already: int = 0
    follow_ups: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(
            self.workers + other.workers,
            self.letters + other.letters,
            self.already + other.already,
            self.follow_ups + other.follow_ups,
        )


def due_by(day: date) -> QuerySet[FollowUp]:
    """Planned follow-ups due on `day` or before, of workers who are active and may open the file on that day.

    The rule of Client.objects.visible_to, for all workers at once; what falls to nobody here, the leads see on
    the team page.
    """
    held = Membership.objects.on(day).filter(user=OuterRef("worker"), role__in=FILE_READERS)
    at_home = held.filter(centre=OuterRef("client__centre"))
    theirs = Membership.objects.on(day).filter(user=OuterRef(OuterRef("worker")), role__in=FILE_READERS)
    granted = ClientGrant.objects.on(day).filter(
        client=OuterRef("client"), centre__in=theirs.values("centre")
    )
    openly = Q(client__restricted=False) | Q(episode__worker=F("worker"))
    return (
        FollowUp.objects.filter(state=FollowUp.State.PLANNED, due_on__lte=day, worker__is_active=True)
        .filter(episode__closed_on__isnull=True)
        .filter(Exists(at_home) | Exists(granted))
        .filter(openly | Exists(at_home.filter(role__in=LEADS)))
    )


def untold(day: date) -> QuerySet[LadderStep]:
    """Rungs climbed by `day` that no letter has told yet, of follow-ups that still wait."""
    return LadderStep.objects.filter(
        told_on__isnull=True,
        climbed_on__lte=day,
        follow_up__state=FollowUp.State.PLANNED,
        follow_up__episode__closed_on__isnull=True,
    )


def workers_with_due(day: date) -> list[str]:
    """uids of those who get a letter for `day`: they or whom they cover have something due, or something climbed."""
    away = covering.stand_ins(day)
    owners = due_by(day).order_by().values_list("worker_id", flat=True).distinct()
    people = {away.get(pk, pk) for pk in owners if pk} | set(untold(day).values_list("person_id", flat=True))
    found = User.objects.filter(pk__in=[pk for pk in people if pk], is_active=True).order_by("uid")
    return [str(uid) for uid in found.values_list("uid", flat=True)]


@dataclass(slots=True)
class Morning:
    """What one letter is about: the reader's own follow-ups, those they do for somebody away, and what climbed."""

    own: list[FollowUp]
    covered: list[FollowUp]
    raised: list[LadderStep]

    @property
    def earliest(self) -> date:
        days = [f.due_on for f in (*self.own, *self.covered)] + [s.follow_up.due_on for s in self.raised]
        return min(days)


@action
def write_reminders(*, actor: Actor, day: date, worker_uids: Collection[str]) -> Written:
    """Write the letters of `day` to these people; whoever has one already, or nothing due, gets none."""
    require(actor.is_system)
    users = {user.pk: user for user in User.objects.filter(uid__in=list(worker_uids), is_active=True)}
    mornings = _mornings_of(day, users)
    standing = letters.standing(KIND, day.isoformat(), [users[pk].key for pk in mornings])
    off = holidays.between(min((m.earliest for m in mornings.values()), default=day), day)
    new = [users[pk] for pk in mornings if users[pk].key not in standing]
    letters.write(_draft(user, day, mornings[user.pk], off) for user in new)
    told = [step.pk for user in new for step in mornings[user.pk].raised]
    if told:
        LadderStep.objects.filter(pk__in=told).update(told_on=day)
    count = sum(len(m.own) + len(m.covered) for m in mornings.values())
    return Written(len(mornings), len(new), len(standing), count)


def _mornings_of(day: date, users: Collection[int]) -> dict[int, Morning]:
    """Primary key of the reader → what the letter is about, the longest overdue first; a fixed number of queries."""
    away = covering.stand_ins(day)
    covers = {owner: cover for owner, cover in away.items() if cover in users}
    owners = [pk for pk in users if pk not in away] + [*covers]
    reaches = covering.reaches_on(day, cast("set[int]", set(covers.values())))
    mornings: dict[int, Morning] = defaultdict(lambda: Morning([], [], []))
    found = due_by(day).filter(worker_id__in=owners).select_related("client", "worker")
    found = found.only(
        "uid", "kind", "due_on", "due_time", "worker__name", "worker__email",
        "client__code", "client__centre_id", "client__restricted",
    )  # fmt: skip
    for follow_up in found.order_by("due_on", F("due_time").asc(nulls_last=True), "pk"):
        owner = cast(int, follow_up.worker_id)
        cover = covers.get(owner)
        if cover is None:
            mornings[owner].own.append(follow_up)
        elif reaches.opens_file(cover, follow_up.client):
            mornings[cover].covered.append(follow_up)
    steps = (
        untold(day).filter(person_id__in=list(users)).select_related("follow_up__client", "follow_up__worker")
    )
    for step in steps.order_by("follow_up__due_on", "pk"):
        mornings[step.person_id].raised.append(step)
    return dict(mornings)


def _draft(user: User, day: date, morning: Morning, off: Collection[date]) -> letters.Draft:
    with translation.override(user.language):
        lines = [_line(follow_up, day, off) for follow_up in morning.own]
        overdue = [line for line in lines if line.due_on < day]
        today = [line for line in lines if line.due_on == day]
        covered = [_line(follow_up, day, off, whose=True) for follow_up in morning.covered]
        raised = [_line(step.follow_up, day, off, whose=True) for step in morning.raised]
        beside = len(covered[LISTED:]) + len(raised[LISTED:])
        context = {
            "day": day,
            "overdue": overdue[:LISTED],
            "overdue_count": len(overdue),
            "today": today[: max(0, LISTED - len(overdue))],
            "today_count": len(today),
            "covered": covered[:LISTED],
            "covered_count": len(covered),
            "raised": raised[:LISTED],
            "raised_count": len(raised),
            "unlisted": max(0, len(lines) - LISTED) + beside,
            "my_day": settings.PUBLIC_URL + reverse("casework:today"),
            "public_url": settings.PUBLIC_URL,
        }
        return letters.Draft(
            recipient_key=user.key,
            to=user.email,
            kind=KIND,
            period=day.isoformat(),
            subject=_subject(day, morning, len(today), len(overdue)),
            text=render_to_string("email/reminder.txt", context).strip() + "\n",
            html=render_to_string("email/reminder.html", context).strip() + "\n",
            language=user.language,
        )


def _subject(day: date, morning: Morning, today: int, overdue: int) -> str:
    words = {"day": format_be(day, lang=get_language() or "th"), "today": today, "overdue": overdue}
    beside = len(morning.covered) + len(morning.raised)
    if beside:
        return _("Follow-ups %(day)s: %(today)s due, %(overdue)s overdue, %(beside)s of colleagues") % {
            **words,
            "beside": beside,
        }
    if not overdue:
        return _("Follow-ups %(day)s: %(today)s due") % words
    return _("Follow-ups %(day)s: %(today)s due, %(overdue)s overdue") % words


def _line(follow_up: FollowUp, day: date, off: Collection[date], *, whose: bool = False) -> Line:
    return Line(
        code=follow_up.client.code,
        kind=follow_up.get_kind_display(),
        due_on=follow_up.due_on,
        at=follow_up.due_time,
        late=workdays_between(follow_up.due_on, day, off),
        url=settings.PUBLIC_URL + reverse("casework:follow_up_record", args=[follow_up.uid]),
        colleague=str(follow_up.worker or _("nobody")) if whose else "",
    )


# --- when, and in which steps ------------------------------------------------------------------------------


def _mornings(now: datetime) -> Iterator[tuple[str, datetime]]:
    """This morning, if the offices are open today."""
    day = clock.local(now).date()
    if holidays.is_workday(day):
        yield day.isoformat(), clock.at(day, HOUR, MINUTE)


schedule.register(MORNING, _mornings)


@due.handler(MORNING)
def plan_letters(items: list[due.Item]) -> None:
    """Late follow-ups climb; then one row for each person with something due."""
    for day in _of_today(items):
        climb(actor=SystemActor("reminders"), day=day)
        now = clock.now()
        due.plan(WORKER, [(uid, day.isoformat(), now) for uid in workers_with_due(day)])
        due.wake(WORKER)


@due.handler(WORKER, batch=BATCH)
def write_letters(items: list[due.Item]) -> None:
    """The letters of a batch of workers."""
    for day in _of_today(items):
        uids = [item.subject for item in items if item.period == day.isoformat()]
        write_reminders(actor=SystemActor("reminders"), day=day, worker_uids=uids)


def _of_today(items: Iterable[due.Item]) -> list[date]:
    """Today, if any item is of today; what is left from another day is done with."""
    today = clock.today()
    return [today] if any(item.period == today.isoformat() for item in items) else []
