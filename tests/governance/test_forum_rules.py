"""Rules of forums, voices and demands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance import forum_rules as rules

TODAY = date(2026, 11, 10)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_a_forum_that_lies_ahead_has_reached_no_level() -> None:
    assert rules.holding_problem(TODAY, today=TODAY) == ""
    assert rules.holding_problem(TODAY + timedelta(days=1), today=TODAY) == "forum_future"


def test_a_forum_is_planned_up_to_two_years_ahead() -> None:
    assert rules.plan_problem(TODAY + rules.PLANS_AHEAD, today=TODAY) == ""
    assert rules.plan_problem(TODAY + rules.PLANS_AHEAD + timedelta(days=1), today=TODAY) == "forum_too_far"


@pytest.mark.parametrize(
    ("count", "problem"),
    [(0, ""), (rules.MOST_PEOPLE, ""), (-1, "people_negative"), (10_001, "people_too_many")],
)
def test_people_are_counted_from_nobody_up(count: int, problem: str) -> None:
    assert rules.people_problem(count) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("อยากมีห้อง", ""),
        ("ก" * 5000, ""),
        ("ก" * 5001, "voice_too_long"),
        (" \t", "voice_empty"),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_voice_has_words_and_an_end(text: str, problem: str) -> None:
    assert rules.voice_problem(text) == problem


def test_voices_are_written_down_on_the_day_and_later() -> None:
    assert rules.voices_problem(day=TODAY, today=TODAY, cancelled=False) == ""
    assert (
        rules.voices_problem(day=TODAY + timedelta(days=1), today=TODAY, cancelled=False) == "forum_not_begun"
    )
    assert rules.voices_problem(day=TODAY, today=TODAY, cancelled=True) == "forum_cancelled"


@given(days, days, days)
def test_a_demand_that_is_taken_has_its_days_in_order(made: date, due: date, forum: date) -> None:
    problem = rules.demand_problem(made_on=made, due_on=due, forum_day=forum, today=TODAY)
    in_order = forum <= made <= min(due, TODAY) and due - made <= rules.PLANS_AHEAD
    assert (problem == "") == in_order


def test_a_demand_says_which_day_is_wrong() -> None:
    def problem(made: date, due: date) -> str:
        return rules.demand_problem(made_on=made, due_on=due, forum_day=date(2026, 11, 1), today=TODAY)

    assert problem(date(2026, 11, 11), date(2026, 12, 1)) == "demand_future"
    assert problem(date(2026, 10, 31), date(2026, 12, 1)) == "demand_before_forum"
    assert problem(date(2026, 11, 5), date(2026, 11, 4)) == "due_before_made"
    assert problem(date(2026, 11, 5), date(2026, 11, 5)) == ""


@given(days, st.none() | days)
def test_an_answer_is_in_time_exactly_when_it_was_never_overdue_on_its_day(
    due: date, answered: date | None
) -> None:
    in_time = rules.answered_in_time(due, answered)
    if answered is None:
        assert not in_time
    else:
        assert in_time is not rules.overdue(due, today=answered, answered=False)


def test_people_are_told_after_there_is_an_answer() -> None:
    assert rules.telling_problem(TODAY, first_answer=None, today=TODAY) == "not_answered"
    assert rules.telling_problem(TODAY, first_answer=TODAY, today=TODAY) == ""
    yesterday = TODAY - timedelta(days=1)
    assert rules.telling_problem(yesterday, first_answer=TODAY, today=TODAY) == "told_before_answer"
    assert rules.telling_problem(TODAY, first_answer=yesterday, today=yesterday) == "step_future"


def test_all_four_parts_or_it_is_not_complete() -> None:
    assert rules.missing_parts({}) == ["issue", "who", "result", "improved"]
    assert rules.missing_parts({"issue": "ก", "who": " ", "result": "ข", "improved": "ค"}) == ["who"]
    assert rules.missing_parts(dict.fromkeys(rules.PARTS, "ก")) == []
