"""What is shown when nothing else can be: 503 while the database is away, 500 for a mistake of ours."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

RETRY_AFTER_SECONDS = 10


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: asks the database nothing. Nothing was saved, and a database that is away is said to be so."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, code = (503, "unavailable") if away else (500, "server_error")
    response: HttpResponse
    if request.path_info.startswith("/api/"):
        said = _("The system cannot reach its data just now") if away else _("Something broke on our side")
        response = JsonResponse({"code": code, "message": said, "field": None}, status=status)
    else:
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if away:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
