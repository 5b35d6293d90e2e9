"""Letters: one per recipient, kind and period; what goes wrong with one holds up no other."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage

from common import clock, letters, postman
from common.letters import Draft
from common.models import Heartbeat, Letter

pytestmark = pytest.mark.django_db
Fault = Callable[[EmailMessage], None]


class Server:
    """Stands for the mail server: takes everything but what `fault` raises for."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.opened = 0
        self.away: Exception | None = None
        self.fault: Fault = lambda message: None

    def open(self) -> None:
        self.opened += 1
        if self.away:
            raise self.away

    def close(self) -> None:
        pass

    def send_messages(self, messages: list[EmailMessage]) -> None:
        for message in messages:
            self.fault(message)
            self.taken.append(message)

    def refuse(self, address: str, error: Exception) -> None:
        def fault(message: EmailMessage) -> None:
            if address in message.to:
                raise error

        self.fault = fault


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    server = Server()
    monkeypatch.setattr(postman, "get_connection", lambda: server)
    return server


def draft(name: str = "a", **fields: Any) -> Draft:
    usual = {
        "recipient_key": f"user:{name}", "to": f"{name}@test.example", "kind": "reminder", "period": "2026-11-23",
        "subject": "นัดวันนี้", "text": "30-2570-00417",
    }  # fmt: skip
    return Draft(**usual | fields)


def sent_to(server: Server) -> list[str]:
    return [message.to[0] for message in server.taken]


def states() -> dict[str, str]:
    return dict(Letter.objects.values_list("to", "state"))


def only(**fields: Any) -> Letter:
    return Letter.objects.get(**fields)


def let_pauses_pass() -> None:
    Letter.objects.update(due_at=clock.now() - timedelta(seconds=1))


# --- writing -----------------------------------------------------------------------------------------------


def test_of_two_letters_for_one_occasion_the_first_stays(server: Server) -> None:
    letters.write([draft(text="first")])
    letters.write([draft(text="second"), draft("b")])
    postman.send_due()
    assert [(m.to[0], m.body) for m in server.taken] == [
        ("a@test.example", "first"),
        ("b@test.example", "30-2570-00417"),
    ]
    assert postman.send_due() == 0


def test_the_same_person_gets_letters_of_another_kind_or_period() -> None:
    letters.write([draft(), draft(kind="monthly_report"), draft(period="2026-11-24")])
    assert Letter.objects.count() == 3


def test_a_letter_leaves_when_its_time_has_come(server: Server) -> None:
    letters.write([draft(due_at=clock.now() + timedelta(hours=1))])
    assert not letters.waiting()
    assert postman.send_due() == 0
    let_pauses_pass()
    assert letters.waiting()
    assert postman.send_due() == 1


def test_what_is_no_address_is_kept_as_failed_and_holds_up_nobody(server: Server) -> None:
    letters.write(
        [draft("a", to="a@test.example\nBcc: thief@test.example"), draft("b"), draft("c", to="nobody")]
    )
    postman.send_due()
    assert sent_to(server) == ["b@test.example"]
    bad = Letter.objects.filter(state="failed")
    assert {letter.error for letter in bad} == {"not an e-mail address"}
    assert not any(letters.resend(letter) for letter in bad), "it has nowhere to go"


def test_a_subject_cannot_carry_another_header(server: Server) -> None:
    letters.write([draft(subject="นัด\r\nBcc: thief@test.example")])
    postman.send_due()
    assert server.taken[0].subject == "นัด Bcc: thief@test.example"
    assert server.taken[0].message()["Bcc"] is None


def test_who_has_a_letter_already_is_known() -> None:
    letters.write([draft("a"), draft("b", kind="other"), draft("c", period="2026-11-24")])
    keys = ["user:a", "user:b", "user:c"]
    assert letters.standing("reminder", "2026-11-23", keys) == {"user:a"}


# --- what leaves -------------------------------------------------------------------------------------------


def test_a_letter_says_what_it_is_and_brings_its_attachments(server: Server) -> None:
    path = default_storage.save("reports/test.pdf", ContentFile(b"%PDF-1.7"))
    letters.write([draft(html="<p>30-2570-00417</p>", attachments=[("รายงาน.pdf", path, "application/pdf")])])
    postman.send_due()
    message = server.taken[0].message()
    parts = {part.get_content_type(): part for part in message.walk()}
    assert {"text/plain", "text/html", "application/pdf"} <= parts.keys()
    assert parts["application/pdf"].get_filename() == "รายงาน.pdf"
    assert parts["application/pdf"].get_payload(decode=True) == b"%PDF-1.7"
    assert message["Message-ID"] == only().message_id
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("th", "auto-generated")


