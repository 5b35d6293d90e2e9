"""A frozen month counted anew: what differs is kept with its time, and no reader waits for it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casework.models import Notice
from common import clock, due, schedule
from common.actor import SystemActor
from common.errors import Forbidden
from common.models import DueWork
from common.thai.periods import Month
from governance import counting
from governance.actions.recounting import recount_month
from governance.actions.reports import freeze_month
from governance.indicators import Indicator, get
from governance.models import COUNTRY, Figure, MonthlyReport, Recount, Restatement
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)
SYSTEM = SystemActor("test")


def begun(at: str = make.OWN, day: date = date(2026, 10, 5)) -> Notice:
    return make.episode(make.client(at), opened_on=day).notices.get()


def correct(old: Notice, **changed: Any) -> None:
    make.notice(
        old.episode, corrects=old, **{"noticed_on": old.noticed_on, "channel": old.channel, **changed}
    )


def freeze() -> None:
    freeze_month(actor=SYSTEM, month=OCTOBER)


def found(area: str, code: str = "notices_by_channel") -> Restatement | None:
    return Restatement.objects.filter(report__in=MonthlyReport.objects.of_area(area), code=code).first()


def test_what_differs_is_kept_for_the_province_and_the_country_and_for_no_other() -> None:
    wrong, _other = begun(), begun(make.FOREIGN)
    freeze()
    correct(wrong, channel=Notice.Channel.NEWS)
    begun()
    assert recount_month(actor=SYSTEM, month=OCTOBER) == Restatement.objects.count()
    for area, counted in (("30", 2), (COUNTRY, 3)):
        row = found(area)
        assert row is not None
        assert (row.counted, row.left, row.came, row.changed) == (counted, 1, 2, 0)
    assert found("50") is None
    assert set(
        Figure.objects.filter(code="notices_by_channel", counted__gt=0).values_list("counted", flat=True)
    ) == {1, 2}


def test_counted_again_to_the_same_end_and_without_a_trace_when_it_was_put_back() -> None:
    wrong = begun()
    freeze()
    correct(wrong, channel=Notice.Channel.NEWS)
    for _ in range(2):
        recount_month(actor=SYSTEM, month=OCTOBER)
    assert Restatement.objects.filter(code="notices_by_channel").count() == 2
    correct(Notice.objects.get(corrects=wrong), channel=wrong.channel)
    recount_month(actor=SYSTEM, month=OCTOBER)
    assert found("30") is None


def test_at_freezing_nothing_differs_and_that_is_when_it_was_counted() -> None:
    begun()
    freeze()
    assert Recount.objects.get().counted_at == MonthlyReport.objects.get(province__isnull=True).frozen_at
    assert recount_month(actor=SYSTEM, month=OCTOBER) == 0


def test_a_figure_without_a_past_is_not_counted_again() -> None:
    notice = begun()
    freeze()
    notice.client.phone = "0812345678"
    notice.client.save()
    assert recount_month(actor=SYSTEM, month=OCTOBER) == 0


def test_nobody_counts_anew_by_hand() -> None:
    freeze()
    with pytest.raises(Forbidden):
        recount_month(actor=make.actor("department_analyst"), month=OCTOBER)


def test_every_night_the_frozen_months_are_counted_anew(time_machine: Any) -> None:
    wrong = begun()
    freeze()
    correct(wrong, is_void=True)
    time_machine.move_to(datetime(2026, 11, 10, 20, 31, tzinfo=UTC), tick=False)  # 03.31 in Bangkok
    schedule.plan_due()
    assert DueWork.objects.filter(kind="governance.recount", period="2026-11-11").exists()
    assert due.work("governance.recount") == 1
    assert found("30") is not None
    assert Recount.objects.get().counted_at == clock.now()


def test_reading_the_countrys_report_counts_nothing() -> None:
    begun()
    freeze()
    recount_month(actor=SYSTEM, month=OCTOBER)
    browser = Client()
    browser.force_login(make.user("department_analyst"))
    address = reverse("governance:report", kwargs={"month": "2026-10", "area": COUNTRY})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(address).status_code == 200
    facts = (
        "casework_notice",
        "casework_episodeevent",
        "casework_followup",
        "governance_voice",
        "governance_demand",
    )
    asked = [query["sql"] for query in queries if any(f'FROM "{table}"' in query["sql"] for table in facts)]
    assert not asked


CORRECTIONS: dict[str, dict[str, Any]] = {
    "void": {"is_void": True},
    "channel": {"channel": Notice.Channel.NEWS},
    "month": {"noticed_on": date(2026, 9, 30)},
}


class Anew(TestCase):
    """Whatever is corrected, the recount says of each area what counting that area alone would say."""

    @settings(max_examples=12, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["30", "50"]),
                st.sampled_from(["keep", "void", "channel", "month", "late"]),
            ),
            max_size=6,
        )
    )
    def test_it_agrees_with_counting_each_area_alone(self, cases: list[tuple[str, str]]) -> None:
        kept = [(begun(at), what) for at, what in cases if what != "late"]
        freeze()
        for notice, what in kept:
            if what in CORRECTIONS:
                correct(notice, **CORRECTIONS[what])
        for at, what in cases:
            if what == "late":
                begun(at)
        recount_month(actor=SYSTEM, month=OCTOBER)
        indicator = get("notices_by_channel")
        assert indicator is not None
        for area in ("30", "50", COUNTRY):
            self.agrees(indicator, area)

    def agrees(self, indicator: Indicator, area: str) -> None:
        report = MonthlyReport.objects.of_area(area).get()
        now = counting.now(indicator, OCTOBER, area, basis={})
        row = found(area)
        assert (row is not None) == (now != report.figures.get(code=indicator.code).tally)
        if row is not None:
            moved = counting.difference(indicator, OCTOBER, area, {})
            assert row.tally == now
            assert (row.left, row.came, row.changed) == tuple(
                len(keys) for keys in (moved.left, moved.came, moved.changed)
            )
