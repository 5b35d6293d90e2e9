"""The one place where client records come into being."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from casework.models import Client, Episode, EpisodeEvent, FollowUp, FollowUpResult, Notice
from casework.registering import NewAppointment, NewClient, take_codes, write_clients
from common.actor import SystemActor
from tests.support import factories as make

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test")


def write(*new: NewClient, at: str = "30") -> list[Client]:
    with transaction.atomic():
        keys = write_clients(actor=ACTOR, centre=make.centre(at), new=new)
    found = Client.objects.in_bulk(keys)
    return [found[key] for key in keys]


def test_a_record_comes_with_its_notice_episode_and_first_event() -> None:
    (client,) = write(NewClient(first_name="สมชาย", noticed_on=date(2026, 11, 1), channel="walk_in"))
    episode = Episode.objects.get(client=client)
    assert (episode.state, episode.opened_on) == ("notice", date(2026, 11, 1))
    assert Notice.objects.get(client=client).channel == "walk_in"
    assert EpisodeEvent.objects.get(client=client).kind == "opened"


def test_codes_run_on_within_centre_and_fiscal_year() -> None:
    centre, elsewhere = make.centre("30"), make.centre("50")
    assert take_codes(centre, date(2026, 9, 30), 2) == ["30-2569-00001", "30-2569-00002"]
    assert take_codes(centre, date(2026, 9, 30), 1) == ["30-2569-00003"]
    assert take_codes(centre, date(2026, 10, 1), 1) == ["30-2570-00001"]
    assert take_codes(elsewhere, date(2026, 10, 1), 1) == ["50-2570-00001"]


def test_somebody_without_any_name_is_known_by_what_one_remembers() -> None:
    (client,) = write(NewClient(descriptor="ลุงหมวก สถานีรถไฟ"))
    assert "ลุงหมวก" in client.display_name


def test_somebody_of_whom_nothing_is_known_is_refused() -> None:
    with pytest.raises(IntegrityError):
        write(NewClient())


def test_a_verified_number_is_one_persons_and_nothing_of_the_batch_is_written() -> None:
    pin = "1999900000013"
    write(NewClient(first_name="ก", pin=pin, pin_verified=True))
    with pytest.raises(IntegrityError):
        write(NewClient(first_name="ข"), NewClient(first_name="ค", pin=pin, pin_verified=True))
    assert not Client.objects.filter(first_name="ข").exists()


def test_an_unverified_number_may_stand_twice_until_people_have_looked() -> None:
    pin = "1999900000013"
    first, second = write(NewClient(first_name="ก", pin=pin), NewClient(first_name="ข", pin=pin))
    assert first.pin_hash == second.pin_hash


def test_the_number_is_not_readable_in_the_database() -> None:
    (client,) = write(NewClient(first_name="ก", pin="1999900000013"))
    stored = Client.objects.filter(pk=client.pk).extra(select={"raw": "pin"}).values_list("raw", flat=True)[0]
    assert b"1999900000013" not in bytes(stored)
    assert Client.objects.get(pk=client.pk).pin == "1999900000013"


def test_an_appointment_with_a_result_is_done_and_one_without_is_planned() -> None:
    past = NewAppointment(due_on=date(2026, 10, 1), result="met", occurred_on=date(2026, 10, 2))
    (client,) = write(
        NewClient(
            first_name="ก",
            noticed_on=date(2026, 9, 1),
            appointments=[past, NewAppointment(due_on=date(2099, 1, 1))],
        )
    )
    done, planned = FollowUp.objects.filter(client=client).order_by("due_on")
    assert (done.state, planned.state) == ("done", "planned")
    assert FollowUpResult.objects.get(follow_up=done).occurred_on == date(2026, 10, 2)


def test_an_episode_that_is_over_is_whole() -> None:
    closed = (date(2026, 10, 1), "own_home")
    (client,) = write(NewClient(first_name="ก", noticed_on=date(2026, 9, 1), closed=closed))
    episode = Episode.objects.get(client=client)
    assert (episode.state, episode.closed_on, episode.outcome) == ("closed", *closed)
    assert EpisodeEvent.objects.filter(client=client, kind="closed", value="own_home").exists()


@given(st.lists(st.text(alphabet="กขคงจ่้์ำ ='\"<\x0b", min_size=1, max_size=20), min_size=1, max_size=5))
def test_whatever_is_typed_is_kept_as_it_is(words: list[str]) -> None:
    clients = write(*(NewClient(first_name="ก", remark=word, found_place=word) for word in words))
    assert [client.remark for client in clients] == words
    assert [client.found_place for client in clients] == words
