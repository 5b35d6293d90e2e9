"""Doors for programs. Each only parses, calls one action or one visible queryset, and shapes the answer."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action as route
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from audit import trail
from casework.actions.follow_ups import NewFollowUp, Outcome, plan_follow_up, record_follow_up
from casework.api.serializers import (
    CardShape,
    ClientFileShape,
    ClientShape,
    EpisodeShape,
    FollowUpShape,
    NewFollowUpShape,
    NewResultShape,
)
from casework.models import Client, Episode, FollowUp
from casework.permissions import can_do_casework
from casework.searching import search_cards, search_clients
from common.doors import IDEMPOTENCY, REFUSED, Doors, text
from common.permissions import require

SEARCH_LIMIT = 20


@extend_schema_view(
    list=extend_schema(
        parameters=[text("q", "Name, nickname, phone, ID number, place or code; the best match first.")],
        description="Clients whose file the caller may open. With `q` ranked, at most 20, without paging.",
    ),
    retrieve=extend_schema(
        description="One file. The look is written in the trail before the answer goes out."
    ),
)
class Clients(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Clients."""

    queryset = Client.objects.none()

    def get_queryset(self) -> QuerySet[Client]:
        return Client.objects.visible_to(self.actor).select_related("centre", "kept").order_by("-pk")

    def get_serializer_class(self) -> Any:
        return ClientFileShape if self.action == "retrieve" else ClientShape

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        words = request.query_params.get("q", "")
        if "q" not in request.query_params:
            response = super().list(request, *args, **kwargs)
            trail.noted_read(
                self.actor, "list", subjects=[row["uid"] for row in response.data["results"]], door="api"
            )
            return response
        found = [hit.client for hit in search_clients(self.actor, words, limit=SEARCH_LIMIT, door="api")]
        results = self.get_serializer(found, many=True).data
        return Response({"next": None, "previous": None, "results": results})

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        client = self.get_object()
        trail.noted_read(self.actor, "client", subjects=[str(client.uid)], door="api")
        return Response(self.get_serializer(client).data)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            text("q", "Name, nickname, phone, ID number or place; the best match first.", required=True)
        ],
        responses=CardShape(many=True),
        description="Cards of people anywhere in the country: which centre to call. Each card shown is in the trail.",
    )
)
class Cards(Doors):
    """Cards."""

    queryset = Client.objects.none()
    serializer_class = CardShape
    pagination_class = None

    def list(self, request: Request) -> Response:
        require(can_do_casework(self.actor))
        found = search_cards(self.actor, request.query_params.get("q", ""), limit=SEARCH_LIMIT, door="api")
        return Response(CardShape(found, many=True).data)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            text("client", "uid of a client", type=UUID),
            text("state", "state of the episode", enum=Episode.State.values),
        ]
    )
)
class Episodes(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Episodes of help."""

    queryset = Episode.objects.none()
    serializer_class = EpisodeShape

    def get_queryset(self) -> QuerySet[Episode]:
        found = (
            Episode.objects.visible_to(self.actor)
            .select_related("client", "centre", "worker")
            .order_by("-pk")
        )
        wanted = self.request.query_params
        if "client" in wanted:
            found = found.filter(client__uid=uid(wanted["client"]))
        if "state" in wanted:
            found = found.filter(state=wanted["state"])
        return cast(QuerySet[Episode], found)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            text("client", "uid of a client", type=UUID),
            text("state", "state of the follow-up", enum=FollowUp.State.values),
            text("mine", "1: only the caller's own"),
        ]
    )
)
class FollowUps(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Appointments with clients and what came of them."""

    queryset = FollowUp.objects.none()
    serializer_class = FollowUpShape

    def get_queryset(self) -> QuerySet[FollowUp]:
        found = FollowUp.objects.visible_to(self.actor).select_related("client", "episode", "worker")
        wanted = self.request.query_params
        if "client" in wanted:
            found = found.filter(client__uid=uid(wanted["client"]))
        if "state" in wanted:
            found = found.filter(state=wanted["state"])
        if wanted.get("mine") == "1":
            found = found.filter(worker_id=self.actor.user_id)
        return cast(QuerySet[FollowUp], found.prefetch_related("results").order_by("-pk"))

    @extend_schema(
        request=NewFollowUpShape, responses={201: FollowUpShape, **REFUSED}, parameters=[IDEMPOTENCY]
    )
    def create(self, request: Request) -> Response:
        """Make an appointment."""
        shape = NewFollowUpShape(data=request.data)
        shape.is_valid(raise_exception=True)
        wanted = dict(shape.validated_data)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted.pop("client"))
        new = NewFollowUp(**wanted)
        made = self.once(lambda: str(plan_follow_up(actor=self.actor, client_id=client.pk, new=new).uid))
        return self._answer(made)

    @extend_schema(
        request=NewResultShape, responses={201: FollowUpShape, **REFUSED}, parameters=[IDEMPOTENCY]
    )
    @route(detail=True, methods=["post"])
    def result(self, request: Request, uid: UUID) -> Response:
        """Record what came of an appointment."""
        shape = NewResultShape(data=request.data)
        shape.is_valid(raise_exception=True)
        follow_up = self.get_object()
        wanted = dict(shape.validated_data)
        next_due_on = wanted.pop("next_due_on", None)
        outcome = Outcome(**wanted)
        next_one = NewFollowUp(due_on=next_due_on) if next_due_on else None

        def act() -> str:
            record_follow_up(actor=self.actor, follow_up_id=follow_up.pk, outcome=outcome, next_one=next_one)
            return str(follow_up.uid)

        return self._answer(self.once(act))

    def _answer(self, made: str) -> Response:
        follow_up = get_object_or_404(self.get_queryset(), uid=made)
        return Response(FollowUpShape(follow_up, context=self.get_serializer_context()).data, status=201)


def uid(value: str) -> UUID:
    """`value` as a key. Raises ValidationError (400)."""
    try:
        return UUID(value)
    except ValueError as error:
        raise ValidationError({"client": ["not a uid"]}) from error
