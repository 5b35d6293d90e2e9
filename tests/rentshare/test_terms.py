"""What is charged in each month of a tenancy: step-down, end of the support, cap. Nothing is lost to the satang."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.money import WHOLE
from common.thai.periods import Month
from rentshare import rules
from rentshare.rules import OTHER, PARTICIPANT, PROGRAMME, Shares
from rentshare.rules.terms import (
    Step,
    Terms,
    look_ahead,
    month_number,
    month_split,
    percentages_problem,
    shares_in,
    split_month,
    steps_problem,
)

HALF, PILOT = Shares(5000, 5000), Shares(6000, 6000)
OURS = Terms(HALF, (Step(4, 3000),), support_months=6)
RENTS = st.integers(rules.LEAST_RENT, 10_000_000)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Anything that a scheme may say."""
    participant, programme, other = (
        draw(st.integers(1, WHOLE)),
        draw(st.integers(1, WHOLE)),
        draw(st.integers(0, WHOLE)),
    )
    lacking = max(0, WHOLE - participant - programme - other)
    shares = Shares(participant + lacking, programme, other)
    shares = shares if shares.participant <= WHOLE else Shares(WHOLE, programme, other)
    falling = sorted(draw(st.sets(st.integers(0, programme - 1), max_size=4)), reverse=True)
    months = sorted(draw(st.sets(st.integers(2, 30), min_size=len(falling), max_size=len(falling))))
    steps = tuple(Step(*step) for step in zip(months, falling, strict=True))
    last = steps[-1].from_month if steps else 1
    support = draw(st.none() | st.integers(last, 60))
    return Terms(shares, steps, support, draw(st.none() | st.integers(1, 10_000_000)))


@pytest.mark.parametrize(
    ("month", "starts", "number"),
    [
        (Month(2026, 1), date(2026, 1, 1), 1),
        (Month(2026, 2), date(2026, 1, 1), 2),
        (Month(2026, 1), date(2026, 1, 31), 1),
        (Month(2026, 2), date(2026, 1, 31), 1),
        (Month(2026, 3), date(2026, 1, 31), 2),
        (Month(2029, 2), date(2028, 2, 29), 12),
        (Month(2027, 1), date(2026, 12, 15), 1),
    ],
)
def test_a_part_month_at_the_beginning_counts_with_the_first_whole_one(
    month: Month, starts: date, number: int
) -> None:
    assert month_number(month, starts) == number


def test_fifty_thirty_nothing_over_six_months() -> None:
    ahead = list(look_ahead(OURS, 250_000, date(2026, 1, 31), None, 9))
    assert [str(one.month) for one in ahead][:2] == ["2026-01", "2026-02"]
    assert [one.number for one in ahead] == [1, 1, 2, 3, 4, 5, 6, 7, 8]
    assert ahead[0].split == rules.Split(8_064, {PARTICIPANT: 4_032, PROGRAMME: 4_032}, 0)
    assert [one.paid_by(PROGRAMME) for one in ahead[1:]] == [
        125_000, 125_000, 125_000, 75_000, 75_000, 75_000, 0, 0,
    ]  # fmt: skip
    assert [one.paid_by(PARTICIPANT) for one in ahead[-2:]] == [250_000, 250_000]


def test_what_the_programme_gives_up_comes_out_of_the_surplus_first() -> None:
    stepped = Terms(PILOT, (Step(2, 5000), Step(3, 3000)))
    assert shares_in(stepped, 1) == PILOT
    assert shares_in(stepped, 2) == Shares(6000, 5000)
    assert shares_in(stepped, 3) == Shares(7000, 3000)


def test_after_the_support_the_tenant_pays_alone_and_no_surplus_is_collected() -> None:
    three = Terms(Shares(6000, 3000, 2000), support_months=2)
    assert shares_in(three, 2) == Shares(6000, 3000, 2000)
    assert split_month(three, 250_001, 3, None) == rules.Split(250_001, {PARTICIPANT: 250_001}, 0)


@pytest.mark.parametrize(
    ("shares", "cap", "parts", "surplus"),
    [
        (HALF, 125_000, {PARTICIPANT: 125_000, PROGRAMME: 125_000}, 0),
        (HALF, 100_000, {PARTICIPANT: 150_000, PROGRAMME: 100_000}, 0),
        (HALF, 0, {PARTICIPANT: 250_000}, 0),
        (PILOT, 120_000, {PARTICIPANT: 150_000, PROGRAMME: 120_000}, 20_000),
        (PILOT, 50_000, {PARTICIPANT: 200_000, PROGRAMME: 50_000}, 0),
        (Shares(1, 4999, 5000), 1, {PARTICIPANT: 124_999, PROGRAMME: 1, OTHER: 125_000}, 0),
    ],
)
def test_beyond_its_cap_the_programme_pays_nothing(
    shares: Shares, cap: int, parts: dict[str, int], surplus: int
) -> None:
    assert split_month(Terms(shares), 250_000, 1, cap) == rules.Split(250_000, parts, surplus)


def test_a_part_month_has_its_part_of_the_cap() -> None:
    capped = Terms(HALF, cap=100_000)
    split = month_split(capped, 250_000, Month(2026, 11), date(2026, 11, 16), None)
    assert split == rules.Split(125_000, {PARTICIPANT: 75_000, PROGRAMME: 50_000}, 0)
    assert month_split(capped, 250_000, Month(2026, 10), date(2026, 11, 16), None) is None


@given(terms(), RENTS, st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 1500))
def test_in_every_month_the_parts_sum_to_the_whole(
    agreed: Terms, rent: int, start: date, length: int
) -> None:
    end = date.fromordinal(start.toordinal() + length)
    before = WHOLE
    for one in look_ahead(agreed, rent, start, end, 50):
        split = one.split
        assert split.rent == rules.rent_of_month(rent, one.month, start, end)
        assert sum(split.parts.values()) - split.surplus == split.rent
        assert split.surplus >= 0
        assert all(part > 0 for part in split.parts.values())
        shares = shares_in(agreed, one.number)
        assert max(shares.participant, shares.programme, shares.other) <= WHOLE <= shares.together
        assert shares.programme <= before, "the programme's share only ever falls"
        before = shares.programme
        if agreed.cap is not None:
            assert split.parts.get(PROGRAMME, 0) <= agreed.cap


@pytest.mark.parametrize(
    ("steps", "support", "problem"),
    [
        ((), None, ""),
        ((Step(4, 3000), Step(7, 0)), None, ""),
        ((Step(6, 3000),), 6, ""),
        ((Step(7, 3000),), 6, "steps_after_support"),
        ((Step(1, 3000),), None, "steps_order"),
        ((Step(3, 3000), Step(2, 0)), None, "steps_order"),
        ((Step(2, 3000), Step(3, 3000)), None, "steps_fall"),
        ((Step(2, 10_001),), None, "share_out_of_range"),
        ((), 0, "support_months"),
        ((), 121, "support_months"),
        (tuple(Step(n + 2, 4000 - n) for n in range(13)), None, "steps_too_many"),
    ],
)
def test_what_a_step_down_may_say(steps: tuple[Step, ...], support: int | None, problem: str) -> None:
    assert steps_problem(HALF, steps, support) == problem


@pytest.mark.parametrize("shares", [Shares(0, WHOLE), Shares(WHOLE, 0), Shares(0, 0, WHOLE)])
def test_nothing_is_no_half(shares: Shares) -> None:
    assert (
        percentages_problem(shares, other_funder="x" if shares.other else "", surplus_fund="") == "share_zero"
    )
