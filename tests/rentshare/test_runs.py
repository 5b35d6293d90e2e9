"""A month's rent is charged once for everybody, to all parties, to the satang."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import WriteEntry
from common import clock, due
from common.errors import DomainError, Forbidden, NotVisible
from common.models import DueWork
from common.thai.periods import Month
from rentshare import schedules, timing
from rentshare.actions.periods import close_period
from rentshare.actions.runs import charge_batch
from rentshare.models import Account, Posting, RentRun
from rentshare.reading import rent_of, statement, trial_balance
from tests.support import factories as make
from tests.support import rent
from tests.support.rent import ledger, run

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


def test_half_and_half_is_charged_and_the_landlord_is_owed_all() -> None:
    tenancy = rent.tenancy()
    result = run(NOVEMBER)
    assert (result.tenancies, result.postings, result.centres) == (1, 3, 1)
    assert ledger(tenancy) == [
        ("2026-11", "participant", 125_000, False),
        ("2026-11", "programme", 125_000, False),
        ("2026-11", "landlord", 250_000, False),
    ]
    assert statement(tenancy.account).closing == 125_000
    assert statement(tenancy.lease.landlord_account).closing == -250_000
    assert trial_balance().difference == 0


def test_sixty_and_sixty_leaves_a_fifth_to_the_fund() -> None:
    tenancy = rent.tenancy(scheme=rent.scheme(rent.PILOT))
    run(NOVEMBER)
    assert ledger(tenancy)[-1] == ("2026-11", "fund", 50_000, False)
    fund = Account.objects.get(kind="fund")
    assert (fund.subject, statement(fund).closing) == ("กองทุนออมทรัพย์", -50_000)
    assert statement(Account.objects.get(kind="rent")).closing == 0
    month = rent_of(tenancy)[0]
    assert sum(month.charged.values()) == month.landlord + month.fund == 300_000


def test_another_funder_has_an_account_by_name() -> None:
    shares = {"participant_share": 5000, "programme_share": 2500, "other_share": 2500, "other_funder": "สสส."}
    rent.tenancy(scheme=rent.scheme(shares))
    run(NOVEMBER)
    funder = Account.objects.get(kind="other")
    assert (funder.subject, statement(funder).closing) == ("สสส.", 62_500)


def test_run_again_it_changes_no_row() -> None:
    rent.tenancy()
    run(NOVEMBER)
    before = [
        list(model.objects.order_by("pk").values()) for model in (Posting, RentRun, Account, WriteEntry)
    ]
    result = run(NOVEMBER)
    assert (result.tenancies, result.postings) == (0, 0)
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Posting, RentRun, Account, WriteEntry)
    ]


def test_whoever_comes_after_the_run_is_charged_by_the_next_one_alone() -> None:
    first = rent.tenancy()
    run(NOVEMBER)
    late = rent.tenancy(date(2026, 11, 6))
    assert run(NOVEMBER).tenancies == 1
    assert len(ledger(first)) == 3
    assert ledger(late)[-1] == ("2026-11", "landlord", 250_000 * 25 // 30, False)
    assert RentRun.objects.get().tenancies == 2


def test_small_batches_charge_everybody_as_one_does() -> None:
    tenancies = [rent.tenancy() for _ in range(7)]
    assert run(NOVEMBER, batch=2).tenancies == 7
    assert [len(ledger(tenancy)) for tenancy in tenancies] == [3] * 7


def test_only_days_that_were_stayed_are_charged() -> None:
    gone = rent.tenancy(date(2026, 9, 1), ends_on=date(2026, 10, 31))
    part = rent.tenancy(date(2026, 9, 1), ends_on=date(2026, 11, 3))
    coming = rent.tenancy(date(2026, 11, 20))
    run(NOVEMBER)
    assert ledger(gone) == []
    assert ledger(part)[-1] == ("2026-11", "landlord", 25_000, False)
    assert ledger(coming) == [], "nobody owes rent before the first day"


def test_rent_is_dated_by_the_first_day_stayed() -> None:
    rent.tenancy(date(2026, 10, 20))
    run(OCTOBER)
    run(NOVEMBER)
    days = Posting.objects.filter(party="landlord").order_by("pk").values_list("posted_on", flat=True)
    assert list(days) == [date(2026, 10, 20), date(2026, 11, 1)]


def test_a_running_tenancy_keeps_the_version_it_was_signed_under() -> None:
    scheme = rent.scheme(rent.PILOT, date(2022, 1, 1))
    rent.version(scheme, rent.HALF, date(2026, 10, 15))
    old = rent.tenancy(date(2026, 9, 1), scheme=scheme)
    new = rent.tenancy(date(2026, 10, 15), scheme=scheme)
    run(OCTOBER)
    run(NOVEMBER)
    assert [row[1] for row in ledger(old)] == ["participant", "programme", "landlord", "fund"] * 2
    assert "fund" not in [row[1] for row in ledger(new)]


def test_the_run_follows_the_step_of_each_tenancy_and_month() -> None:
    scheme = rent.scheme(steps=[(2, 3000), (3, 0)])
    first = rent.tenancy(date(2026, 9, 1), scheme=scheme)
    second = rent.tenancy(date(2026, 10, 31), scheme=scheme)
    for month in (Month(2026, 9), OCTOBER, NOVEMBER):
        run(month)
    parts = {(row[0], row[1]): row[2] for row in ledger(first)}
    assert [parts[f"2026-{n:02}", "participant"] for n in (9, 10, 11)] == [125_000, 175_000, 250_000]
    assert parts["2026-10", "programme"] == 75_000
    assert ("2026-11", "programme") not in parts
    # One day of October and all of November are the first month of whoever moved in on the 31st.
    late = {(row[0], row[1]): row[2] for row in ledger(second)}
    assert (late["2026-10", "landlord"], late["2026-11", "programme"]) == (250_000 // 31, 125_000)
    assert trial_balance().difference == 0


def test_the_programme_pays_no_more_than_its_cap_and_in_part_months_its_part() -> None:
    scheme = rent.scheme(programme_cap=100_000)
    whole, half = rent.tenancy(scheme=scheme), rent.tenancy(date(2026, 11, 16), scheme=scheme)
    time_of_run = Month(2026, 11)
    run(time_of_run)
    assert [row[2] for row in ledger(whole)] == [150_000, 100_000, 250_000]
    assert ledger(half) == [], "its first day has not come"


def test_each_centre_has_its_own_run_and_accounts() -> None:
    rent.tenancy()
    elsewhere = rent.tenancy(lease=rent.lease(rent.room(make.FOREIGN)))
    assert run(NOVEMBER, centre=make.centre()).tenancies == 1
    assert ledger(elsewhere) == []
    assert run(NOVEMBER).tenancies == 1
    assert Account.objects.filter(kind="programme").count() == 2
    assert RentRun.objects.count() == 2


def test_a_month_to_come_is_refused_and_the_present_one_is_not() -> None:
    rent.tenancy()
    with pytest.raises(DomainError) as refused:
        run(DECEMBER)
    assert refused.value.code == "month_future"
    run(NOVEMBER)


def test_a_closed_month_is_refused() -> None:
    rent.tenancy()
    run(Month(2026, 9))
    run(OCTOBER)
    close_period(actor=rent.SYSTEM, centre_id=make.centre().pk, month=Month(2026, 9))
    close_period(actor=rent.SYSTEM, centre_id=make.centre().pk, month=OCTOBER)
    for month in (OCTOBER, Month(2026, 9)):
        with pytest.raises(DomainError) as refused:
            run(month)
        assert refused.value.code == "period_closed"
    assert run(NOVEMBER).tenancies == 1


def test_where_one_centre_is_closed_the_others_are_run() -> None:
    rent.tenancy(date(2026, 10, 1))
    run(OCTOBER)
    close_period(actor=rent.SYSTEM, centre_id=make.centre().pk, month=OCTOBER)
    elsewhere = rent.tenancy(date(2026, 10, 1), lease=rent.lease(rent.room(make.FOREIGN)))
    result = run(OCTOBER)
    assert (result.tenancies, result.closed) == (1, [make.OWN])
    assert len(ledger(elsewhere)) == 3


def test_finance_officers_run_their_own_centre_and_nobody_else_runs_any() -> None:
    rent.tenancy()
    own = {"centre_id": make.centre().pk, "month": NOVEMBER, "after": 0, "limit": 10}
    for role in ("supervisor", "centre_head", "auditor", "department_analyst"):
        with pytest.raises(Forbidden):
            charge_batch(actor=make.actor(role), **own)
    for role in ("social_worker", "nurse", "carer", "partner", "volunteer"):
        with pytest.raises(NotVisible):
            charge_batch(actor=make.actor(role), **own)
    with pytest.raises(NotVisible):
        charge_batch(actor=make.actor("finance_officer", make.FOREIGN), **own)
    assert Posting.objects.count() == 0
    assert charge_batch(actor=make.actor("finance_officer"), **own).tenancies == 1


def test_a_batch_writes_one_line_in_the_trail() -> None:
    for _ in range(3):
        rent.tenancy()
    run(NOVEMBER)
    entry = WriteEntry.objects.get(verb="rent.charged")
    assert (entry.changes["tenancies"], entry.batch) == ([0, 3], str(RentRun.objects.get().uid))


# --- the command and the calendar


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("run_rent_month", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_charges_this_month_and_says_so_in_json() -> None:
    rent.tenancy()
    said = json.loads(command("--json").splitlines()[-1])
    assert said == {"month": "2026-11", "centres": 1, "tenancies": 1, "postings": 3, "closed": []}
    said = json.loads(command("--month", "2026-11", "--centre", "30", "--json").splitlines()[-1])
    assert (said["tenancies"], said["postings"]) == (0, 0)


@pytest.mark.parametrize(
    "arguments", [("--month", "2026-12"), ("--month", "2569-11"), ("--month", "11/2026"), ("--centre", "999")]
)
def test_the_command_refuses_with_a_sentence(arguments: tuple[str, ...]) -> None:
    rent.tenancy()
    with pytest.raises(CommandError, match=r"\w{3}"):
        command(*arguments)
    assert Posting.objects.count() == 0


def test_the_first_of_the_month_plans_it_and_the_work_charges_it() -> None:
    rent.tenancy(date(2026, 11, 1))
    elsewhere = rent.tenancy(date(2026, 10, 2), lease=rent.lease(rent.room(make.FOREIGN)))
    assert list(schedules.months(clock.now())) == [
        ("2026-11", clock.at(date(2026, 11, 1), 1)),
        ("2026-10", clock.at(date(2026, 10, 1), 1)),
        ("2026-09", clock.at(date(2026, 9, 1), 1)),
    ]
    due.plan(timing.MONTH, [("all", period, at) for period, at in schedules.months(clock.now())])
    assert due.work(timing.MONTH) == 3
    assert due.work(timing.RUN) == 3
    assert Posting.objects.filter(party="landlord").count() == 3
    assert {row[0] for row in ledger(elsewhere)} == {"2026-10", "2026-11"}
    assert set(DueWork.objects.values_list("state", flat=True)) == {"done"}


def test_a_missed_month_that_was_closed_since_is_left_alone() -> None:
    rent.tenancy(date(2026, 10, 1))
    run(OCTOBER)
    due.plan(timing.RUN, [(make.OWN, "2026-10", clock.now())])
    close_period(actor=rent.SYSTEM, centre_id=make.centre().pk, month=OCTOBER)
    assert due.work(timing.RUN) == 1
    assert RentRun.objects.filter(month="2026-10").count() == 1
