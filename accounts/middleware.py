"""Who is acting."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.actor import actor_for


class ActorMiddleware:
    """Puts the Actor on the request: roles are read anew each time, so a role that ended is gone at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = actor_for(user) if user.is_authenticated else None
        return self.get_response(request)
