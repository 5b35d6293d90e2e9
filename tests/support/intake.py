"""Drafts of an intake to test with."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from accounts.models import User
from casework.models import IntakeDraft
from common import clock

_TYPED = {"first_name": "บุญมา", "channel": "walk_in", "noticed_on": clock.today().isoformat()}


def draft(owner: User, typed: dict[str, Any] | None = None, **fields: Any) -> IntakeDraft:
    """What `owner` began to type, saved now."""
    now = clock.now()
    defaults = {
        "content": urlencode(typed or _TYPED, doseq=True),
        "begun_at": now,
        "saved_at": now,
        "expires_at": now + timedelta(days=14),
    }
    return IntakeDraft.objects.create(owner=owner, **defaults | fields)
