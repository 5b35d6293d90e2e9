"""The demo's forums: the chain that is on record, a year of one village, and something in every state."""

import random
from datetime import date

import pytest

from common import clock
from common.demo import SEED, Demo
from governance import demo_forums
from governance.models import Attribution, Demand, Forum, Holding, Telling, Voice
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> None:
    make.client("30")
    chance = random.Random(SEED)
    demo_forums.write(Demo(today=clock.today(), people=1, chance=chance, say=lambda words: None))


def test_the_chain_stands_on_its_days(written: None) -> None:
    chain = Forum.objects.filter(centre__code="10").order_by("day")
    assert [forum.day for forum in chain] == [date(2021, 12, 23), date(2022, 5, 23), date(2025, 3, 19)]
    petition = Demand.objects.get(forum=chain[2])
    assert petition.state == "open"
    assert not petition.answers.exists()


def test_a_year_of_the_village_has_a_forum_each_month_and_one_ahead(written: None) -> None:
    village = Forum.objects.filter(centre__code="30").order_by("day")
    assert village.filter(state="held").count() == 12
    ahead = village.get(state="planned")
    assert ahead.day > clock.today()
    assert not ahead.voices.exists()
    assert not Holding.objects.filter(held_on__gt=clock.today()).exists()


def test_there_is_something_in_every_state_and_one_speaker_with_a_name(written: None) -> None:
    assert set(Demand.objects.values_list("state", flat=True)) == {"open", "answered", "told"}
    assert Voice.objects.standing().count() > 80
    assert all(telling.told_on <= clock.today() for telling in Telling.objects.all())
    assert Attribution.objects.get().voice.forum.centre.code == "30"
