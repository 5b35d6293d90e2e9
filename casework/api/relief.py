"""Relief grants for programs: those one may see, one more, the decision, the payment and taking it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from audit import trail
from casework import grants
from casework.actions.relief import NewGrant, apply_for_grant, cancel_grant, decide_grant
from casework.actions.relief_payments import Handover, pay_grant, reverse_payment
from casework.models import Client, ReliefGrant, ReliefPayment
from common.doors import Doors, acts, text
from common.money import to_baht


class ReliefPaymentShape(serializers.ModelSerializer[ReliefPayment]):
    """A payment with its receipt; void once it was taken back."""

    receipt = serializers.CharField(source="code", read_only=True)
    amount = serializers.SerializerMethodField()
    is_void = serializers.SerializerMethodField()

    class Meta:
        model = ReliefPayment
        fields = ("receipt", "amount", "paid_on", "how", "signed", "is_void")
        read_only_fields = fields

    def get_amount(self, row: ReliefPayment) -> str:
        return str(to_baht(row.amount))

    def get_is_void(self, row: ReliefPayment) -> bool:
        return hasattr(row, "reversal")


class ReliefGrantShape(serializers.ModelSerializer[ReliefGrant]):
    """A grant by case code; amounts are strings of baht."""

    client_code = serializers.CharField(source="client.code", read_only=True)
    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    amount = serializers.SerializerMethodField()
    payments = serializers.SerializerMethodField()

    class Meta:
        model = ReliefGrant
        fields = (
            "uid", "client_code", "centre", "amount", "purpose", "phoned_on", "visited_on", "why_not", "state",
            "applied_on", "decided_on", "decision_note", "payments",
        )  # fmt: skip
        read_only_fields = fields

    def get_amount(self, row: ReliefGrant) -> str:
        return str(to_baht(row.amount))

    @extend_schema_field(ReliefPaymentShape(many=True))
    def get_payments(self, row: ReliefGrant) -> Any:
        return ReliefPaymentShape(row.payments.all(), many=True).data


class NewReliefGrantShape(serializers.Serializer[Any]):
    client = serializers.UUIDField()
    amount = serializers.CharField(max_length=40, help_text="baht, at most two decimals")
    purpose = serializers.CharField(max_length=5000)
    applied_on = serializers.DateField()
    phoned_on = serializers.DateField(required=False, allow_null=True, default=None)
    visited_on = serializers.DateField(required=False, allow_null=True, default=None)
    why_not = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


class ReliefDecisionShape(serializers.Serializer[Any]):
    approve = serializers.BooleanField()
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


class HandoverShape(serializers.Serializer[Any]):
    paid_on = serializers.DateField()
    how = serializers.ChoiceField(choices=ReliefPayment.How.choices)
    signed = serializers.ChoiceField(choices=ReliefPayment.Signed.choices)
    proxy = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    proxy_reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ReliefReasonShape(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=5000)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            text("state", "state of the grant", enum=ReliefGrant.State.values),
            text("month", "2026-11: the month of payment, or of application while nothing is paid"),
            text("centre", "code of the centre"),
        ]
    ),
    retrieve=extend_schema(description="One grant. The look is written in the trail."),
)
class ReliefGrants(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Relief grants: of files in reach for caseworkers, of their centre for finance officers."""

    queryset = ReliefGrant.objects.none()
    serializer_class = ReliefGrantShape

    def get_queryset(self) -> QuerySet[ReliefGrant]:
        asked = self.request.query_params
        wanted = {key: asked[key] for key in ("state", "month", "centre") if asked.get(key)}
        found = grants.narrowed(self.actor, wanted).select_related("client", "centre")
        whole = found.prefetch_related("payments__centre", "payments__reversal")
        return whole.order_by("-pk")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        wanted = [row["uid"] for row in response.data["results"]]
        subjects = ReliefGrant.objects.filter(uid__in=wanted).order_by().values_list("client__uid", flat=True)
        trail.noted_read(
            self.actor, "relief_grant", subjects=sorted({str(uid) for uid in subjects}), door="api"
        )
        return response

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        trail.noted_read(self.actor, "relief_grant", subjects=[str(row.client.uid)], door="api")
        return Response(self.get_serializer(row).data)

    @acts(
        NewReliefGrantShape,
        ReliefGrantShape,
        examples=[
            OpenApiExample(
                "Money for the way home, after a call; there is no home to visit",
                request_only=True,
                value={
                    "client": "0198c1d2-7c1e-7a52-9d2c-6f4f0f6a7b11",
                    "amount": "1500.00",
                    "purpose": "ค่ารถกลับบ้าน",
                    "applied_on": "2026-11-27",
                    "phoned_on": "2026-11-26",
                    "why_not": "ไม่มีบ้าน พบในที่ที่นอน",
                },
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Apply for a grant; another lead of the centre decides."""
        wanted = self.read(NewReliefGrantShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))
        new = NewGrant(**wanted)
        return self._answer(
            self.once(lambda: str(apply_for_grant(actor=self.actor, client_id=client.pk, new=new).uid))
        )

    @acts(ReliefDecisionShape, ReliefGrantShape)
    @route(detail=True, methods=["post"])
    def decide(self, request: Request, uid: UUID) -> Response:
        """Approve, or refuse with a reason; never one's own application."""
        wanted = self.read(ReliefDecisionShape)
        return self._step(lambda key: decide_grant(actor=self.actor, grant_id=key, **wanted))

    @acts(ReliefReasonShape, ReliefGrantShape)
    @route(detail=True, methods=["post"])
    def cancel(self, request: Request, uid: UUID) -> Response:
        """Nothing is paid after all."""
        wanted = self.read(ReliefReasonShape)
        return self._step(lambda key: cancel_grant(actor=self.actor, grant_id=key, **wanted))

    @acts(HandoverShape, ReliefGrantShape)
    @route(detail=True, methods=["post"])
    def pay(self, request: Request, uid: UUID) -> Response:
        """Pay it against a receipt; finance officers of the centre."""
        handover = Handover(**self.read(HandoverShape))
        return self._step(lambda key: pay_grant(actor=self.actor, grant_id=key, handover=handover))

    @acts(ReliefReasonShape, ReliefGrantShape)
    @route(detail=True, methods=["post"])
    def reverse(self, request: Request, uid: UUID) -> Response:
        """Take a wrong payment back: its receipt is void and keeps its number."""
        wanted = self.read(ReliefReasonShape)
        return self._step(lambda key: reverse_payment(actor=self.actor, grant_id=key, **wanted))

    def _step(self, act: Callable[[int], Any]) -> Response:
        row = self.get_object()

        def run() -> str:
            act(row.pk)
            return str(row.uid)

        return self._answer(self.once(run))

    def _answer(self, made: str) -> Response:
        row = get_object_or_404(self.get_queryset(), uid=made)
        return Response(self.get_serializer(row).data, status=201)
