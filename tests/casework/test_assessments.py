"""How somebody fares over time, and what is to be reached."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from audit.models import WriteEntry
from casework.actions.assessments import NewAssessment, assess, correct_assessment
from casework.actions.closing import Closing, close_episode
from casework.actions.goals import NewGoal, set_goal, settle_goal
from casework.models import AssessedLevel, Episode, Goal, Instrument
from casework.rules.assessments import Judged, change, problem
from common import clock
from common.errors import DomainError, Forbidden
from tests.support import assessments as make_one
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

DIMENSIONS = ("health", "living", "income")
LEVELS = st.dictionaries(st.sampled_from(DIMENSIONS), st.one_of(st.none(), st.integers(1, 4)))


def refused(act: Any) -> tuple[str, str]:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code, caught.value.field or ""


# --- rules -------------------------------------------------------------------------------------------------


def test_each_level_rests_on_something() -> None:
    assert problem(DIMENSIONS, {}, pursued=()) == ("nothing_assessed", "")
    assert problem(DIMENSIONS, {"living": Judged(None, "ยังไม่ได้คุย")}, pursued=()) == ("nothing_assessed", "")
    assert problem(DIMENSIONS, {"living": Judged(3, "  ")}, pursued=()) == (
        "level_reason_missing",
        "reason_living",
    )
    assert problem(DIMENSIONS, {"living": Judged(5, "ดี")}, pursued=()) == ("level_unknown", "level_living")
    assert problem(DIMENSIONS, {"living": Judged(2, "มีเตียง")}, pursued=()) is None


@pytest.mark.parametrize(
    ("judged", "pursued", "found"),
    [
        (Judged(1, "นอนข้างถนน"), (), ("poor_without_goal", "goal_living")),
        (Judged(1, "นอนข้างถนน", goal="ได้ห้อง"), (), None),
        (Judged(1, "นอนข้างถนน", why_no_goal="ขอคิดดูก่อน"), (), None),
        (Judged(1, "นอนข้างถนน"), ("living",), None),
        (Judged(1, "นอนข้างถนน"), ("income",), ("poor_without_goal", "goal_living")),
    ],
)
def test_the_worst_level_obliges_a_goal_or_the_reason_why_not(
    judged: Judged, pursued: tuple[str, ...], found: tuple[str, str] | None
) -> None:
    assert problem(DIMENSIONS, {"living": judged}, pursued=pursued) == found


@given(LEVELS, LEVELS)
def test_every_dimension_that_both_have_is_better_worse_or_the_same(
    earlier: dict[str, int | None], later: dict[str, int | None]
) -> None:
    found = change(earlier, later)
    both = {k for k, level in later.items() if level is not None and earlier.get(k) is not None}
    told = (*found.better, *found.worse, *found.same)
    assert sorted(told) == sorted(both)
    back = change(later, earlier)
    assert set(back.better) == set(found.worse)
    assert set(back.worse) == set(found.better)


# --- actions -----------------------------------------------------------------------------------------------


@pytest.fixture
def case(db: None) -> Episode:
    return make.episode(make.client(), make.user())


def seen(**judged: Judged) -> NewAssessment:
    return NewAssessment(clock.today(), judged)


@pytest.mark.django_db
def test_the_house_brings_its_instrument_whose_words_never_change() -> None:
    instrument = Instrument.objects.current()
    assert (instrument.code, instrument.version, len(instrument.dimensions)) == ("five-dimensions", 1, 5)
    assert all(len(one.levels) == 4 for one in instrument.shown)
    with pytest.raises(DatabaseError), transaction.atomic():
        Instrument.objects.filter(pk=instrument.pk).update(name_th="อื่น")
    instrument.retired_on = clock.today()
    instrument.save(update_fields=["retired_on"])


def test_a_poor_level_becomes_a_goal_of_whoever_has_the_case(case: Episode) -> None:
    row = assess(
        actor=make.actor(),
        client_id=case.client_id,
        new=seen(living=Judged(1, "นอนใต้สะพาน", goal="ได้ห้องเช่า"), health=Judged(3, "แข็งแรง")),
    )
    assert {level.dimension: level.level for level in row.levels.all()} == {"living": 1, "health": 3}
    goal = Goal.objects.get(episode=case)
    assert (goal.text, goal.dimension, goal.owner, goal.state) == ("ได้ห้องเช่า", "living", case.worker, "open")
    assert goal.rose_from == row.levels.get(dimension="living")
    entry = WriteEntry.objects.filter(verb="assessment.made").get()
    assert entry.changes["levels"] == ["", "3, 1, –, –, –"]
    assert "นอนใต้สะพาน" not in str(entry.changes)


def test_what_is_pursued_already_need_not_be_planned_again(case: Episode) -> None:
    make_one.goal(case, dimension="living")
    assess(actor=make.actor(), client_id=case.client_id, new=seen(living=Judged(1, "ยังนอนที่เดิม")))
    assert case.goals.count() == 1


@pytest.mark.parametrize(
    ("judged", "code"),
    [
        ({}, "nothing_assessed"),
        ({"living": Judged(1, "นอนข้างถนน")}, "poor_without_goal"),
        ({"living": Judged(2, "")}, "level_reason_missing"),
        ({"living": Judged(0, "?")}, "level_unknown"),
        ({"unheard-of": Judged(2, "?")}, "nothing_assessed"),
    ],
)
def test_half_an_assessment_is_refused_whole(case: Episode, judged: dict[str, Judged], code: str) -> None:
    act = lambda: assess(actor=make.actor(), client_id=case.client_id, new=seen(**judged))  # noqa: E731
    assert refused(act)[0] == code
    assert not case.assessments.exists()
    assert not case.goals.exists()


def test_an_assessment_is_of_an_open_case_and_a_day_that_was(case: Episode) -> None:
    new = NewAssessment(clock.today() + timedelta(days=1), {"living": Judged(2, "มีเตียง")})
    assert refused(lambda: assess(actor=make.actor(), client_id=case.client_id, new=new)) == (
        "future",
        "assessed_on",
    )
    early = NewAssessment(case.opened_on - timedelta(days=1), new.judged)
    assert (
        refused(lambda: assess(actor=make.actor(), client_id=case.client_id, new=early))[0]
        == "before_opening"
    )
    closed = make.client()
    assert refused(
        lambda: assess(actor=make.actor(), client_id=closed.pk, new=seen(living=Judged(2, "มีเตียง")))
    ) == ("episode_closed", "")


def test_a_nurse_reads_but_does_not_assess(case: Episode) -> None:
    with pytest.raises(Forbidden):
        assess(actor=make.actor("nurse"), client_id=case.client_id, new=seen(living=Judged(2, "มีเตียง")))


def test_a_correction_is_a_new_row_and_stands_once(case: Episode) -> None:
    old = make_one.assessment(case, {"living": 3})
    actor = make.actor()
    fixed = correct_assessment(
        actor=actor, assessment_id=old.pk, new=seen(living=Judged(2, "ฟังผิด")), reason="กดผิด"
    )
    assert list(case.assessments.standing()) == [fixed]
    assert old.levels.get().level == 3
    again = lambda: correct_assessment(  # noqa: E731
        actor=actor, assessment_id=old.pk, new=seen(living=Judged(4, "ดี")), reason="อีกครั้ง"
    )
    assert refused(again)[0] == "corrected_already"
    without = lambda: correct_assessment(  # noqa: E731
        actor=actor, assessment_id=fixed.pk, new=seen(living=Judged(4, "ดี")), reason=" "
    )
    assert refused(without)[0] == "reason_missing"


def test_what_was_assessed_is_never_changed(case: Episode) -> None:
    row = make_one.assessment(case)
    with pytest.raises(DatabaseError), transaction.atomic():
        AssessedLevel.objects.filter(assessment=row).update(level=4)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.levels.all().delete()


# --- goals -------------------------------------------------------------------------------------------------


def test_a_goal_is_in_the_persons_own_words(case: Episode) -> None:
    goal = set_goal(
        actor=make.actor(),
        client_id=case.client_id,
        goal=NewGoal(words=" อยาก  มีห้อง ", due_on=clock.today()),
    )
    assert (goal.words, goal.text, goal.owner, goal.headline) == ("อยาก มีห้อง", "", case.worker, "อยาก มีห้อง")


@pytest.mark.parametrize(
    ("goal", "found"),
    [
        (NewGoal(), ("goal_empty", "words")),
        (NewGoal(words="\u200b "), ("goal_empty", "words")),
        (NewGoal(words="มีงาน", due_on=date(2020, 1, 1)), ("goal_past", "due_on")),
    ],
)
def test_a_goal_says_something_and_lies_ahead(case: Episode, goal: NewGoal, found: tuple[str, str]) -> None:
    assert refused(lambda: set_goal(actor=make.actor(), client_id=case.client_id, goal=goal)) == found


def test_a_goal_is_settled_once(case: Episode) -> None:
    goal, actor = make_one.goal(case), make.actor()
    settled = settle_goal(
        actor=actor, goal_id=goal.pk, state="partly", settled_on=clock.today(), note="ได้ห้องรวม"
    )
    assert (settled.state, settled.settled_note) == ("partly", "ได้ห้องรวม")
    for state in ("reached", "open"):
        again = lambda state=state: settle_goal(  # noqa: E731
            actor=actor, goal_id=goal.pk, state=state, settled_on=clock.today()
        )
        assert refused(again)[0] == "goal_settled"


def test_a_case_closes_when_every_goal_has_an_end(case: Episode) -> None:
    goal, actor = make_one.goal(case), make.actor()
    closing = Closing(clock.today(), "own_home")
    act = lambda: close_episode(actor=actor, client_id=case.client_id, closing=closing)  # noqa: E731
    assert refused(act)[0] == "still_open"
    settle_goal(actor=actor, goal_id=goal.pk, state="reached", settled_on=clock.today())
    assert act().state == "closed"


# --- pages -------------------------------------------------------------------------------------------------


def at(role: str = "social_worker") -> Browser:
    browser = Browser()
    browser.force_login(make.user(role))
    return browser


def test_the_form_comes_back_with_what_was_typed_and_says_what_is_missing(case: Episode) -> None:
    address = reverse("casework:assess", args=[case.client.uid])
    browser = at()
    response = browser.submit(
        browser.get(address), {"level_living": "1", "reason_living": "นอนข้างถนน"}, form="main form"
    )
    assert response.status_code == 422
    page = parse(response)
    assert "ระดับต่ำสุด" in page.get_text()
    assert page.select_one("textarea[name=reason_living]").get_text().strip() == "นอนข้างถนน"  # type: ignore[union-attr]
    sent = browser.submit(
        browser.get(address),
        {"level_living": "1", "reason_living": "นอนข้างถนน", "why_living": "ขอคิดดูก่อน"},
        form="main form",
    )
    assert sent.status_code == 302
    assert AssessedLevel.objects.get().why_no_goal == "ขอคิดดูก่อน"


def test_the_tab_shows_the_change_since_every_earlier_assessment(case: Episode) -> None:
    day = clock.today()
    make_one.assessment(case, {"living": 1, "income": 3}, assessed_on=day - timedelta(days=20))
    make_one.assessment(case, {"living": 2, "income": 3}, assessed_on=day - timedelta(days=10))
    make_one.assessment(case, {"living": 3, "income": 2}, assessed_on=day)
    page = parse(at().get(reverse("casework:client_assessments", args=[case.client.uid])))
    rows = {row.th.get_text(): row.get_text(" ", strip=True) for row in page.select("table.levels tbody tr")}  # type: ignore[union-attr]
    assert "1 2 ↑" in rows["ความเป็นอยู่"]
    assert "3 ↑" in rows["ความเป็นอยู่"]
    assert "2 ↓" in rows["รายได้"]
    changes = [one.get_text(" ", strip=True) for one in page.select(".plain-list li")]
    assert len(changes) == 2
    assert all("ความเป็นอยู่" in one and "รายได้" in one for one in changes)


def test_many_assessments_show_the_first_and_the_latest(case: Episode) -> None:
    for number in range(9):
        make_one.assessment(
            case, {"living": 1 + number % 4}, assessed_on=case.opened_on + timedelta(days=number)
        )
    page = parse(at().get(reverse("casework:client_assessments", args=[case.client.uid])))
    assert len(page.select("table.levels thead th")) == 1 + 6


def test_the_blank_form_is_a_pdf_without_a_name(case: Episode) -> None:
    response = at().get(reverse("casework:assessment_paper", args=[case.client.uid]))
    assert response.content.startswith(b"%PDF")
    assert case.client.code in response["Content-Disposition"]


def test_the_tab_asks_the_database_a_fixed_number_of_times(
    case: Episode, django_assert_max_num_queries: Any
) -> None:
    browser = at()
    address = reverse("casework:client_assessments", args=[case.client.uid])
    for number in range(8):
        make_one.assessment(case, {"living": 2}, assessed_on=case.opened_on + timedelta(days=number))
        make_one.goal(case)
    browser.get(address)
    with django_assert_max_num_queries(16):
        browser.get(address)
