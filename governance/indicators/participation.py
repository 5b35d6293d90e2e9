"""Figures of forums, voices and demands, and of how well people can be reached at all."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from casework.models import Client, EpisodeEvent, RelatedPerson
from common import clock
from governance import forum_rules as rules
from governance.indicators.registry import Indicator, Opened, Window, register
from governance.models import Demand, DemandEvent, Holding, Level, Telling, Voice
from governance.rules import Row
from governance.saying import day

CENTRE = "forum__centre__province_id"
NAME_LENGTH = 90


def _chain(model: Any) -> Any:
    """Successors of facts whose corrections are new rows; one query for each link of the longest chain."""

    def follow(keys: Collection[int]) -> dict[int, int]:
        today = {key: key for key in keys}
        while links := dict(
            model.objects.filter(corrects_id__in=set(today.values()))
            .order_by()
            .values_list("corrects_id", "pk")
        ):
            today = {key: links.get(now, now) for key, now in today.items()}
        return {key: now for key, now in today.items() if key != now}

    return follow


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(NAME_LENGTH)


# --- forums by level ---------------------------------------------------------------------------------------


def forums(window: Window) -> Iterator[Row]:
    held = Holding.objects.standing().filter(held_on__range=(window.month.first, window.until))
    rows = window.within(held, CENTRE).order_by().values_list(CENTRE, "pk", "level")
    return (Row(province, key, level, True) for province, key, level in rows.iterator())


def _describe_forums(found: QuerySet[Holding]) -> Iterator[Opened]:
    for holding in found.select_related("forum"):
        yield Opened(
            key=holding.pk,
            name=holding.forum.title,
            url=reverse("forums:forum", args=[holding.forum.uid]),
            when=holding.held_on,
            detail=holding.get_level_display(),
        )


register(
    Indicator(
        code="forums_by_level",
        title=_("Forums held, by level reached"),
        definition=_(
            "Forums held on a day of the month, by the level of participation they reached. The level is judged by "
            "those who held the forum, with a reason, and never worked out from how many came."
        ),
        kind="breakdown",
        rows=forums,
        facts=lambda: Holding.objects.all(),
        describe=_describe_forums,
        groups=lambda: dict(Level.choices),
        successors=_chain(Holding),
        section="voices",
    )
)


# --- voices heard ------------------------------------------------------------------------------------------


def voices(window: Window) -> Iterator[Row]:
    said = Voice.objects.standing().filter(said_on__range=(window.month.first, window.until))
    rows = window.within(said, CENTRE).order_by().values_list(CENTRE, "pk")
    return (Row(province, key, "", True) for province, key in rows.iterator())


def _describe_voices(found: QuerySet[Voice]) -> Iterator[Opened]:
    for voice in found.select_related("forum"):
        yield Opened(
            key=voice.pk,
            name=f"“{_short(voice.text)}”",
            url=f"{reverse('forums:forum', args=[voice.forum.uid])}#v-{voice.uid}",
            when=voice.said_on,
            detail=f"{voice.get_group_display()} · {voice.forum.title}",
        )


register(
    Indicator(
        code="voices_heard",
        title=_("Voices heard"),
        definition=_(
            "What was said in forums on a day of the month and written down in the speaker's own words, line by line. "
            "Lines, not people: voices have no names. A line that was taken back is left out."
        ),
        kind="count",
        rows=voices,
        facts=lambda: Voice.objects.all(),
        describe=_describe_voices,
        successors=_chain(Voice),
        section="voices",
        good="up",
    )
)


# --- demands answered in time ------------------------------------------------------------------------------


def demands(window: Window) -> Iterator[Row]:
    withdrawn = DemandEvent.objects.standing().filter(demand=OuterRef("pk"), kind=DemandEvent.Kind.WITHDRAWN)
    due = Demand.objects.filter(~Exists(withdrawn), due_on__range=(window.month.first, window.until))
    rows = (
        window.within(due, CENTRE)
        .order_by()
        .annotate(answered_on=_first_answer())
        .values_list(CENTRE, "pk", "due_on", "answered_on")
    )
    for province, key, due_on, answered_on in rows.iterator():
        yield Row(province, key, "", rules.answered_in_time(due_on, answered_on))


def _first_answer() -> Min:
    return Min("answers__answered_on", filter=Q(answers__corrected_by__isnull=True))


def _describe_demands(found: QuerySet[Demand]) -> Iterator[Opened]:
    for demand in found.select_related("forum").annotate(answered_on=_first_answer()):
        came = demand.answered_on
        answered = _("answered %(day)s") % {"day": day(came)} if came else _("no answer")
        yield Opened(
            key=demand.pk,
            name=_short(demand.text),
            url=reverse("forums:demand", args=[demand.uid]),
            when=demand.due_on,
            detail=f"{demand.owner} · {answered}",
        )


register(
    Indicator(
        code="demands_in_time",
        title=_("Demands answered in time"),
        definition=_(
            "Of the demands whose answer was due on a day of the month and that were not withdrawn, those whose "
            "first answer came on the day it was due or earlier. A refusal is an answer too."
        ),
        kind="share",
        rows=demands,
        facts=lambda: Demand.objects.all(),
        describe=_describe_demands,
        section="voices",
        good="up",
    )
)


# --- people told back --------------------------------------------------------------------------------------


def told_back(window: Window) -> Iterator[Row]:
    path = f"demand__{CENTRE}"
    told = Telling.objects.standing().filter(told_on__range=(window.month.first, window.until))
    rows = window.within(told, path).order_by().values_list(path, "pk", "people")
    return (Row(province, key, "", True, people) for province, key, people in rows.iterator())


def _describe_told(found: QuerySet[Telling]) -> Iterator[Opened]:
    for telling in found.select_related("demand__forum"):
        yield Opened(
            key=telling.pk,
            name=_short(telling.demand.text),
            url=reverse("forums:demand", args=[telling.demand.uid]),
            when=telling.told_on,
            detail=telling.get_how_display(),
        )


register(
    Indicator(
        code="people_told_back",
        title=_("People told what became of it"),
        definition=_(
            "How many people were told on a day of the month what became of a demand, as those who told them counted. "
            "Somebody who was told of two demands counts twice."
        ),
        kind="count",
        rows=told_back,
        facts=lambda: Telling.objects.all(),
        describe=_describe_told,
        successors=_chain(Telling),
        section="voices",
        unit="people",
        good="up",
    )
)


# --- contactable -------------------------------------------------------------------------------------------


def contactable(window: Window) -> Iterator[Row]:
    events = EpisodeEvent.objects.standing().order_by()
    until = {"occurred_on__lte": window.until}
    closed = events.filter(kind=EpisodeEvent.Kind.CLOSED, episode=OuterRef("episode"), **until)
    begun = events.filter(~Exists(closed), kind=EpisodeEvent.Kind.OPENED, **until)
    reached = _reachable(Client.objects.filter(pk=OuterRef("client_id"))).order_by()
    rows = (
        window.within(begun, "centre__province_id")
        .annotate(reached=Exists(reached))
        .order_by("pk")
        .values_list("client__person_id", "centre__province_id", "client_id", "reached")
    )
    # A person is asked about once, also where two episodes of theirs were open, in one record or in linked ones.
    people: dict[int, Row] = {}
    for person, province, key, yes in rows.iterator():
        if person not in people or (yes and not people[person].counts):
            people[person] = Row(province, key, "", yes)
    return iter(people.values())


def _reachable(clients: QuerySet[Client]) -> QuerySet[Client]:
    somebody = RelatedPerson.objects.filter(
        client=OuterRef("pk"), ended_on__isnull=True, may_contact=True
    ).exclude(phone="")
    return clients.filter(~Q(phone="") | ~Q(sleeping_place="") | Exists(somebody))


def _describe_contactable(clients: QuerySet[Client]) -> Iterator[Opened]:
    reachable = set(_reachable(clients).order_by().values_list("pk", flat=True))
    for client in clients:
        detail = _("can be reached") if client.pk in reachable else _("no phone, place or person")
        yield Opened(
            key=client.pk,
            name=client.display_name,
            code=client.code,
            url=reverse("casework:client", kwargs={"uid": client.uid}),
            when=clock.local(client.registered_at).date(),
            detail=str(detail),
            subject=str(client.uid),
        )


register(
    Indicator(
        code="contactable",
        title=_("People who can be reached"),
        definition=_(
            "Of the people with an open episode at the end of the month, those in whose file stands a phone number, a "
            "place where they sleep, or somebody around them who may be called. Counted from the files as they stood "
            "when the month was frozen; it is not counted again later. Linked records count as one person."
        ),
        kind="share",
        rows=contactable,
        facts=lambda: Client.objects.all(),
        describe=_describe_contactable,
        section="quality",
        good="up",
        restates=False,
    )
)
