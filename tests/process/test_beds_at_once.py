"""Two press at once: no bed is given twice, and nobody lies in two."""

from datetime import timedelta

import pytest

from accounts.actor import actor_for
from casework.actions.beds import BedFacts, change_bed
from casework.actions.identity import link_clients
from casework.actions.stays import check_in
from casework.models import Bed, Client, Stay
from casework.searchable import refresh
from common import clock
from common.ids import time_ordered_uuid
from tests.process.test_linking_at_once import answers
from tests.support import factories as make
from tests.support import stays as make_one

pytestmark = pytest.mark.process


def somebody() -> Client:
    client = make.client()
    make.episode(client)
    refresh(client)
    return client


def bed() -> Bed:
    return make_one.bed(label=str(time_ordered_uuid())[-12:])


def test_two_who_want_one_bed_at_once_get_it_once() -> None:
    actors = [actor_for(make.user()) for _ in range(2)]
    for _ in range(5):
        wanted, people = bed(), [somebody(), somebody()]
        said = answers(
            *(
                lambda actor=actor, one=one, wanted=wanted: check_in(
                    actor=actor, client_id=one.pk, bed_id=wanted.pk, starts_on=clock.today()
                )
                for actor, one in zip(actors, people, strict=True)
            )
        )
        assert sorted(said) == ["", "bed_given"]
        assert Stay.objects.filter(bed=wanted).count() == 1


def test_one_person_checked_in_twice_at_once_has_one_bed() -> None:
    actors = [actor_for(make.user()) for _ in range(2)]
    for _ in range(5):
        one, beds = somebody(), [bed(), bed()]
        said = answers(
            *(
                lambda actor=actor, one=one, wanted=wanted: check_in(
                    actor=actor, client_id=one.pk, bed_id=wanted.pk, starts_on=clock.today()
                )
                for actor, wanted in zip(actors, beds, strict=True)
            )
        )
        assert sorted(said) == ["", "person_has_bed"]
        assert Stay.objects.open().filter(client=one).count() == 1


def test_a_link_and_a_check_in_at_once_leave_the_person_in_one_bed() -> None:
    actors = [actor_for(make.user("supervisor")) for _ in range(2)]
    day = clock.today()
    for _ in range(5):
        one, other, wanted = somebody(), make.client(), bed()
        refresh(other)
        past = make.episode(
            other, opened_on=day - timedelta(days=9), state="closed", closed_on=day, outcome="lost"
        )
        make_one.stay(other, bed(), episode=past)
        said = answers(
            lambda one=one, wanted=wanted: check_in(
                actor=actors[0], client_id=one.pk, bed_id=wanted.pk, starts_on=day
            ),
            lambda one=one, other=other: link_clients(
                actor=actors[1], kept_id=one.pk, aside_id=other.pk, reason="x"
            ),
        )
        assert said in (["", "link_overlap"], ["person_has_bed", ""]), said


def test_a_bed_given_and_closed_at_once_is_one_of_the_two() -> None:
    actors = [actor_for(make.user("supervisor")) for _ in range(2)]
    for _ in range(5):
        one, wanted = somebody(), bed()
        said = answers(
            lambda one=one, wanted=wanted: check_in(
                actor=actors[0], client_id=one.pk, bed_id=wanted.pk, starts_on=clock.today()
            ),
            lambda wanted=wanted: change_bed(
                actor=actors[1], bed_id=wanted.pk, bed=BedFacts(wanted.label, closed_why="ขาหัก")
            ),
        )
        assert said in (["", "bed_in_use"], ["bed_closed", ""]), said
