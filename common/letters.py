"""Letters: written once per recipient, kind and period, their content fixed. common.postman sends them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from common import clock, queue
from common.models import DueWork, Letter


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter says. `attachments` are (file name, path in the private store, MIME type)."""

    recipient_key: str
    to: str
    kind: str
    period: str
    subject: str
    text: str
    html: str = ""
    language: str = "th"
    attachments: list[tuple[str, str, str]] = field(default_factory=list)
    due_at: datetime | None = None


_kind_labels: dict[str, Any] = {}


def name_kind(kind: str, label: Any) -> None:
    """Say how letters of `kind` are called (a lazy string) where they are listed."""
    _kind_labels[kind] = label


def kind_label(kind: str) -> Any:
    """How letters of `kind` are called; the kind itself when nobody said."""
    return _kind_labels.get(kind, kind)


class CannotBeSent(Exception):
    """Nothing that waiting would mend; the message says what, without names or addresses."""


def write(drafts: Iterable[Draft]) -> int:
    """Keep letters for sending and wake the sender after the commit. One that stands already stays as it is.

    A draft to something that is no address is kept as failed, so that it shows and holds up nobody else.
    Returns how many drafts were given.
    """
    now = clock.now()
    domain = urlsplit(settings.PUBLIC_URL).hostname
    rows = [_row(draft, now, f"<{uuid.uuid4().hex}@{domain}>") for draft in drafts]
    Letter.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    if rows:
        queue.enqueue("common.send_letters")
    return len(rows)


def standing(kind: str, period: str, recipient_keys: Iterable[str]) -> set[str]:
    """Those of `recipient_keys` to whom the letter of `kind` and `period` is written already."""
    letters = Letter.objects.filter(kind=kind, period=period, recipient_key__in=list(recipient_keys))
    return set(letters.values_list("recipient_key", flat=True))


def _row(draft: Draft, now: datetime, message_id: str) -> Letter:
    letter = Letter(
        recipient_key=draft.recipient_key,
        to=draft.to,
        kind=draft.kind,
        period=draft.period,
        subject=" ".join(draft.subject.split())[:200],
        text=draft.text,
        html=draft.html,
        language=draft.language,
        attachments=[list(attachment) for attachment in draft.attachments],
        message_id=message_id,
        due_at=draft.due_at or now,
    )
    try:
        validate_email(draft.to)
    except ValidationError:
        letter.to, letter.state, letter.error = "", Letter.State.FAILED, "not an e-mail address"
    return letter


def waiting(now: datetime | None = None) -> bool:
    """True when a letter is due to leave."""
    now = now or clock.now()
    open_rows = Letter.objects.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING], due_at__lte=now)
    return open_rows.exclude(lease_until__gte=now).exists()


def failures() -> int:
    """How many letters and pieces of due work were given up and wait for somebody to look at them."""
    letters = Letter.objects.filter(state=Letter.State.FAILED).count()
    return letters + DueWork.objects.filter(state=DueWork.State.FAILED).count()


def message(letter: Letter) -> EmailMultiAlternatives:
    """The e-mail of a letter, the same content at every try. Raises CannotBeSent."""
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.to],
        headers={
            "Message-ID": letter.message_id,
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    for name, path, mime in letter.attachments:
        try:
            with default_storage.open(path, "rb") as stored:
                mail.attach(name, stored.read(), mime)
        except FileNotFoundError as error:
            raise CannotBeSent(f"attachment is missing: {name}") from error
    try:
        mail.message()
    except ValueError as error:  # a line break in a header, or an attachment that is not what it says
        raise CannotBeSent("cannot be made into an e-mail") from error
    return mail


def resend(letter: Letter) -> bool:
    """Put a failed letter back in line, unchanged; False when it had not failed."""
    failed = Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED).exclude(to="")
    changed = failed.update(state=Letter.State.WAITING, attempts=0, due_at=clock.now(), error="")
    if changed:
        queue.enqueue("common.send_letters")
    return bool(changed)
