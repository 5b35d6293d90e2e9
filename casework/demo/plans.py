"""The demo's plans: approved ones, one that waits for the supervisor, one that came back, one being written."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework import planning
from casework.models import Episode, Goal, GoalTask, Plan, PlanEvent
from common import demo
from common.demo import Demo

_TASKS = {
    "living": (("พาไปดูห้องเช่าใกล้ตลาด", "staff", ""), ("เก็บเงินค่ามัดจำ วันละยี่สิบบาท", "person", "")),
    "income": (("สมัครงานที่โรงงานน้ำแข็ง", "person", ""), ("คุยกับหัวหน้างานเรื่องเวลา", "partner", "พี่สมพร อพม.")),
    "": (("โทรหาลูกสาวที่โคราช", "staff", ""), ("เขียนจดหมายถึงลูก", "person", "")),
}
_STATES = ("approved", "submitted", "returned", "draft", "approved", "approved")


def write(d: Demo) -> None:
    """A plan for each of the social worker's people who have a goal, in every state one of them."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    lead = User.objects.get(email=demo_email(Role.SUPERVISOR))
    goals = Goal.objects.open().filter(owner=worker, episode__closed_on__isnull=True).exclude(words=b"")
    for number, goal in enumerate(goals.select_related("episode__client").order_by("pk")[: len(_STATES)]):
        for which, (what, who, partner) in enumerate(_TASKS.get(goal.dimension, _TASKS[""])):
            GoalTask.objects.create(
                client=goal.client,
                goal=goal,
                what=what,
                who=who,
                owner=worker if who == "staff" else None,
                partner=partner,
                due_on=d.today + timedelta(days=number * 3 - 2 + 9 * which),
            )
        _plan(d, goal.episode, _STATES[number], worker, lead)


def _plan(d: Demo, episode: Episode, state: str, worker: User, lead: User) -> None:
    day = d.today - timedelta(days=4)
    at = timezone.make_aware(datetime.combine(day, time(10, 30)))
    sent, decided = state != "draft", state in ("approved", "returned")
    reason = "ใครจะไปด้วยถ้าเจ้าหน้าที่ลา ช่วยเพิ่มอีกคน" if state == "returned" else ""
    row = Plan.objects.create(
        client=episode.client,
        episode=episode,
        number=1,
        state=state,
        note="เจอกันทุกวันศุกร์ที่ศูนย์",
        review_on=d.today + timedelta(days=30),
        author=worker,
        begun_on=day,
        submitted_by=worker if sent else None,
        submitted_at=at if sent else None,
        decided_by=lead if decided else None,
        decided_at=at + timedelta(hours=4) if decided else None,
        return_reason=reason,
    )
    PlanEvent.objects.create(plan=row, kind="begun", by=worker)
    if sent:
        content = planning.written(planning.lines(planning.goals_of(episode)))
        PlanEvent.objects.create(plan=row, kind="submitted", by=worker, content=content)
    if decided:
        PlanEvent.objects.create(plan=row, kind=state, by=lead, note=reason)


demo.add(demo.Part("casework.plans", write), order=34)
