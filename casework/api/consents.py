"""Consents for programs: what holds, one more answer, taking one back."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Centre
from audit import trail
from casework.actions.consents import Asked, record_consent, withdraw_consent
from casework.api.views import uid
from casework.models import Client, Consent
from common.doors import IDEMPOTENCY, REFUSED, Doors, text
from network.models import Partner


class ConsentShape(serializers.ModelSerializer[Consent]):
    """An answer about the use of data. Neither partner nor centre means whoever helps."""

    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    partner = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    parts = serializers.ListField(child=serializers.CharField(), source="part_keys", read_only=True)
    state = serializers.ChoiceField(choices=["holds", "refused", "withdrawn", "ended"], read_only=True)
    withdrawn_on = serializers.SerializerMethodField()

    class Meta:
        model = Consent
        fields = (
            "uid", "client", "purpose", "answer", "partner", "centre", "parts", "given_on", "ends_on", "how", "wording",
            "state", "withdrawn_on",
        )  # fmt: skip
        read_only_fields = fields

    def get_withdrawn_on(self, row: Consent) -> str | None:
        withdrawal = getattr(row, "withdrawal", None)
        return withdrawal.withdrawn_on.isoformat() if withdrawal else None


class NewConsentShape(serializers.Serializer[Any]):
    client = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Consent.Purpose.choices)
    answer = serializers.ChoiceField(choices=Consent.Answer.choices)
    partner = serializers.CharField(max_length=30, required=False, allow_null=True, default=None)
    centre = serializers.CharField(max_length=10, required=False, allow_null=True, default=None)
    parts = serializers.MultipleChoiceField(choices=Consent.Part.choices, required=False, default=set)
    how = serializers.ChoiceField(choices=Consent.How.choices)
    witness = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    guardian = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    given_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)


class WithdrawnShape(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


@extend_schema_view(
    list=extend_schema(
        parameters=[
            text("client", "uid of a client", type=UUID),
            text("holding", "1: only those that hold today"),
        ]
    ),
    retrieve=extend_schema(),
)
class Consents(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Answers about the use of data, the newest first."""

    queryset = Consent.objects.none()
    serializer_class = ConsentShape

    def get_queryset(self) -> QuerySet[Consent]:
        found = Consent.objects.visible_to(self.actor)
        wanted = self.request.query_params
        if "client" in wanted:
            found = found.filter(client__uid=uid(wanted["client"]))
        if wanted.get("holding") == "1":
            found = found.holding()
        whole = found.select_related("client", "partner", "centre", "withdrawal")
        return cast(QuerySet[Consent], whole.order_by("-pk"))

    @extend_schema(
        request=NewConsentShape,
        responses={201: ConsentShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "A temple may know the name and the needs",
                request_only=True,
                value={
                    "client": "0198c1d2-7c1e-7a52-9d2c-6f4f0f6a7b11",
                    "purpose": "help",
                    "answer": "given",
                    "partner": "WAT-NONDAENG",
                    "parts": ["name", "needs"],
                    "how": "written",
                    "given_on": "2026-11-02",
                    "ends_on": "2027-11-01",
                },
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Write down what somebody answered."""
        wanted = self.read(NewConsentShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))
        partner, centre = wanted.pop("partner"), wanted.pop("centre")
        asked = Asked(
            **wanted,
            partner_id=get_object_or_404(Partner.objects.visible_to(self.actor), code=partner).pk
            if partner
            else None,
            centre_id=get_object_or_404(Centre, code=centre).pk if centre else None,
        )
        made = self.once(lambda: str(record_consent(actor=self.actor, client_id=client.pk, asked=asked).uid))
        return self._answer(made)

    @extend_schema(request=WithdrawnShape, responses={201: ConsentShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def withdraw(self, request: Request, uid: UUID) -> Response:
        """Take a consent back, from today on."""
        wanted, row = self.read(WithdrawnShape), self.get_object()

        def act() -> str:
            withdraw_consent(actor=self.actor, consent_id=row.pk, **wanted)
            return str(row.uid)

        return self._answer(self.once(act))

    def _answer(self, made: str) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(self.get_serializer(row).data, status=201)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        subjects = sorted({str(row["client"]) for row in response.data["results"]})
        trail.noted_read(self.actor, "client", subjects=subjects, door="api")
        return response

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        trail.noted_read(self.actor, "client", subjects=[str(row.client.uid)], door="api")
        return Response(self.get_serializer(row).data)
