"""Forums, voices and demands as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework.models import Client
from common.actor import Actor
from governance import forum_rules as rules
from governance.models import (
    Answer,
    Attendance,
    Attribution,
    Demand,
    DemandEvent,
    Evidence,
    Forum,
    Group,
    Telling,
    Voice,
)
from governance.saying import day

State = Demand.State
TONES = {Forum.State.PLANNED: "brand", Forum.State.HELD: "ok", Forum.State.CANCELLED: ""}
DEMAND_TONES = {State.OPEN: "brand", State.ANSWERED: "warn", State.TOLD: "ok", State.WITHDRAWN: ""}


@dataclass(frozen=True, slots=True)
class Said:
    """A voice on a page. `name` and `url` are there where the speaker agreed and the reader may open the file."""

    uid: str
    text: str
    group: str
    demands: int
    corrected: bool
    attributed: bool
    name: str = ""
    url: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four parts of evidence; `text` is "" where it is missing."""

    label: Any
    text: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a demand."""

    title: str
    when: str
    text: str = ""
    by: str = ""
    key: bool = False
    url: str = ""


def line(forum: Forum, actor: Actor) -> dict[str, Any]:
    """A forum in a list; it carries voice_count and demand_count. Who works at one centre knows which it is."""
    counts: Any = forum
    chips = [(forum.get_state_display(), TONES[Forum.State(forum.state)])]
    parts = [forum.place] if forum.centre_id in actor.centre_ids else [forum.place, forum.centre.name]
    if counts.voice_count:
        parts.append(ngettext("%(n)s voice", "%(n)s voices", counts.voice_count) % {"n": counts.voice_count})
    if counts.demand_count:
        parts.append(
            ngettext("%(n)s demand", "%(n)s demands", counts.demand_count) % {"n": counts.demand_count}
        )
    return {
        "when": day(forum.day),
        "name": forum.title,
        "url": reverse("forums:forum", args=[forum.uid]),
        "chips": chips,
        "detail": " · ".join(parts),
    }


def attendance(forum: Forum) -> list[tuple[Any, int]]:
    """(group, how many), in the order groups are asked for."""
    counts = dict(Attendance.objects.standing().filter(forum=forum).values_list("group", "count"))
    return [(label, counts[code]) for code, label in Group.choices if code in counts]


def evidence(forum: Forum) -> list[Part]:
    """The four parts, missing ones too."""
    found = {row.part: row for row in Evidence.objects.standing().filter(forum=forum)}
    return [
        Part(
            label,
            found[code].text if code in found else "",
            code in found and found[code].corrects_id is not None,
        )
        for code, label in Evidence.Part.choices
    ]


def voices(forum: Forum, actor: Actor) -> list[Said]:
    """The voices of a forum in the order they were written down, names only for those who may open the file."""
    files = Client.objects.visible_to(actor).order_by()
    named = Attribution.objects.filter(client__in=files).select_related("client")
    rows = (
        Voice.objects.standing()
        .filter(forum=forum)
        .annotate(has_name=Exists(Attribution.objects.filter(voice=OuterRef("pk"))))
        .prefetch_related(Prefetch("attribution", named, to_attr="named"), "demands")
        .order_by("pk")
    )
    return [_said(row) for row in rows]


def _said(row: Any) -> Said:
    client = row.named.client if isinstance(getattr(row, "named", None), Attribution) else None
    return Said(
        uid=str(row.uid),
        text=row.text,
        group=row.get_group_display(),
        demands=len(row.demands.all()),
        corrected=row.corrects_id is not None,
        attributed=row.has_name,
        name=client.display_name if client else "",
        url=reverse("casework:client", args=[client.uid]) if client else "",
        subject=str(client.uid) if client else "",
    )


def voices_of(demand: Demand) -> list[str]:
    """The words a demand is drawn from, as they stand today, without names."""
    rows = {row.pk: row for row in demand.voices.select_related("corrected_by").order_by("pk")}
    found = []
    for row in rows.values():
        now = row
        while (later := getattr(now, "corrected_by", None)) is not None:
            now = later
        if not now.is_void:
            found.append(now.text)
    return found


def narrowed(demands: QuerySet[Demand], show: str, today: date) -> QuerySet[Demand]:
    """Demands of one of the list's tabs."""
    if show == "late":
        return demands.filter(state=State.OPEN, due_on__lt=today)
    return demands.filter(state=show) if show in State.values else demands


