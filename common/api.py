"""What every REST door shares: the error envelope, paging, the shape of codes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.errors import DomainError


class CursorPages(CursorPagination):
    """Pages by cursor over the primary key: stable while rows are added."""

    ordering = "-pk"
    page_size_query_param = "limit"
    max_page_size = 200


def error_envelope(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error as {"code", "message", "field", "errors"}; a rule of the domain is 409, a bad shape 400."""
    if isinstance(error, DomainError):
        return Response({"code": error.code, "message": str(error.message), "field": error.field}, status=409)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        response.data = {
            "code": "invalid",
            "message": str(error.default_detail),
            "field": None,
            "errors": response.data,
        }
    else:
        detail = getattr(error, "detail", "")
        code = getattr(detail, "code", None) or getattr(error, "default_code", "error")
        response.data = {"code": code, "message": str(detail), "field": None}
    return response


class ErrorShape(serializers.Serializer[Any]):
    """What every refusal looks like."""

    code = serializers.CharField(help_text="stable, never translated")
    message = serializers.CharField(help_text="in the language of the session, Thai for tokens")
    field = serializers.CharField(allow_null=True)
    errors = serializers.DictField(  # type: ignore[assignment]
        required=False, help_text="by field, where the shape was bad"
    )
