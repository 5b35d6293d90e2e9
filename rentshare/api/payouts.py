"""Payout batches for programs: the same steps, the same second person."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Centre
from common.doors import IDEMPOTENCY, REFUSED, Doors
from common.errors import NotVisible
from common.money import to_baht
from rentshare import permissions
from rentshare.actions.payout_batches import (
    approve_payouts,
    collect_payouts,
    reject_payout,
    settle_payouts,
)
from rentshare.models import PayoutBatch, PayoutRow


class PayoutRowShape(serializers.ModelSerializer[PayoutRow]):
    """One landlord's payout. `account` shows the last digits only."""

    landlord = serializers.SlugRelatedField[Any](slug_field="name", read_only=True)
    account = serializers.CharField(source="account.last_digits", read_only=True)
    amount = serializers.SerializerMethodField(help_text="baht")

    class Meta:
        model = PayoutRow
        fields = ("number", "landlord", "account", "amount", "state", "reason")
        read_only_fields = fields

    def get_amount(self, row: PayoutRow) -> str:
        return str(to_baht(row.amount))


class PayoutBatchShape(serializers.ModelSerializer[PayoutBatch]):
    """A batch: frozen, approved, done, or dropped."""

    centre = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    code = serializers.CharField(read_only=True)
    rows = PayoutRowShape(many=True, read_only=True)

    class Meta:
        model = PayoutBatch
        fields = ("uid", "code", "centre", "state", "made_at", "approved_at", "reason", "rows")
        read_only_fields = fields


class NewPayoutBatchShape(serializers.Serializer[Any]):
    """Which centre's landlords are to be paid."""

    centre = serializers.CharField(max_length=10)


class SettledShape(serializers.Serializer[Any]):
    """What the bank paid; `numbers` left out means all that wait."""

    paid_on = serializers.DateField()
    numbers = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, max_length=5000
    )


class RejectedShape(serializers.Serializer[Any]):
    """What the bank did not pay, and why."""

    number = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=300)


class PayoutBatches(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Batches of payouts to landlords."""

    queryset = PayoutBatch.objects.none()
    serializer_class = PayoutBatchShape

    def get_queryset(self) -> QuerySet[PayoutBatch]:
        found = PayoutBatch.objects.visible_to(self.actor).select_related("centre")
        rows = found.prefetch_related("rows__landlord", "rows__account")
        return cast("QuerySet[PayoutBatch]", rows.order_by("-pk"))

    def _again(self, uid: Any) -> Any:
        return PayoutBatchShape(get_object_or_404(self.get_queryset(), uid=uid)).data

    @extend_schema(
        request=NewPayoutBatchShape, responses={201: PayoutBatchShape, **REFUSED}, parameters=[IDEMPOTENCY]
    )
    def create(self, request: Request) -> Response:
        """Freeze all that landlords of a centre are owed into a batch."""
        shape = NewPayoutBatchShape(data=request.data)
        shape.is_valid(raise_exception=True)
        code = shape.validated_data["centre"].replace("\x00", "")
        centre = Centre.objects.filter(code=code).first()
        if centre is None or not permissions.can_see_rent(self.actor):
            raise NotVisible
        made = self.once(lambda: str(collect_payouts(actor=self.actor, centre_id=centre.pk).uid))
        return Response(self._again(made), status=201)

    @extend_schema(request=None, responses={200: PayoutBatchShape, **REFUSED})
    @route(detail=True, methods=["post"])
    def approve(self, request: Request, uid: UUID) -> Response:
        """Let a batch go to the bank; not by whoever collected it."""
        approve_payouts(actor=self.actor, batch_id=self.get_object().pk)
        return Response(self._again(uid))

    @extend_schema(request=SettledShape, responses={200: PayoutBatchShape, **REFUSED})
    @route(detail=True, methods=["post"])
    def settle(self, request: Request, uid: UUID) -> Response:
        """Write down what the bank paid."""
        batch, shape = self.get_object(), SettledShape(data=request.data)
        shape.is_valid(raise_exception=True)
        settle_payouts(actor=self.actor, batch_id=batch.pk, **shape.validated_data)
        return Response(self._again(uid))

    @extend_schema(request=RejectedShape, responses={200: PayoutBatchShape, **REFUSED})
    @route(detail=True, methods=["post"])
    def reject(self, request: Request, uid: UUID) -> Response:
        """Write down what the bank did not pay."""
        batch, shape = self.get_object(), RejectedShape(data=request.data)
        shape.is_valid(raise_exception=True)
        reject_payout(actor=self.actor, batch_id=batch.pk, **shape.validated_data)
        return Response(self._again(uid))
