"""The plan: the person's words first, what is done by whom and when, approved by somebody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.actor import actor_for
from audit.models import WriteEntry
from casework import planning
from casework.actions.closing import Closing, close_episode
from casework.actions.goal_tasks import TaskWords, add_task, drop_task, edit_task, finish_task
from casework.actions.goals import NewGoal, edit_goal, settle_goal
from casework.actions.plans import (
    PlanWords,
    approve_plan,
    edit_plan,
    return_plan,
    start_plan,
    submit_plan,
    take_back_plan,
)
from casework.models import Episode, Plan, PlanEvent
from casework.rules.plans import PlannedGoal, PlannedTask, changes, content_problem, decides, task_problem
from common import clock
from common.errors import DomainError, Forbidden
from tests.support import assessments as make_one
from tests.support import factories as make
from tests.support import plans
from tests.support.client import Client as Browser
from tests.support.client import parse

TODAY = clock.today()
SOON = TODAY + timedelta(days=7)


def refused(act: Any) -> tuple[str, str]:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code, caught.value.field or ""


# --- rules -------------------------------------------------------------------------------------------------


def line(key: str = "g", *tasks: PlannedTask, **said: str) -> PlannedGoal:
    words = {"words": "อยากมีห้อง", "text": "", "why_no_words": ""} | said
    return PlannedGoal(key=key, due_on=None, tasks=tasks, **words)


def step(key: str = "t", what: str = "ไปดูห้อง", owner: str = "แดง") -> PlannedTask:
    return PlannedTask(key, what, "staff:1", owner, SOON)


@pytest.mark.parametrize(
    ("goals", "found"),
    [
        ([], "plan_without_goals"),
        ([line("g", step(), words="", text="ได้ห้อง")], "goal_without_words"),
        ([line("g", step(), words="", text="ได้ห้อง", why_no_words="พูดไม่ได้")], ""),
        ([line("g", step()), line("h")], "goal_without_task"),
        ([line("g", step())], ""),
    ],
)
def test_a_plan_needs_the_persons_words_and_something_to_do(goals: list[PlannedGoal], found: str) -> None:
    assert content_problem(goals)[0] == found


@pytest.mark.parametrize(
    ("what", "who", "named", "ahead", "found"),
    [
        ("", "person", False, 1, ("task_empty", "what")),
        ("ไป", "nobody", True, 1, ("task_owner_missing", "who")),
        ("ไป", "staff", False, 1, ("task_owner_missing", "owner")),
        ("ไป", "partner", False, 1, ("task_owner_missing", "partner")),
        ("ไป", "person", False, -1, ("task_past", "due_on")),
        ("ไป", "person", False, 0, ("", "")),
    ],
)
def test_a_task_says_what_who_and_by_when(
    what: str, who: str, named: bool, ahead: int, found: tuple[str, str]
) -> None:
    due_on = TODAY + timedelta(days=ahead)
    assert task_problem(what, who, named=named, due_on=due_on, today=TODAY) == found


def test_nobody_decides_about_their_own() -> None:
    assert decides(3, author_id=1, submitter_id=2)
    assert not decides(1, author_id=1, submitter_id=2)
    assert not decides(2, author_id=1, submitter_id=2)
    assert not decides(None, author_id=1, submitter_id=2)


def test_what_changed_is_told_apart_from_what_is_new_or_gone() -> None:
    then = [line("g", step("t"), step("u")), line("h")]
    now = [line("g", step("t", what="ไปดูบ้าน"), step("v")), line("h", text="ใกล้ลูก")]
    assert changes(then, now) == {"t": "changed", "u": "gone", "v": "new", "h": "changed"}
    assert changes([line("g", step(owner="แดง"))], [line("g", step(owner="แดง (ใหม่)"))]) == {}


# --- actions -----------------------------------------------------------------------------------------------


@pytest.fixture
def case(db: None) -> Episode:
    return make.episode(make.client(), make.user(), state="contact")


@pytest.fixture
def ready(case: Episode) -> Plan:
    """A draft whose goal has its words and a task."""
    plans.task(make_one.goal(case))
    return plans.plan(case)


def lead() -> Any:
    return make.actor("supervisor")


def test_from_the_first_word_to_the_approval(case: Episode) -> None:
    make.event(case, "contacted")
    worker = actor_for(case.worker)
    goal = make_one.goal(case)
    plan = start_plan(actor=worker, client_id=case.client_id, words=PlanWords("เจอกันวันศุกร์", SOON))
    case.refresh_from_db()
    assert (plan.number, plan.state, plan.author, case.state) == (1, "draft", case.worker, "plan")
    assert refused(lambda: submit_plan(actor=worker, plan_id=plan.pk))[0] == "goal_without_task"
    add_task(actor=worker, goal_id=goal.pk, task=TaskWords("พาไปดูห้อง", "staff", SOON, case.worker_id))
    submit_plan(actor=worker, plan_id=plan.pk)
    returned = return_plan(actor=lead(), plan_id=plan.pk, reason="ใครจะพาไปถ้าฝนตก")
    assert (returned.state, returned.return_reason) == ("returned", "ใครจะพาไปถ้าฝนตก")

    newer = start_plan(actor=worker, client_id=case.client_id, words=PlanWords())
    submit_plan(actor=worker, plan_id=newer.pk)
    approved = approve_plan(actor=lead(), plan_id=newer.pk)
    case.refresh_from_db()
    assert (approved.number, approved.state, case.state) == (2, "approved", "follow_through")
    assert list(newer.events.values_list("kind", flat=True)) == ["begun", "submitted", "approved"]
    entry = WriteEntry.objects.filter(verb="plan.returned").get()
    assert "ฝนตก" not in str(entry.changes)


def test_a_case_whose_person_nobody_met_does_not_move(case: Episode, ready: Plan) -> None:
    submit_plan(actor=actor_for(case.worker), plan_id=ready.pk)
    approve_plan(actor=lead(), plan_id=ready.pk)
    case.refresh_from_db()
    assert case.state == "contact"


def test_a_goal_without_the_persons_words_says_why(case: Episode) -> None:
    goal = make_one.goal(case, words="", text="ได้ห้องเช่า")
    plans.task(goal)
    plan, worker = plans.plan(case), actor_for(case.worker)
    assert refused(lambda: submit_plan(actor=worker, plan_id=plan.pk))[0] == "goal_without_words"
    edit_goal(actor=worker, goal_id=goal.pk, goal=NewGoal(text="ได้ห้องเช่า", why_no_words="ยังพูดไม่ได้"))
    assert submit_plan(actor=worker, plan_id=plan.pk).state == "submitted"


@pytest.mark.parametrize("role", ["supervisor", "centre_head"])
def test_a_lead_who_wrote_or_handed_it_in_does_not_decide(case: Episode, role: str) -> None:
    plans.task(make_one.goal(case))
    own = make.user(role)
    plan = plans.submitted(case, author=own)
    for act in (approve_plan, return_plan):
        more = {"reason": "x"} if act is return_plan else {}
        with pytest.raises(Forbidden):
            act(actor=actor_for(own), plan_id=plan.pk, **more)
    with pytest.raises(Forbidden):
        approve_plan(actor=make.actor(), plan_id=plan.pk)
    assert approve_plan(actor=lead(), plan_id=plan.pk).state == "approved"


def test_the_lead_who_hands_in_what_another_wrote_does_not_approve_it(case: Episode, ready: Plan) -> None:
    own = make.user("supervisor")
    submit_plan(actor=actor_for(own), plan_id=ready.pk)
    with pytest.raises(Forbidden):
        approve_plan(actor=actor_for(own), plan_id=ready.pk)


def test_the_database_holds_it_too(case: Episode, ready: Plan) -> None:
    other = make.user("supervisor")
    whole = {"state": "approved", "submitted_at": clock.now(), "decided_at": clock.now()}
    for by, handed_in in ((case.worker, other), (other, other)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=ready.pk).update(decided_by=by, submitted_by=handed_in, **whole)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=ready.pk).update(state="approved", submitted_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=ready.pk).update(
            **whole | {"state": "returned"}, decided_by=other, submitted_by=case.worker
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        plans.plan(case)


def test_a_version_is_open_once_and_replaces_the_one_before(case: Episode, ready: Plan) -> None:
    worker = actor_for(case.worker)
    begin = lambda: start_plan(actor=worker, client_id=case.client_id, words=PlanWords())  # noqa: E731
    assert refused(begin)[0] == "plan_open"
    submit_plan(actor=worker, plan_id=ready.pk)
    assert refused(begin)[0] == "plan_open"
    approve_plan(actor=lead(), plan_id=ready.pk)
    newer = begin()
    submit_plan(actor=worker, plan_id=newer.pk)
    ready.refresh_from_db()
    assert ready.replaced_on is None
    approve_plan(actor=lead(), plan_id=newer.pk)
    ready.refresh_from_db()
    assert (newer.number, ready.replaced_on) == (2, TODAY)


def test_each_step_has_its_state(case: Episode, ready: Plan) -> None:
    worker = actor_for(case.worker)
    assert refused(lambda: take_back_plan(actor=worker, plan_id=ready.pk))[0] == "plan_not_submitted"
    assert refused(lambda: approve_plan(actor=lead(), plan_id=ready.pk))[0] == "plan_not_submitted"
    submit_plan(actor=worker, plan_id=ready.pk)
    assert refused(lambda: submit_plan(actor=worker, plan_id=ready.pk))[0] == "plan_not_draft"
    late = lambda: edit_plan(actor=worker, plan_id=ready.pk, words=PlanWords("ใหม่"))  # noqa: E731
    assert refused(late)[0] == "plan_not_draft"
    blank = lambda: return_plan(actor=lead(), plan_id=ready.pk, reason=" ")  # noqa: E731
    assert refused(blank) == ("reason_missing", "reason")
    take_back_plan(actor=worker, plan_id=ready.pk)
    past = PlanWords(review_on=TODAY - timedelta(days=1))
    assert refused(lambda: edit_plan(actor=worker, plan_id=ready.pk, words=past)) == (
        "plan_review_past",
        "review_on",
    )


def test_a_lead_decides_about_what_was_read(case: Episode, ready: Plan) -> None:
    worker = actor_for(case.worker)
    seen = submit_plan(actor=worker, plan_id=ready.pk).submitted_at
    take_back_plan(actor=worker, plan_id=ready.pk)
    submit_plan(actor=worker, plan_id=ready.pk)
    act = lambda: approve_plan(actor=lead(), plan_id=ready.pk, seen=seen)  # noqa: E731
    assert refused(act)[0] == "plan_handed_in_anew"


def test_what_changed_after_it_was_handed_in_is_not_approved(case: Episode, ready: Plan) -> None:
    worker = actor_for(case.worker)
    submit_plan(actor=worker, plan_id=ready.pk)
    goal = case.goals.get()
    edit_goal(actor=worker, goal_id=goal.pk, goal=NewGoal(words="อยากกลับบ้าน"))
    assert refused(lambda: approve_plan(actor=lead(), plan_id=ready.pk))[0] == "plan_changed"
    take_back_plan(actor=worker, plan_id=ready.pk)
    submit_plan(actor=worker, plan_id=ready.pk)
    assert approve_plan(actor=lead(), plan_id=ready.pk).state == "approved"


def test_what_was_approved_is_kept_and_what_is_done_changes_nothing(case: Episode, ready: Plan) -> None:
    worker = actor_for(case.worker)
    submit_plan(actor=worker, plan_id=ready.pk)
    approve_plan(actor=lead(), plan_id=ready.pk)
    goal = case.goals.get()
    task = goal.tasks.get()
    finish_task(actor=worker, task_id=task.pk, settled_on=TODAY, result="ได้ดูสองห้อง")
    settle_goal(actor=worker, goal_id=goal.pk, state="reached", settled_on=TODAY)
    assert planning.changed_since(ready, planning.goals_of(case)) == {}
    other = make_one.goal(case, words="อยากมีงาน")
    assert planning.changed_since(ready, planning.goals_of(case)) == {str(other.uid): "new"}
    (said,) = planning.handed_in(ready)
    assert (said.words, said.tasks[0].what) == ("อยากมีห้องของตัวเอง", "พาไปดูห้องเช่า")
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanEvent.objects.filter(plan=ready).update(content=b"")
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanEvent.objects.filter(plan=ready).delete()


# --- tasks -------------------------------------------------------------------------------------------------


def test_a_task_is_changed_done_or_dropped_once(case: Episode) -> None:
    goal, worker = make_one.goal(case), actor_for(case.worker)
    first = plans.task(goal)
    changed = edit_task(
        actor=worker, task_id=first.pk, task=TaskWords("โทรหาพี่สาว", "partner", SOON, partner="พี่สาว")
    )
    assert (changed.owner_name, changed.owner) == ("พี่สาว", None)
    assert refused(lambda: drop_task(actor=worker, task_id=first.pk, reason=""))[0] == "reason_missing"
    dropped = drop_task(actor=worker, task_id=first.pk, reason="พี่ย้ายไปแล้ว")
    assert (dropped.state, dropped.result, dropped.settled_on) == ("dropped", "พี่ย้ายไปแล้ว", TODAY)
    again = lambda: finish_task(actor=worker, task_id=first.pk, settled_on=TODAY)  # noqa: E731
    assert refused(again)[0] == "task_settled"
    second = plans.task(goal)
    late = lambda: finish_task(actor=worker, task_id=second.pk, settled_on=SOON)  # noqa: E731
    assert refused(late) == ("future", "settled_on")
    assert finish_task(actor=worker, task_id=second.pk, settled_on=TODAY).state == "done"


def test_a_task_is_of_an_open_goal_and_of_somebody_of_the_centre(case: Episode) -> None:
    worker, goal = actor_for(case.worker), make_one.goal(case)
    stranger = make.user(at=make.FOREIGN)
    words = TaskWords("พาไป", "staff", SOON, stranger.pk)
    assert refused(lambda: add_task(actor=worker, goal_id=goal.pk, task=words))[0] == "worker_elsewhere"
    settle_goal(actor=worker, goal_id=goal.pk, state="let_go", settled_on=TODAY)
    own = TaskWords("ไปเอง", "person", SOON)
    assert refused(lambda: add_task(actor=worker, goal_id=goal.pk, task=own))[0] == "goal_settled"


def test_closing_asks_what_became_of_every_task(case: Episode) -> None:
    worker = actor_for(case.worker)
    goal = make_one.goal(case)
    task = plans.task(goal)
    plans.submitted(case)
    settle_goal(actor=worker, goal_id=goal.pk, state="reached", settled_on=TODAY)
    closing = Closing(TODAY, "own_home")
    act = lambda: close_episode(actor=worker, client_id=case.client_id, closing=closing)  # noqa: E731
    assert refused(act)[0] == "still_open"
    finish_task(actor=worker, task_id=task.pk, settled_on=TODAY)
    assert refused(act)[0] == "still_open"
    take_back_plan(actor=worker, plan_id=case.plans.get().pk)
    assert act().state == "closed"


# --- pages -------------------------------------------------------------------------------------------------


def at(user: Any) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def text_of(browser: Browser, name: str, *args: Any) -> str:
    return parse(browser.get(reverse(name, args=args))).get_text(" ", strip=True)


def test_the_tab_says_where_the_plan_stands_and_offers_what_may_be_done(case: Episode, ready: Plan) -> None:
    worker, boss = at(case.worker), at(make.user("supervisor"))
    address = reverse("casework:client_plan", args=[case.client.uid])
    page = parse(worker.get(address))
    assert "อยากมีห้องของตัวเอง" in page.select_one(".own-words").get_text()  # type: ignore[union-attr]
    assert page.select(f'a[href="{reverse("casework:plan_submit", args=[ready.uid])}"]')
    submit_plan(actor=actor_for(case.worker), plan_id=ready.pk)
    approve = f'a[href="{reverse("casework:plan_approve", args=[ready.uid])}"]'
    assert not parse(worker.get(address)).select(approve)
    assert parse(boss.get(address)).select(approve)
    approve_plan(actor=lead(), plan_id=ready.pk)
    edit_goal(actor=actor_for(case.worker), goal_id=case.goals.get().pk, goal=NewGoal(words="อยากกลับบ้าน"))
    assert "เปลี่ยนไปหลังอนุมัติ" in parse(worker.get(address)).get_text()


def test_what_waits_is_on_the_day_of_whom_it_waits_for(case: Episode, ready: Plan) -> None:
    boss = make.user("supervisor")
    row = plans.task(case.goals.get(), due_on=TODAY - timedelta(days=1), what="พาไปทำบัตร")
    submit_plan(actor=actor_for(case.worker), plan_id=ready.pk)
    assert "พาไปทำบัตร" in text_of(at(case.worker), "casework:today")
    assert "แผนที่รออนุมัติ" in text_of(at(boss), "casework:today")
    assert case.client.first_name in text_of(at(boss), "casework:plans")
    return_plan(actor=actor_for(boss), plan_id=ready.pk, reason="เพิ่มวันนัด")
    assert "แผนที่ส่งคืนให้คุณ" in text_of(at(case.worker), "casework:today")
    assert "เพิ่มวันนัด" in text_of(at(case.worker), "casework:plans")
    finish_task(actor=actor_for(case.worker), task_id=row.pk, settled_on=TODAY)
    assert "พาไปทำบัตร" not in text_of(at(case.worker), "casework:today")


def test_the_copy_is_a_pdf_in_thai_whoever_prints_it(case: Episode, ready: Plan) -> None:
    browser = at(case.worker)
    response = browser.get(
        reverse("casework:plan_paper", args=[ready.uid]), headers={"accept-language": "en"}
    )
    assert response.content.startswith(b"%PDF")
    assert case.client.code in response["Content-Disposition"]


def test_the_tab_asks_the_database_a_fixed_number_of_times(
    case: Episode, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        plans.task(make_one.goal(case))
    plans.submitted(case)
    browser = at(case.worker)
    address = reverse("casework:client_plan", args=[case.client.uid])
    browser.get(address)
    with django_assert_max_num_queries(20):
        browser.get(address)


# --- programs ----------------------------------------------------------------------------------------------


def test_a_program_walks_the_same_way_and_is_refused_the_same(case: Episode) -> None:
    worker, boss = at(case.worker), at(make.user("supervisor"))
    goal = make_one.goal(case)

    def post(browser: Browser, path: str, **sent: Any) -> Any:
        return browser.post(f"/api/v1/{path}", sent, content_type="application/json")

    plan = post(worker, "plans/", client=str(case.client.uid), note="เจอกันวันศุกร์").json()
    refused = post(worker, f"plans/{plan['uid']}/submit/")
    assert (refused.status_code, refused.json()["code"]) == (409, "goal_without_task")
    task = post(
        worker,
        f"goals/{goal.uid}/tasks/",
        what="พาไปดูห้อง",
        who="staff",
        owner=str(case.worker.uid),  # type: ignore[union-attr]
        due_on=SOON.isoformat(),
    )
    assert (task.status_code, task.json()["state"]) == (201, "open")
    sent = post(worker, f"plans/{plan['uid']}/submit/").json()
    assert [one["words"] for one in sent["goals"]] == ["อยากมีห้องของตัวเอง"]
    assert post(worker, f"plans/{plan['uid']}/approve/", seen=sent["submitted_at"]).status_code == 403
    stale = post(boss, f"plans/{plan['uid']}/approve/", seen="2026-01-01T00:00:00Z")
    assert stale.json()["code"] == "plan_handed_in_anew"
    approved = post(boss, f"plans/{plan['uid']}/approve/", seen=sent["submitted_at"])
    assert (approved.status_code, approved.json()["state"]) == (201, "approved")
    done = post(
        worker, f"goals/{goal.uid}/tasks/{task.json()['uid']}/done/", settled_on=TODAY.isoformat()
    ).json()
    assert (done["state"], done["owner"]) == ("done", str(case.worker.uid))  # type: ignore[union-attr]
