"""The network's rules: quantities, days, hours, values, steps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import rules
from network.models.units import Kind, Unit

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "hundredths", "code"),
    [
        ("3", 300, ""),
        ("๓", 300, ""),
        ("2,868", 286800, ""),
        ("12.5", 1250, ""),
        ("12.50", 1250, ""),
        ("0.01", 1, ""),
        ("100.120", 10012, ""),
        ("100.125", 0, "three_decimals"),
        ("-23", 0, "negative"),
        ("−23", 0, "negative"),
        ("-0.001", 0, "negative"),
        ("0", 0, "quantity"),
        ("", 0, "quantity"),
        ("สามสิบ", 0, "quantity"),
        ("<script>", 0, "quantity"),
        ("1e5", 0, "quantity"),
        ("NaN", 0, "quantity"),
        ("1000000000", 10**11, ""),
        ("1000000000.01", 10**11 + 1, "too_large"),
        ("9" * 39, 0, "too_large"),
        ("9" * 5000, 0, "quantity"),
    ],
)
def test_a_quantity_is_read_exactly_or_refused(text: str, hundredths: int, code: str) -> None:
    assert rules.read_quantity(text) == (hundredths, code)


@given(st.integers(1, rules.MOST))
def test_a_quantity_written_and_read_again_is_the_same(hundredths: int) -> None:
    assert rules.read_quantity(str(rules.as_decimal(hundredths))) == (hundredths, "")
    assert rules.read_quantity(f"{rules.as_decimal(hundredths):,}") == (hundredths, "")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=4))
def test_what_is_finer_than_a_hundredth_is_never_rounded(number: Decimal) -> None:
    hundredths, code = rules.read_quantity(f"{number:f}")
    if code == "":
        assert Decimal(hundredths) == number * 100
    elif number < 0:
        assert code == "negative"
    else:
        assert code == ("quantity" if number == 0 else "three_decimals")


def test_a_day_to_come_is_refused_and_today_is_not() -> None:
    assert rules.day_problem(TODAY, today=TODAY) == ""
    assert rules.day_problem(TODAY + timedelta(days=1), today=TODAY) == "future"
    assert rules.day_problem(date(1990, 1, 1), today=TODAY) == ""
    assert rules.day_problem(date(1989, 12, 31), today=TODAY) == "too_early"


def test_one_person_has_24_hours() -> None:
    assert rules.hours_problem("hour", 2400, 1) == ""
    assert rules.hours_problem("hour", 2401, 1) == "day_over_24"
    assert rules.hours_problem("hour", 2500, 1) == "day_over_24"
    assert rules.hours_problem("hour", 4800, 2) == ""
    assert rules.hours_problem("kg", 5000, 1) == ""


def test_several_entries_of_one_day_fit_into_it_together() -> None:
    assert rules.day_together_problem([]) == ""
    assert rules.day_together_problem([(1200, 1), (1200, 1)]) == ""
    assert rules.day_together_problem([(1200, 1), (1201, 1)]) == "day_over_24"
    assert rules.day_together_problem([(1200, 1), (3600, 2)]) == ""


def test_people_are_counted_from_one() -> None:
    assert rules.people_problem(0) == "people"
    assert rules.people_problem(1) == ""
    assert rules.people_problem(1000) == ""
    assert rules.people_problem(1001) == "people"


@given(st.integers(1, rules.MOST), st.integers(1, 10**6))
def test_a_value_is_rounded_down_to_the_satang(hundredths: int, satang: int) -> None:
    value = rules.value_of(hundredths, satang)
    assert 0 <= Decimal(hundredths) * satang / 100 - value < 1


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**5))
def test_giving_in_parts_is_never_worth_more_than_at_once(one: int, other: int, satang: int) -> None:
    together = rules.value_of(one + other, satang)
    assert together - 1 <= rules.value_of(one, satang) + rules.value_of(other, satang) <= together


def test_a_partner_gives_while_it_is_one() -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)

    def problem(day: date, end: date | None = last) -> str:
        return rules.active_problem(day, active_from=first, active_to=end)

    assert problem(first) == problem(last) == problem(TODAY, None) == ""
    assert problem(date(2025, 12, 31)) == problem(date(2026, 7, 1)) == "partner_inactive"


def test_steps_go_one_at_a_time_and_never_back() -> None:
    assert rules.step_problem("pledged", "received") == ""
    assert rules.step_problem("received", "confirmed") == ""
    assert rules.step_problem("pledged", "confirmed") == "not_received"
    assert rules.step_problem("received", "received") == "received_already"
    assert rules.step_problem("confirmed", "received") == "received_already"
    assert rules.step_problem("confirmed", "confirmed") == "confirmed_already"


def test_who_logs_does_not_confirm() -> None:
    assert rules.confirm_problem(logger="user:1", confirmer="user:1") == "own_entry"
    assert rules.confirm_problem(logger="user:1", confirmer="user:2") == ""


def test_every_unit_says_what_kind_it_is_and_every_kind_has_a_unit() -> None:
    assert set(rules.KIND_OF) == set(Unit.values)
    assert set(rules.KIND_OF.values()) == set(Kind.values) == set(rules.KINDS)


def test_rows_that_differ_in_anything_have_different_fingerprints() -> None:
    assert rules.fingerprint("a", 1) == rules.fingerprint("a", 1)
    assert len({rules.fingerprint(*parts) for parts in [("a", 1), ("a", 2), ("a1",), ("", "a1")]}) == 4
