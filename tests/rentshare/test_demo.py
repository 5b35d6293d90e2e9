"""The demo's half-rent story: what is published is right, the books balance, and nothing lies in the future."""

import random
from datetime import date
from itertools import pairwise

import pytest
from django.utils import timezone

from accounts import demo_people
from casework.models import Client
from common import clock
from common.demo import SEED, Demo
from common.models import DueWork
from common.thai.periods import Month
from rentshare import books
from rentshare.demo import write
from rentshare.models import Account, Period, Posting, Receipt, SchemeVersion, Tenancy
from rentshare.reading import owed_by, rent_of, statement, trial_balance
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_the_half_rent_story() -> None:
    """One telling, looked at from all sides: it takes a while."""
    d = Demo(today=clock.today(), people=77, chance=random.Random(SEED), say=lambda words: None)
    demo_people.write(d)
    write(d)
    _as_published()
    _books_balance_and_are_closed()
    _some_owe_and_one_receipt_is_void()
    _receipts_follow_the_days()
    _made_up_and_past()


def _as_published() -> None:
    pilot = Tenancy.objects.filter(cohort__in=["รุ่น 1", "รุ่น 2"])
    assert pilot.count() == 18
    assert pilot.values("lease__room").distinct().count() == 11
    assert pilot.on(date(2022, 12, 1)).count() == 18
    shares = SchemeVersion.objects.order_by("starts_on").values_list("participant_share", "programme_share")
    assert list(shares) == [(6000, 6000), (5000, 5000)]
    early = rent_of(pilot.first())[-1]
    assert early.fund == early.landlord // 5
    assert not Posting.objects.filter(party="fund", tenancy__starts_on__gte=date(2023, 10, 1)).exists()
    assert 45 <= Tenancy.objects.count() <= 90
    assert set(Tenancy.objects.values_list("centre__code", flat=True)) == {"10", "30"}
    assert Tenancy.objects.on(clock.today()).filter(centre__code="30").count() >= 5


def _books_balance_and_are_closed() -> None:
    balance = trial_balance()
    assert balance.difference == 0
    assert statement(Account.objects.get(kind="fund")).closing < 0
    for cash in Account.objects.filter(kind="cash"):
        assert statement(cash).closing >= -200_000, "a receipt was taken back after the landlords were paid"
    for owed_to in Account.objects.filter(kind="landlord"):
        assert -20_000_00 < statement(owed_to).closing <= 0, "landlords are paid month by month"
    for rent in Account.objects.filter(kind="rent"):
        assert statement(rent).closing == 0
    this = Month.of(clock.today())
    for code in ("10", "30"):
        assert books.closed_until(make.centre(code).pk) == str(this.plus(-2))
    assert not Period.objects.filter(month__gte=str(this.previous()), closed_at__isnull=False).exists()


def _some_owe_and_one_receipt_is_void() -> None:
    owed = owed_by(list(Tenancy.objects.all())).values()
    assert sum(one.arrears > 0 for one in owed) >= 5
    assert sum(one.credit > 0 for one in owed) >= 1
    assert Receipt.objects.filter(posting__reversals__isnull=False).count() == 1


def _receipts_follow_the_days() -> None:
    for _centre, _year, receipts in _books(Receipt.objects.order_by("centre", "fiscal_year", "number")):
        assert [one.number for one in receipts] == list(range(1, len(receipts) + 1))
        assert all(a.received_on <= b.received_on for a, b in pairwise(receipts))


def _books(receipts: object) -> list[tuple[int, int, list[Receipt]]]:
    found: dict[tuple[int, int], list[Receipt]] = {}
    for one in receipts:
        found.setdefault((one.centre_id, one.fiscal_year), []).append(one)
    return [(centre, year, rows) for (centre, year), rows in found.items()]


def _made_up_and_past() -> None:
    assert not Client.objects.filter(is_synthetic=False).exists()
    assert not Posting.objects.filter(posted_on__gt=clock.today()).exists()
    assert not Posting.objects.filter(recorded_at__gt=timezone.now()).exists()
    assert not DueWork.objects.filter(kind__startswith="rentshare").exists()
