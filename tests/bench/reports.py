"""reports: the 78 reports of one month, frozen out of ten million facts of casework over five years.

Product: freeze_month as the calendar calls it: every figure once for the whole country, its rows kept with their keys,
in one transaction. Peer: each figure counted for each of the 78 areas by itself, without keeping a row; three
provinces measured and scaled. Floor: one bare INSERT … SELECT that writes the same rows of the month again, so that
nothing is looked for and nothing judged. Counted anew, the month gives the same figures.
"""

import time
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, models, transaction

from accounts.models import Centre
from casework.models import Client, Episode, EpisodeEvent, FollowUp, FollowUpResult, Notice, Person
from common import clock
from common.actor import SystemActor
from common.thai.periods import Month
from governance import counting
from governance.actions.recounting import recount_month
from governance.actions.reports import freeze_month
from governance.indicators import all_indicators
from governance.models import COUNTRY, Figure, FigureRow, MonthlyReport
from tests.bench.measuring import Line, interleaved, line, seconds

AREAS, PROVINCES = 78, ("10", "30", "50")
FOLLOW_UPS = 18
FACTS_EACH = 4 + 2 * FOLLOW_UPS
"""Of one person: a notice, opened, contacted, closed, and follow-ups with their results."""

DAYS = 5 * 365
SYSTEM = SystemActor("bench")
DEFAULTS = {
    "BinaryField": "''::bytea",
    "BooleanField": "false",
    "CharField": "''",
    "DateTimeField": "now()",
    "PositiveIntegerField": "1",
    "PositiveSmallIntegerField": "1",
    "UUIDField": "gen_random_uuid()",
}


