"""Rows of the network to test with; as in `factories`, nothing here goes through an action."""

import itertools
from datetime import date, timedelta
from typing import Any

from accounts.actor import UserActor, actor_for
from accounts.models import User
from accounts.roles import Role
from common import clock
from common.thai import names
from network import rules
from network.models import Contribution, ContributionEvent, Partner, PartnerMember, UnitValue
from tests.support import factories as make

State = Contribution.State
_numbers = itertools.count(1)


def partner(at: str = make.OWN, **fields: Any) -> Partner:
    """A temple of the province `at`, for years."""
    number = next(_numbers)
    name = fields.pop("name", f"วัดทดสอบ {number}")
    defaults = {
        "code": f"P-{number:04}",
        "kind": Partner.Kind.TEMPLE,
        "active_from": clock.today() - timedelta(days=2000),
        "search_text": names.search_text(name, titled=False),
        "sort_key": names.sort_key(name),
    }
    return Partner.objects.create(name=name, province_id=at, **defaults | fields)


def member(of: Partner, role: str = Role.PARTNER, **fields: Any) -> User:
    """Somebody who signs in for `of`."""
    user = make.user(role, of.province_id)
    defaults = {"starts_on": clock.today() - timedelta(days=300)}
    PartnerMember.objects.create(user=user, partner=of, **defaults | fields)
    return user


def giver(of: Partner, role: str = Role.PARTNER) -> UserActor:
    """The same, as the actions want them."""
    return actor_for(member(of, role))


def unit_value(unit: str = "hour", satang: int = 5000, valid_from: date | None = None) -> UnitValue:
    """A line of the book."""
    return UnitValue.objects.create(
        unit=unit,
        satang=satang,
        valid_from=valid_from or date(2020, 1, 1),
        source="ทดสอบ",
        actor_key="system:test",
    )


def contribution(of: Partner, state: str = State.RECEIVED, **fields: Any) -> Contribution:
    """Three hours of helping, with the steps up to `state`."""
    unit = fields.get("unit", "hour")
    quantity = fields.get("quantity", 300)
    money = unit == "baht"
    defaults = {
        "province_id": of.province_id,
        "kind": rules.KIND_OF[unit],
        "what": "ช่วยแจกอาหาร",
        "quantity": quantity,
        "unit": unit,
        "given_on": clock.today(),
        "value_satang": quantity if money else None,
        "basis": "money" if money else "none",
        "logged_by": "user:somebody",
        "fingerprint": f"test {next(_numbers)}",
    }
    row = Contribution.objects.create(partner=of, state=state, **defaults | fields)
    if not row.is_void:
        steps = rules.STEPS[: rules.STEPS.index(state) + 1]
        for step in steps[1:] if len(steps) > 1 else steps:
            event(row, step)
    return row


def event(of: Contribution, kind: str, **fields: Any) -> ContributionEvent:
    """A step."""
    by = "system:test" if kind == State.CONFIRMED else of.logged_by
    defaults = {"occurred_on": of.given_on, "actor_key": by, "logger": of.logged_by}
    return ContributionEvent.objects.create(contribution=of, kind=kind, **defaults | fields)
