"""Landlords are paid through the bank by two people, once, into an account that two people wrote down."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from common.errors import DomainError, Forbidden
from common.thai import digits
from common.thai.periods import Month
from rentshare.actions.bank_accounts import confirm_account, propose_account
from rentshare.actions.payments import reverse_posting, reverse_rent
from rentshare.actions.payout_batches import (
    approve_payouts,
    collect_payouts,
    drop_payouts,
    reject_payout,
    settle_payouts,
)
from rentshare.actions.payouts import pay_landlord
from rentshare.actions.periods import close_period
from rentshare.models import BankAccount, Landlord, PayoutBatch, PayoutRow, Posting
from rentshare.paying import bank_file, payable
from rentshare.reading import trial_balance
from rentshare.rules.accounts import account_number
from tests.support import factories as make
from tests.support import rent
from tests.support.rent import SECOND, SYSTEM, bank_account, run

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
TODAY = date(2026, 11, 10)


@given(st.text(alphabet="0123456789", min_size=10, max_size=15))
def test_an_account_number_is_read_however_it_is_written(number: str) -> None:
    assert account_number(number) == number
    assert account_number(digits.to_thai(number)) == number
    assert account_number(f" {number[:3]}-{number[3]}-{number[4:]} ") == number


@pytest.mark.parametrize("text", ["", "123456789", "1" * 16, "12345abc90", "1234567890½", "٣٣٣٣٣٣٣٣٣٣"])
def test_what_is_no_account_number_is_none(text: str) -> None:
    assert account_number(text) == ""


@pytest.fixture
def owner() -> Landlord:
    """A landlord who is owed a month, with a confirmed account."""
    tenancy = rent.tenancy(date(2026, 11, 1))
    run(NOVEMBER)
    bank_account(tenancy.lease.landlord)
    return tenancy.lease.landlord


def owed(owner: Landlord) -> int:
    return sum(one.owed for one in payable([owner]))


def refusal(act: Any, **given_: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act(**given_)
    return refused.value.code


def collected(owner: Landlord) -> PayoutBatch:
    return collect_payouts(actor=SYSTEM, centre_id=owner.centre_id)


def approved(owner: Landlord) -> PayoutBatch:
    return approve_payouts(actor=SECOND, batch_id=collected(owner).pk)


# --- accounts ----------------------------------------------------------------------------------------------


def test_an_account_holds_once_another_person_confirmed_it(owner: Landlord) -> None:
    new = propose_account(actor=SYSTEM, landlord_id=owner.pk, bank="014", number="๙๙๙-๐๐๐-๐๐๐๙", holder="ก")
    assert payable([owner])[0].account != new
    assert refusal(confirm_account, actor=SYSTEM, account_id=new.pk) == "own_proposal"
    confirm_account(actor=SECOND, account_id=new.pk)
    assert payable([owner])[0].account == new
    assert BankAccount.objects.get(pk=new.pk).number == "9990000009"
    assert refusal(confirm_account, actor=SECOND, account_id=new.pk) == "account_settled"


def test_a_second_proposal_takes_the_place_of_the_first(owner: Landlord) -> None:
    first = bank_account(owner, confirmed=False)
    bank_account(owner, confirmed=False)
    assert refusal(confirm_account, actor=SECOND, account_id=first.pk) == "account_settled"


def test_no_account_changes_between_freezing_and_the_banks_answer(owner: Landlord) -> None:
    new = bank_account(owner, confirmed=False)
    batch = approved(owner)
    assert refusal(confirm_account, actor=SECOND, account_id=new.pk) == "payout_waiting"
    settle_payouts(actor=SYSTEM, batch_id=batch.pk, paid_on=TODAY)
    confirm_account(actor=SECOND, account_id=new.pk)


def test_two_people_are_a_constraint_and_the_number_is_not_kept_readable(owner: Landlord) -> None:
    account = bank_account(owner, confirmed=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=account.pk).update(
            confirmed_by=account.proposed_by, confirmed_at=account.proposed_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=account.pk).update(holder="คนอื่น")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"bank": "999"}, "bank_unknown"),
        ({"number": "12-3"}, "account_unreadable"),
        ({"holder": " \u200b"}, "name_missing"),
    ],
)
def test_what_cannot_be_written_down(owner: Landlord, fields: dict[str, str], code: str) -> None:
    said = {"bank": "006", "number": "1234567890", "holder": "นางใจดี"} | fields
    assert refusal(propose_account, actor=SYSTEM, landlord_id=owner.pk, **said) == code


# --- batches -----------------------------------------------------------------------------------------------


def test_what_is_collected_is_approved_by_another_and_posted_when_the_bank_paid(owner: Landlord) -> None:
    batch = collected(owner)
    assert [(row.landlord, row.amount) for row in batch.rows.all()] == [(owner, 250_000)]
    assert refusal(approve_payouts, actor=SYSTEM, batch_id=batch.pk) == "own_batch"
    approve_payouts(actor=SECOND, batch_id=batch.pk)
    assert owed(owner) == 250_000
    settle_payouts(actor=SYSTEM, batch_id=batch.pk, paid_on=TODAY)
    assert owed(owner) == 0
    batch.refresh_from_db()
    assert batch.state == "done"
    assert trial_balance().difference == 0
    assert Posting.objects.filter(kind="payout").get().note == batch.code


def test_nothing_leaves_twice(owner: Landlord) -> None:
    batch = approved(owner)
    assert refusal(collect_payouts, actor=SYSTEM, centre_id=owner.centre_id) == "nothing_to_pay"
    by_hand = {"actor": SYSTEM, "landlord_id": owner.pk, "amount": "1", "paid_on": TODAY}
    assert refusal(pay_landlord, **by_hand) == "payout_waiting"
    settle_payouts(actor=SYSTEM, batch_id=batch.pk, paid_on=TODAY)
    assert refusal(settle_payouts, actor=SYSTEM, batch_id=batch.pk, paid_on=TODAY) == "batch_state"
    assert refusal(pay_landlord, **by_hand) == "payout_above_owed"
    assert Posting.objects.filter(kind="payout").count() == 1


def test_a_landlord_waits_once_by_constraint(owner: Landlord) -> None:
    row = collected(owner).rows.get()
    other = PayoutBatch.objects.create(centre=owner.centre, made_by="user:x", made_at=row.batch.made_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutRow.objects.create(batch=other, number=1, landlord=owner, account=row.account, amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutBatch.objects.filter(pk=other.pk).update(
            state="approved", approved_by="user:x", approved_at=row.batch.made_at
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutRow.objects.filter(pk=row.pk).update(amount=1)


def test_what_the_bank_rejects_is_owed_and_collected_again(owner: Landlord) -> None:
    batch = approved(owner)
    reject_payout(actor=SYSTEM, batch_id=batch.pk, number=1, reason="เลขบัญชีไม่ตรง")
    batch.refresh_from_db()
    assert (batch.state, owed(owner)) == ("done", 250_000)
    assert collected(owner).rows.get().amount == 250_000


def test_a_batch_is_settled_in_part_and_its_last_row_ends_it(owner: Landlord) -> None:
    other = rent.tenancy(date(2026, 11, 1)).lease.landlord
    run(NOVEMBER)
    bank_account(other)
    batch = approved(owner)
    settle_payouts(actor=SYSTEM, batch_id=batch.pk, paid_on=TODAY, numbers=[1])
    batch.refresh_from_db()
    assert batch.state == "approved"
    again = {"actor": SYSTEM, "batch_id": batch.pk, "paid_on": TODAY, "numbers": [1, 2]}
    assert refusal(settle_payouts, **again) == "row_settled"
    assert PayoutRow.objects.filter(state="waiting").count() == 1
    reject_payout(actor=SYSTEM, batch_id=batch.pk, number=2, reason="บัญชีปิด")
    batch.refresh_from_db()
    assert batch.state == "done"


def test_a_dropped_batch_gives_everything_back(owner: Landlord) -> None:
    batch = collected(owner)
    assert refusal(drop_payouts, actor=SYSTEM, batch_id=batch.pk, reason=" ") == "reason_missing"
    drop_payouts(actor=SYSTEM, batch_id=batch.pk, reason="ยอดผิด")
    assert refusal(approve_payouts, actor=SECOND, batch_id=batch.pk) == "batch_state"
    assert collected(owner).pk != batch.pk


def test_rent_taken_back_after_freezing_leaves_the_frozen_amount(owner: Landlord) -> None:
    batch = approved(owner)
    tenancy = owner.leases.get().tenancies.get()
    reverse_rent(actor=SYSTEM, tenancy_id=tenancy.pk, month=NOVEMBER, reason="เข้าอยู่ไม่ได้")
    settle_payouts(actor=SYSTEM, batch_id=batch.pk, paid_on=TODAY)
    assert batch.rows.get().amount == 250_000
    assert trial_balance().difference == 0
    assert owed(owner) == 0


def test_a_payout_taken_back_is_owed_again_and_its_batch_says_so(client: Client, owner: Landlord) -> None:
    batch = approved(owner)
    (posting,) = settle_payouts(actor=SYSTEM, batch_id=batch.pk, paid_on=TODAY)
    reverse_posting(actor=SYSTEM, posting_id=posting.pk, reason="โอนคืนจากธนาคาร")
    assert owed(owner) == 250_000
    client.force_login(make.user(Role.FINANCE_OFFICER))
    assert "ยังค้างตามเดิม" in client.get(at("payout", batch.uid)).content.decode()
    assert collected(owner).rows.get().amount == 250_000


def test_without_an_account_or_a_debt_there_is_nothing_to_collect() -> None:
    tenancy = rent.tenancy(date(2026, 11, 1))
    given_ = {"actor": SYSTEM, "centre_id": tenancy.centre_id}
    assert refusal(collect_payouts, **given_) == "nothing_to_pay"
    run(NOVEMBER)
    assert refusal(collect_payouts, **given_) == "nothing_to_pay"


def test_the_bank_paid_neither_tomorrow_nor_in_a_closed_month(owner: Landlord) -> None:
    batch = approved(owner)
    tomorrow = {"actor": SYSTEM, "batch_id": batch.pk, "paid_on": date(2026, 11, 11)}
    assert refusal(settle_payouts, **tomorrow) == "future"
    rent.tenancy(date(2026, 10, 1))
    run(OCTOBER)
    close_period(actor=SYSTEM, centre_id=owner.centre_id, month=OCTOBER)
    closed = {"actor": SYSTEM, "batch_id": batch.pk, "paid_on": date(2026, 10, 31)}
    assert refusal(settle_payouts, **closed) == "period_closed"
    assert Posting.objects.filter(kind="payout").count() == 0


def test_the_file_says_whom_and_how_much_and_nothing_of_what_for(owner: Landlord) -> None:
    batch = approved(owner)
    text = bank_file(batch).decode("utf-8-sig")
    assert text.splitlines()[1].split(",") == [
        "006",
        "1234567890",
        owner.name,
        "2500.00",
        f"{batch.code}-001",
    ]
    for word in ("เช่า", "ไร้", "rent", "home"):
        assert word not in text.replace(owner.name, "")


def test_a_supervisor_approves_and_does_not_collect(owner: Landlord) -> None:
    lead = make.actor(Role.SUPERVISOR)
    with pytest.raises(Forbidden):
        collect_payouts(actor=lead, centre_id=owner.centre_id)
    approve_payouts(actor=lead, batch_id=collected(owner).pk)


# --- pages -------------------------------------------------------------------------------------------------


def at(name: str, *args: Any) -> str:
    return reverse(f"rentshare:{name}", args=args)


def test_two_officers_pay_a_landlord_through_the_pages(client: Client, owner: Landlord) -> None:
    first, second = make.user(Role.FINANCE_OFFICER), make.user(Role.SUPERVISOR)
    client.force_login(first)
    assert owner.name in client.get(at("payouts")).content.decode()
    page = client.get(at("payout_collect", owner.centre.code))
    assert "2,500.00" in page.content.decode()
    client.submit(page)
    batch = PayoutBatch.objects.get()
    shown = client.get(at("payout", batch.uid)).content.decode()
    assert at("payout_approve", batch.uid) not in shown
    assert "1234567890" not in shown
    assert "…7890" in shown
    own = client.submit(client.get(at("payout_approve", batch.uid)))
    assert own.status_code == 422
    assert client.get(at("payout_file", batch.uid)).status_code == 403
    client.force_login(second)
    assert client.submit(client.get(at("payout_approve", batch.uid))).status_code == 302
    client.force_login(first)
    file = client.get(at("payout_file", batch.uid))
    assert file["Content-Disposition"] == f'attachment; filename="{batch.code}.csv"'
    done = client.submit(client.get(at("payout_settle", batch.uid)), {"paid_on": "10/11/2569"})
    assert done.status_code == 302
    assert "อยู่ในบัญชีเมื่อ" in client.get(at("payout", batch.uid)).content.decode()


def test_pressed_twice_there_is_one_batch(client: Client, owner: Landlord) -> None:
    client.force_login(make.user(Role.FINANCE_OFFICER))
    page = client.get(at("payout_collect", owner.centre.code))
    first, again = client.submit(page), client.submit(page)
    assert first["Location"] == again["Location"]
    assert PayoutBatch.objects.count() == 1


def test_programs_take_the_same_steps(client: Client, owner: Landlord) -> None:
    client.force_login(make.user(Role.FINANCE_OFFICER))
    made = client.post(
        "/api/v1/payout-batches/", {"centre": owner.centre.code}, content_type="application/json"
    )
    assert made.status_code == 201, made.content
    url = f"/api/v1/payout-batches/{made.json()['uid']}/"
    own = client.post(f"{url}approve/", {}, content_type="application/json")
    assert (own.status_code, own.json()["code"]) == (409, "own_batch")
    client.force_login(make.user(Role.CENTRE_HEAD))
    assert client.post(f"{url}approve/", {}, content_type="application/json").json()["state"] == "approved"
    client.force_login(make.user(Role.FINANCE_OFFICER))
    sent = {"number": 1, "reason": "บัญชีปิด"}
    key = {"Idempotency-Key": "r1"}
    answers = [
        client.post(f"{url}reject/", sent, content_type="application/json", headers=key) for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    told = answers[1].json()
    assert told["rows"][0] | {"landlord": ""} == {
        "number": 1,
        "landlord": "",
        "account": "7890",
        "amount": "2500.00",
        "state": "rejected",
        "reason": "บัญชีปิด",
    }
