"""Payments, receipts, reversals, closing: the ledger balances, whatever comes, and nothing in it is edited."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import WriteEntry
from common import clock
from common.errors import DomainError, Forbidden, NotVisible
from common.thai.periods import Month
from rentshare.actions import payments
from rentshare.actions.payments import reverse_posting, reverse_receipt, reverse_rent, take_payment
from rentshare.actions.payouts import pay_landlord, receive_share
from rentshare.actions.periods import close_period
from rentshare.models import Account, Landlord, Period, Posting, Receipt, Tenancy
from rentshare.reading import (
    landlords_payable,
    owed_by,
    receipt_view,
    rent_of,
    statement,
    tenancy_summary,
    trial_balance,
)
from rentshare.rules import LEAST_RENT
from tests.support import factories as make
from tests.support import rent
from tests.support.rent import run

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
TODAY = date(2026, 11, 10)


def refused(act: Any) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code


def pay(tenancy: Tenancy, amount: str | Decimal = "1250", on: date = TODAY, **how: Any) -> Receipt:
    return take_payment(
        actor=how.pop("actor", rent.SYSTEM), tenancy_id=tenancy.pk, amount=amount, received_on=on, **how
    )


def void(receipt: Receipt, reason: str = "จำนวนผิด", actor: Any = rent.SYSTEM) -> Posting:
    return reverse_receipt(actor=actor, receipt_id=receipt.pk, reason=reason)


def close(month: Month, actor: Any = rent.SYSTEM, at: str = make.OWN) -> Period:
    return close_period(actor=actor, centre_id=make.centre(at).pk, month=month)


@pytest.fixture
def charged() -> Tenancy:
    """Somebody who owes half of October and November, 1,250 baht each."""
    tenancy = rent.tenancy(date(2026, 10, 1))
    run(OCTOBER)
    run(NOVEMBER)
    return tenancy


# --- payments and receipts


def test_a_payment_lowers_what_is_owed_and_gives_a_receipt(charged: Tenancy) -> None:
    receipt = pay(charged, "1,250.50", method="transfer", actor=make.actor("finance_officer"))
    assert (receipt.code, receipt.amount, receipt.method) == ("R30-2570-00001", 125_050, "transfer")
    owed = owed_by([charged])[charged.pk]
    assert (owed.charged, owed.paid, owed.arrears, owed.credit) == (250_000, 125_050, 124_950, 0)
    view = receipt_view(receipt, make.actor("finance_officer"))
    assert view.amount_words == "หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์"
    assert (view.payer, view.void_on) == (charged.client.display_name, None)


def test_more_than_is_owed_is_a_credit_that_the_next_rent_uses_up(charged: Tenancy) -> None:
    pay(charged, "3000")
    assert owed_by([charged])[charged.pk].credit == 50_000
    assert tenancy_summary(charged, rent.SYSTEM, TODAY).owed.credit == 50_000
    assert statement(charged.account).closing == -50_000


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "amount_zero"), ("-1", "negative"), ("1.005", "three_decimals"), ("NaN", "not_a_number"),
        ("1e400", "not_a_number"), ("", "not_a_number"), ("99999999999999999999", "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_amount(charged: Tenancy, amount: str, code: str) -> None:
    assert refused(lambda: pay(charged, amount)) == code
    assert not Receipt.objects.exists()


def test_thai_digits_are_an_amount(charged: Tenancy) -> None:
    assert pay(charged, "๑,๒๕๐.๗๕ บาท").amount == 125_075


def test_days_on_which_nothing_can_have_been_paid(charged: Tenancy) -> None:
    assert refused(lambda: pay(charged, on=date(2026, 11, 11))) == "future"
    assert refused(lambda: pay(charged, on=date(1483, 11, 10))) == "too_long_ago"
    assert refused(lambda: pay(charged, method="gold")) == "method_unknown"


def test_receipt_numbers_follow_each_other_by_centre_and_fiscal_year(charged: Tenancy) -> None:
    other = rent.tenancy(lease=rent.lease(rent.room(make.FOREIGN)))
    assert [pay(charged).number, pay(charged).number] == [1, 2]
    assert pay(other).code == "R50-2570-00001"
    assert pay(charged, on=date(2026, 9, 30)).code == "R30-2569-00001"
    assert pay(charged, on=date(2026, 10, 1)).code == "R30-2570-00003"


def test_a_payment_that_fails_gives_its_number_back(
    charged: Tenancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(charged)
    with monkeypatch.context() as broken:
        broken.setattr(payments.trail, "record", lambda *a, **k: {}["broken"])
        with pytest.raises(LookupError):
            pay(charged)
    assert Receipt.objects.count() == Posting.objects.filter(kind="payment").count() == 1
    assert pay(charged).number == 2


def test_who_takes_payments(charged: Tenancy) -> None:
    for role in ("social_worker", "supervisor", "centre_head", "auditor", "department_analyst"):
        with pytest.raises(Forbidden):
            pay(charged, actor=make.actor(role))
    for role in ("nurse", "carer", "partner", "volunteer", "administrator"):
        with pytest.raises(NotVisible):
            pay(charged, actor=make.actor(role))
    with pytest.raises(NotVisible):
        pay(charged, actor=make.actor("finance_officer", make.FOREIGN))
    assert not Receipt.objects.exists()


def test_an_analyst_counts_and_reads_no_names(charged: Tenancy) -> None:
    summary = tenancy_summary(charged, make.actor("department_analyst"), TODAY)
    assert (summary.name, summary.named) == (charged.client.code, False)
    assert tenancy_summary(charged, make.actor(), TODAY).name == charged.client.display_name
    hidden = rent.tenancy(client=make.client(restricted=True))
    assert not tenancy_summary(hidden, make.actor("finance_officer"), TODAY).named


# --- reversals


def test_a_receipt_taken_back_is_void_and_keeps_its_number(charged: Tenancy) -> None:
    receipt = pay(charged)
    void(receipt)
    view = receipt_view(Receipt.objects.get(), rent.SYSTEM)
    assert (view.code, view.void_on, view.void_reason) == ("R30-2570-00001", TODAY, "จำนวนผิด")
    assert owed_by([charged])[charged.pk].paid == 0
    assert pay(charged).number == 2
    entry = WriteEntry.objects.get(verb="receipt.voided")
    assert entry.reason == "จำนวนผิด"


def test_nothing_is_taken_back_twice(charged: Tenancy) -> None:
    receipt = pay(charged)
    back = void(receipt)
    assert refused(lambda: void(receipt)) == "reversed_already"
    assert (
        refused(lambda: reverse_posting(actor=rent.SYSTEM, posting_id=back.pk, reason="x")) == "is_reversal"
    )
    again = receipt.posting_id
    assert (
        refused(lambda: reverse_posting(actor=rent.SYSTEM, posting_id=again, reason="x"))
        == "reversed_already"
    )
    assert refused(lambda: void(pay(charged), reason=" ")) == "reason_missing"


def test_a_months_rent_goes_back_whole_and_is_not_charged_again(charged: Tenancy) -> None:
    rows = reverse_rent(actor=rent.SYSTEM, tenancy_id=charged.pk, month=NOVEMBER, reason="ห้องใช้ไม่ได้")
    assert len(rows) == 3
    november = rent_of(charged)[0]
    assert (november.month, november.landlord, sum(november.charged.values())) == ("2026-11", 0, 0)
    assert run(NOVEMBER).tenancies == 0
    assert statement(Account.objects.get(kind="rent")).closing == 0
    assert (
        refused(lambda: reverse_rent(actor=rent.SYSTEM, tenancy_id=charged.pk, month=NOVEMBER, reason="x"))
        == "not_charged"
    )


def test_one_row_of_a_months_rent_takes_the_others_along(charged: Tenancy) -> None:
    row = Posting.objects.get(tenancy=charged, rent_month="2026-10", party="programme")
    assert len(reverse_posting(actor=rent.SYSTEM, posting_id=row.pk, reason="x")) == 3
    assert rent_of(charged)[1].landlord == 0


def test_who_reverses(charged: Tenancy) -> None:
    receipt = pay(charged)
    for role in ("social_worker", "supervisor", "centre_head", "auditor"):
        with pytest.raises(Forbidden):
            void(receipt, actor=make.actor(role))
    for role in ("nurse", "partner", "volunteer"):
        with pytest.raises(NotVisible):
            void(receipt, actor=make.actor(role))
    void(receipt, actor=make.actor("finance_officer"))


# --- closing


def test_a_closed_month_takes_nothing_and_corrections_go_into_the_present_one(charged: Tenancy) -> None:
    receipt = pay(charged, on=date(2026, 10, 31))
    close(OCTOBER, make.actor("finance_officer"))
    assert refused(lambda: pay(charged, on=date(2026, 10, 31))) == "period_closed"
    assert refused(lambda: pay(charged, on=date(2026, 9, 30))) == "period_closed", (
        "months before it are closed too"
    )
    back = void(receipt)
    assert (back.posted_on, back.period.month) == (TODAY, "2026-11")
    assert pay(charged, on=date(2026, 11, 1)).number == 2


def test_the_database_itself_refuses_what_a_closed_month_must_not_take(charged: Tenancy) -> None:
    close(OCTOBER)
    october = Period.objects.get(month="2026-10")
    sound = {
        "debit": Account.objects.get(kind="cash") if Account.objects.filter(kind="cash").exists()
        else Account.objects.create(centre=charged.centre, kind="cash"),
        "credit": charged.account, "amount": 100, "kind": "payment", "tenancy": charged, "actor_key": "x",
        "recorded_at": clock.now(),
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.create(period=october, posted_on=date(2026, 10, 31), **sound)
    earlier = Period.objects.create(centre=charged.centre, month="2026-08")
    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.create(period=earlier, posted_on=date(2026, 8, 31), **sound)
    november = Period.objects.get(month="2026-11")
    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.create(period=november, posted_on=date(2026, 10, 31), **sound)
    Posting.objects.create(period=november, posted_on=TODAY, **sound)
    for change in ({"closed_at": None, "closed_by": ""}, {"month": "2026-07"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Period.objects.filter(pk=october.pk).update(**change)


def test_the_database_itself_refuses_half_a_reversal_and_any_edit(charged: Tenancy) -> None:
    row = Posting.objects.filter(kind="charge").latest("pk")
    values = {
        "kind": row.kind, "tenancy": charged, "rent_month": row.rent_month, "party": row.party, "period": row.period,
        "posted_on": TODAY, "actor_key": "x", "recorded_at": clock.now(), "reverses": row,
    }  # fmt: skip
    for wrong in (
        {"debit": row.credit, "credit": row.debit, "amount": row.amount - 1},
        {"debit": row.debit, "credit": row.credit, "amount": row.amount},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Posting.objects.create(**values, **wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.filter(pk=row.pk).update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.filter(pk=pay(charged).pk).delete()


def test_months_are_closed_in_order_when_they_are_over_and_charged(charged: Tenancy) -> None:
    assert refused(lambda: close(NOVEMBER)) == "period_running"
    assert refused(lambda: close(Month(2026, 9))) == "period_empty"
    pay(charged, on=date(2026, 9, 15))
    assert refused(lambda: close(OCTOBER)) == "period_earlier_open"
    close(Month(2026, 9))
    rent.tenancy(date(2026, 10, 10))
    assert refused(lambda: close(OCTOBER)) == "period_uncharged"
    run(OCTOBER)
    close(OCTOBER)
    assert refused(lambda: close(OCTOBER)) == "period_closed_already"


def test_who_closes(charged: Tenancy) -> None:
    for role in ("supervisor", "centre_head", "auditor"):
        with pytest.raises(Forbidden):
            close(OCTOBER, make.actor(role))
    for role in ("social_worker", "nurse", "partner"):
        with pytest.raises(NotVisible):
            close(OCTOBER, make.actor(role))


# --- reading


def test_a_statement_is_the_ledger(charged: Tenancy) -> None:
    receipt = pay(charged, "1000", on=date(2026, 10, 20))
    void(receipt)
    pay(charged, "500")
    whole = statement(charged.account)
    assert [(line.posted_on.day, line.debit, line.credit, line.balance) for line in whole.lines] == [
        (1, 125_000, 0, 125_000),
        (20, 0, 100_000, 25_000),
        (1, 125_000, 0, 150_000),
        (10, 100_000, 0, 250_000),
        (10, 0, 50_000, 200_000),
    ]
    assert (whole.lines[1].receipt, whole.lines[1].reversed_by) == (receipt.code, whole.lines[3].number)
    assert whole.lines[3].reverses == whole.lines[1].number
    november = statement(charged.account, date(2026, 11, 1), date(2026, 11, 30))
    assert (november.opening, november.closing, len(november.lines)) == (25_000, 200_000, 3)
    october = statement(charged.account, until=date(2026, 10, 31))
    assert (october.opening, october.closing) == (0, 25_000)


def test_a_statement_takes_few_queries_however_long(
    charged: Tenancy, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        pay(charged)
    with django_assert_max_num_queries(4):
        statement(charged.account, date(2026, 10, 2))


def test_the_trial_balance_adds_tenants_up_and_keeps_centres_apart(charged: Tenancy) -> None:
    rent.tenancy(date(2026, 11, 1), scheme=rent.scheme(rent.PILOT))
    rent.tenancy(date(2026, 11, 1), lease=rent.lease(rent.room(make.FOREIGN)))
    run(NOVEMBER)
    pay(charged)
    own = trial_balance([make.centre().pk])
    lines = {line.kind: line for line in own.lines}
    assert lines["tenant"].accounts == 2
    assert lines["tenant"].balance == 250_000 - 125_000 + 150_000
    assert lines["landlord"].credit_balance == 750_000
    assert (lines["rent"].balance, lines["fund"].subject) == (0, "กองทุนออมทรัพย์")
    assert own.difference == 0
    assert trial_balance().debits > own.debits
    assert trial_balance([make.centre().pk], date(2026, 9, 30)).lines == ()


def test_landlords_are_owed_what_stands(charged: Tenancy) -> None:
    reverse_rent(actor=rent.SYSTEM, tenancy_id=charged.pk, month=OCTOBER, reason="x")
    owner = charged.lease.landlord
    line = landlords_payable(type(owner).objects.filter(pk=owner.pk))[0]
    assert (line.leases, line.earned, line.paid, line.owed) == (1, 250_000, 0, 250_000)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("social_worker", False), ("supervisor", True), ("centre_head", True), ("finance_officer", True),
        ("auditor", True), ("department_analyst", True), ("nurse", False), ("partner", False),
        ("volunteer", False), ("administrator", False),
    ],
)  # fmt: skip
def test_who_reads_the_books(charged: Tenancy, role: str, sees: bool) -> None:
    pay(charged)
    actor = make.actor(role)
    assert Period.objects.visible_to(actor).exists() == sees
    of_a_tenant = sees or role == "social_worker"
    for model in (Posting, Receipt, Account):
        assert model.objects.visible_to(actor).exists() == of_a_tenant, model
    cash = Account.objects.filter(kind="cash")
    assert Account.objects.visible_to(actor).filter(pk__in=cash).exists() == sees


# --- landlords and funders


def pay_out(tenancy: Tenancy, amount: str, on: date = TODAY, actor: Any = rent.SYSTEM) -> Posting:
    return pay_landlord(actor=actor, landlord_id=tenancy.lease.landlord_id, amount=amount, paid_on=on)


def test_a_landlord_is_paid_what_is_owed_and_no_more(charged: Tenancy) -> None:
    assert refused(lambda: pay_out(charged, "5000.01")) == "payout_above_owed"
    pay_out(charged, "2000", actor=make.actor("finance_officer"))
    pay_out(charged, "3000")
    line = landlords_payable(Landlord.objects.filter(pk=charged.lease.landlord_id))[0]
    assert (line.earned, line.paid, line.owed) == (500_000, 500_000, 0)
    assert refused(lambda: pay_out(charged, "0.01")) == "payout_above_owed"
    assert statement(Account.objects.get(kind="cash")).closing == -500_000
    assert trial_balance().difference == 0


def test_a_payment_to_a_landlord_that_came_back_is_owed_again(charged: Tenancy) -> None:
    posting = pay_out(charged, "5000")
    reverse_posting(actor=rent.SYSTEM, posting_id=posting.pk, reason="บัญชีปลายทางปิดแล้ว")
    line = landlords_payable(Landlord.objects.filter(pk=charged.lease.landlord_id))[0]
    assert (line.paid, line.owed) == (0, 500_000)
    pay_out(charged, "5000")


def test_the_programme_pays_its_share_in(charged: Tenancy) -> None:
    share = Account.objects.get(kind="programme")
    receive_share(actor=make.actor("finance_officer"), account_id=share.pk, amount="2500", received_on=TODAY)
    assert statement(share).closing == 0
    tenant = {"actor": rent.SYSTEM, "account_id": charged.account_id, "amount": "1", "received_on": TODAY}
    assert refused(lambda: receive_share(**tenant)) == "not_a_funder"


def test_who_pays_out_and_takes_shares_in(charged: Tenancy) -> None:
    share = Account.objects.get(kind="programme")
    for role in ("supervisor", "centre_head", "auditor"):
        with pytest.raises(Forbidden):
            receive_share(actor=make.actor(role), account_id=share.pk, amount="1", received_on=TODAY)
    for role in ("social_worker", "supervisor", "auditor"):
        with pytest.raises(Forbidden):
            pay_out(charged, "1", actor=make.actor(role))
    for role in ("nurse", "partner", "volunteer"):
        with pytest.raises(NotVisible):
            pay_out(charged, "1", actor=make.actor(role))
        with pytest.raises(NotVisible):
            receive_share(actor=make.actor(role), account_id=share.pk, amount="1", received_on=TODAY)
    close(OCTOBER)
    assert refused(lambda: pay_out(charged, "1", on=date(2026, 10, 31))) == "period_closed"
    assert refused(lambda: pay_out(charged, "1", on=date(2026, 11, 11))) == "future"


# --- whatever comes

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), st.integers(0, 2)),
        st.tuples(st.just("pay"), st.integers(1, 500_000)),
        st.tuples(st.just("void"), st.integers(0, 5)),
        st.tuples(st.just("reverse"), st.integers(0, 2)),
    ),
    max_size=10,
)


@given(STEPS, st.integers(LEAST_RENT, 1_000_000), st.booleans())
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_posted_both_sides_are_the_same(
    steps: list[tuple[str, int]], monthly_rent: int, pilot: bool
) -> None:
    with transaction.atomic():
        scheme = rent.scheme(rent.PILOT if pilot else rent.HALF)
        tenancy = rent.tenancy(date(2026, 9, 17), lease=rent.lease(monthly_rent=monthly_rent), scheme=scheme)
        for what, number in steps:
            try:
                _act(tenancy, what, number)
            except DomainError as error:
                if error.code not in {"reversed_already", "not_charged"}:
                    raise
        _check(tenancy)
        transaction.set_rollback(True)


def _act(tenancy: Tenancy, what: str, number: int) -> None:
    if what == "run":
        run(NOVEMBER.plus(-number))
    elif what == "pay":
        pay(tenancy, Decimal(number).scaleb(-2))
    elif what == "void":
        receipts = list(Receipt.objects.filter(tenancy=tenancy).order_by("pk"))
        if receipts:
            void(receipts[number % len(receipts)])
    else:
        reverse_rent(actor=rent.SYSTEM, tenancy_id=tenancy.pk, month=NOVEMBER.plus(-number), reason="x")


def _check(tenancy: Tenancy) -> None:
    assert trial_balance().difference == 0
    owed = owed_by([tenancy])[tenancy.pk]
    assert statement(tenancy.account).closing == owed.balance
    for month in rent_of(tenancy):
        assert sum(month.charged.values()) == month.landlord + month.fund
    rent_account = Account.objects.filter(kind="rent").first()
    assert rent_account is None or statement(rent_account).closing == 0
    numbers = list(Receipt.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