def test_a_missing_attachment_fails_that_letter_at_once_and_says_so(server: Server) -> None:
    gone = [("รายงาน.pdf", "reports/gone.pdf", "application/pdf")]
    letters.write([draft("a", attachments=gone), draft("b")])
    assert postman.send_due() == 1
    assert sent_to(server) == ["b@test.example"]
    assert only(state="failed").error == "attachment is missing: รายงาน.pdf"


def test_a_header_that_cannot_be_is_no_reason_to_try_again(server: Server) -> None:
    path = default_storage.save("reports/test.pdf", ContentFile(b"%PDF-1.7"))
    letters.write([draft()])
    Letter.objects.update(
        to="a@test.example\nBcc: b@test.example", attachments=[["x", path, "application/pdf"]]
    )
    assert postman.send_due() == 0
    assert (only().state, only().error) == ("failed", "cannot be made into an e-mail")


def test_without_a_mail_server_letters_stay_in_the_outbox() -> None:
    letters.write([draft()])
    assert postman.send_due() == 1
    assert mail.outbox[0].to == ["a@test.example"]


# --- when something goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"b@test.example": (450, b"greylisted")}),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPSenderRefused(421, b"too many", "x@test.example"),
        smtplib.SMTPSenderRefused(530, b"sign in first", "x@test.example"),
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError(),
    ],
    ids=["450", "451", "421", "sender-refused", "dropped", "hang"],
)
def test_what_may_pass_is_tried_again_later_with_the_same_mark(server: Server, error: Exception) -> None:
    letters.write([draft("a"), draft("b"), draft("c")])
    server.refuse("b@test.example", error)
    before = clock.now()
    assert postman.send_due() == 2
    assert sent_to(server) == ["a@test.example", "c@test.example"], "the others are not held up"
    late = only(to="b@test.example")
    assert (late.state, late.attempts, late.lease_until) == ("waiting", 1, None)
    assert late.due_at > before + timedelta(seconds=20)
    assert postman.send_due() == 0, "not before the pause is over"

    server.fault = lambda message: None
    let_pauses_pass()
    assert postman.send_due() == 1
    assert server.taken[-1].message()["Message-ID"] == late.message_id
    assert only(to="b@test.example").error == ""


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"b@test.example": (550, b"b@test.example unknown")}),
        smtplib.SMTPDataError(554, b"spam"),
        smtplib.SMTPSenderRefused(552, b"too large", "x@test.example"),
    ],
    ids=["unknown", "refused", "too-large"],
)
def test_what_is_refused_for_good_is_failed_and_never_tried_again(server: Server, error: Exception) -> None:
    letters.write([draft("a"), draft("b"), draft("c")])
    server.refuse("b@test.example", error)
    assert postman.send_due() == 2
    failed = only(to="b@test.example")
    assert failed.state == "failed"
    assert "b@test.example" not in failed.error, "neither address nor the server's words are kept"
    assert str(postman._code(error)) in failed.error
    let_pauses_pass()
    assert postman.send_due() == 0
    assert letters.failures() == 1


def test_a_failed_letter_is_sent_again_when_somebody_says_so(server: Server) -> None:
    letters.write([draft()])
    server.refuse("a@test.example", smtplib.SMTPDataError(554, b"spam"))
    postman.send_due()
    server.fault = lambda message: None
    assert letters.resend(only())
    assert postman.send_due() == 1
    assert not letters.resend(only()), "sent is sent"


def test_pauses_grow_and_are_not_alike(server: Server) -> None:
    letters.write([draft(str(number)) for number in range(20)])
    server.fault = lambda message: (_ for _ in ()).throw(smtplib.SMTPDataError(451, b"later"))
    pauses = []
    for _ in range(2):
        postman.send_due()
        now = clock.now()
        pauses.append(
            [(due - now).total_seconds() for due in Letter.objects.values_list("due_at", flat=True)]
        )
        let_pauses_pass()
    assert len({round(pause, 3) for pause in pauses[0]}) > 10, "they do not all come back at once"
    assert min(pauses[1]) > max(pauses[0])


def test_after_many_tries_a_letter_is_given_up(server: Server) -> None:
    letters.write([draft()])
    Letter.objects.update(attempts=postman.GIVE_UP_AFTER - 1)
    server.refuse("a@test.example", smtplib.SMTPDataError(451, b"later"))
    postman.send_due()
    assert only().state == "failed"


