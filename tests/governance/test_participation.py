"""Figures of forums, voices and demands: each case counted, not counted, and at the edge of its month."""

from datetime import date
from typing import Any

import pytest

from casework.models import RelatedPerson
from common.actor import SystemActor
from common.thai.periods import Month
from governance import counting
from governance.actions.demands import (
    Answered,
    NewDemand,
    Told,
    answer_demand,
    make_demand,
    note_step,
    tell_back,
)
from governance.actions.forums import Held, Plan, hold_forum, plan_forum
from governance.actions.reports import freeze_month
from governance.actions.voices import capture_voice, correct_voice, take_voice_back
from governance.indicators import all_indicators, get
from governance.models import Demand, FigureRow, Forum, Holding, MonthlyReport, Voice
from governance.rules import Row
from tests.support import factories as make

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
SYSTEM = SystemActor("test")


def rows(code: str, month: Month = OCTOBER, province: str | None = None) -> list[Row]:
    indicator = get(code)
    assert indicator is not None
    return sorted(indicator.rows(indicator.window(month, month.last, province)))


def held(day: date, level: str = "consult", at: str = make.OWN) -> Forum:
    plan = Plan("เวที", day, "วัด", "ห้อง", "inform")
    forum = plan_forum(actor=SYSTEM, centre_id=make.centre(at).pk, plan=plan)
    hold_forum(actor=SYSTEM, forum_id=forum.pk, held=Held(day, level, "เหตุผล"))
    forum.refresh_from_db()
    return forum


def say(forum: Forum, text: str = "อยากมีห้อง") -> Voice:
    return capture_voice(actor=SYSTEM, forum_id=forum.pk, group="homeless", text=text)


def ask(forum: Forum, due_on: date) -> Demand:
    new = NewDemand("ห้อง", "เทศบาล", forum.day, due_on, [say(forum).uid])
    return make_demand(actor=SYSTEM, forum_id=forum.pk, new=new)


def answer(demand: Demand, day: date) -> Any:
    return answer_demand(actor=SYSTEM, demand_id=demand.pk, answered=Answered("refused", "ไม่ได้", day))


def test_a_forum_counts_in_the_month_it_was_held_by_the_level_it_reached() -> None:
    first, last = held(date(2026, 10, 1), "involve"), held(date(2026, 10, 31), "empower", make.FOREIGN)
    held(date(2026, 11, 1))
    planned = Plan("เวที", date(2026, 10, 9), "วัด", "ห้อง", "empower")
    plan_forum(actor=SYSTEM, centre_id=make.centre().pk, plan=planned)
    assert rows("forums_by_level") == [
        Row("30", first.holdings.get().pk, "involve", True),
        Row("50", last.holdings.get().pk, "empower", True),
    ]
    assert len(rows("forums_by_level", province="50")) == 1


def test_a_corrected_level_moves_the_forum_to_another_group() -> None:
    forum = held(date(2026, 10, 5), "empower")
    freeze_month(actor=SYSTEM, month=OCTOBER)
    hold_forum(actor=SYSTEM, forum_id=forum.pk, held=Held(date(2026, 10, 5), "consult", "รับฟัง"))
    assert [row.group for row in rows("forums_by_level")] == ["consult"]
    indicator = get("forums_by_level")
    assert indicator is not None
    difference = counting.difference(indicator, OCTOBER, "30", {})
    assert (len(difference.left), len(difference.came)) == (1, 1)
    # The reason alone was put right: no figure is another one.
    hold_forum(actor=SYSTEM, forum_id=forum.pk, held=Held(date(2026, 10, 5), "empower", "ตัดสินใจเอง"))
    assert not counting.difference(indicator, OCTOBER, "30", {})
    assert Holding.objects.count() == 3


def test_voices_are_lines_that_stand() -> None:
    forum = held(date(2026, 10, 5))
    kept, wrong, twice = say(forum), say(forum, "หอง"), say(forum)
    right = correct_voice(actor=SYSTEM, voice_uid=wrong.uid, group="homeless", text="ห้อง")
    take_voice_back(actor=SYSTEM, voice_uid=twice.uid, reason="ซ้ำ")
    assert [row.key for row in rows("voices_heard")] == [kept.pk, right.pk]
    assert rows("voices_heard", NOVEMBER) == []


