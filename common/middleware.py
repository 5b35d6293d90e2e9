"""Manners that every page has, kept out of the views."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from common.errors import DomainError, StaleRecord
from common.web import health

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthFirst:
    """Answers the machines that ask how we are before sessions, hosts and redirects are looked at.

    Their answer must come when nothing else does, and to whatever address a probe calls.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = {"/healthz": health.healthz, "/readyz": health.readyz}.get(
            request.path_info, self.get_response
        )
        return view(request)


class LanguageMiddleware:
    """Thai unless the person chose otherwise; what the browser would like is not asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class WithinReason:
    """Refuses a request that says it is larger than may be, before any of it is kept."""

    PIECE, DRAINED = 1 << 20, 256

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) <= settings.REQUEST_MAX_BYTES:
            return self.get_response(request)
        # A browser shows no answer while it still sends: some of the rest is let go by unread.
        for _piece in range(self.DRAINED):
            if not request.read(self.PIECE):
                break
        if request.path_info.startswith("/api/"):
            said = {"code": "too_large", "message": _("That is too large"), "field": None}
            return JsonResponse(said, status=413)
        return HttpResponse(render_to_string("413.html"), status=413)


class HtmxManners:
    """Plain views serve htmx too: a redirect becomes a location the browser goes to, messages ride along."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not getattr(request, "htmx", False):
            return response
        if response.status_code in {301, 302, 303} and not response.headers.get("HX-Redirect"):
            moved = HttpResponse(status=204)
            moved.headers["HX-Redirect"] = response.headers["Location"]
            moved.cookies = response.cookies
            return moved
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if html and not getattr(response, "streaming", False):
            self._whole_page_goes_to_main(response)
            self._carry_messages(request, response)
        return response

    def _whole_page_goes_to_main(self, response: HttpResponse) -> None:
        """A refusal is a whole page: it takes the place of the page's content, not of the part that asked."""
        if b'id="main"' in response.content and "HX-Retarget" not in response.headers:
            for name, value in (("Retarget", "#main"), ("Reselect", "#main"), ("Reswap", "outerHTML")):
                response.headers[f"HX-{name}"] = value

    def _carry_messages(self, request: HttpRequest, response: HttpResponse) -> None:
        if b'id="messages"' in response.content or response.status_code == 204:
            return
        waiting = list(get_messages(request))
        if waiting:
            extra = render_to_string("components/messages.html", {"messages": waiting, "oob": True}, request)
            response.content += extra.encode()


class PrivateByDefault:
    """No page is kept by a cache or a shared browser; htmx and plain requests are told apart by caches."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        vary = response.headers.get("Vary", "")
        if not re.search(r"\bHX-Request\b", vary):
            response.headers["Vary"] = f"{vary}, HX-Request".strip(", ")
        return response


class DomainErrors:
    """A DomainError that no form caught becomes a page that says what to do (409)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> Any:
        if not isinstance(error, DomainError):
            return None
        context = {"error": error, "stale": isinstance(error, StaleRecord)}
        return render(request, "409.html", context, status=409)
