"""Plans and tasks for programs."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from audit import trail
from casework import planning
from casework.actions.goal_tasks import TaskWords, add_task, drop_task, edit_task, finish_task
from casework.actions.plans import (
    PlanWords,
    approve_plan,
    edit_plan,
    return_plan,
    start_plan,
    submit_plan,
    take_back_plan,
)
from casework.api.assessments import CLIENT, OfReadFiles
from casework.models import Client, Goal, GoalTask, Plan
from common.doors import acts, text


class PlannedTaskShape(serializers.Serializer[Any]):
    task = serializers.UUIDField(source="key")
    what = serializers.CharField()
    owner = serializers.CharField(help_text="name of whoever does it; empty for the person themselves")
    due_on = serializers.DateField()


class PlannedGoalShape(serializers.Serializer[Any]):
    goal = serializers.UUIDField(source="key")
    words = serializers.CharField()
    text = serializers.CharField()
    why_no_words = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    tasks = PlannedTaskShape(many=True)


class CasePlanShape(serializers.ModelSerializer[Plan]):
    """A version of a plan; `goals` is what it said when it was last handed in."""

    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    author = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    submitted_by = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    decided_by = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    goals = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = (
            "uid", "client", "number", "state", "note", "review_on", "author", "submitted_by", "submitted_at",
            "decided_by", "decided_at", "return_reason", "replaced_on", "goals",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(PlannedGoalShape(many=True))
    def get_goals(self, row: Plan) -> Any:
        return PlannedGoalShape(planning.handed_in(row), many=True).data


class PlanWordsShape(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    review_on = serializers.DateField(required=False, allow_null=True, default=None)


class NewCasePlanShape(PlanWordsShape):
    client = serializers.UUIDField()


class ApprovalShape(serializers.Serializer[Any]):
    """`seen`: `submitted_at` of the version that was read, so that no other one is decided about."""

    seen = serializers.DateTimeField()


class ReturnShape(ApprovalShape):
    reason = serializers.CharField(max_length=5000)


class GoalTaskShape(serializers.ModelSerializer[GoalTask]):
    """What is done for a goal, by whom, by when, and what came of it."""

    owner = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)

    class Meta:
        model = GoalTask
        fields = ("uid", "what", "who", "owner", "partner", "due_on", "state", "settled_on", "result")
        read_only_fields = fields


class TaskWordsShape(serializers.Serializer[Any]):
    """`owner` goes with who "staff", `partner` with "partner"."""

    what = serializers.CharField(max_length=5000)
    who = serializers.ChoiceField(choices=GoalTask.Who.choices)
    owner = serializers.UUIDField(required=False, allow_null=True, default=None)
    partner = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    due_on = serializers.DateField()

    def words(self) -> TaskWords:
        wanted = dict(self.validated_data)
        owner = wanted.pop("owner")
        return TaskWords(**wanted, owner_id=get_object_or_404(User, uid=owner).pk if owner else None)


class TaskDoneShape(serializers.Serializer[Any]):
    settled_on = serializers.DateField()
    result = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


class TaskDroppedShape(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=5000)


@extend_schema_view(
    list=extend_schema(parameters=[CLIENT, text("state", "state of the plan", enum=Plan.State.values)]),
    retrieve=extend_schema(),
)
class Plans(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfReadFiles):
    """Versions of plans, the newest first."""

    queryset = Plan.objects.none()
    serializer_class = CasePlanShape

    def get_queryset(self) -> QuerySet[Plan]:
        found = self.of_files(Plan.objects.all())
        if (state := self.request.query_params.get("state")) is not None:
            found = found.filter(state=state) if state in Plan.State.values else found.none()
        whole = found.select_related("client", "author", "submitted_by", "decided_by")
        return cast(QuerySet[Plan], whole.prefetch_related("events").order_by("-pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.noted(super().list(request, *args, **kwargs))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        trail.noted_read(self.actor, "client", subjects=[str(row.client.uid)], door="api")
        return Response(self.get_serializer(row).data)

    @acts(
        NewCasePlanShape,
        CasePlanShape,
        examples=[
            OpenApiExample(
                "A plan is begun",
                request_only=True,
                value={
                    "client": "0198c1d2-7c1e-7a52-9d2c-6f4f0f6a7b11",
                    "note": "เจอกันทุกวันศุกร์ที่ศูนย์",
                    "review_on": "2027-01-31",
                },
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Begin the first or the next version; its goals and tasks are written at the goals."""
        wanted = self.read(NewCasePlanShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))
        words = PlanWords(**wanted)
        made = self.once(lambda: str(start_plan(actor=self.actor, client_id=client.pk, words=words).uid))
        return self._answer(made)

    @acts(PlanWordsShape, CasePlanShape)
    @route(detail=True, methods=["post"])
    def edit(self, request: Request, uid: UUID) -> Response:
        """Change what a draft says beyond its goals."""
        words, row = PlanWords(**self.read(PlanWordsShape)), self.get_object()
        made = self.once(lambda: str(edit_plan(actor=self.actor, plan_id=row.pk, words=words).uid))
        return self._answer(made)

    @acts(None, CasePlanShape)
    @route(detail=True, methods=["post"])
    def submit(self, request: Request, uid: UUID) -> Response:
        """Hand a draft in; each goal needs the person's own words, or why there are none, and a task."""
        return self._step(submit_plan)

    @acts(None, CasePlanShape)
    @route(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, uid: UUID) -> Response:
        """Make a plan that waits a draft again."""
        return self._step(take_back_plan)

    @acts(ApprovalShape, CasePlanShape)
    @route(detail=True, methods=["post"])
    def approve(self, request: Request, uid: UUID) -> Response:
        """Approve; only a lead who neither wrote nor handed it in."""
        return self._step(approve_plan, self.read(ApprovalShape))

    @acts(ReturnShape, CasePlanShape)
    @route(detail=True, methods=["post"], url_path="return")
    def give_back(self, request: Request, uid: UUID) -> Response:
        """Return with a reason; only a lead who neither wrote nor handed it in."""
        return self._step(return_plan, self.read(ReturnShape))

    def _step(self, act: Any, more: dict[str, Any] | None = None) -> Response:
        row = self.get_object()
        made = self.once(lambda: str(act(actor=self.actor, plan_id=row.pk, **more or {}).uid))
        return self._answer(made)

    def _answer(self, made: str) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(self.get_serializer(row).data, status=201)


