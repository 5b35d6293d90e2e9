from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.thai.periods import FiscalYear, Month

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def test_a_month_knows_its_days_and_neighbours() -> None:
    month = Month.parse("2026-12")
    assert (month.first, month.last) == (date(2026, 12, 1), date(2026, 12, 31))
    assert (str(month.next()), str(month.previous()), str(month.plus(-12))) == (
        "2027-01",
        "2026-11",
        "2025-12",
    )
    assert Month(2024, 2).last == date(2024, 2, 29)
    assert date(2026, 12, 31) in month
    assert date(2027, 12, 31) not in month
    assert Month(2026, 9) < Month(2026, 10) < Month(2027, 1)


def test_months_and_fiscal_years_have_names() -> None:
    assert Month(2026, 10).label() == "ตุลาคม 2569"
    assert Month(2026, 10).label("en") == "October 2569 BE"
    assert FiscalYear(2566).label() == "ปีงบประมาณ 2566"


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "2569-10", "26-10", "2026", "", "2026-10-01", "ตุลาคม"])
def test_only_a_gregorian_year_and_month_is_a_month(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)
    with pytest.raises(ValueError, match="month must be"):
        Month(2026, 0)


def test_the_fiscal_year_is_named_by_its_end() -> None:
    year = FiscalYear(2566)
    assert (year.first, year.last) == (date(2022, 10, 1), date(2023, 9, 30))
    assert FiscalYear.of(date(2022, 9, 30)) == FiscalYear(2565)
    assert Month(2022, 10).fiscal_year == year
    assert [FiscalYear.quarter(date(2023, m, 1)) for m in range(1, 13)] == [
        2,
        2,
        2,
        3,
        3,
        3,
        4,
        4,
        4,
        1,
        1,
        1,
    ]


@given(DAYS)
def test_every_day_lies_in_one_month_and_one_fiscal_year(day: date) -> None:
    month, year = Month.of(day), FiscalYear.of(day)
    assert month.first <= day <= month.last
    assert day in year
    assert month in year.months()
    assert month.last + timedelta(days=1) == month.next().first
    assert year.last + timedelta(days=1) == FiscalYear(year.be + 1).first
