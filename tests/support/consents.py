"""Consents to test with."""

from typing import Any

from casework.models import Client, Consent
from common import clock


def consent(of: Client, **fields: Any) -> Consent:
    """Name and needs, with whoever helps, until it is taken back."""
    defaults = {"purpose": "help", "answer": "given", "parts": "name,needs", "how": "written"}
    return Consent.objects.create(client=of, **defaults | {"given_on": clock.today()} | fields)
