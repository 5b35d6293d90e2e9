"""Two people at the same contribution, or at the same giver's day, at the same moment."""

from dataclasses import replace
from typing import Any

import pytest

from common import clock
from common.errors import DomainError
from network.actions.contributions import (
    Correction,
    confirm_contribution,
    correct_contribution,
    log_contribution,
)
from network.actions.sheets import keep_sheet, write_sheet
from network.giving import Given
from network.importing.reading import Expected, Line
from network.models import Contribution, ContributionEvent
from tests.process.test_at_the_same_time import at_once
from tests.support import factories as make
from tests.support import partners

pytestmark = pytest.mark.process
TIMES = 6


def said(act: Any, **values: Any) -> str:
    """ "done", or the code of the refusal."""
    try:
        act(**values)
    except DomainError as refused:
        return refused.code
    return "done"


def test_of_many_who_confirm_at_once_one_does() -> None:
    row = partners.contribution(partners.partner())
    workers = [make.actor() for _ in range(TIMES)]
    answers = at_once(
        lambda number: said(confirm_contribution, actor=workers[number], contribution_id=row.pk), TIMES
    )
    assert sorted(answers) == sorted(["done", *["confirmed_already"] * (TIMES - 1)])
    assert ContributionEvent.objects.filter(contribution=row, kind="confirmed").count() == 1


def test_of_many_who_correct_at_once_one_does() -> None:
    row = partners.contribution(partners.partner())
    workers = [make.actor() for _ in range(TIMES)]

    def correct(number: int) -> str:
        correction = Correction(replace(Given.of(row), quantity=100 + number), "จดผิด")
        return said(
            correct_contribution, actor=workers[number], contribution_id=row.pk, correction=correction
        )

    answers = at_once(correct, TIMES)
    assert sorted(answers) == sorted(["done", *["corrected_already"] * (TIMES - 1)])
    assert Contribution.objects.standing().count() == 1


def test_confirming_and_correcting_at_once_leave_one_that_counts() -> None:
    row = partners.contribution(partners.partner())
    workers = [make.actor() for _ in range(2)]

    def act(number: int) -> str:
        if number == 0:
            return said(confirm_contribution, actor=workers[0], contribution_id=row.pk)
        correction = Correction(replace(Given.of(row), quantity=200), "จดผิด")
        return said(correct_contribution, actor=workers[1], contribution_id=row.pk, correction=correction)

    answers = at_once(act, 2)
    assert answers[1] == "done"
    assert answers[0] in {"done", "corrected_already"}
    standing = Contribution.objects.standing().get()
    assert (standing.quantity, standing.state) == (200, "received")


def test_a_day_does_not_grow_because_many_write_at_once() -> None:
    temple = partners.partner()
    workers = [make.actor() for _ in range(TIMES)]
    given = Given("แจกอาหาร", 1000, "hour", clock.today(), giver="นางลำดวน")
    answers = at_once(
        lambda number: said(log_contribution, actor=workers[number], partner_id=temple.pk, given=given), TIMES
    )
    assert sorted(answers) == sorted(["done", "done", *["day_over_24"] * (TIMES - 2)])


def test_of_one_sheet_brought_many_times_and_written_at_once_every_row_stands_once() -> None:
    temple = partners.partner()
    workers = [make.actor() for _ in range(TIMES)]
    given = [Given("ข้าวสาร", 100 * number, "kg", clock.today()) for number in range(1, 6)]
    lines = [Line(row, one, []) for row, one in enumerate(given, 1)]
    sheets = [
        keep_sheet(actor=worker, partner_id=temple.pk, file_name="ต.ค..xlsx", lines=lines)
        for worker in workers
    ]
    expected = Expected.of(lines)
    answers = at_once(
        lambda number: said(
            write_sheet, actor=workers[number], sheet_id=sheets[number].pk, expected=expected
        ),
        TIMES,
    )
    assert sorted(answers) == sorted(["done", *["rows_changed"] * (TIMES - 1)])
    assert temple.contributions.count() == len(given)


def test_a_sheet_that_many_write_at_once_is_written_once() -> None:
    temple = partners.partner()
    workers = [make.actor() for _ in range(TIMES)]
    lines = [Line(1, Given("ข้าวสาร", 100, "kg", clock.today()), [])]
    sheet = keep_sheet(actor=workers[0], partner_id=temple.pk, file_name="ต.ค..xlsx", lines=lines)
    expected = Expected.of(lines)
    answers = at_once(
        lambda number: said(write_sheet, actor=workers[number], sheet_id=sheet.pk, expected=expected), TIMES
    )
    assert sorted(answers) == sorted(["done", *["sheet_done"] * (TIMES - 1)])
    assert temple.contributions.count() == 1
