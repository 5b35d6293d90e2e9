"""rent-month: a month's rent of 100,000 tenancies at ten centres, charged through rentshare.running.

Product: the month's run as the schedule has it, in batches of 5,000 tenancies that commit one by one, with locks,
run rows and trail. Peer: get_or_create for each posting of each tenancy, measured on fewer and scaled. Floor: one bare
INSERT … SELECT per centre that writes the same rows into the same table. Each round charges months of its own, so that
all sides write into a table of the same size. Run again, a month changes no row.
"""

import time
from collections.abc import Iterator
from datetime import date

from django.db import connection

from common import clock
from common.thai.periods import Month
from rentshare import books, rules
from rentshare.charging import CHARGEABLE, COLUMNS, Chargeable, Charger
from rentshare.models import Account, Period, Posting, RentRun, Tenancy
from rentshare.running import BATCH, run_month
from tests.bench.measuring import Line, interleaved, line, seconds
from tests.support import rent

ROWS, PEER_ROWS = 100_000, 200
CENTRES = ("10", "20", "30", "40", "50", "57", "65", "80", "90", "94")
SINCE = date(2020, 1, 1)
PARTIES = 3


def rent_month(rounds: int, clients: int) -> list[Line]:
    """`clients` below 100,000 makes it smaller."""
    each = min(ROWS, clients) // len(CENTRES)
    scheme = rent.scheme(starts_on=SINCE)
    count = rent.populate(dict.fromkeys(CENTRES, each), SINCE, scheme)
    months = _months()
    again: list[float] = []
    _vacuum()

    def product() -> float:
        month = next(months)
        taken = seconds(lambda: run_month(actor=rent.SYSTEM, month=month))
        _check(month, count)
        again.append(_run_again(month))
        _vacuum()
        return taken

    def floor() -> float:
        month = next(months)
        periods = _periods(month)
        taken = seconds(lambda: _insert_select(month, periods))
        _check(month, count)
        _vacuum()
        return taken

    peers = min(PEER_ROWS, count)
    seen = interleaved(
        rounds,
        peer=lambda: _get_or_create(next(months), peers) * (count / peers),
        product=product,
        floor=floor,
    )
    what = (
        f"{count:,} tenancies, {PARTIES} postings each, batches of {BATCH:,}; peer: get_or_create, {peers:,} measured "
        f"and scaled; run again in {sorted(again)[len(again) // 2]:.2g} s without changing a row"
    )
    return [line("rent-month", what, seen, unit="s", at_least=40, at_most=3)]


def _months() -> Iterator[Month]:
    """Months that have begun, the latest first."""
    month = Month.of(clock.today())
    while month.first >= SINCE:
        yield month
        month = month.previous()


def _vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {Posting._meta.db_table}")


def _check(month: Month, count: int) -> None:
    rows = Posting.objects.filter(rent_month=str(month)).count()
    if rows != count * PARTIES:
        raise ValueError(f"{month}: {rows} postings of {count} tenancies")


def _run_again(month: Month) -> float:
    """Seconds that a second run takes; it must leave every row as it is."""

    def state() -> tuple[object, ...]:
        return (
            Posting.objects.count(),
            Posting.objects.latest("pk").pk,
            list(RentRun.objects.values().order_by("pk")),
        )

    before, start = state(), time.perf_counter()
    result = run_month(actor=rent.SYSTEM, month=month)
    taken = time.perf_counter() - start
    if result.postings or state() != before:
        raise ValueError(f"{month}: run again, it changed rows")
    return taken


# --- the peer ----------------------------------------------------------------------------------------------


def _get_or_create(month: Month, count: int) -> float:
    """The usual way: for each tenancy and party, look, and write what is not there."""
    tenancies = [
        Chargeable(*row)
        for row in Tenancy.objects.filter(centre__code=CENTRES[0])
        .order_by("pk")
        .values_list(*CHARGEABLE)[:count]
    ]
    centre = Tenancy.objects.values_list("centre_id", flat=True).get(pk=tenancies[0].tenancy_id)
    charger = Charger(rent.SYSTEM, books.period_of(centre, month), month)
    start = time.perf_counter()
    for one in tenancies:
        for row in charger.rows(one):
            values = dict(zip(COLUMNS, row, strict=True))
            key = {
                name: values.pop(name)
                for name in ("tenancy_id", "rent_month", "party", "revision", "reverses_id")
            }
            Posting.objects.get_or_create(**key, defaults=values)
    return time.perf_counter() - start


# --- the floor ---------------------------------------------------------------------------------------------


def _periods(month: Month) -> list[tuple[int, int, int, int]]:
    """(centre, period, account of the rent on its way, programme's account) of each centre."""
    centres = Tenancy.objects.order_by().values_list("centre_id", flat=True).distinct()
    return [
        (
            centre,
            Period.objects.get_or_create(centre_id=centre, month=str(month))[0].pk,
            books.account(centre, Account.Kind.RENT).pk,
            books.account(centre, Account.Kind.PROGRAMME).pk,
        )
        for centre in centres
    ]


def _insert_select(month: Month, periods: list[tuple[int, int, int, int]]) -> None:
    """The same rows by SQL alone: half and half of a whole month."""
    sql = f"""
        INSERT INTO rentshare_posting ({", ".join(COLUMNS)})
        SELECT part.debit, part.credit, part.amount, %s, %s, part.kind, t.id, %s, part.party, 0, NULL, '',
               'bench', now()
          FROM rentshare_tenancy t JOIN rentshare_lease l ON l.id = t.lease_id
         CROSS JOIN LATERAL (VALUES
               (t.account_id, %s::bigint, t.rent / 2, 'charge', '{rules.PARTICIPANT}'),
               (%s::bigint, %s::bigint, t.rent - t.rent / 2, 'charge', '{rules.PROGRAMME}'),
               (%s::bigint, l.landlord_account_id, t.rent, 'rent', '{rules.LANDLORD}')
               ) AS part (debit, credit, amount, kind, party)
         WHERE t.centre_id = %s"""
    for centre, period, on_its_way, programme in periods:
        with connection.cursor() as cursor:
            cursor.execute(
                sql,
                [month.first, period, str(month), on_its_way, programme, on_its_way, on_its_way, centre],
            )