def demand_rows(demands: Iterable[Demand], today: date, *, with_forum: bool = False) -> list[dict[str, Any]]:
    """Demands as lines: when due, what, who is to answer, how it stands."""
    return [_demand_row(demand, today, with_forum=with_forum) for demand in demands]


def _demand_row(demand: Demand, today: date, *, with_forum: bool) -> dict[str, Any]:
    late = demand.state == State.OPEN and rules.overdue(demand.due_on, today=today, answered=False)
    chips = [(demand.get_state_display(), DEMAND_TONES[State(demand.state)])]
    if late:
        chips.append((_("%(days)s days late") % {"days": (today - demand.due_on).days}, "bad"))
    detail = _("to be answered by %(owner)s") % {"owner": demand.owner}
    return {
        "when": day(demand.due_on),
        "late": late,
        "done": demand.state in {State.TOLD, State.WITHDRAWN},
        "name": demand.text,
        "url": reverse("forums:demand", args=[demand.uid]),
        "chips": chips,
        "detail": f"{detail} · {demand.forum.title}" if with_forum else detail,
    }


def timeline(demand: Demand) -> list[Step]:
    """Everything that happened to a demand, newest first."""
    events = DemandEvent.objects.standing().filter(demand=demand)
    kept = events.exclude(kind__in=[DemandEvent.Kind.ANSWERED, DemandEvent.Kind.TOLD_BACK])
    rows: list[tuple[date, int, Any, Step]] = [
        (row.occurred_on, 0, row, Step(row.get_kind_display(), day(row.occurred_on), row.note))
        for row in kept
    ]
    for answer in Answer.objects.filter(demand=demand).select_related("corrected_by"):
        rows.append((answer.answered_on, 1, answer, _answer_step(answer)))
    for telling in Telling.objects.standing().filter(demand=demand):
        rows.append((telling.told_on, 2, telling, _telling_step(telling)))
    rows.sort(key=lambda one: (one[0], one[1], one[2].pk), reverse=True)
    names = _names({row.actor_key for _day, _order, row, _step in rows})
    return [
        Step(step.title, step.when, step.text, names.get(row.actor_key, ""), step.key)
        for _day, _order, row, step in rows
    ]


def _answer_step(answer: Answer) -> Step:
    title = _("Answer: %(outcome)s") % {"outcome": answer.get_outcome_display()}
    if hasattr(answer, "corrected_by"):
        title = _("%(title)s (corrected since)") % {"title": title}
    return Step(title, day(answer.answered_on), answer.text, key=True)


def _telling_step(telling: Telling) -> Step:
    people = ngettext("%(n)s person told", "%(n)s people told", telling.people) % {"n": telling.people}
    return Step(f"{people} · {telling.get_how_display()}", day(telling.told_on), telling.note, key=True)


def _names(keys: set[str]) -> dict[str, str]:
    uids = [key.removeprefix("user:") for key in keys if key.startswith("user:")]
    return {user.key: str(user) for user in User.objects.filter(uid__in=uids)} if uids else {}


def waiting(actor: Actor, today: date) -> list[dict[str, Any]]:
    """What waits in the forums the actor reads: (how many, what, where), the most pressing first."""
    demands = Demand.objects.visible_to(actor)
    past = Forum.objects.visible_to(actor).filter(state=Forum.State.PLANNED, day__lt=today)
    held = Forum.objects.visible_to(actor).filter(state=Forum.State.HELD)
    whole = Evidence.objects.standing().filter(forum=OuterRef("pk")).order_by()
    thin = held
    for part in rules.PARTS:
        thin = thin.annotate(**{f"has_{part}": Exists(whole.filter(part=part))})
    complete = {f"has_{part}": True for part in rules.PARTS}
    demand_list, forum_list = reverse("forums:demands"), reverse("forums:forums")
    return [
        {"count": count, "label": label, "url": url, "bad": bad}
        for count, label, url, bad in (
            (
                narrowed(demands, "late", today).count(),
                _("demands overdue"),
                f"{demand_list}?show=late",
                True,
            ),
            (
                narrowed(demands, "open", today).count(),
                _("demands without an answer"),
                f"{demand_list}?show=open",
                False,
            ),
            (
                narrowed(demands, "answered", today).count(),
                _("answers that nobody was told"),
                f"{demand_list}?show=answered",
                False,
            ),
            (
                past.count(),
                _("forums past their day, not recorded as held"),
                f"{forum_list}?show=planned",
                False,
            ),
            (
                held.count() - thin.filter(**complete).count(),
                _("forums whose evidence is not complete"),
                f"{forum_list}?show=held",
                False,
            ),
        )
    ]
