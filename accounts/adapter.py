"""How allauth behaves here: accounts come by invitation only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves; links in mails lead to the address the operator configured."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A forged Host header must not lead a reset link astray."""
        for name in ("password_reset_url", "activate_url"):
            if context.get(name):
                path = context[name].split("://", 1)[-1].split("/", 1)[-1]
                context[name] = f"{settings.PUBLIC_URL}/{path}"
        super().send_mail(template_prefix, email, context)
