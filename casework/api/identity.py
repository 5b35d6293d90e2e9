"""Links between records of one person, for programs: what is linked, one more, undone."""

from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from audit import trail
from casework.actions.identity import link_clients, unlink_clients
from casework.api.views import uid as as_uid
from casework.models import Client, LinkEvent
from casework.permissions import can_read_notes
from common.doors import IDEMPOTENCY, REFUSED, Doors, text

KEPT, ASIDE = "01930000-0000-7000-8000-000000000001", "01930000-0000-7000-8000-000000000002"


class LinkShape(serializers.ModelSerializer[LinkEvent]):
    """Two records that are one person; the reason is "" for who does not read notes in both files."""

    kept = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    aside = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    reason = serializers.SerializerMethodField()
    undone_at = serializers.DateTimeField(
        source="undone_by.recorded_at", allow_null=True, read_only=True, default=None
    )

    class Meta:
        model = LinkEvent
        fields = ("uid", "kept", "aside", "reason", "recorded_at", "undone_at")
        read_only_fields = fields

    def get_reason(self, row: LinkEvent) -> str:
        actor = self.context["request"].actor
        return row.reason if all(can_read_notes(actor, c) for c in (row.kept, row.aside)) else ""


class NewLinkShape(serializers.Serializer[Any]):
    """Two records to link: the one that is shown, and the one that says where to look."""

    kept = serializers.UUIDField()
    aside = serializers.UUIDField()
    reason = serializers.CharField(max_length=5000)


class UndoShape(serializers.Serializer[Any]):
    """Why they are two people."""

    reason = serializers.CharField(max_length=5000)


@extend_schema_view(
    list=extend_schema(
        parameters=[text("client", "uid of one of the two", type=UUID)],
        description="Links between files the caller may both open, those undone as well. The look is in the trail.",
    ),
    retrieve=extend_schema(description="One link."),
)
class Links(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Links between records of one person."""

    queryset = LinkEvent.objects.none()
    serializer_class = LinkShape

    def get_queryset(self) -> QuerySet[LinkEvent]:
        found = LinkEvent.objects.visible_to(self.actor).filter(undoes__isnull=True)
        if wanted := self.request.query_params.get("client"):
            key = as_uid(wanted)
            found = found.filter(Q(kept__uid=key) | Q(aside__uid=key))
        return cast(QuerySet[LinkEvent], found.select_related("kept", "aside", "undone_by").order_by("-pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        shown = {str(row[side]) for row in response.data["results"] for side in ("kept", "aside")}
        trail.noted_read(self.actor, "list", subjects=sorted(shown), door="api")
        return response

    @extend_schema(
        request=NewLinkShape,
        responses={201: LinkShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "Two records of one person",
                value={"kept": KEPT, "aside": ASIDE, "reason": "ใบหน้าเดียวกัน มารดาชื่อเดียวกัน"},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Link two records. Nothing of either is deleted; the stricter restriction holds for both."""
        wanted = self.read(NewLinkShape)
        seen = Client.objects.visible_to(self.actor)
        kept, aside = (get_object_or_404(seen, uid=wanted[side]) for side in ("kept", "aside"))

        def act() -> str:
            row = link_clients(actor=self.actor, kept_id=kept.pk, aside_id=aside.pk, reason=wanted["reason"])
            return str(row.uid)

        return self._answer(self.once(act), status=201)

    @extend_schema(request=UndoShape, responses={200: LinkShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def undo(self, request: Request, uid: UUID) -> Response:
        """Take the two apart; each record is again what it was."""
        row, wanted = self.get_object(), self.read(UndoShape)

        def act() -> str:
            unlink_clients(actor=self.actor, link_id=row.pk, reason=wanted["reason"])
            return str(row.uid)

        return self._answer(self.once(act), status=200)

    def _answer(self, made: str, *, status: int) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(LinkShape(row, context=self.get_serializer_context()).data, status=status)
