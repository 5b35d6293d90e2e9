"""Sending letters: at least once, with the same Message-ID each time.

SMTP cannot promise exactly once: a worker may die between the server's "250" and our mark. So a letter is
marked `sending` before it leaves and `sent` after, each in a transaction of its own, and one sender sends at a
time; so a kill can repeat one letter at most, and the receiving side can tell by its Message-ID.

What goes wrong with one letter counts against that letter; what goes wrong with the server counts against none:
they all wait until it is back.
"""

import logging
import random
import smtplib
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection

from common import clock
from common.db.claim import claim
from common.letters import CannotBeSent, message
from common.models import Heartbeat, Letter

logger = logging.getLogger(__name__)
BATCH = 50
GIVE_UP_AFTER = 12
SERVER_PAUSE_SECONDS = 60
SENDER_LEASE_SECONDS = 30
FAILURES_IN_A_ROW = 3
"""So many broken connections one after the other, and it is the server's trouble, not the letters'."""


def send_due(*, seconds: float = 60) -> int:
    """Send what is due over one connection until nothing is left or `seconds` have passed. Returns how many left.

    Does nothing while another sender is at work.
    """
    turn = _Turn()
    if not turn.take():
        return 0
    try:
        return _Round(seconds, turn).go()
    finally:
        turn.give_back()


def somebody_sends() -> bool:
    """True while a sender is at work, or was a moment ago and died."""
    return Heartbeat.objects.filter(name=_Turn.NAME, seen_at__gte=clock.now() - _Turn.lease()).exists()


def describe(error: Exception) -> str:
    """What went wrong, and the server's code, without the address or the server's words."""
    if isinstance(error, CannotBeSent):
        return str(error)[:500]
    code = _code(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _code(error: Exception) -> int:
    """The SMTP code in `error`; 0 when it has none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return int(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else 0


def refused_for_good(error: Exception) -> bool:
    """True when trying again would only annoy the receiving server.

    Any answer in the 500s, but to our own name: a refused sender is a matter of settings, unless the server
    says so because of the letter's size (552).
    """
    if isinstance(error, smtplib.SMTPSenderRefused):
        return error.smtp_code == 552
    return isinstance(error, CannotBeSent) or 500 <= _code(error) < 600


class _Turn:
    """Whose turn it is to send: a sign of life that one sender holds, and that goes stale when it dies."""

    NAME = "sender"
    FREE = datetime(1970, 1, 1, tzinfo=UTC)

    def __init__(self) -> None:
        self.mark = self.FREE

    @staticmethod
    def lease() -> timedelta:
        return min(_lease(), timedelta(seconds=SENDER_LEASE_SECONDS))

    def take(self) -> bool:
        """True when it is ours now."""
        Heartbeat.objects.get_or_create(name=self.NAME, defaults={"seen_at": self.FREE})
        now = clock.now()
        stale = Heartbeat.objects.filter(name=self.NAME, seen_at__lt=now - self.lease())
        if not stale.update(seen_at=now):
            return False
        self.mark = now
        return True

    def keep(self) -> bool:
        """Show that we live, now and then; False when another sender took over because we were too slow."""
        now = clock.now()
        return now - self.mark < self.lease() / 5 or self._move(now)

    def give_back(self) -> None:
        self._move(self.FREE)

    def _move(self, to: datetime) -> bool:
        ours = Heartbeat.objects.filter(name=self.NAME, seen_at=self.mark)
        self.mark = to
        return bool(ours.update(seen_at=to))


class _Round:
    """One sender's round over one connection, which is opened anew when it breaks."""

    def __init__(self, seconds: float, turn: _Turn) -> None:
        self.stop = time.monotonic() + seconds
        self.turn = turn
        self.connection = get_connection()
        self.broken = 0

    def go(self) -> int:
        sent = 0
        try:
            while time.monotonic() < self.stop:
                token, claimed = claim(
                    Letter,
                    where="state IN ('waiting', 'sending')",
                    params=[],
                    now=clock.now(),
                    lease=_lease(),
                    limit=BATCH,
                )
                if not claimed:
                    break
                batch = Letter.objects.filter(pk__in=[pk for _, pk in claimed]).order_by("due_at", "pk")
                sent += self._send_batch(list(batch), token)
        finally:
            self._hang_up()
        return sent

    def _send_batch(self, batch: Sequence[Letter], token: str) -> int:
        sent = 0
        for position, letter in enumerate(batch):
            if time.monotonic() > self.stop or not self.turn.keep():
                _put_back(batch[position:], token)
                self.stop = 0
                break
            if not self._connected():
                _put_back(batch[position:], token, pause=_jittered(SERVER_PAUSE_SECONDS))
                self.stop = 0
                break
            sent += self._send(letter, token)
        return sent

    def _connected(self) -> bool:
        if self.broken >= FAILURES_IN_A_ROW:
            return False
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            logger.warning("mail server not reached: %s", describe(error))
            self._hang_up()
            return False
        return True

    def _send(self, letter: Letter, token: str) -> bool:
        mine = Letter.objects.filter(pk=letter.pk, lease_token=token).exclude(state=Letter.State.SENT)
        letter.attempts += 1
        if not mine.update(
            state=Letter.State.SENDING, attempts=letter.attempts, lease_until=clock.now() + _lease()
        ):
            return False  # the lease ran out while earlier letters left; another worker has it
        try:
            if letter.attempts > GIVE_UP_AFTER:
                raise CannotBeSent("its sender died each time")
            mail = message(letter)
        except Exception as error:
            _not_sent(letter, token, error)
            return False
        try:
            self.connection.send_messages([mail])
        except Exception as error:
            self._hang_up()
            self.broken = 0 if _code(error) else self.broken + 1
            _not_sent(letter, token, error)
            return False
        self.broken = 0
        # Whoever has the lease by now: it has left.
        gone = Letter.objects.filter(pk=letter.pk)
        gone.update(state=Letter.State.SENT, sent_at=clock.now(), error="", lease_until=None)
        return True

    def _hang_up(self) -> None:
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            logger.info("mail connection was already gone")


def _lease() -> timedelta:
    return timedelta(seconds=settings.LETTER_LEASE_SECONDS)


def _jittered(seconds: float) -> timedelta:
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 (jitter, not a secret)


def _put_back(letters: Sequence[Letter], token: str, pause: timedelta | None = None) -> None:
    """Give up the lease of letters that were not tried; with `pause` they wait that long."""
    rows = Letter.objects.filter(pk__in=[letter.pk for letter in letters], lease_token=token)
    rows = rows.exclude(state=Letter.State.SENT)
    if pause is None:
        rows.update(lease_until=None)
    else:
        rows.update(lease_until=None, due_at=clock.now() + pause, error="mail server not reached")


def _not_sent(letter: Letter, token: str, error: Exception) -> None:
    logger.warning("letter %s not sent, try %s: %s", letter.uid, letter.attempts, describe(error))
    failed = refused_for_good(error) or letter.attempts >= GIVE_UP_AFTER
    pause = _jittered(min(3600, 15 * 2**letter.attempts))
    Letter.objects.filter(pk=letter.pk, lease_token=token).update(
        state=Letter.State.FAILED if failed else Letter.State.WAITING,
        error=describe(error),
        due_at=letter.due_at if failed else clock.now() + pause,
        lease_until=None,
        lease_token="",
    )
