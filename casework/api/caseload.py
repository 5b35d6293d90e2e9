"""Open cases for programs: narrowed down as on the page, and given away in one act."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.roles import LEADS
from audit import trail
from casework import permissions
from casework.actions.reassigning import MOST, reassign_cases
from casework.api.serializers import EpisodeShape
from casework.caseload import Moves, filters, narrowed, open_cases, what_moves
from casework.models import Episode
from casework.rules.caseload import KEYS
from common import clock
from common.doors import IDEMPOTENCY, REFUSED, Doors, text
from common.permissions import require

CASE, COLLEAGUE = "01930000-0000-7000-8000-000000000001", "01930000-0000-7000-8000-000000000002"
PARAMETERS = [
    text("state", "where the case is"),
    text("worker", "uid of who is in charge, “me”, or “none”"),
    text("appointments", "“late”: one is overdue; “none”: none is planned"),
    text("category", "group under the Act"),
    text("district", "district as it stands in the file"),
    text("quiet", "days without contact, at least", type=int),
]


class ReassignShape(serializers.Serializer[Any]):
    """Cases, and who takes them. Without `mark` nothing is written and the answer says what would move."""

    cases = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST)
    worker = serializers.UUIDField()
    mark = serializers.CharField(max_length=32, required=False, allow_blank=True, default="")


class MovesShape(serializers.Serializer[Any]):
    """What moves: so many cases with so many planned appointments; `mark` stands for exactly these."""

    worker = serializers.UUIDField(source="worker.uid")
    cases = serializers.SerializerMethodField()
    follow_ups = serializers.SerializerMethodField()
    stay = serializers.IntegerField()
    mark = serializers.CharField()

    def get_cases(self, moves: Moves) -> int:
        return len(moves.cases)

    def get_follow_ups(self, moves: Moves) -> int:
        return len(moves.follow_ups)


@extend_schema_view(
    list=extend_schema(
        parameters=PARAMETERS,
        description="Open cases of the caller's centres that fit all of what is asked. The look is in the trail.",
    )
)
class Cases(mixins.ListModelMixin, Doors):
    """Open cases."""

    queryset = Episode.objects.none()
    serializer_class = EpisodeShape

    def get_queryset(self) -> QuerySet[Episode]:
        asked = {key: self.request.query_params[key] for key in KEYS if self.request.query_params.get(key)}
        wanted = filters(asked)
        if wrong := sorted(asked.keys() - wanted.keys()):
            raise ValidationError({key: [_("This cannot be meant.")] for key in wrong})
        found = narrowed(self.actor, wanted, today=clock.today())
        return found.select_related("client", "centre", "worker").order_by("-pk")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        shown = [str(row["client"]) for row in response.data["results"]]
        trail.noted_read(self.actor, "list", subjects=shown, door="api")
        return response

    @extend_schema(
        request=ReassignShape,
        responses={200: MovesShape, **REFUSED},
        parameters=[IDEMPOTENCY],
        examples=[
            OpenApiExample(
                "What would move",
                value={"cases": [CASE], "worker": COLLEAGUE},
                request_only=True,
            ),
            OpenApiExample(
                "Move exactly that",
                value={"cases": [CASE], "worker": COLLEAGUE, "mark": "9f2c5b0e6a1d4c3f8b7a90e1d2c3b4a5"},
                request_only=True,
            ),
        ],
    )
    @route(detail=False, methods=["post"])
    def reassign(self, request: Request) -> Response:
        """Give cases to a colleague, all or none. First ask without `mark`, then send the mark of the answer."""
        require(permissions.can_lead(self.actor))
        wanted = self.read(ReassignShape)
        led = open_cases(self.actor).filter(centre_id__in=self.actor.centres_as(*LEADS))
        cases = list(led.filter(uid__in=wanted["cases"]).select_related("worker").order_by("pk"))
        if len(cases) != len(set(wanted["cases"])):
            raise ValidationError({"cases": [_("One of these is no open case of yours.")]})
        keepers = permissions.keepers(*self.actor.centres_as(*LEADS))
        worker = get_object_or_404(User.objects.filter(pk__in=keepers.values("pk")), uid=wanted["worker"])
        moves = what_moves(cases, worker)
        if wanted["mark"]:
            keys = [case.pk for case in cases]
            self.once(lambda: self._act(keys, worker, wanted["mark"]))
        return Response(MovesShape(moves).data)

    def _act(self, keys: Sequence[int], worker: User, mark: str) -> str:
        reassign_cases(actor=self.actor, episode_ids=keys, worker_id=worker.pk, mark=mark)
        return mark
