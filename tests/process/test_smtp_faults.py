"""A real mail server that misbehaves."""

from datetime import timedelta

import pytest

from common import clock, postman
from common.models import Letter
from tests.process.post import states, write_letters
from tests.support.mailbox import Mailbox

pytestmark = pytest.mark.process
BAD = "w1@test.example"


def send_again() -> int:
    Letter.objects.filter(state="waiting").update(due_at=clock.now() - timedelta(seconds=1))
    return postman.send_due()


@pytest.mark.parametrize("reply", ["421 closing", "450 busy", "451 later"])
@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_for_now_means_later_and_the_others_leave_at_once(sent_here: Mailbox, reply: str, stage: str) -> None:
    write_letters(4)
    sent_here.answer(reply, to=[BAD], at=stage, times=1)
    assert postman.send_due() == 3
    assert states() == {"sent": 3, "waiting": 1}
    assert Letter.objects.get(to=BAD).due_at > clock.now()
    assert send_again() == 1
    assert len(sent_here.to(BAD)) == 1


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_for_good_means_never_and_is_shown(sent_here: Mailbox, stage: str) -> None:
    write_letters(3)
    sent_here.answer("550 nobody of that name", to=[BAD], at=stage)
    assert postman.send_due() == 2
    failed = Letter.objects.get(to=BAD)
    assert (failed.state, failed.error.endswith("550")) == ("failed", True)
    assert send_again() == 0
    assert sent_here.to(BAD) == []


def test_a_server_that_hangs_on_one_letter_is_left_after_a_while(sent_here: Mailbox) -> None:
    write_letters(3)
    sent_here.delay(5, to=[BAD], times=1)
    assert postman.send_due() == 2
    assert (
        Letter.objects.get(to=BAD).error == "SMTPServerDisconnected"
        or "Timeout" in Letter.objects.get(to=BAD).error
    )
    sent_here.behave()
    assert send_again() == 1


@pytest.mark.parametrize(("when", "copies"), [("before", 1), ("after", 2)])
def test_a_connection_cut_in_the_middle_is_tried_again_with_the_same_mark(
    sent_here: Mailbox, when: str, copies: int
) -> None:
    """Cut after the server has taken it, nobody can know: the recipient's copies carry one Message-ID."""
    write_letters(3)
    sent_here.drop(when, to=[BAD], times=1)
    assert postman.send_due() == 2
    assert send_again() == 1
    received = sent_here.to(BAD)
    assert len(received) == copies
    assert {one.message_id for one in received} == {Letter.objects.get(to=BAD).message_id}
    assert len({one.text() for one in received}) == 1


def test_a_server_that_is_not_there_costs_no_letter_a_try(sent_here: Mailbox, settings: object) -> None:
    write_letters(3)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert postman.send_due() == 0
    assert set(Letter.objects.values_list("state", "attempts")) == {("waiting", 0)}
    settings.EMAIL_PORT = port
    assert send_again() == 3
