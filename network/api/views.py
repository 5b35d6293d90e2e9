"""Doors for programs. Each only parses, calls one action or one visible queryset, and shapes the answer."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action as route
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from common.doors import IDEMPOTENCY, REFUSED, Doors, text
from common.thai import names
from network import permissions, rules
from network.actions import contributions as actions
from network.api.serializers import (
    ContributionShape,
    CorrectionShape,
    NewContributionShape,
    PartnerShape,
    ReasonShape,
    ReceivedShape,
)
from network.giving import Given
from network.models import Contribution, Partner
from network.models.units import Kind
from network.refusals import refuse_if


@extend_schema_view(
    list=extend_schema(
        parameters=[
            text("q", "Words of the name or the code."),
            text("kind", "kind of partner", enum=Partner.Kind.values),
        ],
        description="Partners the caller may see; a partner's own sign-in sees its own.",
    )
)
class Partners(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Partners."""

    queryset = Partner.objects.none()
    serializer_class = PartnerShape

    def get_queryset(self) -> QuerySet[Partner]:
        found = Partner.objects.visible_to(self.actor).prefetch_related("areas").order_by("-pk")
        wanted = self.request.query_params
        for word in names.search_text(wanted.get("q", "")[:100], titled=False).split():
            found = found.filter(search_text__contains=word)
        if "kind" in wanted:
            found = found.filter(kind=wanted["kind"])
        return found


@extend_schema_view(
    list=extend_schema(
        parameters=[
            text("partner", "code of a partner"),
            text("kind", "kind of contribution", enum=Kind.values),
            text("state", "where it stands", enum=Contribution.State.values),
            text("standing", "1: only what counts, without what was corrected"),
        ],
        description="Contributions the caller may see, newest first.",
    )
)
class Contributions(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """What partners gave."""

    queryset = Contribution.objects.none()
    serializer_class = ContributionShape

    def get_queryset(self) -> QuerySet[Contribution]:
        found = Contribution.objects.visible_to(self.actor)
        wanted = self.request.query_params
        if "partner" in wanted:
            found = found.filter(partner__code=wanted["partner"])
        if "kind" in wanted:
            found = found.filter(kind=wanted["kind"])
        if "state" in wanted:
            found = found.filter(state=wanted["state"])
        if wanted.get("standing") == "1":
            found = found.standing()
        related = found.select_related("partner", "corrects", "corrected_by").prefetch_related("events")
        return related.order_by("-pk")

    @extend_schema(
        request=NewContributionShape, responses={201: ContributionShape, **REFUSED}, parameters=[IDEMPOTENCY]
    )
    def create(self, request: Request) -> Response:
        """Write down what a partner gave, or promised."""
        wanted = self.read(NewContributionShape)
        partner = self._partner(wanted.pop("partner", None))

        def act() -> str:
            row = actions.log_contribution(actor=self.actor, partner_id=partner.pk, given=_given(wanted))
            return str(row.uid)

        return self._answer(self.once(act))

    @extend_schema(
        request=ReceivedShape, responses={201: ContributionShape, **REFUSED}, parameters=[IDEMPOTENCY]
    )
    @route(detail=True, methods=["post"])
    def receive(self, request: Request, uid: UUID) -> Response:
        """Say that what was promised came."""
        wanted, row = self.read(ReceivedShape), self.get_object()

        def act() -> str:
            actions.receive_contribution(actor=self.actor, contribution_id=row.pk, **wanted)
            return str(row.uid)

        return self._answer(self.once(act))

    @extend_schema(request=None, responses={201: ContributionShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def confirm(self, request: Request, uid: UUID) -> Response:
        """Say that it came, as somebody else than who wrote it down."""
        row = self.get_object()

        def act() -> str:
            actions.confirm_contribution(actor=self.actor, contribution_id=row.pk)
            return str(row.uid)

        return self._answer(self.once(act))

    @extend_schema(
        request=CorrectionShape, responses={201: ContributionShape, **REFUSED}, parameters=[IDEMPOTENCY]
    )
    @route(detail=True, methods=["post"])
    def correct(self, request: Request, uid: UUID) -> Response:
        """Put another row in its place; the answer is that row."""
        wanted, row = self.read(CorrectionShape), self.get_object()
        reason = wanted.pop("reason")

        def act() -> str:
            given = _given({"pledged": row.state == Contribution.State.PLEDGED, **wanted})
            given = replace(
                given, stated_satang=row.stated_satang, province=given.province or row.province_id
            )
            correction = actions.Correction(given, reason)
            made = actions.correct_contribution(
                actor=self.actor, contribution_id=row.pk, correction=correction
            )
            return str(made.uid)

        return self._answer(self.once(act))

    @extend_schema(
        request=ReasonShape, responses={201: ContributionShape, **REFUSED}, parameters=[IDEMPOTENCY]
    )
    @route(detail=True, methods=["post"], url_path="never-came")
    def never_came(self, request: Request, uid: UUID) -> Response:
        """Say that it never came; the answer is the row that says so."""
        wanted, row = self.read(ReasonShape), self.get_object()

        def act() -> str:
            correction = actions.Correction(None, wanted["reason"])
            made = actions.correct_contribution(
                actor=self.actor, contribution_id=row.pk, correction=correction
            )
            return str(made.uid)

        return self._answer(self.once(act))

    def _partner(self, code: str | None) -> Partner:
        if code is None:
            own = permissions.own_partner(self.actor)
            if own is None:
                raise ValidationError({"partner": ["say which partner gave it"]})
            return own
        return get_object_or_404(Partner.objects.visible_to(self.actor), code=code)

    def _answer(self, made: str) -> Response:
        row = get_object_or_404(
            Contribution.objects.visible_to(self.actor).select_related("partner"), uid=made
        )
        return Response(ContributionShape(row, context=self.get_serializer_context()).data, status=201)


def _given(wanted: dict[str, Any]) -> Given:
    """As the actions take it. Refuses a quantity that is none."""
    quantity, code = rules.read_quantity(wanted["quantity"])
    refuse_if(code, "quantity")
    return Given(**{**wanted, "quantity": quantity})
