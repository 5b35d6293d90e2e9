"""Doors for programs to forums and demands, over the same actions and the same visibility as the pages."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action as route
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Centre
from common.doors import IDEMPOTENCY, REFUSED, Doors, text
from common.errors import NotVisible
from common.permissions import require
from governance.actions.demands import Answered, NewDemand, Told, answer_demand, make_demand, tell_back
from governance.actions.forums import Plan, plan_forum
from governance.actions.voices import capture_voice
from governance.api.forum_shapes import (
    DemandShape,
    ForumShape,
    ForumWholeShape,
    NewAnswerShape,
    NewDemandShape,
    NewForumShape,
    NewTellingShape,
    NewVoiceShape,
    VoiceShape,
)
from governance.models import Demand, Forum, Voice
from governance.permissions import can_read_forums


class ForumDoors(Doors):
    """What the two share: whom they are for, and taking a shape in."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        # A key that names one forum answers 404 to those who read none, as every forum they may not see.
        if not can_read_forums(self.actor):
            if "uid" in kwargs:
                raise NotVisible
            require(allowed=False, message=_("Forums are read by caseworkers, analysts and auditors."))


@extend_schema_view(
    list=extend_schema(parameters=[text("state", "state of the forum", enum=Forum.State.values)]),
)
class Forums(mixins.ListModelMixin, mixins.RetrieveModelMixin, ForumDoors):
    """Forums where people are heard."""

    queryset = Forum.objects.none()

    def get_queryset(self) -> QuerySet[Forum]:
        found = Forum.objects.visible_to(self.actor).select_related("centre").order_by("-pk")
        state = self.request.query_params.get("state")
        return found.filter(state=state) if state else found

    def get_serializer_class(self) -> Any:
        return ForumWholeShape if self.action == "retrieve" else ForumShape

    @extend_schema(request=NewForumShape, responses={201: ForumShape, **REFUSED}, parameters=[IDEMPOTENCY])
    def create(self, request: Request) -> Response:
        """Plan a forum, or write one down that was held."""
        values = self.read(NewForumShape)
        centre = get_object_or_404(Centre, code=values.pop("centre"))
        made = self.once(
            lambda: str(plan_forum(actor=self.actor, centre_id=centre.pk, plan=Plan(**values)).uid)
        )
        return Response(ForumShape(self.get_queryset().get(uid=made)).data, status=201)

    @extend_schema(request=NewVoiceShape, responses={201: VoiceShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def voices(self, request: Request, uid: UUID) -> Response:
        """Write one voice down."""
        forum = self.get_object()
        values = self.read(NewVoiceShape)
        made = self.once(lambda: str(capture_voice(actor=self.actor, forum_id=forum.pk, **values).uid))
        return Response(VoiceShape(Voice.objects.get(uid=made)).data, status=201)


@extend_schema_view(
    list=extend_schema(parameters=[text("state", "state of the demand", enum=Demand.State.values)]),
)
class Demands(mixins.ListModelMixin, mixins.RetrieveModelMixin, ForumDoors):
    """What was asked for in forums."""

    queryset = Demand.objects.none()
    serializer_class = DemandShape

    def get_queryset(self) -> QuerySet[Demand]:
        found = Demand.objects.visible_to(self.actor).select_related("forum")
        state = self.request.query_params.get("state")
        found = found.filter(state=state) if state else found
        return cast(QuerySet[Demand], found.prefetch_related("voices", "events").order_by("-pk"))

    @extend_schema(request=NewDemandShape, responses={201: DemandShape, **REFUSED}, parameters=[IDEMPOTENCY])
    def create(self, request: Request) -> Response:
        """Draw a demand from voices of a forum."""
        values = self.read(NewDemandShape)
        forum = get_object_or_404(Forum.objects.visible_to(self.actor), uid=values.pop("forum"))
        new = NewDemand(**values)
        return self._answer(
            self.once(lambda: str(make_demand(actor=self.actor, forum_id=forum.pk, new=new).uid))
        )

    @extend_schema(request=NewAnswerShape, responses={201: DemandShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def answer(self, request: Request, uid: UUID) -> Response:
        """Keep what was answered."""
        demand, answered = self.get_object(), Answered(**self.read(NewAnswerShape))

        def act() -> str:
            answer_demand(actor=self.actor, demand_id=demand.pk, answered=answered)
            return str(demand.uid)

        return self._answer(self.once(act))

    @extend_schema(request=NewTellingShape, responses={201: DemandShape, **REFUSED}, parameters=[IDEMPOTENCY])
    @route(detail=True, methods=["post"])
    def tell(self, request: Request, uid: UUID) -> Response:
        """Record that those who asked were told."""
        demand, told = self.get_object(), Told(**self.read(NewTellingShape))

        def act() -> str:
            tell_back(actor=self.actor, demand_id=demand.pk, told=told)
            return str(demand.uid)

        return self._answer(self.once(act))

    def _answer(self, made: str) -> Response:
        return Response(DemandShape(get_object_or_404(self.get_queryset(), uid=made)).data, status=201)
