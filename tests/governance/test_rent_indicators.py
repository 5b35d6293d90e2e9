"""Figures of rent rooms: to the satang, by the day in the books, and silent where there is nothing."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from common.thai.periods import Month
from governance import counting
from governance.indicators import get
from governance.rules import Row
from rentshare.actions.payments import reverse_rent, take_payment
from rentshare.actions.tenancies import end_tenancy
from rentshare.models import Posting, Tenancy
from tests.support import factories as make
from tests.support import rent

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
CODES = ("active_tenancies", "rent_charged", "rent_arrears", "still_housed")


def rows(
    code: str, month: Month = OCTOBER, *, province: str | None = None, until: date | None = None
) -> list[Row]:
    indicator = get(code)
    assert indicator is not None
    return sorted(indicator.rows(indicator.window(month, until or month.last, province)))


def tally(code: str, month: Month = OCTOBER, area: str = "TH") -> Any:
    indicator = get(code)
    assert indicator is not None
    return counting.now(indicator, month, area)


def opened(code: str, role: str, at: str = make.OWN) -> dict[int, Any]:
    indicator = get(code)
    assert indicator is not None
    keys = [row.key for row in rows(code)]
    with translation.override("en"):
        return indicator.open_rows(keys, make.actor(role, at))


def pay(tenancy: Tenancy, amount: str, on: date) -> None:
    take_payment(actor=rent.SYSTEM, tenancy_id=tenancy.pk, amount=amount, received_on=on)


@pytest.mark.parametrize("code", CODES)
def test_each_is_one_query_and_nothing_where_there_is_nothing(
    code: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert rows(code) == []
    assert tally(code).of == 0


# --- active tenancies


def test_tenancies_are_counted_that_hold_on_the_last_day() -> None:
    holds = rent.tenancy(date(2026, 9, 1))
    last_day = rent.tenancy(date(2026, 10, 31), ends_on=date(2026, 10, 31))
    rent.tenancy(date(2026, 9, 1), ends_on=date(2026, 10, 30))
    rent.tenancy(date(2026, 11, 1))
    elsewhere = rent.tenancy(date(2026, 9, 1), lease=rent.lease(rent.room(make.FOREIGN)))
    assert rows("active_tenancies") == [
        ("30", holds.pk, "", True, 0),
        ("30", last_day.pk, "", True, 0),
        ("50", elsewhere.pk, "", True, 0),
    ]
    assert [row.key for row in rows("active_tenancies", province="50")] == [elsewhere.pk]


# --- rent charged


def test_rent_is_summed_by_who_pays_to_the_satang() -> None:
    rent.tenancy(date(2026, 10, 1), lease=rent.lease(monthly_rent=250_001))
    rent.tenancy(date(2026, 10, 1), scheme=rent.scheme(rent.PILOT))
    rent.run(OCTOBER)
    amounts = dict.fromkeys(("participant", "programme"), 0)
    for row in rows("rent_charged"):
        amounts[row.group] += row.amount
    assert amounts == {"participant": 275_000, "programme": 275_001}


def test_what_is_taken_back_counts_with_a_minus_in_its_own_month() -> None:
    tenancy = rent.tenancy(date(2026, 10, 1))
    rent.run(OCTOBER)
    reverse_rent(actor=rent.SYSTEM, tenancy_id=tenancy.pk, month=OCTOBER, reason="x")
    assert sum(row.amount for row in rows("rent_charged")) == 250_000
    assert sum(row.amount for row in rows("rent_charged", NOVEMBER)) == -250_000


def test_a_shortened_stay_is_charged_less_from_now_on() -> None:
    tenancy = rent.tenancy(date(2026, 11, 1))
    rent.run(NOVEMBER)
    end_tenancy(actor=rent.SYSTEM, tenancy_id=tenancy.pk, ends_on=date(2026, 11, 12), reason="has_work")
    assert sum(row.amount for row in rows("rent_charged", NOVEMBER)) == 100_000


# --- arrears


def test_arrears_are_what_is_owed_on_the_last_day_and_credit_of_one_lowers_nobody_elses() -> None:
    owing, ahead = rent.tenancy(date(2026, 10, 1)), rent.tenancy(date(2026, 10, 1))
    rent.run(OCTOBER)
    pay(owing, "1000.50", date(2026, 10, 31))
    pay(owing, "100", date(2026, 11, 1))
    pay(ahead, "5000", date(2026, 10, 31))
    assert rows("rent_arrears") == [("30", owing.pk, "", True, 24_950)]
    assert rows("rent_arrears", NOVEMBER) == [("30", owing.pk, "", True, 14_950)]
    assert opened("rent_arrears", "finance_officer")[owing.pk].detail == "owes 149.50 baht today"


def test_arrears_of_somebody_who_left_stay() -> None:
    gone = rent.tenancy(date(2026, 9, 1), ends_on=date(2026, 9, 30))
    rent.run(SEPTEMBER)
    assert rows("rent_arrears") == [("30", gone.pk, "", True, 125_000)]


# --- still housed


def moved_in(day: date, ends_on: date | None = None, reason: str = "left", **fields: Any) -> Tenancy:
    if ends_on:
        fields |= {"ends_on": ends_on, "end_reason": reason}
    return rent.tenancy(day, **fields)


def test_who_has_a_room_or_does_well_after_three_months_is_housed() -> None:
    stays = {
        moved_in(date(2026, 7, 10)).pk: True,
        moved_in(date(2026, 7, 10), date(2026, 10, 10)).pk: True,
        moved_in(date(2026, 7, 10), date(2026, 10, 9)).pk: False,
        moved_in(date(2026, 7, 31), date(2026, 8, 20), "has_work").pk: True,
        moved_in(date(2026, 7, 1), date(2026, 8, 20), "own_home").pk: True,
        moved_in(date(2026, 7, 1), date(2026, 8, 20), "hospital").pk: False,
    }
    moved_in(date(2026, 6, 30))
    moved_in(date(2026, 8, 1))
    moved_in(date(2026, 7, 3), date(2026, 9, 1), "died")
    assert {row.key: row.counts for row in rows("still_housed")} == stays


def test_a_new_room_keeps_somebody_housed_and_is_no_moving_in() -> None:
    first = moved_in(date(2026, 7, 10), date(2026, 7, 31), "other_room")
    second = moved_in(date(2026, 8, 1), client=first.client)
    assert [(row.key, row.counts) for row in rows("still_housed")] == [(first.pk, True)]
    assert rows("still_housed", NOVEMBER) == []
    assert second.person_id == first.person_id


def test_a_person_counts_once_also_under_linked_records_at_the_first_place() -> None:
    first = moved_in(date(2026, 7, 1), date(2026, 7, 9))
    twin = make.client(make.FOREIGN, person=first.person)
    moved_in(date(2026, 7, 20), client=twin, lease=rent.lease(rent.room(make.FOREIGN)))
    assert rows("still_housed") == [("30", first.pk, "", True, 0)]
    assert rows("still_housed", province="50") == []


def test_nobody_is_judged_before_the_months_are_over() -> None:
    old, young = moved_in(date(2026, 8, 9)), moved_in(date(2026, 8, 10))
    assert [row.key for row in rows("still_housed", NOVEMBER, until=date(2026, 11, 9))] == [old.pk]
    assert young.pk in [row.key for row in rows("still_housed", NOVEMBER)]


# --- opening


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        ("social_worker", True), ("supervisor", True), ("finance_officer", True), ("auditor", True),
        ("department_analyst", False), ("nurse", False), ("partner", False), ("volunteer", False),
    ],
)  # fmt: skip
def test_rows_open_for_those_who_may_read_the_name(role: str, opens: bool) -> None:
    rent.tenancy(date(2026, 7, 1))
    rent.run(OCTOBER)
    for code in CODES:
        assert bool(opened(code, role)) == opens, code
    if role not in {"auditor"}:
        assert not opened("active_tenancies", role, make.FOREIGN)


def test_a_restricted_tenants_name_opens_for_the_leads_alone() -> None:
    rent.tenancy(date(2026, 10, 1), client=make.client(restricted=True))
    assert not opened("active_tenancies", "finance_officer")
    assert not opened("active_tenancies", "social_worker")
    assert opened("active_tenancies", "supervisor")


def test_each_row_says_why_it_counts() -> None:
    tenancy = moved_in(date(2026, 7, 10), date(2026, 8, 3), "has_work")
    row = opened("still_housed", "supervisor")[tenancy.pk]
    assert row.detail == "left 3 Aug 2569: has work and pays alone"
    assert (row.code, row.subject) == (tenancy.client.code, str(tenancy.client.uid))
    rent.tenancy(date(2026, 10, 1))
    rent.run(OCTOBER)
    details = {row.detail for row in opened("rent_charged", "supervisor").values()}
    assert details == {"1,250.00 baht"}
    assert Posting.objects.filter(kind="charge").count() == 2
