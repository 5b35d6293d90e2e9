"""Relief grants: what may be applied for, who decides, what is paid against which receipt, who reads it."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actor import actor_for
from accounts.models import User
from casework import grants, naming
from casework.actions.closing import Closing, close_episode
from casework.actions.relief import NewGrant, apply_for_grant, cancel_grant, decide_grant
from casework.actions.relief_payments import Handover, pay_grant, reverse_payment
from casework.actions.relief_terms import NewTerms, set_terms
from casework.models import Client, Episode, ReliefGrant, ReliefPayment, ReliefReversal, ReliefTerms
from casework.rules import relief as rules
from casework.web.today import waiting
from common import clock
from common.errors import DomainError, Forbidden, NotVisible
from tests.support import factories as make
from tests.support import relief
from tests.support.client import Client as Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Episode:
    return make.episode(make.client(first_name="บุญมา"), make.user())


def new(**fields: Any) -> NewGrant:
    today = clock.today()
    defaults: dict[str, Any] = {
        "amount": "1,500",
        "purpose": "ค่ารถกลับบ้าน",
        "applied_on": today,
        "phoned_on": today - timedelta(days=2),
        "visited_on": today - timedelta(days=1),
    }
    return NewGrant(**defaults | fields)


def apply(case: Episode, wanted: NewGrant | None = None) -> ReliefGrant:
    return apply_for_grant(actor=actor_for(case.worker), client_id=case.client_id, new=wanted or new())


def handover(**fields: Any) -> Handover:
    return Handover(**{"paid_on": clock.today(), "how": "cash", "signed": "signature"} | fields)


def pay(grant: ReliefGrant, **fields: Any) -> ReliefPayment:
    return pay_grant(actor=make.actor("finance_officer"), grant_id=grant.pk, handover=handover(**fields))


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


# --- the rules ---------------------------------------------------------------------------------------------


def test_the_ceiling_itself_may_be_given_and_a_satang_more_may_not() -> None:
    assert not rules.over_ceiling(3_000_00, 3_000_00)
    assert rules.over_ceiling(3_000_01, 3_000_00)


def test_the_fiscal_year_ends_on_the_last_of_september() -> None:
    given = [rules.Standing(date(2026, 9, 30), here=True), rules.Standing(date(2026, 10, 1), here=False)]
    assert rules.counted(given, date(2026, 9, 30)) == rules.Counted(1, 0)
    assert rules.counted(given, date(2026, 10, 1)) == rules.Counted(1, 1)
    assert rules.counted(given, date(2027, 9, 30)) == rules.Counted(1, 1)
    assert rules.counted(given, date(2027, 10, 1)) == rules.Counted(0, 0)


FIRST, SECOND, THIRD = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)


@pytest.mark.parametrize(
    ("phoned_on", "visited_on", "why_not", "expected"),
    [
        (FIRST, SECOND, "", None),
        (FIRST, FIRST, "", None),
        (SECOND, FIRST, "", "relief_visit_first"),
        (FIRST, None, "", "relief_not_assessed"),
        (None, SECOND, "  ", "relief_not_assessed"),
        (FIRST, None, "ไม่มีบ้าน", None),
        (None, None, "ไม่มีบ้าน", None),
        (THIRD + timedelta(days=1), None, "x", "relief_after_application"),
    ],
)
def test_a_call_comes_first_then_a_visit_or_the_reason_why_not(
    phoned_on: date | None, visited_on: date | None, why_not: str, expected: str | None
) -> None:
    found = rules.assessment_problem(
        phoned_on=phoned_on, visited_on=visited_on, why_not=why_not, applied_on=THIRD
    )
    assert (found and found[0]) == expected


# --- applying ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("3,000.01", "relief_over_ceiling"),
        ("0", "amount_zero"),
        ("1.005", "three_decimals"),
        ("-5", "negative"),
        ("มาก", "not_a_number"),
    ],
)
def test_an_amount_that_cannot_be_given_is_refused(case: Episode, amount: str, code: str) -> None:
    assert code_of(lambda: apply(case, new(amount=amount))) == code


def test_exactly_the_ceiling_is_kept_in_satang(case: Episode) -> None:
    assert apply(case, new(amount=Decimal("3000.00"))).amount == 3_000_00


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"purpose": " "}, "purpose_missing"),
        ({"visited_on": None}, "relief_not_assessed"),
        ({"applied_on": clock.today() + timedelta(days=1)}, "future"),
        ({"applied_on": clock.today() - timedelta(days=90)}, "before_opening"),
    ],
)
def test_half_an_application_is_refused(case: Episode, fields: dict[str, Any], code: str) -> None:
    assert code_of(lambda: apply(case, new(**fields))) == code


def test_a_closed_case_gets_none(case: Episode) -> None:
    alone = make.client()
    actor = make.actor()
    assert code_of(lambda: apply_for_grant(actor=actor, client_id=alone.pk, new=new())) == "episode_closed"


def test_a_person_is_helped_three_times_a_year_across_linked_records_without_names(case: Episode) -> None:
    other = make.episode(make.client(make.FOREIGN, person=case.client.person), make.user(at=make.FOREIGN))
    relief.grant(other, state="paid")
    relief.grant(case)
    relief.grant(case, state="refused")
    relief.grant(case, state="cancelled")
    apply(case)
    with pytest.raises(DomainError) as refused:
        apply(case)
    assert refused.value.code == "relief_times"
    assert "1" in str(refused.value)
    assert "ศูนย์อื่น" in str(refused.value)
    assert str(other.centre) not in str(refused.value)


def test_the_year_before_does_not_count(case: Episode, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = clock.today() - timedelta(days=400)
    for _ in range(3):
        relief.grant(case, applied_on=long_ago)
    apply(case)


# --- deciding ----------------------------------------------------------------------------------------------


def test_nobody_decides_about_their_own(case: Episode) -> None:
    lead = make.user("supervisor")
    row = relief.grant(case, applied_by=lead)
    with pytest.raises(Forbidden):
        decide_grant(actor=actor_for(lead), grant_id=row.pk, approve=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReliefGrant.objects.filter(pk=row.pk).update(decided_by=lead)
    decide_grant(actor=make.actor("centre_head"), grant_id=row.pk, approve=True)
    row.refresh_from_db()
    assert row.state == "approved"
    assert code_of(lambda: decide_grant(actor=make.actor("supervisor"), grant_id=row.pk, approve=False)) == (
        "relief_decided"
    )


def test_a_refusal_has_a_reason_and_is_not_paid(case: Episode) -> None:
    row, lead = relief.grant(case), make.actor("supervisor")
    refuse = lambda note: decide_grant(actor=lead, grant_id=row.pk, approve=False, note=note)  # noqa: E731
    assert code_of(lambda: refuse(" ")) == "reason_missing"
    refuse("มีทางอื่น")
    assert code_of(lambda: pay(row)) == "relief_not_approved"


def test_what_linking_brought_together_is_counted_again_before_a_yes(case: Episode) -> None:
    for _ in range(3):
        relief.grant(case, state="approved")
    row = relief.grant(case)
    act = lambda: decide_grant(actor=make.actor("supervisor"), grant_id=row.pk, approve=True)  # noqa: E731
    assert code_of(act) == "relief_times"


@pytest.mark.parametrize(("role", "at"), [("nurse", "30"), ("supervisor", "50"), ("finance_officer", "50")])
def test_whoever_does_not_see_a_grant_is_told_nothing(case: Episode, role: str, at: str) -> None:
    row = relief.grant(case)
    with pytest.raises(NotVisible):
        decide_grant(actor=make.actor(role, at), grant_id=row.pk, approve=True)


# --- paying ------------------------------------------------------------------------------------------------


def test_receipts_are_numbered_without_a_gap_per_centre_and_year(case: Episode) -> None:
    first, second = (relief.grant(case, state="approved") for _ in range(2))
    assert pay(first).number == 1
    assert code_of(lambda: pay(first)) == "relief_not_approved"
    assert code_of(lambda: pay(second, signed="proxy")) == "relief_proxy_missing"
    assert code_of(lambda: pay(second, signed="proxy", proxy="นายดี")) == "relief_proxy_reason_missing"
    paid = pay(second, signed="proxy", proxy="นายดี", proxy_reason="มือเจ็บ")
    assert (paid.number, paid.proxy, paid.amount) == (2, "นายดี", 1_500_00)
    assert paid.code.startswith("G30-25")


def test_nothing_is_paid_before_it_was_approved_or_tomorrow(case: Episode) -> None:
    row = relief.grant(case, state="approved")
    day = clock.today()
    assert code_of(lambda: pay(row, paid_on=day - timedelta(days=1))) == "relief_paid_before_approval"
    assert code_of(lambda: pay(row, paid_on=day + timedelta(days=1))) == "future"


def test_a_wrong_payment_is_taken_back_and_paid_again_under_a_new_number(case: Episode) -> None:
    row = relief.grant(case, state="approved")
    wrong = pay(row)
    reverse_payment(actor=make.actor("finance_officer"), grant_id=row.pk, reason="จ่ายผิดคน")
    row.refresh_from_db()
    assert row.state == "approved"
    assert row.standing_payment is None
    again = pay(row)
    assert (again.number, again.attempt, row.standing_payment) == (2, 2, again)
    assert ReliefReversal.objects.get().payment == wrong


def test_what_is_paid_is_never_edited(case: Episode) -> None:
    paid = relief.paid(case)
    for change in (
        lambda: ReliefPayment.objects.filter(pk=paid.pk).update(amount=1),
        lambda: ReliefPayment.objects.filter(pk=paid.pk).delete(),
        lambda: ReliefTerms.objects.update(ceiling=1),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_paid_is_not_cancelled(case: Episode) -> None:
    row = relief.paid(case).grant
    act = lambda: cancel_grant(actor=actor_for(case.worker), grant_id=row.pk, reason="x")  # noqa: E731
    assert code_of(act) == "relief_over"


# --- terms, slots, lists -----------------------------------------------------------------------------------


def test_other_terms_hold_from_their_day_on(case: Episode) -> None:
    terms = NewTerms(clock.today() - timedelta(days=1), "2000", 1, "ระเบียบใหม่")
    with pytest.raises(Forbidden):
        set_terms(actor=make.actor("centre_head"), new=terms)
    set_terms(actor=make.actor("department_analyst"), new=terms)
    assert code_of(lambda: apply(case, new(amount="2000.01"))) == "relief_over_ceiling"
    apply(case, new(amount="2000"))
    assert code_of(lambda: apply(case)) == "relief_times"
    assert ReliefTerms.objects.holding(clock.today() - timedelta(days=2)).ceiling == 3_000_00  # type: ignore[union-attr]


def test_a_case_is_not_closed_over_money_that_is_promised(case: Episode) -> None:
    row = relief.grant(case, state="approved")
    close = lambda: close_episode(  # noqa: E731
        actor=actor_for(case.worker), client_id=case.client_id, closing=Closing(clock.today(), "own_home")
    )
    with pytest.raises(DomainError) as refused:
        close()
    assert "เงินสงเคราะห์" in str(refused.value)
    cancel_grant(actor=actor_for(case.worker), grant_id=row.pk, reason="ไม่ต้องการแล้ว")
    close()


def keys(user: User) -> set[str]:
    return {line.key for line, _count in waiting(actor_for(user))}


def test_applications_wait_for_another_lead(case: Episode) -> None:
    lead, other = make.user("supervisor"), make.user("centre_head")
    relief.grant(case, applied_by=lead)
    assert "grants" not in keys(lead)
    assert "grants" in keys(other)


def test_the_list_sums_by_state_month_and_centre_and_goes_out_as_a_sheet(case: Episode) -> None:
    relief.paid(case)
    relief.grant(case, amount=500_00)
    make_foreign = make.episode(make.client(make.FOREIGN), make.user(at=make.FOREIGN))
    relief.grant(make_foreign)
    officer = make.user("finance_officer")
    actor = actor_for(officer)
    assert grants.sums(grants.narrowed(actor, {})) == [("applied", 1, 500_00), ("paid", 1, 1_500_00)]
    month = clock.today().isoformat()[:7]
    assert grants.narrowed(actor, {"state": "paid", "month": month}).count() == 1
    assert not grants.narrowed(actor, {"month": "2020-01"}).exists()
    assert not grants.narrowed(actor, {"centre": make.FOREIGN}).exists()
    assert not grants.narrowed(actor, {"month": "x"}).exists()
    browser = Browser()
    browser.force_login(officer)
    answer = browser.get(reverse("casework:grants_sheet"))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[-1][5] == 1500


def test_a_restricted_person_is_a_code_to_whoever_pays(case: Episode) -> None:
    Client.objects.filter(pk=case.client_id).update(restricted=True)
    row = ReliefGrant.objects.select_related("client").get(pk=relief.grant(case).pk)
    assert naming.names_of(make.actor("finance_officer"), [row])[row.pk] == case.client.code
    assert naming.names_of(actor_for(case.worker), [row])[row.pk] == case.client.display_name


def test_the_receipt_prints_in_thai_whoever_asks(case: Episode) -> None:
    paid = relief.paid(case, signed="thumb")
    browser = Browser()
    browser.force_login(make.user("finance_officer"))
    answer = browser.get(reverse("casework:grant_receipt", args=[paid.grant.uid, 1]))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert paid.code in answer.headers["Content-Disposition"]


def test_a_program_applies_and_reads_amounts_as_text(case: Episode) -> None:
    browser = Browser()
    browser.force_login(case.worker)
    today = clock.today().isoformat()
    sent = {
        "client": str(case.client.uid),
        "amount": "1500.50",
        "purpose": "ค่ารถ",
        "applied_on": today,
        "why_not": "ไม่มีบ้าน",
    }
    url = reverse("relief-grant-list")
    made = browser.post(url, sent, content_type="application/json")
    assert (made.status_code, made.json()["amount"], made.json()["state"]) == (201, "1500.50", "applied")
    refused = browser.post(url, sent | {"amount": "3000.01"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "relief_over_ceiling")
    assert len(browser.get(url, {"state": "applied"}).json()["results"]) == 1
    assert browser.get(url, {"state": "paid"}).json()["results"] == []


def test_a_filter_that_is_no_filter_finds_nothing_and_breaks_nothing() -> None:
    browser = Browser()
    browser.force_login(make.user("auditor"))
    for asked in ("state=\x00", "state=nonsense", "centre=\x00", "month=\x00", "month=2026-13"):
        for address in ("/casework/grants/", "/casework/grants/sheet/", "/api/v1/relief-grants/"):
            assert browser.get(f"{address}?{asked}").status_code == 200
    assert browser.get("/api/v1/plans/?state=\x00").status_code in {200, 403}