@extend_schema_view(list=extend_schema(description="Tasks of one goal, the nearest first."))
class GoalTasks(mixins.ListModelMixin, OfReadFiles):
    """What is done for a goal."""

    queryset = GoalTask.objects.none()
    serializer_class = GoalTaskShape

    def _goal(self) -> Goal:
        found = self.of_files(Goal.objects.all()).select_related("client")
        return cast(Goal, get_object_or_404(found, uid=self.kwargs["goal_uid"]))

    def get_queryset(self) -> QuerySet[GoalTask]:
        rows = self.of_files(GoalTask.objects.filter(goal__uid=self.kwargs["goal_uid"]))
        return cast(QuerySet[GoalTask], rows.select_related("owner").order_by("due_on", "pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        goal = self._goal()
        trail.noted_read(self.actor, "client", subjects=[str(goal.client.uid)], door="api")
        return super().list(request, *args, **kwargs)

    @acts(
        TaskWordsShape,
        GoalTaskShape,
        examples=[
            OpenApiExample(
                "A partner goes along",
                request_only=True,
                value={"what": "พาไปดูห้อง", "who": "partner", "partner": "ผู้ใหญ่บ้าน", "due_on": "2027-01-15"},
            )
        ],
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a task to an open goal."""
        words, goal = self._words(), self._goal()
        return self._answer(
            self.once(lambda: str(add_task(actor=self.actor, goal_id=goal.pk, task=words).uid))
        )

    @acts(TaskWordsShape, GoalTaskShape)
    @route(detail=True, methods=["post"])
    def edit(self, request: Request, **kwargs: Any) -> Response:
        """Change a task that is still to do."""
        words, row = self._words(), self.get_object()
        made = self.once(lambda: str(edit_task(actor=self.actor, task_id=row.pk, task=words).uid))
        return self._answer(made)

    @acts(TaskDoneShape, GoalTaskShape)
    @route(detail=True, methods=["post"])
    def done(self, request: Request, **kwargs: Any) -> Response:
        """Say that a task is done."""
        wanted, row = self.read(TaskDoneShape), self.get_object()
        made = self.once(lambda: str(finish_task(actor=self.actor, task_id=row.pk, **wanted).uid))
        return self._answer(made)

    @acts(TaskDroppedShape, GoalTaskShape)
    @route(detail=True, methods=["post"])
    def drop(self, request: Request, **kwargs: Any) -> Response:
        """Give a task up, and say why."""
        wanted, row = self.read(TaskDroppedShape), self.get_object()
        made = self.once(lambda: str(drop_task(actor=self.actor, task_id=row.pk, **wanted).uid))
        return self._answer(made)

    def _words(self) -> TaskWords:
        sent = TaskWordsShape(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return sent.words()

    def _answer(self, made: str) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(self.get_serializer(row).data, status=201)
