"""The people around somebody, for programs: who stands in a file, one more, no longer."""

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
from casework.actions.related import NewRelated, add_related_person, end_related_person
from casework.api.views import uid as as_uid
from casework.models import Client, RelatedPerson
from casework.permissions import can_see_phone
from common.doors import IDEMPOTENCY, REFUSED, Doors, text
from common.thai import phone

CLIENT = "01930000-0000-7000-8000-000000000001"


class RelatedShape(serializers.ModelSerializer[RelatedPerson]):
    """Somebody around a client. `other` is the uid of their own file, where the caller may open it."""

    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    phone = serializers.SerializerMethodField()
    other = serializers.SerializerMethodField()

    class Meta:
        model = RelatedPerson
        fields = (
            "uid", "client", "relation", "name", "born_on", "born_precision", "guardianship", "phone", "address",
            "may_contact", "lives_with", "other", "ended_on",
        )  # fmt: skip
        read_only_fields = fields

    def get_phone(self, row: RelatedPerson) -> str:
        if not row.phone or can_see_phone(self.context["request"].actor, row.client):
            return row.phone
        return phone.mask(row.phone)

    def get_other(self, row: RelatedPerson) -> UUID | None:
        if row.other_client is None:
            return None
        seen = Client.objects.visible_to(self.context["request"].actor).filter(pk=row.other_client_id)
        return row.other_client.uid if seen.exists() else None


class NewRelatedShape(serializers.Serializer[Any]):
    """Somebody to write down."""

    client = serializers.UUIDField()
    relation = serializers.ChoiceField(choices=RelatedPerson.Relation.choices)
    name = serializers.CharField(max_length=200)
    born_on = serializers.DateField(required=False, allow_null=True, default=None)
    guardianship = serializers.ChoiceField(
        choices=RelatedPerson.Guardianship.choices, required=False, allow_blank=True, default=""
    )
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    may_contact = serializers.BooleanField(default=False)
    lives_with = serializers.BooleanField(default=False)
    other = serializers.UUIDField(required=False, allow_null=True, default=None)


class EndShape(serializers.Serializer[Any]):
    """Since when somebody is no longer around."""

    ended_on = serializers.DateField()


@extend_schema_view(
    list=extend_schema(
        parameters=[text("client", "uid of a client", type=UUID)],
        description="People around those whose files the caller may open. The look is in the trail.",
    ),
    retrieve=extend_schema(description="One of them."),
)
class RelatedPeople(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Family, guardians, children and friends of clients."""

    queryset = RelatedPerson.objects.none()
    serializer_class = RelatedShape

    def get_queryset(self) -> QuerySet[RelatedPerson]:
        found = RelatedPerson.objects.visible_to(self.actor)
        if wanted := self.request.query_params.get("client"):
            found = found.filter(client__uid=as_uid(wanted))
        return cast(QuerySet[RelatedPerson], found.select_related("client", "other_client").order_by("-pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        subjects = sorted({str(row["client"]) for row in response.data["results"]})
        trail.noted_read(self.actor, "list", subjects=subjects, door="api")
        return response

    @extend_schema(
        request=NewRelatedShape,
        responses={201: RelatedShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "A mother who answers for her child",
                value={
                    "client": CLIENT,
                    "relation": "parent",
                    "name": "บุญมี ใจดี",
                    "guardianship": "parental",
                    "lives_with": True,
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Write somebody down."""
        wanted = self.read(NewRelatedShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))

        def act() -> str:
            row = add_related_person(actor=self.actor, client_id=client.pk, related=NewRelated(**wanted))
            return str(row.uid)

        return self._answer(self.once(act), status=201)

    @extend_schema(request=EndShape, responses={200: RelatedShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def end(self, request: Request, uid: UUID) -> Response:
        """They are no longer around; the entry stays as past."""
        row, wanted = self.get_object(), self.read(EndShape)
        return self._answer(
            self.once(lambda: str(end_related_person(actor=self.actor, related_id=row.pk, **wanted).uid)),
            status=200,
        )

    def _answer(self, made: str, *, status: int) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(RelatedShape(row, context=self.get_serializer_context()).data, status=status)
