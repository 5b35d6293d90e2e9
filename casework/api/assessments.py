"""Assessments and goals for programs."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from audit import trail
from casework.actions.assessments import NewAssessment, assess
from casework.actions.goals import NewGoal, edit_goal, set_goal, settle_goal
from casework.api.views import uid
from casework.models import AssessedLevel, Assessment, Client, Goal
from casework.permissions import HEALTH_READERS
from casework.rules.assessments import BEST, WORST, Judged
from common.doors import IDEMPOTENCY, REFUSED, Doors, text


class LevelShape(serializers.ModelSerializer[AssessedLevel]):
    class Meta:
        model = AssessedLevel
        fields = ("dimension", "level", "reason", "why_no_goal")
        read_only_fields = fields


class AssessmentShape(serializers.ModelSerializer[Assessment]):
    """How somebody fared on a day."""

    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    instrument = serializers.CharField(source="instrument.code", read_only=True)
    instrument_version = serializers.IntegerField(source="instrument.version", read_only=True)
    levels = LevelShape(many=True, read_only=True)

    class Meta:
        model = Assessment
        fields = (
            "uid", "client", "instrument", "instrument_version", "assessed_on", "recorded_at", "levels",
        )  # fmt: skip
        read_only_fields = fields


class JudgedShape(serializers.Serializer[Any]):
    """One dimension. At level 1 a goal or the reason why there is none is needed."""

    dimension = serializers.CharField(max_length=30)
    level = serializers.IntegerField(min_value=WORST, max_value=BEST)
    reason = serializers.CharField(max_length=5000)
    goal = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    why_no_goal = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


class NewAssessmentShape(serializers.Serializer[Any]):
    client = serializers.UUIDField()
    assessed_on = serializers.DateField()
    levels = JudgedShape(many=True)


class GoalShape(serializers.ModelSerializer[Goal]):
    """What somebody wants to reach, and what became of it."""

    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)

    class Meta:
        model = Goal
        fields = (
            "uid", "client", "dimension", "words", "text", "why_no_words", "due_on", "set_on", "state",
            "settled_on", "settled_note",
        )  # fmt: skip
        read_only_fields = fields


class GoalWordsShape(serializers.Serializer[Any]):
    words = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    text = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    why_no_words = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    dimension = serializers.CharField(max_length=30, required=False, allow_blank=True, default="")
    due_on = serializers.DateField(required=False, allow_null=True, default=None)


class NewGoalShape(GoalWordsShape):
    client = serializers.UUIDField()


class SettledGoalShape(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=[one for one in Goal.State.choices if one[0] != Goal.State.OPEN])
    settled_on = serializers.DateField()
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


class OfReadFiles(Doors):
    """Rows of files whose notes the caller may read."""

    def of_files(self, rows: Any) -> Any:
        """`rows` of those files, of one client where the address names one."""
        files = Client.objects.in_reach_of(self.actor, *HEALTH_READERS)
        found = rows.filter(client__in=files)
        if "client" in self.request.query_params:
            found = found.filter(client__uid=uid(self.request.query_params["client"]))
        return found

    def noted(self, response: Response) -> Response:
        """`response`, after the look is in the trail."""
        subjects = sorted({str(row["client"]) for row in response.data["results"]})
        trail.noted_read(self.actor, "client", subjects=subjects, door="api")
        return response


CLIENT = text("client", "uid of a client", type=UUID)


@extend_schema_view(list=extend_schema(parameters=[CLIENT]), retrieve=extend_schema())
class Assessments(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfReadFiles):
    """Assessments that stand, the newest first."""

    queryset = Assessment.objects.none()
    serializer_class = AssessmentShape

    def get_queryset(self) -> QuerySet[Assessment]:
        found = self.of_files(Assessment.objects.standing()).select_related("client", "instrument")
        return cast(QuerySet[Assessment], found.prefetch_related("levels").order_by("-pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.noted(super().list(request, *args, **kwargs))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        trail.noted_read(self.actor, "client", subjects=[str(row.client.uid)], door="api")
        return Response(self.get_serializer(row).data)

    @extend_schema(
        request=NewAssessmentShape,
        responses={201: AssessmentShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "One dimension",
                request_only=True,
                value={
                    "client": "0198c1d2-7c1e-7a52-9d2c-6f4f0f6a7b11",
                    "assessed_on": "2026-11-02",
                    "levels": [
                        {
                            "dimension": "living",
                            "level": 1,
                            "reason": "นอนใต้สะพานมาสองเดือน",
                            "goal": "ได้ห้องเช่าใกล้ที่ทำงาน",
                        }
                    ],
                },
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Assess how somebody fares, with the instrument in use."""
        wanted = self.read(NewAssessmentShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted["client"])
        judged = {
            one["dimension"]: Judged(one["level"], one["reason"], one["goal"], one["why_no_goal"])
            for one in wanted["levels"]
        }
        new = NewAssessment(wanted["assessed_on"], judged)
        made = self.once(lambda: str(assess(actor=self.actor, client_id=client.pk, new=new).uid))
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(self.get_serializer(row).data, status=201)


@extend_schema_view(
    list=extend_schema(
        parameters=[CLIENT, text("state", "state of the goal", enum=Goal.State.values)],
        description="Goals, the newest first.",
    ),
    retrieve=extend_schema(),
)
class Goals(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfReadFiles):
    """Goals."""

    queryset = Goal.objects.none()
    serializer_class = GoalShape

    def get_queryset(self) -> QuerySet[Goal]:
        found = self.of_files(Goal.objects.all()).select_related("client")
        if "state" in self.request.query_params:
            found = found.filter(state=self.request.query_params["state"])
        return cast(QuerySet[Goal], found.order_by("-pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.noted(super().list(request, *args, **kwargs))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        trail.noted_read(self.actor, "client", subjects=[str(row.client.uid)], door="api")
        return Response(self.get_serializer(row).data)

    @extend_schema(
        request=NewGoalShape,
        responses={201: GoalShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "In the person's own words",
                request_only=True,
                value={
                    "client": "0198c1d2-7c1e-7a52-9d2c-6f4f0f6a7b11",
                    "words": "อยากมีห้องของตัวเอง",
                    "dimension": "living",
                    "due_on": "2027-01-31",
                },
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Set a goal; whoever has the case looks after it."""
        wanted = self.read(NewGoalShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))
        goal = NewGoal(**wanted)
        return self._answer(
            self.once(lambda: str(set_goal(actor=self.actor, client_id=client.pk, goal=goal).uid))
        )

    @extend_schema(request=GoalWordsShape, responses={201: GoalShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def edit(self, request: Request, uid: UUID) -> Response:
        """Put an open goal in other words or to another day; an approved plan shows that it changed."""
        row = self.get_object()
        goal = NewGoal(**self.read(GoalWordsShape), owner_id=row.owner_id)
        return self._answer(
            self.once(lambda: str(edit_goal(actor=self.actor, goal_id=row.pk, goal=goal).uid))
        )

    @extend_schema(request=SettledGoalShape, responses={201: GoalShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def settle(self, request: Request, uid: UUID) -> Response:
        """Say what became of a goal."""
        wanted, row = self.read(SettledGoalShape), self.get_object()

        def act() -> str:
            settle_goal(actor=self.actor, goal_id=row.pk, **wanted)
            return str(row.uid)

        return self._answer(self.once(act))

    def _answer(self, made: str) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(self.get_serializer(row).data, status=201)
