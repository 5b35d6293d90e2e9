"""Figures of casework. They count events (never statuses); of a chain of corrections the last row counts."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Client, Episode, EpisodeEvent, FollowUp, Notice
from governance import rules
from governance.indicators.registry import Indicator, Opened, Window, register
from governance.rules import Row
from governance.saying import day

PROVINCE = "centre__province_id"
Kind = EpisodeEvent.Kind


def _opened(client: Client, key: int, when: date, detail: Any) -> Opened:
    return Opened(
        key=key,
        name=client.display_name,
        code=client.code,
        url=reverse("casework:client", kwargs={"uid": client.uid}),
        when=when,
        detail=str(detail),
        subject=str(client.uid),
    )


def _events(kind: str) -> QuerySet[EpisodeEvent]:
    return EpisodeEvent.objects.standing().filter(kind=kind).order_by()


# --- notices by channel ------------------------------------------------------------------------------------


def notices(window: Window) -> Iterator[Row]:
    found = Notice.objects.standing().filter(noticed_on__range=(window.month.first, window.until))
    rows = window.within(found, PROVINCE).order_by().values_list(PROVINCE, "pk", "channel")
    return (Row(province, key, channel, True) for province, key, channel in rows.iterator())


def _describe_notices(found: QuerySet[Notice]) -> Iterator[Opened]:
    for notice in found.select_related("client"):
        yield _opened(notice.client, notice.pk, notice.noticed_on, notice.get_channel_display())


def _notices_today(keys: Collection[int]) -> dict[int, int]:
    """Follow each chain of corrections to its end; one query for each link of the longest chain."""
    today = {key: key for key in keys}
    while links := dict(
        Notice.objects.filter(corrects_id__in=set(today.values())).order_by().values_list("corrects_id", "pk")
    ):
        today = {key: links.get(now, now) for key, now in today.items()}
    return {key: now for key, now in today.items() if key != now}


register(
    Indicator(
        code="notices_by_channel",
        title=_("Notices by channel"),
        definition=_(
            "Notices whose date of notice lies in the month, by the way they reached the centre. Notices entered by "
            "mistake are left out; of a corrected notice the correction counts."
        ),
        kind="breakdown",
        rows=notices,
        facts=lambda: Notice.objects.all(),
        describe=_describe_notices,
        groups=lambda: dict(Notice.Channel.choices),
        successors=_notices_today,
    )
)


# --- contacted within three days ---------------------------------------------------------------------------


def contacted(window: Window) -> Iterator[Row]:
    days = window.basis["days"]
    wait = timedelta(days=days)
    earlier = Notice.objects.standing().filter(
        Q(noticed_on__lt=OuterRef("noticed_on"))
        | Q(noticed_on=OuterRef("noticed_on"), pk__lt=OuterRef("pk")),
        episode=OuterRef("episode"),
    )
    contact = _events(Kind.CONTACTED).filter(
        episode=OuterRef("episode"), occurred_on__gte=OuterRef("noticed_on")
    )
    first = Notice.objects.standing().filter(
        ~Exists(earlier), noticed_on__range=(window.month.first - wait, window.until - wait)
    )
    rows = (
        window.within(first, PROVINCE)
        .order_by()
        .annotate(contacted_on=Subquery(contact.order_by("occurred_on").values("occurred_on")[:1]))
        .values_list(PROVINCE, "episode_id", "noticed_on", "contacted_on")
    )
    for province, key, noticed_on, contacted_on in rows.iterator():
        yield Row(province, key, "", rules.reached_in_time(noticed_on, contacted_on, days))


def _describe_contacted(episodes: QuerySet[Episode]) -> Iterator[Opened]:
    notice = Notice.objects.standing().filter(episode=OuterRef("pk")).order_by("noticed_on", "pk")
    contact = _events(Kind.CONTACTED).filter(episode=OuterRef("pk")).order_by("occurred_on")
    found = episodes.annotate(
        noticed_on=Subquery(notice.values("noticed_on")[:1]),
        contacted_on=Subquery(contact.values("occurred_on")[:1]),
    )
    for episode in found.select_related("client"):
        met = episode.contacted_on
        detail = _("contacted %(day)s") % {"day": day(met)} if met else _("no contact recorded")
        yield _opened(episode.client, episode.pk, episode.noticed_on or episode.opened_on, detail)


register(
    Indicator(
        code="contacted_in_time",
        title=_("Contacted within %(days)s days of notice"),
        definition=_(
            "Of the people whose first notice of an episode became %(days)s days old in the month, those who were "
            "contacted on the day of notice or at most %(days)s days later. Calendar days; nobody is judged before "
            "the %(days)s days have passed. The number of days is our default."
        ),
        kind="share",
        rows=contacted,
        facts=lambda: Episode.objects.all(),
        describe=_describe_contacted,
        basis=lambda: {"days": settings.REPORT_CONTACT_DAYS},
        good="up",
    )
)


# --- open at month end -------------------------------------------------------------------------------------


def open_episodes(window: Window) -> Iterator[Row]:
    closed = _events(Kind.CLOSED).filter(episode=OuterRef("episode"), occurred_on__lte=window.until)
    begun = _events(Kind.OPENED).filter(~Exists(closed), occurred_on__lte=window.until)
    rows = (
        window.within(begun, PROVINCE)
        .values("episode_id")
        .annotate(province=Min(PROVINCE))
        .values_list("province", "episode_id")
    )
    return (Row(province, key, "", True) for province, key in rows.iterator())


def _describe_open(episodes: QuerySet[Episode]) -> Iterator[Opened]:
    for episode in episodes.select_related("client"):
        detail = _("today: %(state)s") % {"state": episode.get_state_display()}
        yield _opened(episode.client, episode.pk, episode.opened_on, detail)


register(
    Indicator(
        code="open_episodes",
        title=_("Open episodes at month end"),
        definition=_(
            "Episodes of help that had been opened and not closed when the last day of the month ended. Opening and "
            "closing are counted by the day they happened, not by the day they were recorded."
        ),
        kind="count",
        rows=open_episodes,
        facts=lambda: Episode.objects.all(),
        describe=_describe_open,
    )
)


# --- follow-ups on time ------------------------------------------------------------------------------------


def follow_ups(window: Window) -> Iterator[Row]:
    days = (window.month.first, window.until)
    kept = Q(missed_on__isnull=True, due_on__range=days) & ~Q(state=FollowUp.State.CANCELLED)
    due = FollowUp.objects.filter(kept | Q(missed_on__range=days))
    rows = (
        window.within(due, PROVINCE)
        .order_by()
        .annotate(done_on=Min("results__occurred_on", filter=Q(results__corrected_by__isnull=True)))
        .values_list(PROVINCE, "pk", "due_on", "missed_on", "done_on")
    )
    for province, key, due_on, missed_on, done_on in rows.iterator():
        yield Row(province, key, "", rules.done_on_time(missed_on or due_on, done_on))


def _describe_follow_ups(due: QuerySet[FollowUp]) -> Iterator[Opened]:
    found = due.annotate(done_on=Min("results__occurred_on", filter=Q(results__corrected_by__isnull=True)))
    for appointment in found.select_related("client"):
        done = appointment.done_on
        came = _("result of %(day)s") % {"day": day(done)} if done else _("no result")
        detail = f"{appointment.get_kind_display()} · {came}"
        yield _opened(appointment.client, appointment.pk, appointment.missed_on or appointment.due_on, detail)


register(
    Indicator(
        code="follow_ups_on_time",
        title=_("Follow-ups on time"),
        definition=_(
            "Of the follow-ups due in the month, those with a result on the due day or earlier. Every result counts, "
            "also that somebody was not found. One moved or cancelled in time is not counted for that day; one moved "
            "or cancelled when the day had passed counts as late."
        ),
        kind="share",
        rows=follow_ups,
        facts=lambda: FollowUp.objects.all(),
        describe=_describe_follow_ups,
        good="up",
    )
)


# --- returns within six months -----------------------------------------------------------------------------


def _begun_again() -> QuerySet[EpisodeEvent]:
    """Openings of other episodes of the person whose closing is asked about, on its day or later."""
    return (
        _events(Kind.OPENED)
        .filter(client__person=OuterRef("client__person"), occurred_on__gte=OuterRef("occurred_on"))
        .exclude(episode=OuterRef("episode"))
        .order_by("occurred_on")
    )


def returns(window: Window) -> Iterable[Row]:
    months = window.basis["months"]
    cohort = window.month.plus(-months)
    closings = (
        _events(Kind.CLOSED)
        .filter(occurred_on__range=(cohort.first, cohort.last))
        .exclude(value=Episode.Outcome.DIED)
        .annotate(again_on=Subquery(_begun_again().values("occurred_on")[:1]))
        .values_list("client__person_id", PROVINCE, "episode_id", "occurred_on", "again_on")
    )
    # A person counts once, at the place of their last closing, whichever of their records it stands in; so the
    # province is asked for only after people have been put together.
    people: dict[int, Row] = {}
    for person, province, key, closed_on, again_on in closings.order_by("occurred_on", "pk").iterator():
        if rules.months_after(closed_on, months) <= window.until:
            earlier = people.get(person)
            back = rules.came_back(closed_on, again_on, months) or (earlier is not None and earlier.counts)
            people[person] = Row(province, key, "", back)
    return (row for row in people.values() if window.province in {None, row.province})


def _describe_returns(episodes: QuerySet[Episode]) -> Iterator[Opened]:
    closings = _events(Kind.CLOSED).filter(episode__in=episodes.values("pk"))
    found = closings.annotate(again_on=Subquery(_begun_again().values("occurred_on")[:1]))
    for closing in found.select_related("client"):
        again = closing.again_on
        detail = _("opened again %(day)s") % {"day": day(again)} if again else _("not opened again")
        yield _opened(closing.client, closing.episode_id, closing.occurred_on, detail)


register(
    Indicator(
        code="returns",
        title=_("Returned within %(months)s months"),
        definition=_(
            "Of the people whose episode was closed in the month %(months)s months earlier, those for whom a new one "
            "was opened within %(months)s months of the closing, at any centre. A person counts once, also with "
            "linked records; people who died are left out. The number of months is our default."
        ),
        kind="share",
        rows=returns,
        facts=lambda: Episode.objects.all(),
        describe=_describe_returns,
        basis=lambda: {"months": settings.REPORT_RETURN_MONTHS},
        good="down",
    )
)


# --- closed by outcome -------------------------------------------------------------------------------------


def closed_by_outcome(window: Window) -> Iterator[Row]:
    closings = _events(Kind.CLOSED).filter(occurred_on__range=(window.month.first, window.until))
    rows = (
        window.within(closings, PROVINCE)
        .values("episode_id")
        .annotate(province=Min(PROVINCE), outcome=Min("value"))
        .values_list("province", "episode_id", "outcome")
    )
    return (Row(province, key, outcome, True) for province, key, outcome in rows.iterator())


def _describe_closed(episodes: QuerySet[Episode]) -> Iterator[Opened]:
    for episode in episodes.select_related("client"):
        when = episode.closed_on or episode.opened_on
        yield _opened(episode.client, episode.pk, when, episode.get_outcome_display())


register(
    Indicator(
        code="closed_by_outcome",
        title=_("Episodes closed, by outcome"),
        definition=_(
            "Episodes closed on a day of the month, by what came of them. A closing that was entered by mistake and "
            "taken back is left out."
        ),
        kind="breakdown",
        rows=closed_by_outcome,
        facts=lambda: Episode.objects.all(),
        describe=_describe_closed,
        groups=lambda: dict(Episode.Outcome.choices),
    )
)
