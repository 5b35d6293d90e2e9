"""kill -9 of the worker in the middle of a thousand letters."""

from collections.abc import Callable
from typing import Any

import pytest

from common.models import Letter
from tests.process.post import PATIENCE, QUICK, all_sent, states, write_letters
from tests.support.mailbox import Mailbox

pytestmark = pytest.mark.process
LETTERS = 1000


def test_nobody_is_left_out_nobody_gets_two_versions_and_a_kill_repeats_one_letter_at_most(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any, repeats: Callable[[int], int]
) -> None:
    write_letters(LETTERS)
    beat()
    kills = 0
    for share in (0.25, 0.5, 0.75):
        victim = worker(**QUICK)
        wait_until(
            lambda share=share: len(smtp.messages) > share * LETTERS, PATIENCE, what="letters to leave"
        )
        victim.kill9()
        kills += 1
        assert states().get("sent", 0) < LETTERS, "it was killed in the middle"
    worker(**QUICK)
    wait_until(all_sent, PATIENCE, what="all letters sent")
    assert repeats(LETTERS) <= kills


def test_a_letter_that_left_before_the_kill_could_be_noted_is_repeated_with_the_same_mark(
    smtp: Mailbox, worker: Any, beat: Any, wait_until: Any, repeats: Callable[[int], int]
) -> None:
    """The server has it, and is still thinking about its answer when the worker dies."""
    write_letters(3)
    smtp.delay(60, to=["w1@test.example"], times=1)
    beat()
    victim = worker(**QUICK)
    wait_until(Letter.objects.filter(to="w1@test.example", state="sending").exists, PATIENCE)
    victim.kill9()
    assert Letter.objects.get(to="w1@test.example").state == "sending", "uncertain, and seen to be so"
    worker(**QUICK)
    wait_until(all_sent, PATIENCE)
    assert repeats(3) == 0
    assert Letter.objects.get(to="w1@test.example").attempts > 1


def test_letters_that_wait_while_no_worker_runs_leave_when_one_starts(
    smtp: Mailbox, worker: Any, wait_until: Any, repeats: Callable[[int], int]
) -> None:
    write_letters(20)
    assert states() == {"waiting": 20}
    worker()
    wait_until(all_sent, PATIENCE)
    assert repeats(20) == 0
