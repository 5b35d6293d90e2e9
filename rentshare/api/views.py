"""Doors for programs. Each only parses, calls one action or one reading of what the caller sees, and shapes it."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action as route
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Centre
from audit.trail import noted_read
from casework import naming
from common import clock
from common.doors import Doors, acts, text
from common.errors import NotVisible
from common.money import to_baht
from common.permissions import require
from rentshare import arrears, permissions, reading
from rentshare.actions.missing import agree_plan
from rentshare.actions.payments import take_payment
from rentshare.api.serializers import (
    BalanceShape,
    MissedShape,
    NewPaymentShape,
    NewPlanShape,
    PaymentShape,
    PlanShape,
    RunShape,
    StatementShape,
    TenancyShape,
)
from rentshare.missing import agreed_for
from rentshare.models import MissedShare, Receipt, RentRun, Tenancy
from rentshare.models.scope import BOOK_READERS, sees_all

SPAN = [
    text("since", "first day, YYYY-MM-DD", type=date),
    text("until", "last day, YYYY-MM-DD", type=date),
]


def day(request: Request, name: str) -> date | None:
    """A day of the address. Raises ValidationError (400)."""
    value = request.query_params.get(name, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise ValidationError({name: ["not a day (YYYY-MM-DD)"]}) from error


def baht(satang: int) -> str:
    return str(to_baht(satang))


@extend_schema_view(
    list=extend_schema(parameters=[text("arrears", "1: only those that owe")]),
    retrieve=extend_schema(description="One tenancy with what is owed. The look is written in the trail."),
)
class Tenancies(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Tenancies of rent rooms."""

    queryset = Tenancy.objects.none()
    serializer_class = TenancyShape

    def get_queryset(self) -> QuerySet[Tenancy]:
        found: QuerySet[Tenancy] = Tenancy.objects.visible_to(self.actor)
        if self.request.query_params.get("arrears") == "1":
            found = arrears.owing(found)
        found = found.select_related("client", "centre", "scheme", "account", "bed__room__property")
        return found.order_by("-pk")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self._shaped([*(page or ())], "list"))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        (shaped,) = self._shaped([self.get_object()], "tenancy")
        return Response(shaped)

    def _shaped(self, tenancies: Any, what: str) -> Any:
        named = naming.named_in(self.actor, tenancies)
        context = {
            "named": named,
            "names": naming.names_of(self.actor, tenancies),
            "owed": reading.owed_by(tenancies),
        }
        subjects = [str(one.client.uid) for one in tenancies if one.pk in named]
        noted_read(self.actor, what, subjects=subjects, door="api")
        return TenancyShape(tenancies, many=True, context=context).data

    @acts(
        NewPlanShape,
        PlanShape,
        methods=["POST"],
    )
    @extend_schema(responses=PlanShape, methods=["GET"])
    @route(detail=True, methods=["get", "post"], url_path="payment-plan")
    def payment_plan(self, request: Request, uid: UUID) -> Response:
        """The payment plan that holds, 404 when none does; or a new one about all that is owed now."""
        tenancy, status = self.get_object(), 200
        if request.method == "POST":
            shape = NewPlanShape(data=request.data)
            shape.is_valid(raise_exception=True)
            wanted = shape.validated_data
            self.once(lambda: str(agree_plan(actor=self.actor, tenancy_id=tenancy.pk, **wanted).uid))
            status = 201
        found = agreed_for(tenancy, clock.today())
        if found is None:
            raise NotVisible
        return Response(PlanShape(found).data, status=status)

    @extend_schema(responses=MissedShape(many=True))
    @route(detail=True, pagination_class=None)
    def missed(self, request: Request, uid: UUID) -> Response:
        """Shares and instalments that were not paid in time, as they were noticed, the latest first."""
        rows = MissedShare.objects.filter(tenancy=self.get_object()).select_related("instalment", "follow_up")
        return Response(MissedShape(rows, many=True).data)

    @extend_schema(parameters=SPAN, responses=StatementShape)
    @route(detail=True)
    def statement(self, request: Request, uid: UUID) -> Response:
        """Every charge and payment with what is owed after it: the ledger itself."""
        tenancy = self.get_object()
        found = reading.statement(tenancy.account, day(request, "since"), day(request, "until"))
        if permissions.can_name(self.actor, tenancy):
            noted_read(self.actor, "statement", subjects=[str(tenancy.client.uid)], door="api")
        lines = [
            {
                "number": line.number,
                "posted_on": line.posted_on,
                "kind": line.kind,
                "rent_month": line.rent_month,
                "charged": baht(line.debit),
                "paid": baht(line.credit),
                "owed": baht(line.balance),
                "receipt": line.receipt,
                "reverses": line.reverses,
                "reversed_by": line.reversed_by,
                "note": line.note,
            }
            for line in found.lines
        ]
        whole = {
            "since": found.since,
            "until": found.until,
            "opening": baht(found.opening),
            "charged": baht(found.debits),
            "paid": baht(found.credits),
            "closing": baht(found.closing),
            "lines": lines,
        }
        return Response(StatementShape(whole).data)


