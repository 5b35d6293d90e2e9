"""An SMTP server that keeps what it is sent and misbehaves on request."""

import asyncio
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Received:
    """A message the server has taken."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    def text(self) -> str:
        """The plain text part."""
        body = self.message.get_body(("plain",))
        return "" if body is None else str(body.get_content())


@dataclass
class _Fault:
    recipients: frozenset[str]  # empty: everybody
    times: int | None  # None: always
    reply: str = ""
    seconds: float = 0
    drop: str = ""  # "before" or "after" the message is kept
    stage: str = "data"

    def meets(self, stage: str, recipients: Iterable[str]) -> bool:
        if self.stage != stage or self.times == 0:
            return False
        return not self.recipients or not self.recipients.isdisjoint(recipients)


@dataclass
class Mailbox:
    """The server's handler: `messages` in the order taken; the other methods make it misbehave."""

    messages: list[Received] = field(default_factory=list)
    _faults: list[_Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def to(self, recipient: str) -> list[Received]:
        """Messages to one address."""
        return [received for received in list(self.messages) if recipient in received.recipients]

    def answer(
        self, reply: str, *, to: Iterable[str] = (), times: int | None = None, at: str = "data"
    ) -> None:
        """Answer `reply` ("451 later", "550 unknown") at "data" or "rcpt", to some or all, `times` or for ever."""
        self._faults.append(_Fault(frozenset(to), times, reply=reply, stage=at))

    def delay(self, seconds: float, *, to: Iterable[str] = (), times: int | None = None) -> None:
        """Take that long before answering a message."""
        self._faults.append(_Fault(frozenset(to), times, seconds=seconds))

    def drop(self, when: str = "before", *, to: Iterable[str] = (), times: int | None = None) -> None:
        """Cut the connection "before" or "after" a message is kept; the sender hears nothing either way."""
        self._faults.append(_Fault(frozenset(to), times, drop=when))

    def behave(self) -> None:
        """Forget every misbehaviour asked for."""
        with self._lock:
            self._faults.clear()

    def _fault(self, stage: str, recipients: Iterable[str]) -> _Fault | None:
        with self._lock:
            found = next((fault for fault in self._faults if fault.meets(stage, recipients)), None)
            if found is not None and found.times is not None:
                found.times -= 1
            return found

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        fault = self._fault("rcpt", [address])
        if fault is not None:
            return fault.reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault = self._fault("data", envelope.rcpt_tos) or _Fault(frozenset(), None)
        if fault.seconds:
            await asyncio.sleep(fault.seconds)
        if not fault.reply and fault.drop != "before":
            self._keep(envelope)
        if fault.drop and server.transport is not None:
            server.transport.abort()
        return fault.reply or "250 taken"

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(EmailMessage, policy=modern).parsebytes(content)
        self.messages.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), message))


class MailServer:
    """The server in a thread; `url` is what EMAIL_URL takes."""

    def __init__(self, port: int) -> None:
        self.mailbox = Mailbox()
        self._controller = Controller(self.mailbox, hostname="127.0.0.1", port=port, decode_data=False)
        self.url = f"smtp://127.0.0.1:{port}"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()
