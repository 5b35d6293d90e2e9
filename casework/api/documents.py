"""Papers and photos for programs: what is there, one more, the content."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action as route
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from audit import trail
from casework import permissions, serving
from casework.actions.documents import About, add_documents
from casework.models import Client, ClientDocument
from casework.permissions import rights_in
from casework.refusals import refuse
from common.doors import IDEMPOTENCY, REFUSED, Doors, text
from common.permissions import require
from common.uploads import UploadError, take


class DocumentShape(serializers.ModelSerializer[ClientDocument]):
    """A paper. Who may not open it learns that it is there, not what its title says."""

    client = serializers.SlugRelatedField[Any](slug_field="uid", read_only=True)
    title = serializers.SerializerMethodField()
    can_open = serializers.SerializerMethodField()

    class Meta:
        model = ClientDocument
        fields = (
            "uid", "client", "kind", "title", "taken_on", "media_type", "size", "width", "height", "recorded_at",
            "can_open",
        )  # fmt: skip
        read_only_fields = fields

    def get_title(self, row: ClientDocument) -> str:
        return row.title if self.get_can_open(row) else ""

    def get_can_open(self, row: ClientDocument) -> bool:
        rights = self.context.get("rights") or rights_in(self.context["request"].actor, row.client)
        return bool(rights.may_open(row))


class NewDocumentShape(serializers.Serializer[Any]):
    """A paper to keep, as multipart/form-data."""

    client = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ClientDocument.Kind.choices)
    title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    taken_on = serializers.DateField(required=False, allow_null=True, default=None)
    file = serializers.FileField()


@extend_schema_view(
    list=extend_schema(
        parameters=[text("client", "uid of the client whose papers are wanted", type=UUID, required=True)],
        description="The papers that stand in one file today. The look is in the trail.",
    ),
    retrieve=extend_schema(description="What is said of one paper."),
)
class Documents(mixins.ListModelMixin, mixins.RetrieveModelMixin, Doors):
    """Papers and photos."""

    queryset = ClientDocument.objects.none()
    serializer_class = DocumentShape

    def get_queryset(self) -> QuerySet[ClientDocument]:
        seen = ClientDocument.objects.visible_to(self.actor).filter(removed_at__isnull=True)
        return cast(QuerySet[ClientDocument], seen.select_related("client__centre").order_by("-pk"))

    def filter_queryset(self, queryset: Any) -> Any:
        if self.action != "list":
            return queryset
        return queryset.filter(client=self._client(), corrected_by__isnull=True)

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if self.action == "list":
            context["rights"] = rights_in(self.actor, self._client())
        return context

    def _client(self) -> Client:
        try:
            wanted = UUID(self.request.query_params.get("client", ""))
        except ValueError as error:
            raise ValidationError({"client": ["a uid is needed"]}) from error
        return get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        trail.noted_read(self.actor, "client", subjects=[str(self._client().uid)], door="api")
        return super().list(request, *args, **kwargs)

    @extend_schema(
        request={"multipart/form-data": NewDocumentShape},
        responses={201: DocumentShape, **REFUSED},
        parameters=[IDEMPOTENCY],
    )
    def create(self, request: Request) -> Response:
        """Keep a paper. Its type is decided by its content; photos lose place and camera."""
        wanted = self.read(NewDocumentShape)
        client = get_object_or_404(Client.objects.visible_to(self.actor), uid=wanted["client"])
        about = About(wanted["kind"], wanted["title"], wanted["taken_on"])
        file = wanted["file"]
        most = settings.DOCUMENT_MAX_BYTES
        try:
            taken = take(file, most_bytes=most, most_pixels=settings.DOCUMENT_MAX_PIXELS)
        except UploadError as error:
            refuse(error.code, "file", name="file", most=f"{most >> 20} MB")

        def act() -> str:
            (row,) = add_documents(actor=self.actor, client_id=client.pk, about=about, contents=[taken])
            return str(row.uid)

        row = get_object_or_404(self.get_queryset(), uid=self.once(act))
        return Response(DocumentShape(row, context=super().get_serializer_context()).data, status=201)

    def get_parsers(self) -> Any:
        return (
            [MultiPartParser()] if self.request and self.request.method == "POST" else super().get_parsers()
        )

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)})
    @route(detail=True, methods=["get"], url_path="content", url_name="content")
    def content(self, request: Request, uid: UUID) -> HttpResponse:
        """The content, as a download. The look is in the trail."""
        row = self.get_object()
        require(permissions.can_open_document(self.actor, row))
        trail.noted_read(self.actor, "document", subjects=[str(row.client.uid)], door="api")
        return HttpResponse(**serving.content(row))