class Payments(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Payments of tenants, each with its receipt."""

    queryset = Receipt.objects.none()
    serializer_class = PaymentShape

    def get_queryset(self) -> QuerySet[Receipt]:
        found = Receipt.objects.visible_to(self.actor).select_related("centre", "tenancy", "posting")
        return cast("QuerySet[Receipt]", found.prefetch_related("posting__reversals").order_by("-pk"))

    @acts(NewPaymentShape, PaymentShape)
    def create(self, request: Request) -> Response:
        """Take a payment and give a receipt. More than is owed becomes a credit."""
        shape = NewPaymentShape(data=request.data)
        shape.is_valid(raise_exception=True)
        wanted = dict(shape.validated_data)
        tenancy = get_object_or_404(Tenancy.objects.visible_to(self.actor), uid=wanted.pop("tenancy"))
        made = self.once(lambda: str(take_payment(actor=self.actor, tenancy_id=tenancy.pk, **wanted).uid))
        receipt = get_object_or_404(self.get_queryset(), uid=made)
        return Response(PaymentShape(receipt).data, status=201)


@extend_schema_view(list=extend_schema(parameters=[text("month", "YYYY-MM")]))
class Runs(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Months' runs, one for each centre and month."""

    queryset = RentRun.objects.none()
    serializer_class = RunShape

    def get_queryset(self) -> QuerySet[RentRun]:
        found = RentRun.objects.visible_to(self.actor).select_related("centre")
        if month := self.request.query_params.get("month", ""):
            found = found.filter(month=month.replace("\x00", ""))
        return cast("QuerySet[RentRun]", found.order_by("-pk"))


@extend_schema(
    operation_id="trial_balance_retrieve",
    parameters=[text("centre", "code of a centre; all that the caller reads when left out"), SPAN[1]],
    responses=BalanceShape,
)
@api_view(["GET"])
def trial_balance(request: Request) -> Response:
    """Each account's debits and credits. Both sides are the same, always."""
    actor = request.actor
    require(permissions.can_read_books(actor))
    centres = Centre.objects.all()
    if not sees_all(actor):
        centres = centres.filter(pk__in=actor.centres_as(*BOOK_READERS))
    if code := request.query_params.get("centre", ""):
        centres = centres.filter(code=code.replace("\x00", ""))
        if not centres:
            raise NotVisible
    found = reading.trial_balance([one.pk for one in centres], day(request, "until"))
    whole = {
        "until": found.until,
        "debits": baht(found.debits),
        "credits": baht(found.credits),
        "difference": baht(found.difference),
        "lines": [
            {
                "kind": line.kind,
                "subject": line.subject,
                "accounts": line.accounts,
                "debits": baht(line.debits),
                "credits": baht(line.credits),
            }
            for line in found.lines
        ],
    }
    return Response(BalanceShape(whole).data)
