"""The arithmetic of figures."""

from datetime import date

import pytest

from common.thai.periods import Month
from governance.rules import (
    Row,
    Tally,
    came_back,
    compare,
    done_on_time,
    is_over,
    months_after,
    reached_in_time,
)


def test_a_month_is_over_the_day_after_its_last() -> None:
    february = Month(2028, 2)
    assert not is_over(february, date(2028, 2, 29))
    assert is_over(february, date(2028, 3, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 4, 15), 6, date(2026, 10, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("contacted_on", "in_time"),
    [
        (date(2026, 10, 5), True),
        (date(2026, 10, 8), True),
        (date(2026, 10, 9), False),
        (date(2026, 10, 4), False),
        (None, False),
    ],
)
def test_contact_counts_from_the_day_of_notice_to_the_third_day_after(
    contacted_on: date | None, in_time: bool
) -> None:
    assert reached_in_time(date(2026, 10, 5), contacted_on, 3) is in_time


def test_a_follow_up_is_on_time_on_its_day_and_earlier() -> None:
    due = date(2026, 10, 5)
    assert done_on_time(due, due)
    assert done_on_time(due, date(2026, 10, 1))
    assert not done_on_time(due, date(2026, 10, 6))
    assert not done_on_time(due, None)


def test_coming_back_counts_up_to_the_same_day_six_months_later() -> None:
    closed = date(2026, 8, 31)
    assert came_back(closed, closed, 6)
    assert came_back(closed, date(2027, 2, 28), 6)
    assert not came_back(closed, date(2027, 3, 1), 6)
    assert not came_back(closed, date(2026, 8, 30), 6)
    assert not came_back(closed, None, 6)


def test_tallies_add_up_with_their_groups() -> None:
    one, other = Tally(), Tally()
    one.add("news", counts=True)
    other.add("news", counts=False)
    other.add("walk_in", counts=True)
    one.include(other)
    assert one == Tally(2, 3, {"news": [1, 2], "walk_in": [1, 1]})


def test_tallies_add_amounts_of_the_rows_that_count() -> None:
    one, other = Tally(), Tally()
    one.add("money", counts=True, amount=12_550)
    one.add("money", counts=False, amount=99_999)
    other.add("hours", counts=True, amount=-50)
    one.include(other)
    assert (one.amount, one.amounts) == (12_500, {"money": 12_550, "hours": -50})
    assert (one.counted, one.of) == (2, 3)


def test_another_amount_is_a_difference() -> None:
    frozen = [Row("30", 1, "", True, 100), Row("30", 2, "", True, 200)]
    live = [Row("30", 1, "", True, 100), Row("30", 2, "", True, 201)]
    assert compare(frozen, live).changed == {2}


def test_what_differs_is_told_apart() -> None:
    frozen = [Row("30", 1, "", True), Row("30", 2, "", True), Row("30", 3, "", False)]
    live = [Row("30", 2, "", False), Row("30", 3, "", False), Row("30", 4, "", True)]
    difference = compare(frozen, live)
    assert (difference.left, difference.came, difference.changed) == ({1}, {4}, {2})
    assert difference
    assert not compare(frozen, list(reversed(frozen)))


def test_a_correction_that_leaves_the_figure_alone_is_no_difference() -> None:
    frozen, live = [Row("30", 1, "news", True)], [Row("30", 9, "news", True)]
    assert not compare(frozen, live, {1: 9})
    moved = compare(frozen, [Row("30", 9, "walk_in", True)], {1: 9})
    assert (moved.left, moved.came) == ({1}, {9})
