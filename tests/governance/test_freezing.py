"""A month is frozen once, for every province and the country, with the rows behind each figure."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from audit.models import WriteEntry
from casework.models import Episode, Notice
from common.actor import SystemActor
from common.errors import DomainError, Forbidden
from common.models import DueWork, Holiday
from common.schedule import plan_due
from common.thai.periods import Month
from governance import timing
from governance.actions.reports import freeze_month
from governance.models import Figure, FigureRow, MonthlyReport
from tests.support import factories as make

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)
SYSTEM = SystemActor("test")


def freeze(month: Month = OCTOBER) -> MonthlyReport:
    return freeze_month(actor=SYSTEM, month=month)


def figure(code: str, area: str = "30", month: Month = OCTOBER) -> Figure:
    return Figure.objects.get(
        report__in=MonthlyReport.objects.filter(month=str(month)).of_area(area), code=code
    )


def notice_at(at: str, day: date, channel: str = Notice.Channel.HOTLINE) -> Episode:
    episode = make.episode(make.client(at), opened_on=date(2026, 9, 1))
    make.notice(episode, noticed_on=day, channel=channel)
    return episode


def test_a_frozen_month_has_a_report_for_every_province_and_the_country() -> None:
    country = freeze()
    reports = MonthlyReport.objects.filter(month="2026-10")
    assert reports.count() == 78
    assert country.province is None
    assert (
        Figure.objects.filter(report__in=reports).values("code").distinct().count() * 78
        == Figure.objects.count()
    )


def test_figures_are_those_of_the_province_and_the_country_is_their_sum() -> None:
    for _ in range(2):
        notice_at("30", date(2026, 10, 5))
    notice_at("50", date(2026, 10, 31), Notice.Channel.NEWS)
    freeze()
    mine, country = figure("notices_by_channel"), figure("notices_by_channel", "TH")
    assert (mine.counted, mine.of, mine.groups) == (2, 2, {"hotline_1300": [2, 2]})
    assert (country.counted, country.groups) == (3, {"hotline_1300": [2, 2], "news": [1, 1]})
    assert figure("notices_by_channel", "10").counted == 0
    assert figure("contacted_in_time").basis == {"days": 3}


def test_the_keys_of_the_rows_are_kept_with_the_judgement() -> None:
    appointment = make.follow_up(
        make.episode(make.client(), opened_on=date(2026, 9, 1)), due_on=date(2026, 10, 5)
    )
    freeze()
    row = FigureRow.objects.get(code="follow_ups_on_time")
    assert (row.month, row.province_id, row.key, row.counted) == ("2026-10", "30", appointment.pk, False)
    share = figure("follow_ups_on_time")
    assert (share.counted, share.of) == (0, 1)


def test_a_month_is_frozen_once() -> None:
    notice_at("30", date(2026, 10, 5))
    first = freeze()
    notice_at("30", date(2026, 10, 6))
    assert freeze() == first
    assert figure("notices_by_channel").counted == 1
    assert MonthlyReport.objects.count() == 78
    assert WriteEntry.objects.filter(verb="report.frozen").count() == 1


def test_what_is_frozen_can_be_neither_changed_nor_deleted() -> None:
    notice_at("30", date(2026, 10, 5))
    freeze()
    for change in (
        lambda: Figure.objects.update(counted=0),
        lambda: FigureRow.objects.all().delete(),
        lambda: MonthlyReport.objects.update(month="2026-09"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert MonthlyReport.objects.filter(month="2026-10").update(sent_at=timing.freezes_at(OCTOBER)) == 78


@pytest.mark.parametrize("month", [Month(2026, 11), Month(2026, 12), Month(2027, 10)])
def test_a_month_that_is_not_over_is_refused(month: Month) -> None:
    with pytest.raises(DomainError) as refused:
        freeze(month)
    assert refused.value.code == "month_not_over"
    assert not MonthlyReport.objects.exists()


def test_the_month_is_over_at_midnight_in_bangkok(time_machine: Any) -> None:
    time_machine.move_to("2026-10-31 16:59:59+00:00", tick=False)
    with pytest.raises(DomainError):
        freeze()
    time_machine.move_to("2026-10-31 17:00:00+00:00", tick=False)
    assert freeze().month == "2026-10"


@pytest.mark.parametrize("text", ["2026-13", "2569-10", "10/2026", "", "2026-1", "1066-10", "๒๐๒๖-๑๐"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        timing.parse_month(text)
    assert refused.value.code == "month_invalid"


@pytest.mark.parametrize("role", ["department_analyst", "administrator"])
def test_analysts_and_administrators_freeze_by_hand(role: str) -> None:
    assert freeze_month(actor=make.actor(role), month=OCTOBER).month == "2026-10"


@pytest.mark.parametrize("role", ["centre_head", "auditor", "social_worker", "partner"])
def test_nobody_else_freezes(role: str) -> None:
    with pytest.raises(Forbidden):
        freeze_month(actor=make.actor(role), month=OCTOBER)


def test_many_rows_are_written_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("governance.actions.reports.CHUNK", 2)
    for _ in range(5):
        notice_at("30", date(2026, 10, 5))
    freeze()
    assert figure("notices_by_channel").counted == 5
    assert FigureRow.objects.filter(code="notices_by_channel").count() == 5


# --- the calendar


def planned(kind: str) -> list[str]:
    plan_due()
    return sorted(DueWork.objects.filter(kind=kind).values_list("period", flat=True))


def test_missed_months_are_caught_up_three_at_most() -> None:
    notice_at("30", date(2026, 1, 5))
    assert planned("governance.freeze") == ["2026-08", "2026-09", "2026-10"]


def test_no_month_before_the_first_notice_is_frozen() -> None:
    assert planned("governance.freeze") == []
    make.episode(make.client(), opened_on=date(2026, 9, 30))
    assert planned("governance.freeze") == ["2026-09", "2026-10"]


def test_a_month_is_due_at_two_in_the_morning_of_the_first(time_machine: Any) -> None:
    make.episode(make.client(), opened_on=date(2026, 10, 5))
    time_machine.move_to("2026-10-31 18:59:00+00:00", tick=False)
    assert planned("governance.freeze") == []
    time_machine.move_to("2026-10-31 19:00:00+00:00", tick=False)
    assert planned("governance.freeze") == ["2026-10"]


def test_letters_are_due_on_the_first_working_day(time_machine: Any) -> None:
    """1 November 2026 is a Sunday; the Monday after is made a holiday."""
    make.episode(make.client(), opened_on=date(2026, 10, 5))
    Holiday.objects.get_or_create(day=date(2026, 11, 2), defaults={"name_th": "วันหยุดชดเชย"})
    assert timing.letters_at(OCTOBER).isoformat() == "2026-11-03T08:00:00+07:00"
    time_machine.move_to("2026-11-03 00:59:00+00:00", tick=False)
    assert planned("governance.letters") == []
    time_machine.move_to("2026-11-03 01:00:00+00:00", tick=False)
    assert planned("governance.letters") == ["2026-10"]


def test_of_missed_letters_only_the_last_are_written() -> None:
    notice_at("30", date(2026, 1, 5))
    assert planned("governance.letters") == ["2026-10"]
