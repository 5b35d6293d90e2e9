"""The demo's partners: made up, marked so, whole, and the same each time."""

import random

import pytest

from accounts import demo_people
from accounts.actor import actor_for
from accounts.demo import demo_email
from accounts.models import User
from common import clock
from common.demo import SEED, Demo
from network import permissions
from network.demo import NON_DAENG, VOLUNTEERS, write
from network.models import Contribution, ContributionEvent, Partner, UnitValue
from network.models.units import Kind, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db: None) -> None:
    d = Demo(today=clock.today(), people=100, chance=random.Random(SEED), say=lambda words: None)
    demo_people.write(d)
    write(d)


@pytest.mark.usefixtures("demo")
def test_a_year_of_giving_stands_with_its_steps_and_values() -> None:
    assert Partner.objects.filter(is_synthetic=True).count() == 13
    rows = Contribution.objects.all()
    assert rows.count() > 200
    assert set(rows.values_list("kind", flat=True)) == set(Kind.values)
    assert not rows.filter(value_satang=None).exists()
    assert not rows.filter(given_on__gt=clock.today()).exists()
    assert set(rows.values_list("state", flat=True)) == {"pledged", "received", "confirmed"}
    for state in ("received", "confirmed"):
        stands = {state, "confirmed"}
        steps = ContributionEvent.objects.filter(kind=state).count()
        assert steps == rows.filter(state__in=stands).count()
    assert not ContributionEvent.objects.filter(occurred_on__gt=clock.today()).exists()
    assert set(UnitValue.objects.values_list("unit", flat=True)) == set(Unit.values) - {"baht"}


@pytest.mark.usefixtures("demo")
def test_the_partner_and_the_volunteer_of_the_demo_have_their_places() -> None:
    for role, code in (("partner", NON_DAENG), ("volunteer", VOLUNTEERS)):
        actor = actor_for(User.objects.get(email=demo_email(role)))
        own = permissions.own_partner(actor)
        assert own is not None
        assert own.code == code
        assert own.province_id == "30"
