"""Partners, who signs in for them, who sees what, and the unit-value book."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.actor import actor_for
from accounts.models import Membership
from common import clock
from common.actor import SystemActor
from common.errors import DomainError, Forbidden, NotVisible
from network import permissions
from network.actions.partners import NewPartner, add_partner, change_partner, end_member, link_member
from network.actions.values import set_unit_value
from network.models import Contribution, Partner, PartnerMember, UnitValue
from tests.support import factories as make
from tests.support import partners

pytestmark = pytest.mark.django_db


def new(**more: Any) -> NewPartner:
    return NewPartner(**{"code": "wat-test", "name": "วัดทดสอบ", "kind": "temple", "province": "30", **more})


def code(act: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act(**values)
    return refused.value.code


# --- partners


def test_staff_take_a_partner_into_the_network() -> None:
    added = add_partner(actor=make.actor(), new=new(areas=["50", "30"], phone="081-234-5678"))
    assert (added.code, added.phone, added.active_from) == ("WAT-TEST", "0812345678", clock.today())
    assert list(added.areas.values_list("pk", flat=True)) == ["50"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"name": " "}, "name_missing"),
        ({"name": "ก" * 151}, "too_long"),
        ({"code": "วัด"}, "code_unreadable"),
        ({"code": ""}, "code_unreadable"),
        ({"code": "-A"}, "code_unreadable"),
        ({"code": "A/../B"}, "code_unreadable"),
        ({"phone": "12"}, "phone_unreadable"),
        ({"active_from": date(2026, 1, 2), "active_to": date(2026, 1, 1)}, "ends_before_start"),
    ],
)
def test_what_is_no_partner_is_refused(more: dict[str, Any], expected: str) -> None:
    assert code(add_partner, actor=make.actor(), new=new(**more)) == expected


def test_a_code_belongs_to_one_partner() -> None:
    partners.partner(code="WAT-TEST")
    assert code(add_partner, actor=make.actor(), new=new()) == "code_taken"


@pytest.mark.parametrize("role", ["partner", "volunteer", "nurse", "department_analyst", "auditor"])
def test_others_add_no_partner(role: str) -> None:
    with pytest.raises(Forbidden):
        add_partner(actor=make.actor(role), new=new())


def test_staff_write_of_their_own_provinces_only() -> None:
    with pytest.raises(Forbidden):
        add_partner(actor=make.actor(at=make.FOREIGN), new=new())
    temple = partners.partner()
    with pytest.raises(NotVisible):
        change_partner(actor=make.actor(at=make.FOREIGN), partner_id=temple.pk, new=new())
    with pytest.raises(Forbidden):
        change_partner(actor=make.actor("auditor"), partner_id=temple.pk, new=new())
    with pytest.raises(Forbidden):
        change_partner(actor=make.actor(), partner_id=temple.pk, new=new(province="50"))
    assert change_partner(actor=make.actor(), partner_id=temple.pk, new=new(name="วัดใหม่")).name == "วัดใหม่"


# --- who sees what


def seen(actor: Any) -> tuple[set[str], set[str]]:
    """Codes of partners, and of partners whose contributions are seen."""
    rows = Contribution.objects.visible_to(actor).values_list("partner__code", flat=True)
    return set(Partner.objects.visible_to(actor).values_list("code", flat=True)), set(rows)


def test_everybody_sees_what_is_theirs() -> None:
    own, far = partners.partner(code="OWN"), partners.partner("50", code="FAR")
    both = partners.partner("50", code="BOTH")
    both.areas.add("30")
    for one in (own, far, both):
        partners.contribution(one)
    partners.contribution(both, province_id="30")
    everything = {"OWN", "FAR", "BOTH"}
    for role in ("social_worker", "supervisor", "centre_head"):
        assert seen(make.actor(role)) == ({"OWN", "BOTH"}, {"OWN", "BOTH"})
    assert Contribution.objects.visible_to(make.actor()).filter(partner=both).count() == 1
    for role in ("department_analyst", "auditor"):
        assert seen(make.actor(role)) == (everything, everything)
    assert seen(SystemActor("x")) == (everything, everything)
    assert seen(make.actor("administrator")) == (everything, set())
    for role in ("partner", "volunteer"):
        assert seen(partners.giver(own, role)) == ({"OWN"}, {"OWN"})
        assert seen(make.actor(role)) == (set(), set())
    for role in ("nurse", "carer", "finance_officer"):
        assert seen(make.actor(role)) == (set(), set())


def test_without_the_role_the_place_at_a_partner_opens_nothing() -> None:
    temple = partners.partner()
    partners.contribution(temple)
    user = partners.member(temple)
    Membership.objects.filter(user=user).update(ends_on=clock.today() - timedelta(days=1))
    assert seen(actor_for(user)) == (set(), set())
    assert permissions.own_partner(actor_for(user)) is None


def test_a_caseworker_here_who_is_a_nurse_there_reads_only_here() -> None:
    partners.contribution(partners.partner(code="OWN"))
    partners.contribution(partners.partner("50", code="FAR"))
    user = make.user("social_worker")
    Membership.objects.create(user=user, role="nurse", centre=make.centre("50"), starts_on=date(2026, 1, 1))
    assert seen(actor_for(user)) == ({"OWN"}, {"OWN"})


# --- who signs in for a partner


def test_leads_and_administrators_say_who_signs_in_for_a_partner() -> None:
    temple, user = partners.partner(), make.user("partner")
    for role in ("social_worker", "auditor"):
        with pytest.raises(Forbidden):
            link_member(actor=make.actor(role), partner_id=temple.pk, email=user.email)
    with pytest.raises(NotVisible):
        link_member(actor=make.actor("supervisor", make.FOREIGN), partner_id=temple.pk, email=user.email)
    link_member(actor=make.actor("administrator"), partner_id=temple.pk, email=f" {user.email.upper()} ")
    own = permissions.own_partner(actor_for(user))
    assert own == temple


def test_a_sign_in_belongs_to_one_partner() -> None:
    temple, other, lead = partners.partner(), partners.partner(), make.actor("supervisor")
    user = partners.member(temple)

    def link(email: str) -> str:
        return code(link_member, actor=lead, partner_id=other.pk, email=email)

    assert link(user.email) == "member_elsewhere"
    assert link("nobody@test.example") == "member_unknown"
    assert link(make.user("nurse").email) == "member_role"
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerMember.objects.create(user=user, partner=other)


def test_who_is_let_go_sees_nothing_from_that_moment() -> None:
    temple, lead = partners.partner(), make.actor("supervisor")
    user = partners.member(temple)
    member = temple.members.get()
    end_member(actor=lead, partner_id=temple.pk, member_id=member.pk)
    assert seen(actor_for(user)) == (set(), set())
    assert code(end_member, actor=lead, partner_id=temple.pk, member_id=member.pk) == "member_ended"
    fresh = link_member(actor=lead, partner_id=temple.pk, email=user.email)
    end_member(actor=lead, partner_id=temple.pk, member_id=fresh.pk)
    assert seen(actor_for(user)) == (set(), set())
    with pytest.raises(NotVisible):
        end_member(actor=lead, partner_id=partners.partner().pk, member_id=member.pk)


# --- the book


def line(**more: Any) -> dict[str, Any]:
    keeper = make.actor("department_analyst")
    defaults = {"unit": "kg", "satang": 3000, "valid_from": date(2026, 1, 1), "source": "ราคาตลาด"}
    return {"actor": keeper, **defaults, **more}


def test_the_department_keeps_the_book() -> None:
    assert set_unit_value(**line()).satang == 3000
    for role in ("social_worker", "centre_head", "partner", "auditor"):
        with pytest.raises(Forbidden):
            set_unit_value(**line(actor=make.actor(role)))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"unit": "baht"}, "value_of_money"),
        ({"unit": "bucket"}, "unit"),
        ({"satang": 0}, "value_missing"),
        ({"satang": -1}, "value_missing"),
        ({"satang": 10**11 + 1}, "too_large"),
        ({"source": "  "}, "source_missing"),
    ],
)
def test_what_is_no_value_is_refused(more: dict[str, Any], expected: str) -> None:
    assert code(set_unit_value, **line(**more)) == expected


def test_the_line_that_holds_is_the_latest_not_after_the_day() -> None:
    first = partners.unit_value("kg", 100, date(2026, 1, 1))
    later = partners.unit_value("kg", 200, date(2026, 6, 1))
    mended = partners.unit_value("kg", 300, date(2026, 6, 1))
    partners.unit_value("box", 999, date(2020, 1, 1))
    holding = UnitValue.objects.holding
    assert holding("kg", date(2025, 12, 31)) is None
    assert holding("kg", date(2026, 1, 1)) == holding("kg", date(2026, 5, 31)) == first
    assert holding("kg", date(2026, 6, 1)) == mended != later
