"""Warnings of a danger, for programs: what stands, one more, looked at again, lifted."""

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
from casework.actions.safety import lift_safety_flag, raise_safety_flag, review_safety_flag
from casework.api.views import uid as as_uid
from casework.models import Client, SafetyFlag
from common.doors import IDEMPOTENCY, REFUSED, Doors, text

CLIENT = "01930000-0000-7000-8000-000000000001"


class WarningShape(serializers.ModelSerializer[SafetyFlag]):
    """A warning; `is_due` says that somebody must look again whether it still holds."""

    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    text = serializers.CharField(read_only=True)
    is_due = serializers.BooleanField(read_only=True)

    class Meta:
        model = SafetyFlag
        fields = ("uid", "client", "kind", "text", "raised_at", "review_on", "is_due", "lifted_at")
        read_only_fields = fields


class NewWarningShape(serializers.Serializer[Any]):
    """A warning to put on a file. Without `review_on` the day follows from the kind."""

    client = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=SafetyFlag.Kind.choices)
    text = serializers.CharField(max_length=5000)
    review_on = serializers.DateField(required=False, allow_null=True, default=None)


class ReviewShape(serializers.Serializer[Any]):
    """A warning that still holds: in these words, until that day."""

    text = serializers.CharField(max_length=5000)
    review_on = serializers.DateField()


class LiftShape(serializers.Serializer[Any]):
    """Why a warning no longer holds."""

    reason = serializers.CharField(max_length=300)


@extend_schema_view(
    list=extend_schema(
        parameters=[text("client", "uid of a client", type=UUID)],
        description="Warnings that stand on files the caller may open. The look is in the trail.",
    ),
    retrieve=extend_schema(description="One warning."),
)
class Warnings(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Warnings of a danger."""

    queryset = SafetyFlag.objects.none()
    serializer_class = WarningShape

    def get_queryset(self) -> QuerySet[SafetyFlag]:
        found = SafetyFlag.objects.visible_to(self.actor)
        if self.action == "list":
            found = found.standing()
        if wanted := self.request.query_params.get("client"):
            found = found.filter(client__uid=as_uid(wanted))
        return cast(QuerySet[SafetyFlag], found.select_related("client").order_by("-pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        subjects = sorted({str(row["client"]) for row in response.data["results"]})
        trail.noted_read(self.actor, "list", subjects=subjects, door="api")
        return response

    @extend_schema(
        request=NewWarningShape,
        responses={201: WarningShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "Never visit alone",
                value={"client": CLIENT, "kind": "never_alone", "text": "ไปกันสองคนเสมอ", "review_on": None},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Put a warning on a file."""
        wanted = self.read(NewWarningShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))

        def act() -> str:
            return str(raise_safety_flag(actor=self.actor, client_id=client.pk, **wanted).uid)

        return self._answer(self.once(act), status=201)

    @extend_schema(request=ReviewShape, responses={200: WarningShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def review(self, request: Request, uid: UUID) -> Response:
        """The warning still holds."""
        row, wanted = self.get_object(), self.read(ReviewShape)
        return self._answer(
            self.once(lambda: str(review_safety_flag(actor=self.actor, flag_id=row.pk, **wanted).uid))
        )

    @extend_schema(request=LiftShape, responses={200: WarningShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def lift(self, request: Request, uid: UUID) -> Response:
        """The warning no longer holds."""
        row, wanted = self.get_object(), self.read(LiftShape)
        return self._answer(
            self.once(lambda: str(lift_safety_flag(actor=self.actor, flag_id=row.pk, **wanted).uid))
        )

    def _answer(self, made: str, *, status: int = 200) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(WarningShape(row, context=self.get_serializer_context()).data, status=status)
