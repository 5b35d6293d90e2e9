"""The arithmetic of half-rent rooms: nothing is lost, nothing is doubled, to the satang."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import WHOLE, MoneyError
from common.thai.periods import Month
from rentshare import allocation, rules
from rentshare.rules import OTHER, PARTICIPANT, PROGRAMME, Owed, Shares, Stay

HALF, PILOT = Shares(5000, 5000), Shares(6000, 6000)
RENTS = st.integers(rules.LEAST_RENT, 10_000_000)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def covering(draw: st.DrawFn) -> Shares:
    """Shares that cover the rent."""
    participant, programme, other = (draw(st.integers(0, WHOLE)) for _ in range(3))
    lacking = max(0, WHOLE - participant - programme - other)
    return Shares(participant, min(WHOLE, programme + lacking), max(other, lacking - (WHOLE - programme)))


# --- the split


@pytest.mark.parametrize(
    ("rent", "shares", "parts", "surplus"),
    [
        (250_000, HALF, {PARTICIPANT: 125_000, PROGRAMME: 125_000}, 0),
        (250_000, PILOT, {PARTICIPANT: 150_000, PROGRAMME: 150_000}, 50_000),
        (250_001, HALF, {PARTICIPANT: 125_000, PROGRAMME: 125_001}, 0),
        (100_001, Shares(3333, 3333, 3334), {PARTICIPANT: 33_330, PROGRAMME: 33_330, OTHER: 33_341}, 0),
        (250_000, Shares(10_000, 0), {PARTICIPANT: 250_000}, 0),
        (250_001, Shares(0, 10_000), {PROGRAMME: 250_001}, 0),
    ],
)
def test_a_rent_is_shared_out_to_the_satang(
    rent: int, shares: Shares, parts: dict[str, int], surplus: int
) -> None:
    assert rules.split_rent(rent, shares) == rules.Split(rent, parts, surplus)


@given(RENTS, covering())
def test_parts_without_the_surplus_are_the_rent_and_nobody_pays_less_than_nothing(
    rent: int, shares: Shares
) -> None:
    split = rules.split_rent(rent, shares)
    assert sum(split.parts.values()) - split.surplus == rent
    assert split.surplus >= 0
    assert all(part > 0 for part in split.parts.values())
    assert (split.surplus == 0) or shares.has_surplus


@given(RENTS, covering())
def test_nobody_but_the_last_pays_more_than_the_share(rent: int, shares: Shares) -> None:
    split = rules.split_rent(rent, shares)
    points = {PARTICIPANT: shares.participant, PROGRAMME: shares.programme, OTHER: shares.other}
    last = [party for party, share in points.items() if share][-1]
    for party, part in split.parts.items():
        exact = rent * points[party] / WHOLE
        assert part <= exact + (2 if party == last else 0)


def test_shares_that_do_not_cover_the_rent_are_refused() -> None:
    with pytest.raises(MoneyError):
        rules.split_rent(250_000, Shares(4999, 5000))


@pytest.mark.parametrize(
    ("shares", "funder", "fund", "problem"),
    [
        (HALF, "", "", ""),
        (PILOT, "", "กองทุน", ""),
        (Shares(5000, 2500, 2500), "สสส.", "", ""),
        (Shares(4999, 5000), "", "", "shares_below_whole"),
        (Shares(-1, 10_000, 1), "x", "", "share_out_of_range"),
        (Shares(10_001, 0), "", "กองทุน", "share_out_of_range"),
        (Shares(5000, 2500, 2500), "", "", "other_funder"),
        (HALF, "สสส.", "", "other_funder"),
        (PILOT, "", "", "surplus_fund"),
        (HALF, "", "กองทุน", "surplus_fund"),
    ],
)
def test_what_a_scheme_may_say(shares: Shares, funder: str, fund: str, problem: str) -> None:
    assert rules.shares_problem(shares, other_funder=funder, surplus_fund=fund) == problem


@pytest.mark.parametrize(
    ("rent", "problem"),
    [(199_999, "rent_below_floor"), (200_000, ""), (300_000, ""), (300_001, "rent_above_ceiling")],
)
def test_both_bounds_of_the_rent_belong_to_the_scheme(rent: int, problem: str) -> None:
    assert rules.rent_problem(rent, 200_000, 300_000) == problem


def test_without_bounds_any_rent_of_a_baht_or_more_will_do() -> None:
    assert rules.rent_problem(100, None, None) == ""
    assert rules.rent_problem(99, None, None) == "rent_too_low"
    assert rules.bounds_problem(None, None) == ""
    assert rules.bounds_problem(300_000, 300_000) == ""
    assert rules.bounds_problem(300_001, 300_000) == "floor_above_ceiling"
    assert rules.bounds_problem(-1, None) == "rent_too_low"


# --- part months


@pytest.mark.parametrize(
    ("month", "starts", "ends", "rent"),
    [
        (Month(2026, 11), date(2026, 11, 1), None, 250_000),
        (Month(2026, 11), date(2025, 1, 1), date(2026, 11, 30), 250_000),
        (Month(2026, 11), date(2026, 11, 16), None, 125_000),
        (Month(2026, 11), date(2026, 11, 30), None, 8_333),
        (Month(2026, 11), date(2026, 1, 1), date(2026, 11, 1), 8_333),
        (Month(2026, 12), date(2026, 12, 17), date(2026, 12, 17), 8_064),
        (Month(2028, 2), date(2028, 2, 29), None, 8_620),
        (Month(2027, 2), date(2027, 2, 1), None, 250_000),
        (Month(2026, 11), date(2026, 12, 1), None, 0),
        (Month(2026, 11), date(2026, 1, 1), date(2026, 10, 31), 0),
    ],
)
def test_part_of_a_month_is_charged_by_its_days(
    month: Month, starts: date, ends: date | None, rent: int
) -> None:
    assert rules.rent_of_month(250_000, month, starts, ends) == rent


@given(RENTS, DAYS, st.integers(0, 800))
def test_a_stay_costs_its_days_and_whole_months_the_whole_rent(rent: int, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    days = 0
    for month in rules.months_of(start, end):
        stayed = rules.days_in(month, start, end)
        due = rules.rent_of_month(rent, month, start, end)
        days += stayed
        assert 0 < due <= rent
        assert (due == rent) == (stayed == month.last.day) or rent < month.last.day
    assert days == length + 1


@given(RENTS, DAYS)
def test_two_who_follow_each_other_never_pay_more_than_the_month(rent: int, day: date) -> None:
    month = Month.of(day)
    leaves = rules.rent_of_month(rent, month, date(2019, 1, 1), day)
    comes = rules.rent_of_month(rent, month, day + timedelta(days=1), None)
    assert rent - 1 <= leaves + comes <= rent


# --- versions, stays, balances


@dataclass
class Version:
    starts_on: date


def test_the_version_in_force_is_the_last_that_has_begun() -> None:
    pilot, half = Version(date(2022, 3, 1)), Version(date(2023, 10, 1))
    versions = [half, pilot]
    assert rules.version_on(versions, date(2022, 2, 28)) is None
    assert rules.version_on(versions, date(2022, 3, 1)) is pilot
    assert rules.version_on(versions, date(2023, 9, 30)) is pilot
    assert rules.version_on(versions, date(2023, 10, 1)) is half
    assert rules.decisive_day(Month(2023, 10), date(2022, 5, 1)) == date(2023, 10, 1)
    assert rules.decisive_day(Month(2023, 10), date(2023, 10, 20)) == date(2023, 10, 20)


@pytest.mark.parametrize(
    ("starts", "ends", "problem"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), ""),
        (date(2025, 12, 31), date(2026, 2, 1), "before_lease"),
        (date(2026, 6, 1), None, "after_lease"),
        (date(2026, 6, 1), date(2027, 1, 1), "after_lease"),
        (date(2026, 6, 1), date(2026, 5, 31), "ends_before_start"),
        (date(2026, 6, 1), date(2026, 6, 1), ""),
    ],
)
def test_a_stay_lies_within_the_lease(starts: date, ends: date | None, problem: str) -> None:
    found = rules.stay_problem(starts, ends, lease_from=date(2026, 1, 1), lease_to=date(2026, 12, 31))
    assert found == problem


def test_a_lease_without_end_takes_a_stay_without_end() -> None:
    assert rules.stay_problem(date(2026, 6, 1), None, lease_from=date(2026, 1, 1), lease_to=None) == ""


def test_rents_of_a_room_are_added_up_day_by_day() -> None:
    first = (date(2026, 1, 1), date(2026, 6, 30), 150_000)
    second = (date(2026, 7, 1), None, 250_000)
    third = (date(2026, 6, 30), None, 100_000)
    assert rules.highest_together([]) == 0
    assert rules.highest_together([first, second]) == 250_000
    assert rules.highest_together([first, second, third]) == 350_000


@pytest.mark.parametrize(
    ("stays", "housed"),
    [
        ([], False),
        ([Stay(date(2026, 8, 1), None)], True),
        ([Stay(date(2026, 8, 1), date(2026, 11, 1))], True),
        ([Stay(date(2026, 8, 1), date(2026, 10, 31))], False),
        ([Stay(date(2026, 8, 1), date(2026, 10, 31), well=True)], True),
        ([Stay(date(2026, 8, 1), date(2026, 9, 1)), Stay(date(2026, 9, 20), None)], True),
        (
            [Stay(date(2026, 8, 1), date(2026, 9, 1), well=True), Stay(date(2026, 9, 2), date(2026, 9, 9))],
            False,
        ),
        ([Stay(date(2026, 11, 2), None)], False),
    ],
)
def test_who_is_housed_on_a_day(stays: list[Stay], housed: bool) -> None:
    assert rules.is_housed(stays, date(2026, 11, 1)) == housed


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_is_owed_is_either_arrears_or_credit(charged: int, paid: int) -> None:
    owed = Owed(charged, paid)
    assert owed.arrears - owed.credit == charged - paid
    assert min(owed.arrears, owed.credit) == 0


def test_money_moves_today_or_before_and_not_in_another_age() -> None:
    today = date(2026, 11, 22)
    assert rules.day_problem(today, today) == ""
    assert rules.day_problem(today + timedelta(days=1), today) == "future"
    assert rules.day_problem(date(2016, 11, 20), today) == "too_long_ago"


@given(st.lists(st.integers(0, 10**7), max_size=12), st.integers(-(10**6), 10**8), st.integers(1, 10**8))
def test_what_a_payment_pays_for_and_its_credit_sum_to_it(
    charges: list[int], before: int, amount: int
) -> None:
    months = [(f"2026-{number:02}", charge) for number, charge in enumerate(charges, 1)]
    parts, credit = allocation.covered(months, before, amount)
    assert sum(part for _month, part in parts) + credit == amount
    assert all(0 < part <= dict(months)[month] for month, part in parts)
    assert credit >= 0
