"""Payout batches for programs: the same steps, the same second person."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Centre
from common.doors import Doors, acts
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

    def _answer(self, uid: str) -> Response:
        batch = get_object_or_404(self.get_queryset(), uid=uid)
        return Response(PayoutBatchShape(batch).data, status=201)

    @acts(NewPayoutBatchShape, PayoutBatchShape)
    def create(self, request: Request) -> Response:
        """Freeze all that landlords of a centre are owed into a batch."""
        code = self.read(NewPayoutBatchShape)["centre"].replace("\x00", "")
        centre = Centre.objects.filter(code=code).first()
        if centre is None or not permissions.can_see_rent(self.actor):
            raise NotVisible
        return self._answer(
            self.once(lambda: str(collect_payouts(actor=self.actor, centre_id=centre.pk).uid))
        )

    @acts(None, PayoutBatchShape)
    @route(detail=True, methods=["post"])
    def approve(self, request: Request, uid: UUID) -> Response:
        """Let a batch go to the bank; not by whoever collected it."""
        return self._step(approve_payouts)

    @acts(SettledShape, PayoutBatchShape)
    @route(detail=True, methods=["post"])
    def settle(self, request: Request, uid: UUID) -> Response:
        """Write down what the bank paid."""
        return self._step(settle_payouts, SettledShape)

    @acts(RejectedShape, PayoutBatchShape)
    @route(detail=True, methods=["post"])
    def reject(self, request: Request, uid: UUID) -> Response:
        """Write down what the bank did not pay."""
        return self._step(reject_payout, RejectedShape)

    def _step(self, act: Any, shape: Any = None) -> Response:
        batch, wanted = self.get_object(), self.read(shape) if shape else {}

        def once() -> str:
            act(actor=self.actor, batch_id=batch.pk, **wanted)
            return str(batch.uid)

        return self._answer(self.once(once))
