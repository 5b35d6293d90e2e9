"""Appointments and clients as rows of a list; every function asks the database a fixed number of times."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.models import Client, Episode, FollowUp, SafetyFlag
from casework.rules.safety import rank
from casework.web import shown
from common.templatetags.thai import be
from common.templatetags.thai import clock as time_text

Row = dict[str, Any]


def follow_up_rows(
    follow_ups: Sequence[FollowUp],
    today: date,
    *,
    back: str = "",
    with_worker: bool = False,
    mine: int | None = None,
) -> list[Row]:
    """Rows with the warning of the file, how late they are, and the way to record the result.

    `follow_ups` come with client and worker; whose they are stands in all rows (`with_worker`), or in those that
    are not `mine`, which is the key of a user. Two queries: warnings, and holidays since the oldest late one.
    """
    flags = flags_of(f.client_id for f in follow_ups)
    oldest = min((f.due_on for f in follow_ups), default=today)
    holidays = shown.holidays_between(oldest, today) if oldest < today else set()
    return [
        _follow_up_row(f, today, holidays, flags[f.client_id])
        | _ways(f, back)
        | _worker(f, with_worker or (mine is not None and f.worker_id != mine))
        for f in follow_ups
    ]


def _follow_up_row(f: FollowUp, today: date, holidays: set[date], flags: list[SafetyFlag]) -> Row:
    planned = f.state == FollowUp.State.PLANNED
    late = planned and f.due_on < today
    time = time_text(f.due_time) if f.due_time else ""
    if late:
        when = shown.lateness(f.due_on, today, holidays)
    else:
        when = " ".join(part for part in ("" if f.due_on == today else be(f.due_on), time) if part) or _(
            "today"
        )
    return {
        "uid": f.uid,
        "name": f.client.main_name,
        "nick": f.client.other_name,
        "code": f.client.code,
        "url": shown.file_url(f.client),
        "when": when,
        "late": late,
        "today": planned and f.due_on == today,
        "done": not planned,
        "chips": [*shown.flag_chips(flags), (f.get_kind_display(), "")],
        "detail": " · ".join(part for part in (f.purpose, f.place) if part),
    }


def _ways(f: FollowUp, back: str) -> Row:
    if f.state != FollowUp.State.PLANNED:
        return {"act_url": "", "act_label": "", "act_main": False}
    query = f"?back={back}" if back else ""
    url = reverse("casework:follow_up_record", args=[f.uid]) + query
    return {"act_url": url, "act_label": _("Record result")}


def _worker(f: FollowUp, wanted: bool) -> Row:  # noqa: FBT001 (one flag, named at the only call)
    return {"worker": (str(f.worker) if f.worker else _("nobody")) if wanted else ""}


def client_rows(clients: Sequence[Client]) -> list[Row]:
    """Rows of files with where the case is, who has it and any warning. Two queries: open cases, warnings."""
    keys = [client.pk for client in clients]
    open_cases = Episode.objects.filter(client_id__in=keys, closed_on__isnull=True).select_related("worker")
    cases = {episode.client_id: episode for episode in open_cases}
    flags = flags_of(keys)
    return [_client_row(client, cases.get(client.pk), flags[client.pk]) for client in clients]


def _client_row(client: Client, episode: Episode | None, flags: list[SafetyFlag]) -> Row:
    chips = [*shown.flag_chips(flags), shown.state_chip(episode)]
    if client.restricted:
        chips.append((_("restricted file"), "bad"))
    worker = str(episode.worker) if episode and episode.worker else ""
    return {
        "uid": client.uid,
        "name": client.main_name,
        "nick": client.other_name,
        "code": client.code,
        "url": shown.file_url(client),
        "chips": chips,
        "worker": worker,
        "place": client.found_place or client.sleeping_place,
        "centre": client.centre.name,
    }


def flags_of(client_ids: Iterable[int]) -> dict[int, list[SafetyFlag]]:
    """Warnings that stand, by client; those of a linked record stand on all records of the person."""
    found: dict[int, list[SafetyFlag]] = defaultdict(list)
    standing = SafetyFlag.objects.filter(client__person__clients__in=set(client_ids), lifted_at__isnull=True)
    for flag in standing.annotate(file=F("client__person__clients")).defer("text"):
        found[flag.file].append(flag)
    for flags in found.values():
        flags.sort(key=lambda flag: rank(flag.kind))
    return found


def flags_raised(client: Client) -> list[SafetyFlag]:
    """Warnings that stand for the person, whichever of their records they were put on; the gravest kind first."""
    standing = SafetyFlag.objects.filter(client__person=client.person_id, lifted_at__isnull=True)
    flags = standing.select_related("raised_by").order_by("-pk")
    return sorted(flags, key=lambda flag: rank(flag.kind))


def case_rows(cases: Sequence[Episode]) -> list[Row]:
    """Rows of open cases with the next appointment. Two queries: warnings, appointments."""
    flags = flags_of(case.client_id for case in cases)
    planned = FollowUp.objects.filter(episode__in=cases, state=FollowUp.State.PLANNED).order_by("-due_on")
    following = {follow_up.episode_id: follow_up.due_on for follow_up in planned}
    return [
        _client_row(case.client, case, flags[case.client_id])
        | {"since": case.opened_on, "next": following.get(case.pk)}
        for case in cases
    ]
