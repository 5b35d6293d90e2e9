"""Every form carries a key of its own: sent twice (double click, back button, two tabs), it acts once."""

import hashlib
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from common.errors import DomainError
from common.models import Submission


class AlreadySent(DomainError):
    """The form was sent before with other words in it; nothing was written this time."""

    def __init__(self) -> None:
        super().__init__(
            "already_sent",
            _(
                "This form was saved once already. If what you see here should be saved too, "
                "press the button again."
            ),
        )


def once(*, key: str, actor_key: str, act: Callable[[], str], content: str = "") -> str:
    """Run `act` (which returns the address to go to) unless `key` was used before by this actor.

    The key's row is written first, in the same transaction as the act, so that of two requests at once the
    second waits and then finds the first one's address. An act that raises leaves the key unused.

    Args:
        content: what was sent, in any stable form; only a hash is kept.

    Returns the address either way. Raises AlreadySent when the key was used with another content: somebody
    went back and changed something, and must not be told that it was saved.
    """
    if not key:
        return act()
    mine = _hash(actor_key, key)
    try:
        with transaction.atomic():
            row = Submission.objects.create(key=mine, actor_key=actor_key, content=_hash(content))
            row.result = act()
            row.save(update_fields=["result"])
            return row.result
    except IntegrityError:
        earlier = Submission.objects.filter(key=mine).first()
        if earlier is None:
            raise
        if earlier.content != _hash(content):
            raise AlreadySent from None
        return earlier.result


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:40]
