"""A missed share is noticed once, somebody talks about it, and what is owed can be paid off in parts."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from casework.actions.closing import Closing, close_episode
from casework.actions.follow_ups import Outcome, record_follow_up
from casework.models import FollowUp
from common import due, slots
from common.errors import DomainError, Forbidden
from common.models import DueWork
from common.schedule import plan_due
from common.thai.periods import Month
from rentshare import timing
from rentshare.actions.missing import agree_plan, end_plan
from rentshare.actions.payments import reverse_receipt, reverse_rent, take_payment
from rentshare.actions.tenancies import end_tenancy
from rentshare.missing import agreed_for, missed_by
from rentshare.models import MissedShare, PaymentPlan, Tenancy
from rentshare.noticing import notice_all
from rentshare.rules.missing import Obligation, instalments, missed, plan_problem
from tests.support import factories as make
from tests.support import rent
from tests.support.rent import SYSTEM, run

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
TODAY = date(2026, 11, 10)
money = st.integers(min_value=1, max_value=10_000_000)
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))


def keys(obligations: list[tuple[str, date, int]], balance: int, today: date, grace: int = 7) -> list[Any]:
    owing = [Obligation(due_on, amount, month) for month, due_on, amount in obligations]
    return [(one.of.month, one.short) for one in missed(owing, balance, today=today, grace=grace)]


def test_a_share_counts_as_missed_the_day_after_its_grace_and_not_before() -> None:
    share = [("2026-11", date(2026, 11, 1), 125_000)]
    assert keys(share, 125_000, date(2026, 11, 8)) == []
    assert keys(share, 125_000, date(2026, 11, 9)) == [("2026-11", 125_000)]
    assert keys(share, 0, date(2026, 11, 9)) == []
    assert keys(share, -50_000, date(2026, 11, 9)) == []


def test_what_was_paid_covers_the_oldest_share_and_one_satang_too_few_is_missed() -> None:
    shares = [("2026-10", date(2026, 10, 1), 100), ("2026-09", date(2026, 9, 1), 100)]
    assert keys(shares, 100, TODAY) == [("2026-10", 100)]
    assert keys(shares, 101, TODAY) == [("2026-09", 1), ("2026-10", 100)]
    assert keys(shares, 1, TODAY) == [("2026-10", 1)]


@given(st.lists(st.tuples(days, money), max_size=12), st.integers(0, 100_000_000), days, st.integers(0, 90))
def test_never_more_is_missed_than_is_owed(
    given_: list[tuple[date, int]], balance: int, today: date, grace: int
) -> None:
    obligations = [Obligation(*one, instalment=number) for number, one in enumerate(given_, 1)]
    found = missed(obligations, balance, today=today, grace=grace)
    assert sum(one.short for one in found) <= balance
    assert all(one.short > 0 and one.of.due_on < today for one in found)


@given(money, money, days)
def test_instalments_sum_to_what_is_owed_and_come_month_by_month(total: int, each: int, first: date) -> None:
    each = max(each, total // 100 + 1)
    parts = instalments(total, each, first)
    assert sum(amount for _, amount in parts) == total
    assert all(0 < amount <= each for _, amount in parts)
    months = [Month.of(day) for day, _ in parts]
    assert months == [Month.of(first).plus(place) for place in range(len(parts))]
    assert parts[0][0] == first


def test_a_plan_from_the_thirty_first_falls_on_the_last_day_of_shorter_months() -> None:
    parts = instalments(300, 100, date(2027, 12, 31))
    assert [day for day, _ in parts] == [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29)]


@pytest.mark.parametrize(
    ("total", "each", "first", "problem"),
    [
        (2400, 100, TODAY, ""),
        (2401, 100, TODAY, "plan_long"),
        (0, 100, TODAY, "nothing_owed"),
        (-5, 100, TODAY, "nothing_owed"),
        (100, 100, TODAY - timedelta(days=1), "plan_past"),
        (100, 100, TODAY + timedelta(days=62), ""),
        (100, 100, TODAY + timedelta(days=63), "plan_late"),
    ],
)
def test_what_can_be_agreed(total: int, each: int, first: date, problem: str) -> None:
    assert plan_problem(total, each, first, today=TODAY) == problem


# --- noticing ----------------------------------------------------------------------------------------------


@pytest.fixture
def behind() -> Tenancy:
    """Somebody in a room since September who owes half of October, with an open case."""
    made = rent.tenancy(date(2026, 10, 1), client=make.client("30"))
    make.episode(made.client)
    run(OCTOBER)
    return made


pytestmark = pytest.mark.django_db


def test_a_missed_share_opens_one_talk_with_the_worker_in_charge(behind: Tenancy) -> None:
    assert notice_all(actor=SYSTEM) == 1
    row = MissedShare.objects.get()
    assert (row.rent_month, row.short, row.noticed_on) == ("2026-10", 125_000, TODAY)
    talk = FollowUp.objects.get(client=behind.client)
    assert row.follow_up == talk
    assert talk.due_on == date(2026, 11, 11)
    assert talk.worker_id == talk.episode.worker_id
    assert "1,250.00" in talk.purpose
    assert "ค่าเช่า" in talk.purpose


def test_noticing_again_writes_nothing(behind: Tenancy) -> None:
    notice_all(actor=SYSTEM)
    assert notice_all(actor=SYSTEM) == 0
    assert (MissedShare.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_the_next_missed_month_joins_the_talk_that_is_still_to_come(
    behind: Tenancy, time_machine: Any
) -> None:
    notice_all(actor=SYSTEM)
    run(NOVEMBER)
    notice_all(actor=SYSTEM)
    assert MissedShare.objects.count() == 2
    assert FollowUp.objects.count() == 1


def test_after_the_talk_a_new_missed_month_asks_for_another(behind: Tenancy) -> None:
    notice_all(actor=SYSTEM)
    talk = FollowUp.objects.get()
    record_follow_up(actor=SYSTEM, follow_up_id=talk.pk, outcome=Outcome("met", TODAY))
    run(NOVEMBER)
    notice_all(actor=SYSTEM)
    assert FollowUp.objects.filter(state="planned").count() == 1
    assert MissedShare.objects.filter(rent_month="2026-11").get().follow_up != talk


def test_who_paid_in_time_or_left_is_not_bothered(behind: Tenancy) -> None:
    take_payment(actor=SYSTEM, tenancy_id=behind.pk, amount="1250", received_on=TODAY)
    gone = rent.tenancy(date(2026, 10, 1), ends_on=date(2026, 11, 5), end_reason="left")
    run(OCTOBER)
    assert gone.pk
    assert notice_all(actor=SYSTEM) == 0


def test_without_an_open_case_the_share_is_noticed_and_the_talk_comes_with_the_case() -> None:
    made = rent.tenancy(date(2026, 10, 1), client=make.client("30"))
    run(OCTOBER)
    assert notice_all(actor=SYSTEM) == 1
    assert MissedShare.objects.get().follow_up is None
    make.episode(made.client)
    assert notice_all(actor=SYSTEM) == 0
    assert MissedShare.objects.get().follow_up == FollowUp.objects.get()


def test_the_scheme_says_how_long_grace_is() -> None:
    made = rent.tenancy(date(2026, 11, 1), scheme=rent.scheme(grace_days=9))
    run(NOVEMBER)
    assert missed_by([made], TODAY)[made.pk] == []
    assert missed_by([made], date(2026, 11, 11))[made.pk] != []


def test_rent_taken_back_and_payments_taken_back_count_at_once(behind: Tenancy) -> None:
    receipt = take_payment(actor=SYSTEM, tenancy_id=behind.pk, amount="1250", received_on=TODAY)
    assert missed_by([behind], TODAY)[behind.pk] == []
    reverse_receipt(actor=SYSTEM, receipt_id=receipt.pk, reason="ผิดคน")
    assert [one.short for one in missed_by([behind], TODAY)[behind.pk]] == [125_000]
    reverse_rent(actor=SYSTEM, tenancy_id=behind.pk, month=OCTOBER, reason="เข้าอยู่ไม่ได้")
    assert missed_by([behind], TODAY)[behind.pk] == []


def test_every_morning_the_job_notices_and_a_second_beat_changes_nothing(
    behind: Tenancy, time_machine: Any
) -> None:
    for _ in range(2):
        plan_due()
        due.work(timing.MISSED)
    assert DueWork.objects.filter(kind=timing.MISSED).count() == 1
    assert MissedShare.objects.count() == 1


def test_a_share_is_missed_once_by_constraint_and_its_row_stays_as_it_is(behind: Tenancy) -> None:
    notice_all(actor=SYSTEM)
    row = MissedShare.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        MissedShare.objects.create(
            tenancy=behind, rent_month="2026-10", due_on=row.due_on, short=1, noticed_on=TODAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        MissedShare.objects.filter(pk=row.pk).update(short=1)


# --- plans -------------------------------------------------------------------------------------------------


def agree(
    tenancy: Tenancy, each: str = "500", first: date = date(2026, 11, 15), **fields: Any
) -> PaymentPlan:
    return agree_plan(actor=SYSTEM, tenancy_id=tenancy.pk, each=each, first_on=first, **fields)


def test_under_a_plan_its_parts_are_due_instead_of_the_old_months(behind: Tenancy) -> None:
    plan = agree(behind, note="ขอจ่ายเดือนละห้าร้อย")
    assert [(one.due_on, one.amount) for one in plan.instalments.all()] == [
        (date(2026, 11, 15), 50_000),
        (date(2026, 12, 15), 50_000),
        (date(2027, 1, 15), 25_000),
    ]
    assert missed_by([behind], TODAY)[behind.pk] == []
    assert notice_all(actor=SYSTEM) == 0


def test_a_missed_part_is_noticed_beside_months_charged_since(behind: Tenancy, time_machine: Any) -> None:
    agree(behind)
    time_machine.move_to("2026-12-20T03:00:00Z", tick=False)
    run(NOVEMBER)
    run(DECEMBER)
    take_payment(actor=SYSTEM, tenancy_id=behind.pk, amount="1250", received_on=date(2026, 12, 20))
    found = [(one.of.month, one.short) for one in missed_by([behind], date(2026, 12, 20))[behind.pk]]
    assert found == [("", 50_000), ("2026-12", 125_000)]
    assert notice_all(actor=SYSTEM) == 2
    assert MissedShare.objects.filter(instalment__isnull=False).get().short == 50_000


def test_a_kept_plan_stays_quiet_and_a_short_part_shows(behind: Tenancy, time_machine: Any) -> None:
    agree(behind)
    time_machine.move_to("2026-11-25T03:00:00Z", tick=False)
    take_payment(actor=SYSTEM, tenancy_id=behind.pk, amount="499.99", received_on=date(2026, 11, 25))
    agreed = agreed_for(behind, date(2026, 11, 25))
    assert agreed is not None
    assert agreed.behind == 1
    take_payment(actor=SYSTEM, tenancy_id=behind.pk, amount="0.01", received_on=date(2026, 11, 25))
    again = agreed_for(behind, date(2026, 11, 25))
    assert again is not None
    assert again.behind == 0


def test_a_new_plan_ends_the_one_before_and_ending_brings_the_months_back(behind: Tenancy) -> None:
    first = agree(behind)
    agree(behind, "625")
    first.refresh_from_db()
    assert (first.ended_on, first.end_reason) == (TODAY, "replaced")
    end_plan(actor=SYSTEM, tenancy_id=behind.pk, reason="ไม่ไหว")
    assert agreed_for(behind, TODAY) is None
    assert [one.of.month for one in missed_by([behind], TODAY)[behind.pk]] == ["2026-10"]
    with pytest.raises(DomainError) as refused:
        end_plan(actor=SYSTEM, tenancy_id=behind.pk, reason="ไม่ไหว")
    assert refused.value.code == "no_plan"


@pytest.mark.parametrize(
    ("each", "first", "code"),
    [
        ("0", TODAY, "amount_zero"),
        ("-5", TODAY, "negative"),
        ("1.005", TODAY, "three_decimals"),
        ("สิบ", TODAY, "not_a_number"),
        ("10", TODAY, "plan_long"),
        ("100", date(2026, 11, 9), "plan_past"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(behind: Tenancy, each: str, first: date, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        agree(behind, each, first)
    assert refused.value.code == code
    assert PaymentPlan.objects.count() == 0


def test_an_auditor_agrees_no_plan(behind: Tenancy) -> None:
    with pytest.raises(Forbidden):
        agree_plan(actor=make.actor(Role.AUDITOR), tenancy_id=behind.pk, each="100", first_on=TODAY)


# --- pages -------------------------------------------------------------------------------------------------


@pytest.fixture
def worker(client: Client) -> Client:
    client.force_login(make.user(Role.SOCIAL_WORKER))
    return client


def page(desk: Client, name: str, *args: Any) -> Any:
    return desk.get(reverse(f"rentshare:{name}", args=args))


def test_the_list_names_who_is_behind_and_when_somebody_talks_to_them(
    worker: Client, behind: Tenancy
) -> None:
    assert "ไม่มีใครที่อยู่ห้องเช่าค้างจ่าย" in page(worker, "missed").content.decode()
    notice_all(actor=SYSTEM)
    shown = page(worker, "missed").content.decode()
    assert behind.client.display_name in shown
    assert "ตุลาคม 2569" in shown
    assert "นัดคุยวันที่" in shown
    alone = worker.get(reverse("rentshare:missed"), {"show": "alone"}).content.decode()
    assert behind.client.display_name not in alone


def test_who_has_nobody_to_talk_to_is_counted_on_my_day(worker: Client) -> None:
    rent.tenancy(date(2026, 10, 1), client=make.client("30"))
    run(OCTOBER)
    notice_all(actor=SYSTEM)
    day = worker.get(reverse("casework:today")).content.decode()
    assert "ค้างค่าเช่าและไม่มีเคสที่เปิดอยู่" in day


def test_a_plan_is_shown_before_it_is_agreed_and_then_stands_on_the_page(
    worker: Client, behind: Tenancy
) -> None:
    asked = worker.submit(
        page(worker, "plan", behind.uid), {"each": "500", "first_on": "15/11/2569", "note": "ขอผ่อน"}
    )
    assert "แบ่งเป็น 3 งวด" in asked.content.decode()
    assert PaymentPlan.objects.count() == 0
    worker.submit(asked, form="#confirm", button="[name=confirmed]")
    shown = page(worker, "tenancy", behind.uid).content.decode()
    assert "ขอผ่อน" in shown
    assert "จ่ายตามแผน" in shown
    worker.submit(page(worker, "plan_end", behind.uid), {"reason": "ได้งานแล้ว จ่ายหมดครั้งเดียว"})
    assert PaymentPlan.objects.get().end_reason == "ได้งานแล้ว จ่ายหมดครั้งเดียว"


def test_what_cannot_be_agreed_keeps_what_was_typed(worker: Client, behind: Tenancy) -> None:
    asked = worker.submit(page(worker, "plan", behind.uid), {"each": "1", "first_on": "15/11/2569"})
    assert asked.status_code == 422
    assert "เกิน 24 เดือน" in asked.content.decode()
    assert 'value="1"' in asked.content.decode()


def test_many_with_plans_and_without_cost_the_same_few_questions(
    behind: Tenancy, django_assert_num_queries: Any
) -> None:
    others = [rent.tenancy(date(2026, 10, 1)) for _ in range(4)]
    run(OCTOBER)
    for one in (behind, *others[:3]):
        agree(one)
    rows = list(Tenancy.objects.select_related("version"))
    with django_assert_num_queries(4):
        found = missed_by(rows, TODAY)
    assert [len(found[one.pk]) for one in (behind, *others)] == [0, 0, 0, 0, 1]


def test_a_case_is_not_closed_while_the_programme_pays_for_a_room(worker: Client, behind: Tenancy) -> None:
    episode = behind.client.episodes.get()
    said = [str(one) for check in slots.entries("closing.checks") for one in check(episode)]
    assert any(behind.bed.room.number in one for one in said)
    with pytest.raises(DomainError) as refused:
        close_episode(
            actor=SYSTEM, client_id=behind.client_id, closing=Closing(outcome="work", closed_on=TODAY)
        )
    assert refused.value.code == "still_open"
    end_tenancy(actor=SYSTEM, tenancy_id=behind.pk, ends_on=date(2026, 11, 9), reason="has_work")
    assert not [one for check in slots.entries("closing.checks") for one in check(episode)]


def test_a_plan_sent_twice_under_one_key_is_agreed_once(client: Client, behind: Tenancy) -> None:
    client.force_login(make.user(Role.FINANCE_OFFICER))
    url = f"/api/v1/tenancies/{behind.uid}/payment-plan/"
    sent = {"each": "500", "first_on": "2026-11-15"}
    for _ in range(2):
        made = client.post(url, sent, content_type="application/json", headers={"Idempotency-Key": "k1"})
        assert made.status_code == 201
    assert PaymentPlan.objects.count() == 1


def test_programs_agree_and_read_a_plan(client: Client, behind: Tenancy) -> None:
    client.force_login(make.user(Role.FINANCE_OFFICER))
    url = f"/api/v1/tenancies/{behind.uid}/payment-plan/"
    assert client.get(url).status_code == 404
    sent = {"each": "500", "first_on": "2026-11-15"}
    made = client.post(url, sent, content_type="application/json")
    assert made.status_code == 201, made.content
    assert client.get(url).json()["instalments"][0] == {
        "due_on": "2026-11-15",
        "amount": "500.00",
        "short": "0.00",
    }
    assert client.get(f"/api/v1/tenancies/{behind.uid}/missed/").json() == []