def test_a_demand_is_judged_in_the_month_its_answer_was_due() -> None:
    forum = held(date(2026, 9, 1))
    on_the_day, late, silent = (ask(forum, date(2026, 10, 31)) for _ in range(3))
    ask(forum, date(2026, 11, 1))
    answer(on_the_day, date(2026, 10, 31))
    answer(late, date(2026, 11, 1))
    judged = {row.key: row.counts for row in rows("demands_in_time")}
    assert judged == {on_the_day.pk: True, late.pk: False, silent.pk: False}


def test_a_demand_that_was_withdrawn_is_not_judged() -> None:
    demand = ask(held(date(2026, 9, 1)), date(2026, 10, 20))
    note_step(actor=SYSTEM, demand_id=demand.pk, kind="withdrawn", occurred_on=date(2026, 9, 9), note="ย้าย")
    assert rows("demands_in_time") == []


def test_of_a_corrected_answer_the_corrected_day_counts() -> None:
    demand = ask(held(date(2026, 9, 1)), date(2026, 10, 20))
    wrong = answer(demand, date(2026, 10, 19))
    right = Answered("refused", "ไม่ได้", date(2026, 10, 21))
    answer_demand(actor=SYSTEM, demand_id=demand.pk, answered=right, corrects_id=wrong.pk)
    assert [row.counts for row in rows("demands_in_time")] == [False]


def test_people_told_are_summed_by_the_day_they_were_told() -> None:
    demand = ask(held(date(2026, 9, 1)), date(2026, 10, 20))
    answer(demand, date(2026, 9, 30))
    for day, people in ((date(2026, 9, 30), 5), (date(2026, 10, 1), 12), (date(2026, 10, 31), 3)):
        tell_back(actor=SYSTEM, demand_id=demand.pk, told=Told(day, "forum", people))
    freeze_month(actor=SYSTEM, month=OCTOBER)
    figure = MonthlyReport.objects.get(province_id="30").figures.get(code="people_told_back")
    assert (figure.counted, figure.amount) == (2, 15)
    country = MonthlyReport.objects.get(province__isnull=True).figures.get(code="people_told_back")
    assert country.amount == 15
    assert sum(FigureRow.objects.filter(code="people_told_back").values_list("amount", flat=True)) == 15


def test_who_can_be_reached_by_phone_place_or_person() -> None:
    nobody, phone, place, person, silent = (make.client() for _ in range(5))
    phone.phone, place.sleeping_place = "0812345678", "ศาลาวัด"
    phone.save()
    place.save()
    for client, may_contact in ((person, True), (silent, False)):
        RelatedPerson.objects.create(
            client=client, relation="child", name="ลูก", phone="0812345679", may_contact=may_contact
        )
    for client in (nobody, phone, place, person, silent):
        make.episode(client, opened_on=date(2026, 10, 1))
    make.episode(make.client(), opened_on=date(2026, 11, 1))
    judged = {row.key: row.counts for row in rows("contactable")}
    assert judged == {nobody.pk: False, phone.pk: True, place.pk: True, person.pk: True, silent.pk: False}


def test_headings_stand_in_order_and_no_figure_is_nothing_of_nothing() -> None:
    sections = [indicator.section for indicator in all_indicators()]
    order = ["people", "rooms", "community", "voices", "quality"]
    assert sections == sorted(sections, key=order.index)
    for indicator in all_indicators():
        assert counting.now(indicator, OCTOBER, "30").of == 0


def test_rows_open_with_words_for_those_who_may_read_and_for_nobody_else() -> None:
    forum = held(date(2026, 10, 5))
    demand = ask(forum, date(2026, 10, 20))
    answer(demand, date(2026, 10, 19))
    tell_back(actor=SYSTEM, demand_id=demand.pk, told=Told(date(2026, 10, 20), "forum", 4))
    for code in ("forums_by_level", "voices_heard", "demands_in_time", "people_told_back"):
        indicator = get(code)
        assert indicator is not None
        keys = [row.key for row in rows(code)]
        for role in ("social_worker", "department_analyst", "auditor"):
            opened = indicator.open_rows(keys, make.actor(role))
            assert set(opened) == set(keys)
            assert all(row.url.startswith("/forums/") and not row.subject for row in opened.values())
        for other in (make.actor("nurse"), make.actor("finance_officer"), make.actor(at=make.FOREIGN)):
            assert not indicator.open_rows(keys, other)
