from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from common.thai.periods import Month
from common.workdays import add_workdays, first_workday, is_workday, next_workday, workdays_between

NEW_YEAR = {date(2026, 12, 31), date(2027, 1, 1)}
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
HOLIDAYS = st.sets(st.dates(date(2020, 1, 1), date(2021, 12, 31)), max_size=30)


def test_weekends_and_holidays_are_no_workdays() -> None:
    assert is_workday(date(2026, 12, 30), NEW_YEAR)
    assert not is_workday(date(2026, 12, 31), NEW_YEAR)
    assert not is_workday(date(2027, 1, 2), NEW_YEAR)  # Saturday


def test_the_first_workday_of_january_is_after_new_year_and_its_weekend() -> None:
    assert first_workday(Month(2027, 1), NEW_YEAR) == date(2027, 1, 4)
    assert next_workday(date(2026, 12, 30), NEW_YEAR) == date(2027, 1, 4)
    assert next_workday(date(2026, 12, 30), NEW_YEAR, inclusive=True) == date(2026, 12, 30)


def test_days_are_added_over_the_holidays_and_back() -> None:
    assert add_workdays(date(2026, 12, 29), 2, NEW_YEAR) == date(2027, 1, 4)
    assert add_workdays(date(2027, 1, 4), -2, NEW_YEAR) == date(2026, 12, 29)
    assert add_workdays(date(2027, 1, 2), 0, NEW_YEAR) == date(2027, 1, 2)


def test_notice_on_monday_contact_on_thursday_is_three_days() -> None:
    assert workdays_between(date(2026, 11, 23), date(2026, 11, 26), set()) == 3
    assert workdays_between(date(2026, 11, 27), date(2026, 11, 30), set()) == 1  # Friday to Monday
    assert workdays_between(date(2026, 11, 26), date(2026, 11, 23), set()) == -3


@given(DAYS, st.integers(0, 400), HOLIDAYS)
def test_counting_agrees_with_looking_at_every_day(start: date, length: int, holidays: set[date]) -> None:
    end = start + timedelta(days=length)
    each = sum(is_workday(start + timedelta(days=n), holidays) for n in range(1, length + 1))
    assert workdays_between(start, end, holidays) == each


@given(DAYS, st.integers(1, 40), HOLIDAYS)
def test_adding_and_counting_are_one_rule(start: date, count: int, holidays: set[date]) -> None:
    end = add_workdays(start, count, holidays)
    assert is_workday(end, holidays)
    assert workdays_between(start, end, holidays) == count
