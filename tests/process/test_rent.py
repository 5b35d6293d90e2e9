"""Rent, charged and paid by many at once and through every crash: nothing is lost and nothing is doubled."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count

from accounts.reference.provinces import PROVINCES
from common import clock, due
from common.errors import DomainError
from common.models import DueWork
from common.thai.periods import Month
from rentshare import timing
from rentshare.actions.payments import reverse_receipt, reverse_rent, take_payment
from rentshare.actions.payouts import pay_landlord
from rentshare.actions.periods import close_period
from rentshare.actions.tenancies import NewTenancy, end_tenancy, sign_tenancy
from rentshare.models import Period, Posting, Receipt, RentRun, Tenancy
from rentshare.reading import rent_of, trial_balance
from rentshare.rules import rent_of_month
from rentshare.running import run_month
from tests.process.post import PATIENCE, QUICK
from tests.process.test_at_the_same_time import at_once
from tests.support import factories as make
from tests.support import rent

pytestmark = pytest.mark.process
THIS = Month.of(clock.today())


def outcome(act: Any) -> str:
    """ "done", or the code of the refusal."""
    try:
        act()
    except DomainError as error:
        return error.code
    return "done"


def charged_once(tenancies: int, month: Month = THIS) -> None:
    """Everybody has the rent of the month, once, and the books balance."""
    rows = Posting.objects.filter(rent_month=str(month)).order_by()
    landlord = rows.filter(party="landlord")
    assert landlord.count() == landlord.values("tenancy").distinct().count() == tenancies
    assert not rows.values("tenancy").annotate(n=Count("pk")).exclude(n=3).exists()
    balance = trial_balance()
    assert balance.difference == 0
    assert next(line for line in balance.lines if line.kind == "rent").balance == 0


# --- the month's run


def test_a_worker_killed_in_the_middle_of_a_run_loses_and_doubles_nothing(
    worker: Any, beat: Any, wait_until: Any
) -> None:
    centres = {province.code: 50 for province in PROVINCES}
    everybody = rent.populate(centres, THIS.first)
    beat()
    done = Posting.objects.filter(party="landlord")
    seen = 0
    for _ in range(2):
        victim = worker(**QUICK)
        wait_until(lambda so_far=seen: done.count() > so_far, PATIENCE, what="a centre to be charged")
        victim.kill9()
        seen = done.count()
        assert (
            not Posting.objects.order_by().values("tenancy").annotate(n=Count("pk")).exclude(n=3).exists()
        ), "what was begun is whole or not there"
        charged = sum(RentRun.objects.filter(month=str(THIS)).values_list("tenancies", flat=True))
        assert charged == done.filter(rent_month=str(THIS)).count()

    worker(**QUICK)
    work = DueWork.objects.filter(kind__in=[timing.MONTH, timing.RUN])
    planned = DueWork.objects.filter(kind=timing.RUN, period=str(THIS))
    wait_until(lambda: planned.count() == len(centres), PATIENCE, what="every centre is planned")
    wait_until(lambda: not work.exclude(state="done").exists(), PATIENCE, what="all work done")
    charged_once(everybody)


def test_two_beats_and_two_workers_charge_everybody_once(worker: Any, beat: Any, wait_until: Any) -> None:
    centres = {province.code: 10 for province in PROVINCES[:30]}
    everybody = rent.populate(centres, THIS.first)
    for _ in range(2):
        beat(TICK_SECONDS="0.3")
        worker()
    planned = DueWork.objects.filter(kind=timing.RUN, period=str(THIS), state="done")
    wait_until(lambda: planned.count() == len(centres), PATIENCE, what="all centres done")
    charged_once(everybody)
    assert DueWork.objects.filter(kind=timing.MONTH, period=str(THIS)).count() == 1


def test_runs_at_once_charge_everybody_once() -> None:
    everybody = rent.populate({make.OWN: 60, make.FOREIGN: 30}, THIS.first)
    results = at_once(lambda number: run_month(actor=rent.SYSTEM, month=THIS, batch=7), 4)
    assert sum(result.tenancies for result in results) == everybody
    charged_once(everybody)
    assert sum(RentRun.objects.values_list("tenancies", flat=True)) == everybody


def test_whoever_leaves_while_the_month_is_charged_pays_for_the_days_stayed() -> None:
    rent.populate({make.OWN: 40}, THIS.first)
    leaving = list(Tenancy.objects.order_by("pk")[:14])
    day = THIS.first + timedelta(days=4)

    def act(number: int) -> None:
        if number == 7:
            run_month(actor=rent.SYSTEM, month=THIS, batch=5)
            return
        for tenancy in leaving[number * 2 : number * 2 + 2]:
            end_tenancy(actor=rent.SYSTEM, tenancy_id=tenancy.pk, ends_on=day, reason="has_work")

    at_once(act)
    for tenancy in leaving:
        months = {month.month: month.landlord for month in rent_of(tenancy)}
        assert months == {str(THIS): rent_of_month(tenancy.rent, THIS, THIS.first, day)}
    assert trial_balance().difference == 0


# --- beds


def test_a_bed_let_to_several_at_once_is_let_to_one() -> None:
    lease, scheme = rent.lease(), rent.scheme()
    bed = lease.room.beds.get()
    clients, workers = [make.client() for _ in range(4)], [make.actor() for _ in range(4)]
    new = NewTenancy(lease.pk, bed.pk, scheme.pk, starts_on=clock.today(), rent="100")

    def sign(number: int) -> str:
        return outcome(lambda: sign_tenancy(actor=workers[number], client_id=clients[number].pk, new=new))

    assert Counter(at_once(sign, 4)) == {"done": 1, "bed_taken": 3}
    assert Tenancy.objects.count() == 1
    assert DueWork.objects.filter(kind=timing.RUN).count() == 1


def test_a_person_put_into_several_beds_at_once_has_one() -> None:
    leases, scheme, first = [rent.lease() for _ in range(4)], rent.scheme(), make.client()
    twins = [first, *(make.client(person=first.person) for _ in range(3))]
    worker = make.actor()

    def sign(number: int) -> str:
        lease = leases[number]
        new = NewTenancy(lease.pk, lease.room.beds.get().pk, scheme.pk, starts_on=clock.today())
        return outcome(lambda: sign_tenancy(actor=worker, client_id=twins[number].pk, new=new))

    assert Counter(at_once(sign, 4)) == {"done": 1, "person_has_bed": 3}
    assert Tenancy.objects.count() == 1


# --- receipts and reversals


def pay(tenancy: Tenancy, amount: str = "10") -> Receipt:
    return take_payment(actor=rent.SYSTEM, tenancy_id=tenancy.pk, amount=amount, received_on=clock.today())


def test_receipts_given_at_once_leave_no_gap_also_when_some_fail() -> None:
    tenancies = [rent.tenancy(THIS.first) for _ in range(8)]

    def take(number: int) -> bool:
        try:
            with transaction.atomic():
                pay(tenancies[number])
                if number % 3 == 0:
                    raise LookupError
        except LookupError:
            return False
        return True

    given = sum(at_once(take))
    numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert numbers == list(range(1, given + 1))
    assert pay(tenancies[0]).number == given + 1


def test_reversals_at_once_reverse_once() -> None:
    tenancy = rent.tenancy(THIS.first)
    rent.run(THIS)
    receipt = pay(tenancy)

    def void(number: int) -> str:
        return outcome(lambda: reverse_receipt(actor=rent.SYSTEM, receipt_id=receipt.pk, reason="x"))

    def take_back(number: int) -> str:
        return outcome(lambda: reverse_rent(actor=rent.SYSTEM, tenancy_id=tenancy.pk, month=THIS, reason="x"))

    assert Counter(at_once(void, 4)) == {"done": 1, "reversed_already": 3}
    said = Counter(at_once(take_back, 4))
    assert said["done"] == 1
    assert set(said) <= {"done", "not_charged", "reversed_already"}
    assert Posting.objects.filter(reverses__isnull=False).count() == 4
    assert rent_of(tenancy)[0].landlord == 0


def test_a_landlord_paid_by_several_at_once_gets_what_is_owed() -> None:
    tenancy = rent.tenancy(THIS.first)
    rent.run(THIS)

    def pay_all(number: int) -> str:
        landlord, today = tenancy.lease.landlord_id, clock.today()
        return outcome(
            lambda: pay_landlord(actor=rent.SYSTEM, landlord_id=landlord, amount="2500", paid_on=today)
        )

    assert Counter(at_once(pay_all, 4)) == {"done": 1, "payout_above_owed": 3}


def test_whoever_closes_a_month_and_whoever_posts_in_it_go_one_after_the_other() -> None:
    past = THIS.previous()
    tenancies = [rent.tenancy(past.first) for _ in range(7)]
    rent.run(past)
    day = past.first + timedelta(days=3)
    centre = make.centre().pk

    def act(number: int) -> str:
        if number == 7:
            return outcome(lambda: close_period(actor=rent.SYSTEM, centre_id=centre, month=past))
        tenancy = tenancies[number]
        return outcome(
            lambda: take_payment(actor=rent.SYSTEM, tenancy_id=tenancy.pk, amount="1", received_on=day)
        )

    said = Counter(at_once(act))
    assert set(said) <= {"done", "period_closed"}
    closed_at = Period.objects.get(month=str(past)).closed_at
    assert closed_at is not None
    assert Receipt.objects.count() == said["done"] - 1
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, said["done"]))
    assert outcome(lambda: pay_on(tenancies[0], day)) == "period_closed"


def pay_on(tenancy: Tenancy, day: Any) -> Receipt:
    return take_payment(actor=rent.SYSTEM, tenancy_id=tenancy.pk, amount="1", received_on=day)


def test_work_that_was_planned_twice_is_done_once() -> None:
    everybody = rent.populate({make.OWN: 20}, THIS.first)
    at_once(lambda number: due.plan(timing.RUN, [(make.OWN, str(THIS), clock.now())]))
    at_once(lambda number: due.work(timing.RUN), 4)
    charged_once(everybody)
