"""The API, for people to read: every operation of the OpenAPI document on one page, without script."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator


@login_not_required
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Says what the API is, not what is in it: open to whoever writes a program."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    operations = [
        {"path": path, "method": method.upper(), "anchor": f"{method}-{number}", **_described(operation)}
        for number, (path, methods) in enumerate(document["paths"].items())
        for method, operation in methods.items()
    ]
    context = {
        "title": document["info"]["title"],
        "about": document["info"]["description"],
        "operations": operations,
    }
    return render(request, "api/docs.html", context)


def _described(operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "about": operation.get("description", ""),
        "parameters": [
            {
                "name": parameter["name"],
                "where": parameter["in"],
                "about": parameter.get("description", ""),
                "required": parameter.get("required", False),
            }
            for parameter in operation.get("parameters", [])
        ],
        "answers": sorted(operation["responses"]),
    }
