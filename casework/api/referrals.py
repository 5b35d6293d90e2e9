"""Referrals for programs: those sent and received, one more, the answer."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Centre
from audit import trail
from casework.actions.referrals import NewReferral, answer_referral, send_referral
from casework.models import Client, Referral
from casework.permissions import HEALTH_READERS
from casework.sharing import PARTS
from common.doors import IDEMPOTENCY, REFUSED, Doors, text
from network.models import Partner


class SharedShape(serializers.Serializer[Any]):
    part = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())


class ReferralShape(serializers.ModelSerializer[Referral]):
    """A referral as its recipient reads it: the case code, what is asked, what may still be read."""

    client_code = serializers.CharField(source="client.code", read_only=True)
    from_centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    partner = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    shared = serializers.SerializerMethodField()

    class Meta:
        model = Referral
        fields = (
            "uid", "client_code", "from_centre", "partner", "centre", "ask", "state", "sent_on", "answer_due_on",
            "shared",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(SharedShape(many=True))
    def get_shared(self, row: Referral) -> list[dict[str, Any]]:
        return [{"part": part, "lines": lines} for part, lines in row.shown()]


class NewReferralShape(serializers.Serializer[Any]):
    client = serializers.UUIDField()
    partner = serializers.CharField(max_length=30, required=False, allow_null=True, default=None)
    centre = serializers.CharField(max_length=10, required=False, allow_null=True, default=None)
    ask = serializers.CharField(max_length=5000)
    parts = serializers.MultipleChoiceField(choices=[(str(part), str(part)) for part in PARTS])
    basis = serializers.ChoiceField(choices=Referral.Basis.choices)
    basis_reason = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


class ReferralAnswerShape(serializers.Serializer[Any]):
    accept = serializers.BooleanField()
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


@extend_schema_view(
    list=extend_schema(parameters=[text("state", "state of the referral", enum=Referral.State.values)]),
    retrieve=extend_schema(description="One referral. The look is written in the trail."),
)
class Referrals(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Referrals one received, and those of files whose notes one reads."""

    queryset = Referral.objects.none()
    serializer_class = ReferralShape

    def get_queryset(self) -> QuerySet[Referral]:
        files = Client.objects.in_reach_of(self.actor, *HEALTH_READERS)
        found = Referral.objects.received_by(self.actor) | Referral.objects.filter(client__in=files)
        if "state" in self.request.query_params:
            found = found.filter(state=self.request.query_params["state"])
        whole = found.select_related("client", "from_centre", "partner", "centre")
        return cast(QuerySet[Referral], whole.order_by("-pk"))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        wanted = [row["uid"] for row in response.data["results"]]
        subjects = self.get_queryset().filter(uid__in=wanted).order_by().values_list("client__uid", flat=True)
        trail.noted_read(self.actor, "referral", subjects=sorted({str(uid) for uid in subjects}), door="api")
        return response

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        trail.noted_read(self.actor, "referral", subjects=[str(row.client.uid)], door="api")
        return Response(self.get_serializer(row).data)

    @extend_schema(
        request=NewReferralShape,
        responses={201: ReferralShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "A temple is asked for a place to sleep",
                request_only=True,
                value={
                    "client": "0198c1d2-7c1e-7a52-9d2c-6f4f0f6a7b11",
                    "partner": "WAT-NONDAENG",
                    "ask": "ขอที่พักชั่วคราวสามคืน",
                    "parts": ["name", "needs"],
                    "basis": "consent",
                },
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Send a referral; what no consent covers is refused, or needs another ground and its reason."""
        wanted = self.read(NewReferralShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))
        partner, centre = wanted.pop("partner"), wanted.pop("centre")
        new = NewReferral(
            **wanted,
            partner_id=get_object_or_404(Partner.objects.visible_to(self.actor), code=partner).pk
            if partner
            else None,
            centre_id=get_object_or_404(Centre, code=centre).pk if centre else None,
        )
        return self._answer(
            self.once(lambda: str(send_referral(actor=self.actor, client_id=client.pk, new=new).uid))
        )

    @extend_schema(
        request=ReferralAnswerShape, responses={201: ReferralShape, **REFUSED}, parameters=[IDEMPOTENCY]
    )
    @route(detail=True, methods=["post"])
    def answer(self, request: Request, uid: UUID) -> Response:
        """Take it on, or decline with a reason; only whoever received it."""
        wanted, row = self.read(ReferralAnswerShape), self.get_object()

        def act() -> str:
            answer_referral(actor=self.actor, referral_id=row.pk, **wanted)
            return str(row.uid)

        return self._answer(self.once(act))

    def _answer(self, made: str) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(self.get_serializer(row).data, status=201)
