"""kill -9 while a register is read and while it is written: read whole, written once."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts.actor import UserActor
from casework.actions import registers as actions
from casework.actions.notes import add_note
from casework.actions.register_undoing import ask_to_undo, undo_register
from casework.models import Client, RegisterImport
from casework.storing import put_upload
from common import clock
from common.errors import DomainError, NotVisible
from common.models import DueWork
from tests.casework.register_sheets import row, text
from tests.process.post import PATIENCE, QUICK
from tests.process.test_at_the_same_time import at_once
from tests.support import factories as make

pytestmark = pytest.mark.process
PEOPLE = 6000


def big_register() -> bytes:
    """PEOPLE different people, one of them twice, one without a name."""
    bare = {"pin": None, "birth": None, "phone": None}
    rows = [row(first_name=f"คน{n}", last_name=f"ที่{n}", found_place=f"จุด {n}", **bare) for n in range(PEOPLE)]
    return text(*rows, rows[5], row(first_name=None, nickname=None, **bare))


def take(actor: UserActor, content: bytes) -> RegisterImport:
    stored_as = put_upload(content)
    return actions.take_register(
        actor=actor, centre_id=make.centre().pk, file_name="register.csv", stored_as=stored_as
    )


def now(register: RegisterImport) -> RegisterImport:
    register.refresh_from_db()
    return register


def test_killed_while_reading_and_while_writing(worker: Any, beat: Any, wait_until: Any) -> None:
    actor = make.actor()
    register = take(actor, big_register())
    beat()

    victim = worker(**QUICK)
    wait_until(lambda: register.rows.exists(), PATIENCE, what="some rows to be kept")
    victim.kill9()
    assert now(register).state == "reading", "it was killed too late to prove anything"
    assert default_storage.exists(register.stored_as)

    victim = worker(**QUICK)
    wait_until(lambda: now(register).state == "preview", PATIENCE, what="the register to be read")
    kinds = [register.rows.filter(kind=kind).count() for kind in ("new", "likely_same", "error")]
    assert kinds == [PEOPLE, 1, 1]
    assert default_storage.exists(register.stored_as), "its columns may still be named anew"

    actions.confirm_register(actor=actor, register_id=register.pk, expected=PEOPLE)
    begun = DueWork.objects.filter(kind=actions.WRITE, lease_until__gt=clock.now())
    wait_until(begun.exists, PATIENCE, what="the writing to begin")
    victim.kill9()
    assert Client.objects.count() in {0, PEOPLE}, "all or none"

    worker(**QUICK)
    wait_until(lambda: now(register).state == "done", PATIENCE, what="the register to be written")
    assert Client.objects.count() == PEOPLE
    assert register.rows.filter(written_at__isnull=False).count() == PEOPLE


def test_a_register_waits_for_a_worker(worker: Any, wait_until: Any, tmp_path: Path) -> None:
    """It was brought while none was there; the first that comes begins with a look at what is due."""
    register = take(make.actor(), text(row()))
    assert now(register).state == "reading"
    worker(**QUICK)
    wait_until(lambda: now(register).state == "preview", PATIENCE, what="the register to be read")


def test_two_undo_at_once_while_a_colleague_writes_a_note(worker: Any, wait_until: Any) -> None:
    """One of the two is told that it is being undone; the note makes the whole stay, or finds nobody any more."""
    lead, other, colleague = make.actor("supervisor"), make.actor("centre_head"), make.actor()
    register = take(lead, text(row(), row(first_name="มานพ", last_name="รอดภัย", pin=None, phone=None)))
    process = worker(**QUICK)
    wait_until(lambda: now(register).state == "preview", PATIENCE, what="the register to be read")
    actions.confirm_register(actor=lead, register_id=register.pk, expected=2)
    wait_until(lambda: now(register).state == "done", PATIENCE, what="the register to be written")
    process.stop()
    ask = {
        0: lambda: ask_to_undo(actor=lead, register_id=register.pk, expected=2) and "asked",
        1: lambda: ask_to_undo(actor=other, register_id=register.pk, expected=2) and "asked",
    }

    def press(number: int) -> str:
        try:
            return ask[number]()
        except DomainError as refused:
            return refused.code

    assert sorted(at_once(press, 2)) == ["asked", "register_busy"]

    client = Client.objects.get(first_name="มานพ")

    def both(number: int) -> str:
        try:
            if number:
                add_note(actor=colleague, client_id=client.pk, text="คุยแล้ว", occurred_on=clock.today())
                return "noted"
            return f"{undo_register(actor=lead, register_id=register.pk)} gone"
        except DomainError as refused:
            return refused.code
        except NotVisible:
            return "nobody there"

    answers = at_once(both, 2)
    assert answers in (["built_upon", "noted"], ["2 gone", "nobody there"])
    assert Client.objects.filter(source_import=register).count() == (2 if answers[1] == "noted" else 0)
