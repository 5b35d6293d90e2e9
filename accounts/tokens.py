"""REST authentication: a session, or a token in `Authorization: Bearer …`."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from accounts.actor import actor_for
from accounts.models import ApiToken, User
from common import clock

PREFIX = "rb_"
READ, WRITE = "read", "write"
CALENDAR = "calendar"
"""The scope of a key that opens its person's calendar and nothing else."""
CALENDAR_DAYS = 366
"""How long such a key lasts. Our default: what lies in a phone's settings is forgotten there."""


def token_hash(raw: str) -> str:
    """What is kept of a token. It has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(raw.encode()).hexdigest()


def new_token(user: User, *, name: str, days: int, scopes: list[str]) -> tuple[ApiToken, str]:
    """Make a token for `user` and return it with its text, which is shown this once."""
    raw = PREFIX + secrets.token_urlsafe(32)
    expires = clock.now() + timedelta(days=days)
    row = ApiToken.objects.create(
        user=user, name=name, key_hash=token_hash(raw), scopes=scopes, expires_at=expires
    )
    return row, raw


def calendar_keys(user_id: int) -> "QuerySet[ApiToken]":
    """Keys to somebody's calendar that open it today: one at most."""
    return ApiToken.objects.filter(
        user=user_id, scopes=[CALENDAR], revoked_at__isnull=True, expires_at__gt=clock.now()
    )


def owner_of_calendar(raw: str) -> User | None:
    """Whose calendar this key opens, None for any other text; the day of use is noted."""
    key = ApiToken.objects.select_related("user").filter(key_hash=token_hash(raw), scopes=[CALENDAR]).first()
    if key is None or key.revoked_at or key.expires_at <= clock.now() or not key.user.is_active:
        return None
    _note_use(key)
    return key.user


def _note_use(token: ApiToken) -> None:
    if token.last_used_on != clock.today():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=clock.today())


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer rb_…`, checked against hash, end, revocation and scope."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).decode("latin-1").split()
        if len(parts) != 2 or parts[0] != self.keyword:
            return None
        token = ApiToken.objects.select_related("user").filter(key_hash=token_hash(parts[1])).first()
        now = clock.now()
        if token is None or token.revoked_at or token.expires_at <= now or not token.user.is_active:
            raise AuthenticationFailed(_("The token is unknown, has expired or was revoked."))
        needed = READ if request.method in {"GET", "HEAD", "OPTIONS"} else WRITE
        if needed not in token.scopes:
            raise PermissionDenied(_("The token does not cover this (scope)."))
        _note_use(token)
        _act_as(request, token.user)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


class ActorSessionAuthentication(SessionAuthentication):
    """The browser's session, with the actor on the request."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        answer = super().authenticate(request)
        if answer:
            _act_as(request, answer[0])
        return answer


def _act_as(request: Request, user: User) -> None:
    inner: HttpRequest = request._request
    inner.actor = actor_for(user)  # type: ignore[attr-defined]


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names the token."""

    target_class = "accounts.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names the session."""

    target_class = "accounts.tokens.ActorSessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