def test_when_the_server_is_away_all_letters_wait_and_none_is_blamed(server: Server) -> None:
    letters.write([draft(str(number)) for number in range(5)])
    server.away = ConnectionRefusedError()
    assert postman.send_due() == 0
    assert server.opened == 1, "it is not knocked at for every letter"
    rows = list(Letter.objects.all())
    assert {(row.state, row.attempts) for row in rows} == {("waiting", 0)}
    assert {row.error for row in rows} == {"mail server not reached"}
    assert all(row.due_at > clock.now() + timedelta(seconds=40) for row in rows)
    server.away = None
    let_pauses_pass()
    assert postman.send_due() == 5


def test_refusing_our_sign_in_blames_no_letter(server: Server) -> None:
    letters.write([draft()])
    server.away = smtplib.SMTPAuthenticationError(535, b"wrong password")
    postman.send_due()
    assert (only().state, only().attempts) == ("waiting", 0)


def test_three_broken_connections_in_a_row_are_the_servers_trouble(server: Server) -> None:
    letters.write([draft(str(number)) for number in range(10)])
    server.fault = lambda message: (_ for _ in ()).throw(TimeoutError())
    postman.send_due()
    tried = Letter.objects.filter(attempts=1).count()
    assert tried == postman.FAILURES_IN_A_ROW
    assert set(states().values()) == {"waiting"}


def test_a_letter_found_in_the_middle_of_sending_is_sent_again_unchanged(server: Server) -> None:
    letters.write([draft()])
    past = clock.now() - timedelta(seconds=1)
    Letter.objects.update(state="sending", attempts=1, lease_token="dead", lease_until=past)
    mark = only().message_id
    assert letters.waiting()
    assert postman.send_due() == 1
    assert server.taken[0].message()["Message-ID"] == mark
    assert (only().state, only().attempts) == ("sent", 2), "two tries: it may have arrived twice"


def test_a_letter_under_a_running_lease_is_left_to_its_sender(server: Server) -> None:
    letters.write([draft()])
    Letter.objects.update(
        state="sending", lease_token="alive", lease_until=clock.now() + timedelta(seconds=60)
    )
    assert not letters.waiting()
    assert postman.send_due() == 0


def test_a_letter_whose_lease_was_lost_meanwhile_is_left_to_the_other_sender(server: Server) -> None:
    letters.write([draft("a"), draft("b")])

    def other_worker_takes_b(message: EmailMessage) -> None:
        Letter.objects.filter(to="b@test.example").update(
            lease_token="other", lease_until=clock.now() + timedelta(60)
        )

    server.fault = other_worker_takes_b
    assert postman.send_due() == 1
    assert sent_to(server) == ["a@test.example"]


def test_a_letter_that_ends_its_worker_each_time_is_given_up(server: Server) -> None:
    letters.write([draft("a"), draft("b")])
    Letter.objects.filter(to="a@test.example").update(state="sending", attempts=postman.GIVE_UP_AFTER)
    assert postman.send_due() == 1
    assert states() == {"a@test.example": "failed", "b@test.example": "sent"}


def test_what_was_claimed_when_the_time_was_up_is_free_for_the_next_round(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters.write([draft(str(number)) for number in range(5)])
    time = iter(range(100))
    monkeypatch.setattr(postman.time, "monotonic", lambda: next(time))
    first = postman.send_due(seconds=3)
    assert 0 < first < 5
    assert letters.waiting(), "without waiting for a lease to run out"
    assert first + postman.send_due(seconds=50) == 5


# --- one sender at a time ----------------------------------------------------------------------------------


def test_while_somebody_sends_nobody_else_does(server: Server) -> None:
    letters.write([draft("a"), draft("b")])
    others: list[int] = []
    server.fault = lambda message: others.append(postman.send_due())
    assert postman.send_due() == 2
    assert others == [0, 0]
    assert not postman.somebody_sends()


def test_the_turn_of_a_sender_that_died_runs_out(server: Server, settings: Any) -> None:
    letters.write([draft()])
    Heartbeat.objects.create(name="sender", seen_at=clock.now() - timedelta(seconds=29))
    assert postman.send_due() == 0
    Heartbeat.objects.update(seen_at=clock.now() - timedelta(seconds=31))
    assert postman.send_due() == 1


def test_a_sender_that_was_too_slow_leaves_the_rest_to_whoever_took_over(server: Server) -> None:
    letters.write([draft("a"), draft("b")])

    def takes_very_long(message: EmailMessage) -> None:
        Heartbeat.objects.update(seen_at=clock.now() + timedelta(seconds=1))
        traveller.shift(60)

    server.fault = takes_very_long
    with time_machine.travel(clock.now(), tick=False) as traveller:
        assert postman.send_due() == 1
    assert states() == {"a@test.example": "sent", "b@test.example": "waiting"}
    assert Heartbeat.objects.get(name="sender").seen_at > clock.now() - timedelta(minutes=1), (
        "their turn is not ours to end"
    )
