"""Beds and stays for programs: what can be given, who lies where, checking in and out."""

from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from audit import trail
from casework.actions.stays import Leaving, check_in, check_out
from casework.api.views import uid as as_uid
from casework.models import Bed, Client, Stay
from common.doors import IDEMPOTENCY, REFUSED, Doors, text


class BedShape(serializers.ModelSerializer[Bed]):
    """A bed as it is today, without who lies in it."""

    centre = serializers.CharField(source="room.site.centre.code", read_only=True)
    site = serializers.CharField(source="room.site.name", read_only=True)
    room = serializers.CharField(source="room.name", read_only=True)
    taken = serializers.BooleanField(read_only=True)

    class Meta:
        model = Bed
        fields = (
            "uid", "centre", "site", "room", "label", "kept_for", "step_free", "closed_on", "closed_why", "taken",
        )  # fmt: skip
        read_only_fields = fields


class StayShape(serializers.ModelSerializer[Stay]):
    """Somebody in a bed, by nights; `ends_on` is the day they left, null while they are there."""

    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    bed = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    bed_name = serializers.CharField(source="bed.where", read_only=True)

    class Meta:
        model = Stay
        fields = ("uid", "client", "bed", "bed_name", "starts_on", "ends_on", "left_to")
        read_only_fields = fields


class CheckInShape(serializers.Serializer[Any]):
    """Who, into which bed, since the night of which day; a note where a bed kept for others is the right one."""

    client = serializers.UUIDField()
    bed = serializers.UUIDField()
    starts_on = serializers.DateField()
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


class CheckOutShape(serializers.Serializer[Any]):
    """When somebody left, and where to."""

    ends_on = serializers.DateField()
    left_to = serializers.ChoiceField(choices=Stay.LeftTo.choices)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


@extend_schema_view(
    list=extend_schema(
        parameters=[text("free", "only beds that can be given now, or only others", type=bool)],
        description="Beds of the caller's centres.",
    )
)
class Beds(mixins.ListModelMixin, Doors):
    """Beds."""

    queryset = Bed.objects.none()
    serializer_class = BedShape

    def get_queryset(self) -> QuerySet[Bed]:
        lying = Stay.objects.open().filter(bed=OuterRef("pk")).order_by()
        found = Bed.objects.visible_to(self.actor).annotate(taken=Exists(lying))
        if wanted := self.request.query_params.get("free"):
            free = {"taken": False, "closed_on": None}
            found = found.filter(**free) if wanted.lower() in {"true", "1"} else found.exclude(**free)
        return cast(QuerySet[Bed], found.select_related("room__site__centre").order_by("-pk"))


@extend_schema_view(
    list=extend_schema(
        parameters=[
            text("client", "uid of a client", type=UUID),
            text("open", "true: only who is there now", type=bool),
        ],
        description="Stays, the newest first. The look is in the trail.",
    ),
    retrieve=extend_schema(description="One stay."),
)
class Stays(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Stays of people whose files the caller may open."""

    queryset = Stay.objects.none()
    serializer_class = StayShape

    def get_queryset(self) -> QuerySet[Stay]:
        found = Stay.objects.visible_to(self.actor)
        if wanted := self.request.query_params.get("client"):
            found = found.filter(client__uid=as_uid(wanted))
        if self.request.query_params.get("open", "").lower() in {"true", "1"}:
            found = found.open()
        return cast(QuerySet[Stay], found.select_related("client", "bed__room__site").order_by("-pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        subjects = sorted({str(row["client"]) for row in response.data["results"]})
        trail.noted_read(self.actor, "list", subjects=subjects, door="api")
        return response

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        trail.noted_read(self.actor, "client", subjects=[str(row.client.uid)], door="api")
        return Response(self.get_serializer(row).data)

    @extend_schema(
        request=CheckInShape,
        responses={201: StayShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "Tonight",
                request_only=True,
                value={
                    "client": "0198c1d2-7c1e-7a52-9d2c-6f4f0f6a7b11",
                    "bed": "0198c1d2-7c1e-7a52-9d2c-6f4f0f6a7b12",
                    "starts_on": "2026-11-02",
                },
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Check somebody in. A bed holds one person a night, and a person has one bed."""
        wanted = self.read(CheckInShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))
        bed = get_object_or_404(Bed.objects.visible_to(self.actor), uid=wanted.pop("bed"))

        def act() -> str:
            return str(check_in(actor=self.actor, client_id=client.pk, bed_id=bed.pk, **wanted).uid)

        return self._answer(self.once(act), status=201)

    @extend_schema(
        request=CheckOutShape,
        responses={200: StayShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "Back with family", request_only=True, value={"ends_on": "2026-11-09", "left_to": "family"}
            )
        ],
    )
    @route(detail=True, methods=["post"], url_path="check-out")
    def check_out(self, request: Request, uid: UUID) -> Response:
        """Check somebody out, with where they went."""
        row, leaving = self.get_object(), Leaving(**self.read(CheckOutShape))

        def act() -> str:
            check_out(actor=self.actor, stay_id=row.pk, leaving=leaving)
            return str(row.uid)

        return self._answer(self.once(act), status=200)

    def _answer(self, made: str, *, status: int) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(self.get_serializer(row).data, status=status)
