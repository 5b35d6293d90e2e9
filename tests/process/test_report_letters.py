"""The month's reports by worker, beat and mail server: frozen once, one letter for everybody, whatever is killed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.reference.provinces import PROVINCES
from common import clock
from common.actor import SystemActor
from common.models import DueWork, Letter
from common.thai.periods import Month
from governance import schedules
from governance.actions.reports import freeze_month
from governance.models import Figure, FigureRow, MonthlyReport, ReportFile
from tests.process.post import PATIENCE
from tests.process.test_at_the_same_time import at_once
from tests.support import factories as make
from tests.support.mailbox import Mailbox

pytestmark = pytest.mark.process

LEASES = {"LETTER_LEASE_SECONDS": "4", "DUE_LEASE_SECONDS": "10"}
LONG_AGO = clock.today() - timedelta(days=150)


def recipients(count: int) -> list[str]:
    """One lead in each of `count` provinces, somebody long served, and an analyst."""
    make.episode(make.client(), opened_on=LONG_AGO)
    leads = [make.user("supervisor", province.code) for province in PROVINCES[:count]]
    return [user.email for user in (*leads, make.user("department_analyst"))]


def month_of_letters() -> str:
    """The month whose letters are due by now."""
    return next(period for period, _at in schedules.lettering(clock.now()))


def test_frozen_by_many_at_once_a_month_is_frozen_once() -> None:
    make.episode(make.client(), opened_on=LONG_AGO)
    month = Month.of(LONG_AGO)
    reports = at_once(lambda number: freeze_month(actor=SystemActor(f"test{number}"), month=month), 4)
    assert len({report.pk for report in reports}) == 1
    assert MonthlyReport.objects.count() == 78
    assert Figure.objects.filter(code="notices_by_channel").count() == 78
    assert FigureRow.objects.filter(code="notices_by_channel").count() == 1


def test_a_worker_killed_among_the_letters_leaves_nobody_without_and_nobody_with_two(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any, repeats: Callable[[int], int]
) -> None:
    expected = recipients(12)
    month = month_of_letters()
    beat()
    first = worker(**LEASES)
    wait_until(lambda: Letter.objects.count() >= 3, PATIENCE, what="some letters are written")
    first.kill9()
    worker(**LEASES)
    done = DueWork.objects.filter(kind="governance.letters", state=DueWork.State.DONE)
    wait_until(lambda: done.exists(), PATIENCE, what="all letters are written")
    wait_until(
        lambda: Letter.objects.filter(state=Letter.State.SENT).count() == len(expected),
        PATIENCE,
        what="all letters have left",
    )
    assert repeats(len(expected)) <= 1
    assert {one.recipients[0] for one in smtp.messages} == set(expected)
    assert set(Letter.objects.values_list("period", flat=True)) == {month}
    files = ReportFile.objects.filter(report__month=month)
    assert files.count() == len(set(files.values_list("report_id", "language", "kind")))
    assert not MonthlyReport.objects.filter(month=month, sent_at__isnull=True).exists()


def test_two_beats_and_two_workers_write_each_letter_once(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any, repeats: Callable[[int], int]
) -> None:
    expected = recipients(4)
    for _ in range(2):
        beat()
        worker(**LEASES)
    wait_until(lambda: len(smtp.messages) >= len(expected), PATIENCE, what="letters arrive")
    done = DueWork.objects.filter(kind="governance.letters", state=DueWork.State.DONE)
    wait_until(lambda: done.exists(), PATIENCE, what="the month is done")
    assert repeats(len(expected)) == 0
    months = MonthlyReport.objects.filter(province__isnull=True).values_list("month", flat=True)
    assert len(set(months)) == len(months) <= schedules.CATCH_UP
