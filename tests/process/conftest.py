"""The mail server as these tests look at it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.mailbox import Mailbox


@pytest.fixture
def sent_here(smtp: Mailbox, process_env: dict[str, str], settings: Any) -> Mailbox:
    """The mail server, also for what this very process sends."""
    server = urlsplit(process_env["EMAIL_URL"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = server.hostname, server.port, 0.5
    return smtp


@pytest.fixture
def repeats(smtp: Mailbox) -> Callable[[int], int]:
    """`repeats(count)`: how many of `count` letters came again; fails when one is missing or came in two versions."""

    def look(count: int) -> int:
        received = list(smtp.messages)
        versions: dict[str, set[tuple[str, str, str]]] = {}
        for one in received:
            versions.setdefault(one.recipients[0], set()).add((one.message_id, one.subject, one.text()))
        assert len(versions) == count, "somebody got no letter"
        torn = {who: found for who, found in versions.items() if len(found) > 1}
        assert not torn, "somebody got two different letters"
        return len(received) - count

    return look
