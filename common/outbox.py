"""Mail where no mail server is configured: kept for the outbox page instead of sent."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from common.models import OutboxMail


class OutboxBackend(BaseEmailBackend):
    """An e-mail backend that keeps each message as it would have left."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            raw = mail.message()
            OutboxMail.objects.create(
                to=", ".join(mail.recipients())[:500],
                subject=mail.subject[:300],
                message_id=str(raw["Message-ID"] or "")[:200],
                raw=raw.as_bytes(),
            )
        return len(email_messages)
