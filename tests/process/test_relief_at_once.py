"""Relief grants that many handle at the same moment: nobody is helped too often or paid twice."""

import pytest

from accounts.actor import actor_for
from casework.actions.relief import NewGrant, apply_for_grant, decide_grant
from casework.actions.relief_payments import Handover, pay_grant
from casework.models import ReliefGrant, ReliefPayment
from common import clock
from common.errors import DomainError
from tests.process.test_at_the_same_time import at_once
from tests.support import factories as make
from tests.support import relief

pytestmark = pytest.mark.process


def outcome(act: object) -> str:
    """ "done", or the code of the refusal."""
    try:
        act()  # type: ignore[operator]
    except DomainError as error:
        return error.code
    return "done"


def test_those_who_apply_at_once_for_two_records_of_a_person_stay_within_the_limit() -> None:
    case = make.episode(make.client(), make.user())
    other = make.episode(make.client(person=case.client.person), make.user())
    actors = [actor_for(case.worker), actor_for(other.worker)]
    clients = [case.client_id, other.client_id]
    new = NewGrant("1000", "ค่ารถ", clock.today(), why_not="ไม่มีบ้าน")

    def act(number: int) -> str:
        which = number % 2
        return outcome(lambda: apply_for_grant(actor=actors[which], client_id=clients[which], new=new))

    answers = at_once(act)
    assert sorted(answers) == ["done"] * 3 + ["relief_times"] * 5
    assert ReliefGrant.objects.count() == 3


def test_a_grant_is_decided_once() -> None:
    row = relief.grant(make.episode(make.client(), make.user()))
    leads = [make.actor("supervisor") for _ in range(8)]
    answers = at_once(
        lambda number: outcome(
            lambda: decide_grant(actor=leads[number], grant_id=row.pk, approve=bool(number % 2), note="เหตุผล")
        )
    )
    assert sorted(answers) == ["done"] + ["relief_decided"] * 7


def test_a_grant_is_paid_once_and_receipts_leave_no_gap() -> None:
    rows = [relief.grant(make.episode(make.client(), make.user()), state="approved") for _ in range(2)]
    payers = [make.actor("finance_officer") for _ in range(8)]
    handover = Handover(clock.today(), "cash", "signature")

    def act(number: int) -> str:
        key = rows[number % 2].pk
        return outcome(lambda: pay_grant(actor=payers[number], grant_id=key, handover=handover))

    answers = at_once(act)
    assert sorted(answers) == ["done"] * 2 + ["relief_not_approved"] * 6
    assert sorted(ReliefPayment.objects.values_list("number", flat=True)) == [1, 2]
