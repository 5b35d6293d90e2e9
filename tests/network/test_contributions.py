"""Writing down what was given, that it came, that somebody else confirms it, and corrections."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actor import actor_for
from audit.models import WriteEntry
from common import clock
from common.db import guards
from common.errors import DomainError, Forbidden, NotVisible
from network.actions.contributions import (
    Correction,
    confirm_contribution,
    correct_contribution,
    log_contribution,
    receive_contribution,
)
from network.giving import Given
from network.models import Contribution, ContributionEvent, Partner
from tests.support import factories as make
from tests.support import partners

pytestmark = pytest.mark.django_db
State = Contribution.State


@pytest.fixture
def temple() -> Partner:
    return partners.partner()


def hours(**more: Any) -> Given:
    return replace(Given("ช่วยแจกอาหาร", 300, "hour", clock.today()), **more)


def log(partner: Partner, given: Given | None = None, actor: Any = None) -> Contribution:
    return log_contribution(
        actor=actor or partners.giver(partner), partner_id=partner.pk, given=given or hours()
    )


def code(act: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act(**values)
    return refused.value.code


def refused(partner: Partner, **more: Any) -> str:
    return code(log, partner=partner, given=hours(**more))


# --- logging


def test_a_partner_logs_what_it_gave(temple: Partner) -> None:
    partners.unit_value("hour", 5000)
    giver = partners.giver(temple)
    row = log(temple, hours(giver="ชมรม", area="ต.โนนแดง"), giver)
    assert (row.kind, row.quantity, row.amount) == ("hours", 300, "3")
    assert (row.state, row.province_id, row.logged_by) == (State.RECEIVED, "30", giver.key)
    assert list(row.events.values_list("kind", "occurred_on")) == [("received", clock.today())]
    entry = WriteEntry.objects.get(verb="contribution.logged")
    assert entry.actor_key == giver.key
    assert "ชมรม" not in str(entry.changes)


def test_a_volunteer_and_staff_of_the_province_log_too(temple: Partner) -> None:
    log(temple, actor=partners.giver(temple, "volunteer"))
    for role in ("social_worker", "supervisor", "centre_head"):
        log(temple, actor=make.actor(role))
    assert temple.contributions.count() == 4


@pytest.mark.parametrize("role", ["partner", "volunteer"])
def test_nobody_logs_for_another_organisation(temple: Partner, role: str) -> None:
    other = partners.giver(partners.partner(), role)
    with pytest.raises(NotVisible):
        log(temple, actor=other)
    with pytest.raises(NotVisible):
        log(temple, actor=make.actor(role))  # belongs to nobody


@pytest.mark.parametrize("role", ["department_analyst", "auditor"])
def test_who_only_reads_does_not_log(temple: Partner, role: str) -> None:
    with pytest.raises(Forbidden):
        log(temple, actor=make.actor(role))


def test_staff_of_another_province_do_not_see_the_partner(temple: Partner) -> None:
    with pytest.raises(NotVisible):
        log(temple, actor=make.actor("social_worker", make.FOREIGN))


def test_staff_log_in_their_own_province_for_a_partner_of_two(temple: Partner) -> None:
    temple.areas.add("50")
    far = make.actor("social_worker", make.FOREIGN)
    assert log(temple, hours(province="50"), far).province_id == "50"
    with pytest.raises(Forbidden):
        log(temple, hours(province="30"), far)
    assert refused(temple, province="40") == "province_elsewhere"


def test_who_left_the_organisation_logs_no_more(temple: Partner) -> None:
    user = partners.member(temple, ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(NotVisible):
        log(temple, actor=actor_for(user))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"quantity": -100}, "negative"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": 10**11 + 1, "unit": "kg"}, "too_large"),
        ({"quantity": 2500}, "day_over_24"),
        ({"quantity": 4801, "people": 2}, "day_over_24"),
        ({"people": 0}, "people"),
        ({"unit": "bucket"}, "unit"),
        ({"what": " ​ "}, "what_missing"),
        ({"what": "ก" * 5000}, "too_long"),
        ({"giver": "ก" * 151}, "too_long"),
        ({"given_on": date(1989, 12, 31)}, "too_early"),
    ],
)
def test_what_cannot_be_is_refused(temple: Partner, more: dict[str, Any], expected: str) -> None:
    assert refused(temple, **more) == expected
    assert not temple.contributions.exists()


def test_days_to_come_and_days_without_a_partner_are_refused(temple: Partner) -> None:
    assert refused(temple, given_on=clock.today() + timedelta(days=1)) == "future"
    assert refused(temple, given_on=temple.active_from - timedelta(days=1)) == "partner_inactive"


def test_a_named_person_has_24_hours_a_day_however_they_are_written_down(temple: Partner) -> None:
    log(temple, hours(quantity=1300, giver="นางลำดวน"))
    assert refused(temple, quantity=1200, giver="นางลำดวน") == "day_over_24"
    log(temple, hours(quantity=1100, giver="นางลำดวน"))
    log(temple, hours(quantity=1200, giver="นางบุญมา"))
    log(temple, hours(quantity=1200))
    log(temple, hours(quantity=1300))  # nobody can say whose hours without a name are
    log(temple, hours(quantity=1200, giver="นางลำดวน", given_on=clock.today() - timedelta(days=1)))


def test_script_stays_the_text_it_is(temple: Partner) -> None:
    assert log(temple, hours(what="<script>alert(1)</script>")).what == "<script>alert(1)</script>"


# --- values


def test_the_value_is_that_of_the_book_on_the_day(temple: Partner) -> None:
    old = partners.unit_value("hour", 4000, date(2020, 1, 1))
    new = partners.unit_value("hour", 5050, clock.today())
    before = log(temple, hours(given_on=clock.today() - timedelta(days=1)))
    after = log(temple, hours(quantity=150))
    assert (before.value_satang, before.unit_value, before.basis) == (12000, old, "book")
    assert (after.value_satang, after.unit_value) == (7575, new)
    partners.unit_value("hour", 9900, clock.today())
    after.refresh_from_db()
    assert after.value_satang == 7575
    assert log(temple, hours(quantity=100)).value_satang == 9900


def test_money_is_its_own_value_and_what_the_book_does_not_know_has_none(temple: Partner) -> None:
    money = log(temple, hours(unit="baht", quantity=286850, what="เงินสด", stated_satang=1))
    assert (money.kind, money.value_satang, money.basis) == ("money", 286850, "money")
    rice = log(temple, hours(unit="kg", what="ข้าวสาร", stated_satang=66000))
    assert (rice.value_satang, rice.basis, rice.stated_satang) == (None, "none", 66000)


def test_a_value_beyond_every_budget_is_refused(temple: Partner) -> None:
    partners.unit_value("kg", 10**9)
    assert refused(temple, unit="kg", quantity=10**9) == "too_large"


# --- steps


def test_a_promise_comes_and_somebody_else_confirms_it(temple: Partner) -> None:
    giver, worker = partners.giver(temple), make.actor()
    row = log(temple, hours(pledged=True, given_on=clock.today() - timedelta(days=3)), giver)
    assert row.state == State.PLEDGED
    assert code(confirm_contribution, actor=worker, contribution_id=row.pk) == "not_received"
    receive_contribution(actor=giver, contribution_id=row.pk, occurred_on=clock.today())
    confirm_contribution(actor=worker, contribution_id=row.pk)
    row.refresh_from_db()
    assert row.state == State.CONFIRMED
    assert list(row.events.values_list("kind", flat=True)) == ["pledged", "received", "confirmed"]
    assert code(confirm_contribution, actor=make.actor(), contribution_id=row.pk) == "confirmed_already"


def test_a_promise_does_not_come_before_it_was_given_nor_tomorrow(temple: Partner) -> None:
    giver = partners.giver(temple)
    row = log(temple, hours(pledged=True), giver)
    for ahead, expected in ((-1, "before_given"), (1, "future")):
        day = clock.today() + timedelta(days=ahead)
        assert code(receive_contribution, actor=giver, contribution_id=row.pk, occurred_on=day) == expected
    receive_contribution(actor=giver, contribution_id=row.pk, occurred_on=clock.today())
    again = code(receive_contribution, actor=giver, contribution_id=row.pk, occurred_on=clock.today())
    assert again == "received_already"


def test_who_logged_it_does_not_confirm_it(temple: Partner) -> None:
    worker = make.actor()
    row = log(temple, actor=worker)
    assert code(confirm_contribution, actor=worker, contribution_id=row.pk) == "own_entry"
    confirm_contribution(actor=make.actor("supervisor"), contribution_id=row.pk)


def test_the_table_itself_refuses_a_confirmation_by_the_logger(temple: Partner) -> None:
    row = partners.contribution(temple)
    with pytest.raises(IntegrityError), transaction.atomic():
        partners.event(row, State.CONFIRMED, actor_key=row.logged_by)


def test_partners_and_readers_confirm_nothing(temple: Partner) -> None:
    row = log(temple)
    for actor in (partners.giver(temple), make.actor("department_analyst"), make.actor("auditor")):
        with pytest.raises(Forbidden):
            confirm_contribution(actor=actor, contribution_id=row.pk)
    for actor in (make.actor("nurse"), make.actor("social_worker", make.FOREIGN), make.actor("partner")):
        with pytest.raises(NotVisible):
            confirm_contribution(actor=actor, contribution_id=row.pk)


# --- corrections


def test_a_correction_is_a_row_of_its_own_and_the_old_one_counts_no_longer(temple: Partner) -> None:
    partners.unit_value("hour", 5000)
    giver = partners.giver(temple)
    old = log(temple, actor=giver)
    confirm_contribution(actor=make.actor(), contribution_id=old.pk)
    correction = Correction(replace(Given.of(old), quantity=200), "จดผิด")
    new = correct_contribution(actor=giver, contribution_id=old.pk, correction=correction)
    assert (new.quantity, new.value_satang, new.corrects, new.reason) == (200, 10000, old, "จดผิด")
    assert new.state == State.RECEIVED, "somebody confirms it anew"
    assert list(Contribution.objects.standing()) == [new]
    assert Contribution.objects.get(pk=old.pk).quantity == 300
    again = code(correct_contribution, actor=giver, contribution_id=old.pk, correction=correction)
    assert again == "corrected_already"
    assert code(confirm_contribution, actor=make.actor(), contribution_id=old.pk) == "corrected_already"


def test_what_never_came_is_corrected_away(temple: Partner) -> None:
    giver = partners.giver(temple)
    old = log(temple, hours(pledged=True), giver)
    void = correct_contribution(actor=giver, contribution_id=old.pk, correction=Correction(None, "ไม่ได้มา"))
    assert void.is_void
    assert not void.events.exists()
    assert not Contribution.objects.standing().exists()
    again = code(correct_contribution, actor=giver, contribution_id=void.pk, correction=Correction(None, "x"))
    assert again == "corrected_already"


def test_a_correction_says_why_and_changes_something(temple: Partner) -> None:
    giver = partners.giver(temple)
    row = log(temple, actor=giver)

    def correct(given: Given | None, reason: str) -> str:
        return code(
            correct_contribution, actor=giver, contribution_id=row.pk, correction=Correction(given, reason)
        )

    assert correct(replace(Given.of(row), quantity=100), "  ") == "reason_missing"
    assert correct(Given.of(row), "ลองดู") == "nothing_changed"
    assert correct(replace(Given.of(row), quantity=2500), "ผิด") == "day_over_24"


def test_a_correction_frees_the_hours_it_replaces(temple: Partner) -> None:
    giver = partners.giver(temple)
    row = log(temple, hours(quantity=2400, giver="นางลำดวน"), giver)
    correction = Correction(replace(Given.of(row), quantity=2000), "จดผิด")
    correct_contribution(actor=giver, contribution_id=row.pk, correction=correction)
    log(temple, hours(quantity=400, giver="นางลำดวน"))


def test_a_correction_keeps_the_day_a_promise_came(temple: Partner) -> None:
    giver, day = partners.giver(temple), clock.today() - timedelta(days=5)
    row = log(temple, hours(pledged=True, given_on=day), giver)
    receive_contribution(actor=giver, contribution_id=row.pk, occurred_on=clock.today())
    correction = Correction(replace(Given.of(row), quantity=200), "จดผิด")
    new = correct_contribution(actor=giver, contribution_id=row.pk, correction=correction)
    assert new.events.get(kind=State.RECEIVED).occurred_on == clock.today()


def test_who_only_reads_corrects_nothing(temple: Partner) -> None:
    row = log(temple)
    with pytest.raises(Forbidden):
        correct_contribution(
            actor=make.actor("auditor"), contribution_id=row.pk, correction=Correction(None, "x")
        )
    with pytest.raises(NotVisible):
        correct_contribution(
            actor=partners.giver(partners.partner()), contribution_id=row.pk, correction=Correction(None, "x")
        )


# --- what the database holds


def test_what_was_given_cannot_be_edited_or_removed(temple: Partner) -> None:
    row = partners.contribution(temple)
    assert not guards.missing()
    for act in (
        lambda: Contribution.objects.filter(pk=row.pk).update(quantity=1),
        lambda: Contribution.objects.filter(pk=row.pk).delete(),
        lambda: ContributionEvent.objects.filter(contribution=row).update(actor_key="x"),
        lambda: ContributionEvent.objects.filter(contribution=row).delete(),
        lambda: partners.unit_value().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    connection.check_constraints()


@pytest.mark.parametrize(
    "fields",
    [
        {"quantity": 0},
        {"quantity": -1},
        {"quantity": 2401},
        {"people": 0},
        {"unit": "baht", "value_satang": 1},
        {"unit": "kg", "value_satang": 5, "basis": "none"},
        {"unit": "kg", "basis": "book"},
        {"is_void": True},
    ],
)
def test_the_tables_refuse_what_the_rules_refuse(temple: Partner, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        partners.contribution(temple, **fields)
