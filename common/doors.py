"""What the REST views of every app share. A view only parses, calls one action or visible queryset, and shapes."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import Serializer

from common.actor import Actor
from common.api import ErrorShape
from common.submissions import once

REFUSED = {
    409: OpenApiResponse(ErrorShape, "A rule refuses this"),
    400: OpenApiResponse(ErrorShape, "Bad shape"),
}
IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Sent again with the same key, it acts once."
)


def text(name: str, description: str, **more: Any) -> OpenApiParameter:
    """A query parameter."""
    return OpenApiParameter(name, description=description, **{"type": str} | more)


def acts(request: Any, answer: Any, **more: Any) -> Any:
    """Says in the OpenAPI document that a view acts on `request` and gives `answer`; sent again, it acts once."""
    responses = {201: answer, **REFUSED}
    return extend_schema(request=request, responses=responses, parameters=[IDEMPOTENCY], **more)


class Doors(viewsets.GenericViewSet[Any]):
    """A view for programs, of records that go by their uid."""

    lookup_field = "uid"
    lookup_value_converter = "uuid"

    @property
    def actor(self) -> Actor:
        return cast(Actor, self.request.actor)

    def once(self, act: Any) -> str:
        """Run `act` (which returns a uid as text) once for the request's Idempotency-Key.

        Raises AlreadySent (409) when the key came before with something else: nobody is told that what they sent
        now was done when it was not.
        """
        key = self.request.headers.get("Idempotency-Key", "")
        if len(key) > 40:
            raise ValidationError({"Idempotency-Key": ["at most 40 characters"]})
        sent = f"{self.request.method} {self.request.path} {self.request.data!r}"
        return once(key=key, actor_key=self.actor.key, act=act, content=sent)

    def read(self, shape: type[Serializer[Any]]) -> dict[str, Any]:
        """What was sent, as `shape` wants it. Raises ValidationError (400)."""
        sent = shape(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)
