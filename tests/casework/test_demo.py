"""The demo's people: made up, marked so, and distributed as published."""

import random
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts import demo_people
from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework.demo.write import write
from casework.models import Client, EpisodeEvent, FollowUp, FollowUpResult, Notice
from common import clock
from common.demo import SEED, Demo
from common.thai import idnumber

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db: None) -> None:
    """The people alone: a year of frozen reports is not needed here."""
    chance = random.Random(SEED)
    d = Demo(today=clock.today(), people=600, chance=chance, say=lambda words: None)
    demo_people.write(d)
    write(d)


def test_there_is_somebody_for_each_role(demo: None) -> None:
    assert set(User.objects.values_list("email", flat=True)) >= {demo_email(role) for role in Role}
    assert not User.objects.filter(is_synthetic=False).exists()


def test_everybody_is_marked_as_made_up_and_has_a_number_that_cannot_exist(demo: None) -> None:
    assert not Client.objects.filter(is_synthetic=False).exists()
    numbers = [client.pin for client in Client.objects.order_by("pk") if client.pin]
    assert numbers
    assert all(number[1:5] == "9999" and idnumber.is_valid(number) for number in numbers)


def test_half_of_the_people_are_in_bangkok_as_counted(demo: None) -> None:
    places = Counter(Client.objects.values_list("centre__code", flat=True))
    assert places["10"] / places.total() == pytest.approx(0.5086, abs=0.03)
    assert len(places) == 77


def test_nine_notices_in_ten_come_by_the_hotline(demo: None) -> None:
    channels = Counter(Notice.objects.values_list("channel", flat=True))
    assert channels["hotline_1300"] / channels.total() == pytest.approx(0.908, abs=0.04)


def test_nothing_has_happened_in_the_future(demo: None) -> None:
    today = clock.today()
    assert not EpisodeEvent.objects.filter(occurred_on__gt=today).exists()
    assert not FollowUpResult.objects.filter(occurred_on__gt=today).exists()


def test_the_social_worker_finds_people_late_and_people_due_today(demo: None) -> None:
    mine = FollowUp.objects.filter(worker__email=demo_email(Role.SOCIAL_WORKER), state=FollowUp.State.PLANNED)
    assert mine.filter(due_on__lt=clock.today()).exists()
    assert mine.filter(due_on=clock.today()).exists()


def test_a_demo_is_not_poured_over_people_who_are_there(demo: None) -> None:
    people = Client.objects.count()
    with pytest.raises(CommandError, match="demo-reset"):
        call_command("demo")
    assert Client.objects.count() == people


@override_settings(IS_DEMO=False)
def test_outside_demo_mode_nobody_is_made_up() -> None:
    with pytest.raises(CommandError, match="demo mode"):
        call_command("demo")
    assert not User.objects.exists()