def reports(rounds: int, clients: int) -> list[Line]:
    """Ten facts for each of `clients`: ten million unless said otherwise."""
    facts = _populate(10 * clients // FACTS_EACH)
    months = _months()
    frozen: list[Month] = []
    again: list[float] = []

    def product() -> float:
        month = next(months)
        taken = seconds(lambda: freeze_month(actor=SYSTEM, month=month))
        again.append(seconds(lambda: _recount(month)))
        _check(month)
        frozen.append(month)
        return taken

    def floor() -> float:
        return _write_again(frozen[-1])

    def peer() -> float:
        month = frozen[-1]
        country = seconds(lambda: _count(month, COUNTRY))
        some = seconds(lambda: [_count(month, province) for province in PROVINCES])
        return country + some / len(PROVINCES) * (AREAS - 1)

    seen = interleaved(rounds, product=product, peer=peer, floor=floor)
    rows = FigureRow.objects.filter(month=str(frozen[-1])).count()
    what = (
        f"{AREAS} reports of {len(all_indicators())} figures over {facts:,} facts, {rows:,} rows kept; peer: each area "
        f"by itself, {len(PROVINCES)} provinces measured and scaled; counted anew in "
        f"{sorted(again)[len(again) // 2]:.2g} s to the same figures"
    )
    return [line("reports", what, seen, unit="s", at_least=5, at_most=25)]


def _months() -> Iterator[Month]:
    """Months that are over, the latest first, while there are facts of half a year before them."""
    month = Month.of(clock.today()).previous()
    while month.first > clock.today() - timedelta(days=DAYS - 400):
        yield month
        month = month.previous()


def _count(month: Month, area: str) -> None:
    for indicator in all_indicators():
        counting.now(indicator, month, area)


def _recount(month: Month) -> None:
    if recount_month(actor=SYSTEM, month=month):
        raise ValueError(f"{month}: counted anew, a figure differs")


def _check(month: Month) -> None:
    """78 reports, and the follow-ups frozen are those a plain count finds."""
    if MonthlyReport.objects.filter(month=str(month)).count() != AREAS:
        raise ValueError(f"{month}: not {AREAS} reports")
    country = Figure.objects.get(report__month=str(month), report__province=None, code="follow_ups_on_time")
    due = FollowUp.objects.filter(due_on__range=(month.first, month.last)).exclude(state="cancelled").count()
    if country.of != due or not country.counted:
        raise ValueError(f"{month}: {country.of} follow-ups frozen, {due} due")


def _write_again(month: Month) -> float:
    """Seconds to write the month's rows once more, under a month that is none; they are not kept."""
    columns = '"code", "province_id", "key", "group", "counted", "amount"'
    table = FigureRow._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(
            f"INSERT INTO {table} (month, {columns}) SELECT 'floor', {columns} FROM {table} WHERE month = %s",
            [str(month)],
        )
        taken = time.perf_counter() - start
        transaction.set_rollback(True)
    return taken


# --- ten million facts -------------------------------------------------------------------------------------


def _populate(people: int) -> int:
    """People of all provinces with an episode each, spread over five years. Returns how many facts they have."""
    begun = clock.today() - timedelta(days=DAYS)
    keys = [centre.pk for centre in Centre.objects.filter(kind=Centre.Kind.PROVINCIAL).order_by("code")]
    centre = f"(ARRAY{keys})[1 + n %% {len(keys)}]"
    opened = f"(DATE '{begun}' + (n * 7919 %% {DAYS - 30})::int)"
    closed = f"{opened} + 200"
    with transaction.atomic(), connection.cursor() as cursor:
        # Nothing here can be wrong: keys are counted out by the same series.
        cursor.execute("SET LOCAL session_replication_role = replica")
        fill = _Filler(cursor, people)
        fill(Person)
        fill(Client, person_id="n", code="'B' || n", centre_id=centre, first_name="'ก'")
        fill(
            Episode,
            client_id="n",
            centre_id=centre,
            opened_on=opened,
            state=f"CASE WHEN {_past(closed)} THEN 'closed' ELSE 'follow_through' END",
            closed_on=f"CASE WHEN {_past(closed)} THEN {closed} END",
            outcome=f"CASE WHEN {_past(closed)} THEN 'own_home' ELSE '' END",
        )
        mine = {"client_id": "n", "episode_id": "n", "centre_id": centre}
        fill(Notice, noticed_on=opened, channel="'hotline_1300'", **mine)
        for step, (kind, day) in enumerate(
            (("opened", opened), ("contacted", f"{opened} + (n %% 6)::int"), ("closed", closed))
        ):
            fill(
                EpisodeEvent,
                where=_past(closed) if kind == "closed" else "",
                id=f"3 * n + {step}",
                kind=f"'{kind}'",
                occurred_on=day,
                value="'own_home'" if kind == "closed" else "''",
                **mine,
            )
        key, due = f"{FOLLOW_UPS} * n + k", f"{opened} + (30 * k)::int"
        fill(FollowUp, times=FOLLOW_UPS, id=key, due_on=due, kind="'visit'", state="'done'", **mine)
        came = f"{due} + ((n + k) %% 5)::int - 3"
        fill(
            FollowUpResult,
            times=FOLLOW_UPS,
            id=key,
            follow_up_id=key,
            client_id="n",
            result="'met'",
            occurred_on=came,
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return sum(model.objects.count() for model in (Notice, EpisodeEvent, FollowUp, FollowUpResult))


def _past(day: str) -> str:
    return f"{day} <= DATE '{clock.today()}'"


class _Filler:
    """Fills a table from a series of numbers, n for people and k for what each has several of."""

    def __init__(self, cursor: object, people: int) -> None:
        self.cursor, self.people = cursor, people

    def __call__(self, model: type[models.Model], *, times: int = 1, where: str = "", **values: str) -> None:
        values.setdefault("id", "n")
        columns = {field.attname: field for field in model._meta.concrete_fields}
        chosen = [
            values.get(name) or ("NULL" if field.null else DEFAULTS[field.get_internal_type()])
            for name, field in columns.items()
        ]
        names = ", ".join(f'"{field.column}"' for field in columns.values())
        self.cursor.execute(  # type: ignore[attr-defined]
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(chosen)} "
            f"FROM generate_series(1, %s) AS n, generate_series(0, %s) AS k {f'WHERE {where}' if where else ''}",
            [self.people, times - 1],
        )
