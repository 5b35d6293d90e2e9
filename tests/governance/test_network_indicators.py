"""What the figures of the network count and leave out, and who may open the rows behind them."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from common.thai.periods import Month
from governance.counting import now
from governance.indicators import get
from governance.rules import Row
from network.models import Contribution, Partner
from tests.support import factories as make
from tests.support import partners

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)
DAY = date(2026, 10, 15)


@pytest.fixture
def temple() -> Partner:
    return partners.partner(code="WAT-NONDAENG", active_from=date(2020, 1, 1))


def rows(
    code: str, month: Month = OCTOBER, province: str | None = None, until: date | None = None
) -> list[Row]:
    indicator = get(code)
    assert indicator is not None
    return sorted(indicator.rows(indicator.window(month, until or month.last, province)))


def money(temple: Partner, satang: int = 100_00, state: str = "received", **more: Any) -> Contribution:
    return partners.contribution(
        temple, state, **{"unit": "baht", "quantity": satang, "given_on": DAY, **more}
    )


def corrected(row: Contribution, **more: Any) -> Contribution:
    values = {"unit": row.unit, "quantity": row.quantity, "given_on": row.given_on, **more}
    return partners.contribution(row.partner, corrects=row, **values)


def test_what_was_received_counts_by_kind_with_its_value(temple: Partner) -> None:
    cash = money(temple)
    line = partners.unit_value("kg", 3000)
    rice = partners.contribution(
        temple, unit="kg", quantity=200, given_on=DAY, value_satang=6000, basis="book", unit_value=line
    )
    unknown = partners.contribution(temple, unit="set", quantity=500, given_on=DAY)
    assert rows("contributions_received") == sorted(
        [
            Row("30", cash.pk, "money", True, 10000),
            Row("30", rice.pk, "goods", True, 6000),
            Row("30", unknown.pk, "goods", True, 0),
        ]
    )
    indicator = get("contributions_received")
    assert indicator is not None
    assert now(indicator, OCTOBER, "TH").amounts == {"money": 10000, "goods": 6000}


def test_promises_other_months_and_other_provinces_are_left_out(temple: Partner) -> None:
    money(temple, state="pledged")
    first, last = money(temple, given_on=OCTOBER.first), money(temple, given_on=OCTOBER.last)
    money(temple, given_on=date(2026, 9, 30))
    money(temple, given_on=date(2026, 11, 1))
    far = money(temple, province_id="50")
    assert {row.key for row in rows("contributions_received", province="30")} == {first.pk, last.pk}
    assert {row.key for row in rows("contributions_received")} == {first.pk, last.pk, far.pk}
    assert {row.key for row in rows("contributions_received", until=date(2026, 10, 1))} == {first.pk}


def test_a_promise_counts_in_the_month_it_came(temple: Partner) -> None:
    row = money(temple, state="pledged", given_on=date(2026, 9, 20))
    partners.event(row, "received", occurred_on=DAY)
    assert [found.key for found in rows("contributions_received")] == [row.pk]
    assert not rows("contributions_received", Month(2026, 9))


def test_of_a_chain_of_corrections_the_last_counts_and_what_never_came_does_not(temple: Partner) -> None:
    old = money(temple)
    new = corrected(old, quantity=50_00)
    gone = money(temple)
    corrected(gone, is_void=True)
    assert rows("contributions_received") == [Row("30", new.pk, "money", True, 5000)]
    indicator = get("contributions_received")
    assert indicator is not None
    assert indicator.successors is not None
    assert indicator.successors({old.pk, gone.pk}) == {old.pk: new.pk}


def test_the_share_confirmed_is_of_what_was_received_by_the_end_of_the_month(temple: Partner) -> None:
    seen, late, waiting = (money(temple) for _ in range(3))
    partners.event(seen, "confirmed", occurred_on=OCTOBER.last)
    partners.event(late, "confirmed", occurred_on=date(2026, 11, 1))
    found = {row.key: row.counts for row in rows("contributions_confirmed")}
    assert found == {seen.pk: True, late.pk: False, waiting.pk: False}


def test_hours_are_added_up_to_the_hundredth(temple: Partner) -> None:
    partners.contribution(temple, quantity=150, given_on=DAY)
    partners.contribution(temple, quantity=25, given_on=DAY)
    money(temple)
    indicator = get("volunteer_hours")
    assert indicator is not None
    assert now(indicator, OCTOBER, "30").amount == 175


@pytest.mark.parametrize("code", ["contributions_received", "contributions_confirmed", "volunteer_hours"])
def test_a_month_without_contributions_has_no_rows_and_thus_no_share(code: str) -> None:
    indicator = get(code)
    assert indicator is not None
    tally = now(indicator, OCTOBER, "30")
    assert (tally.counted, tally.of, tally.amount) == (0, 0, 0)


def test_rows_open_for_those_who_see_the_contribution_and_nobody_else(temple: Partner) -> None:
    row = money(temple)
    indicator = get("contributions_received")
    assert indicator is not None
    for reader in (make.actor(), make.actor("auditor"), make.actor("department_analyst")):
        opened = indicator.open_rows([row.pk], reader)[row.pk]
        assert (opened.code, opened.when, opened.subject) == ("WAT-NONDAENG", DAY, "")
    for reader in (make.actor(at=make.FOREIGN), make.actor("nurse"), make.actor("partner")):
        assert not indicator.open_rows([row.pk], reader)


def test_each_row_says_why_it_counts(temple: Partner) -> None:
    row, reader = money(temple), make.actor()

    def said(code: str) -> str:
        indicator = get(code)
        assert indicator is not None
        with translation.override("en"):
            return indicator.open_rows([row.pk], reader)[row.pk].detail

    assert said("contributions_received").endswith("100.00 baht")
    assert said("contributions_confirmed").endswith("not confirmed")
    partners.event(row, "confirmed", occurred_on=date(2026, 10, 20))
    assert said("contributions_confirmed").endswith("confirmed 20 Oct 2569")
