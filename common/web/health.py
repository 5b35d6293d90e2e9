"""Health for machines: /healthz says the process answers, /readyz what it stands on.

common.middleware.HealthFirst calls these before anything else touches the request.
"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import heartbeat, probes


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """database, broker, worker, beat; 503 without the database, with ?strict=1 when any is missing."""
    parts = {"database": database_answers(), "broker": probes.broker_answers()}
    for name in ("worker", "beat"):
        parts[name] = parts["database"] and heartbeat.alive(name)
    strict = request.GET.get("strict") == "1"
    ready = all(parts.values()) if strict else parts["database"]
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def database_answers() -> bool:
    """True when the database is there and has our tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM common_heartbeat LIMIT 1")
    except DatabaseError:
        connection.close()  # whatever is left of it
        return False
    return True
