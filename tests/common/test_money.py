from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import MoneyError, format_baht, shares, split, to_baht, to_satang

SATANG = st.integers(min_value=0, max_value=10**12)


@given(SATANG)
def test_satang_survive_the_way_to_baht_and_back(satang: int) -> None:
    assert to_satang(to_baht(satang)) == satang
    assert to_satang(format_baht(satang)) == satang


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("1,250.50", 125_050),
        ("1250", 125_000),
        (" ฿2,500 ", 250_000),
        ("๒,๕๐๐.๒๕ บาท", 250_025),
        ("0.5", 50),
        (".25", 25),
        ("3.", 300),
        (Decimal("1.10"), 110),
        (Decimal("1.100"), 110),
        (Decimal("1E+2"), 10_000),
        (7, 700),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: Decimal | str | int, satang: int) -> None:
    assert to_satang(typed) == satang


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.005", "three_decimals"),
        (Decimal("0.001"), "three_decimals"),
        ("-1", "negative"),
        ("", "not_a_number"),
        ("สองร้อย", "not_a_number"),
        ("1,25", "not_a_number"),
        ("12,3456", "not_a_number"),
        ("1e5", "not_a_number"),
        ("NaN", "not_a_number"),
        (Decimal("Infinity"), "not_a_number"),
        (Decimal("NaN"), "not_a_number"),
        (Decimal("1E+400"), "too_large"),
        (Decimal("1E-400"), "three_decimals"),
        ("99999999999999", "too_large"),
        ("9" * 1000, "not_a_number"),
    ],
)
def test_what_is_no_amount_is_refused_by_name(typed: Decimal | str, code: str) -> None:
    with pytest.raises(MoneyError) as refused:
        to_satang(typed)
    assert refused.value.code == code


def test_floats_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        to_satang(1.1)  # type: ignore[arg-type]


def test_baht_are_shown_with_thousands_and_two_decimals() -> None:
    assert format_baht(125_000) == "1,250.00 บาท"
    assert format_baht(-5) == "-0.05 บาท"
    assert format_baht(125_000, lang="en") == "1,250.00 baht"


@given(
    st.integers(min_value=-(10**9), max_value=10**9), st.lists(st.integers(0, 10_000), min_size=1, max_size=8)
)
def test_parts_sum_to_the_whole_and_stay_near_their_share(total: int, weights: list[int]) -> None:
    if sum(weights) == 0:
        with pytest.raises(MoneyError):
            split(total, weights)
        return
    parts = split(total, weights)
    assert sum(parts) == total
    assert len(parts) == len(weights)
    for part, weight in zip(parts[:-1], weights[:-1], strict=True):
        assert 0 <= abs(total) * weight - abs(part) * sum(weights) < sum(weights)
    assert all(part == 0 or (part > 0) == (total > 0) for part in parts)


def test_the_last_party_takes_the_satang_left_over() -> None:
    assert split(100_001, [1, 1]) == [50_000, 50_001]
    assert split(1, [1, 1, 1]) == [0, 0, 1]
    assert split(-100_001, [1, 1]) == [-50_000, -50_001]


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_say_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(MoneyError, match="weights"):
        split(100, weights)


def test_shares_above_the_whole_leave_a_surplus_that_is_not_rounded_away() -> None:
    assert shares(250_000, [6_000, 6_000]) == ([150_000, 150_000], 50_000)
    parts, surplus = shares(250_001, [6_000, 6_000])
    assert sum(parts) == 250_001 + surplus
    assert shares(250_001, [5_000, 5_000]) == ([125_000, 125_001], 0)


def test_shares_that_do_not_cover_the_rent_are_refused() -> None:
    with pytest.raises(MoneyError, match="shares_below_whole"):
        shares(250_000, [5_000, 4_999])


@given(SATANG, st.lists(st.integers(0, 10_000), min_size=1, max_size=5))
def test_surplus_is_what_comes_in_above_the_total(total: int, basis_points: list[int]) -> None:
    if sum(basis_points) < 10_000:
        return
    parts, surplus = shares(total, basis_points)
    assert sum(parts) - surplus == total
    assert surplus >= 0
