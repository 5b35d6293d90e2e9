"""Taking a notice: from the first words to a record, once for everybody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.actor import actor_for
from audit import trail
from audit.models import ReadEntry, WriteEntry
from casework.actions.intake import Intake, register_client
from casework.actions.needs import NewNeed
from casework.models import Client, Episode, FollowUp, Notice
from casework.registering import NewAppointment, NewClient
from casework.signals import episode_opened
from common import clock
from common.crypto import lookup_hash
from common.errors import DomainError, Forbidden
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.htmx import Page

pytestmark = pytest.mark.django_db

PIN = "1999900000013"
WORD = {"channel": Notice.Channel.WALK_IN}


def register(
    actor: Any = None, centre: str = make.OWN, intake: dict[str, Any] | None = None, **known: Any
) -> Client:
    new = NewClient(**WORD | known)
    return register_client(
        actor=actor or make.actor(),
        centre_id=make.centre(centre).pk,
        intake=Intake(client=new, **intake or {}),
    )


def refused(**known: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        register(**known)
    return caught.value


def test_a_nickname_is_enough() -> None:
    client = register(nickname="ดำ")
    assert client.display_name == "ดำ"
    assert client.code.startswith("30-")
    assert client.episodes.get().state == Episode.State.NOTICE


def test_nobody_by_nothing() -> None:
    error = refused(first_name=" ​ ", found_place="วัด")
    assert (error.code, error.field) == ("name_missing", "first_name")


def test_title_name_surname_and_nickname_in_one_box_go_where_they_belong() -> None:
    client = register(first_name="นายสมชาย  คําแก้ว (ดำ)")
    assert (client.title, client.first_name, client.last_name, client.nickname) == (
        *("นาย", "สมชาย", "คำแก้ว"),
        "ดำ",
    )


def test_a_surname_of_its_own_box_is_not_taken_apart_again() -> None:
    client = register(first_name="นางสาวมาลี", last_name="ณ อยุธยา")
    assert (client.title, client.first_name, client.last_name) == ("นางสาว", "มาลี", "ณ อยุธยา")


def test_a_name_of_five_thousand_letters_is_refused_in_a_sentence() -> None:
    assert refused(first_name="ก" * 5000).code == "too_long"


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"noticed_on": 1}, "future"),
        ({"born_on": 1}, "birth_future"),
        ({"noticed_on": -10, "born_on": -5}, "birth_after_notice"),
        ({"phone": "12"}, "phone_unreadable"),
        ({"pin": "1999900000014"}, "pin_checksum"),
        ({"pin": "12345"}, "pin_length"),
    ],
)
def test_what_cannot_be_is_refused(known: dict[str, Any], code: str) -> None:
    today = clock.today()
    days = {key: today + timedelta(days=value) for key, value in known.items() if isinstance(value, int)}
    assert refused(first_name="สมชาย", **known | days).code == code


def test_a_number_that_does_not_add_up_is_kept_unverified_on_request() -> None:
    client = register(first_name="สมชาย", pin="1-9999-00000-01-4", intake={"keep_unverified": True})
    assert (client.pin, client.pin_verified, client.id_status) == ("1999900000014", False, "unverified")


def test_nothing_typed_makes_a_number_verified() -> None:
    client = register(first_name="สมชาย", pin=PIN, pin_verified=True, restricted=True)
    assert (client.pin_verified, client.restricted) == (False, False)


def test_the_whole_first_conversation_is_written_at_once() -> None:
    worker, today = make.user(), clock.today()
    told: list[Any] = []
    episode_opened.connect(lambda **kw: told.append(kw["episode"]), weak=False, dispatch_uid="test")
    try:
        client = register(
            actor_for(worker),
            first_name="สมชาย",
            noticed_on=today - timedelta(days=2),
            worker_id=worker.pk,
            appointments=[NewAppointment(today + timedelta(days=3), purpose="เยี่ยม")],
            intake={
                "needs": [NewNeed("food", "หิวข้าว", urgent=True), NewNeed("papers")],
                "flag": ("violence", "อย่าไปคนเดียว"),
                "contacted_on": today,
                "help_answer": "accepted_help",
            },
        )
    finally:
        episode_opened.disconnect(dispatch_uid="test")
    episode = client.episodes.get()
    assert told == [episode]
    assert (episode.state, episode.worker) == (Episode.State.CONTACT, worker)
    assert [e.kind for e in client.events.order_by("pk")] == ["opened", "contacted", "accepted_help"]
    assert {need.kind for need in client.needs.all()} == {"food", "papers"}
    assert client.needs.get(kind="food").words == "หิวข้าว"
    assert client.safety_flags.get().text == "อย่าไปคนเดียว"
    assert FollowUp.objects.get(client=client).worker == worker


def test_an_answer_without_a_meeting_is_refused() -> None:
    assert refused(first_name="สมชาย", intake={"help_answer": "declined_help"}).code == "answer_needs_contact"


def test_a_refusal_leaves_nothing_behind() -> None:
    refused(
        first_name="สมชาย",
        intake={"contacted_on": clock.today(), "needs": [NewNeed("food"), NewNeed("food")]},
    )
    assert not Client.objects.filter(first_name="สมชาย").exists()
    assert not WriteEntry.objects.exists()


def test_the_trail_says_who_registered_and_no_name() -> None:
    actor = make.actor()
    client = register(actor, first_name="สมชาย")
    entry = WriteEntry.objects.get(verb="client.registered")
    assert (entry.actor_key, entry.subject) == (actor.key, str(client.uid))
    assert "สมชาย" not in str(entry.changes)
    assert trail.opened(entry) == {}


def test_a_foreign_centre_and_a_nurse_may_not() -> None:
    with pytest.raises(Forbidden):
        register(make.actor(), centre=make.FOREIGN, first_name="ก")
    with pytest.raises(Forbidden):
        register(make.actor("nurse"), first_name="ก")


def test_a_case_goes_to_somebody_of_the_centre_only() -> None:
    stranger = make.user(at=make.FOREIGN)
    assert refused(first_name="ก", worker_id=stranger.pk).code == "worker_elsewhere"


# --- the same person ---------------------------------------------------------------------------------------


def known_client(at: str = make.OWN, **fields: Any) -> Client:
    """A record that the search knows, as registering makes it."""
    return register(make.actor(at=at), at, **{"first_name": "สมชาย", "last_name": "คำแก้ว"} | fields)


def test_somebody_likely_the_same_asks_for_a_reason_and_keeps_it() -> None:
    known_client(make.FOREIGN, phone="0812345678")
    again = {"first_name": "สมชาย", "last_name": "คำแกว", "phone": "081-234-5678"}
    error = refused(**again)
    assert (error.code, error.field) == ("likely_same", "another_because")
    client = register(**again, intake={"another_because": "อายุต่างกัน 20 ปี"})
    entry = WriteEntry.objects.get(verb="client.registered", subject=str(client.uid))
    assert entry.reason == "อายุต่างกัน 20 ปี"


def test_a_common_first_name_stops_nobody() -> None:
    known_client()
    assert register(first_name="สมชาย", last_name="ใจดี").pk


def test_a_verified_number_of_somebody_findable_stops_even_with_a_reason() -> None:
    holder = known_client(make.FOREIGN, first_name="ประยุทธ")
    Client.objects.filter(pk=holder.pk).update(pin=PIN, pin_hash=lookup_hash(PIN, "pin"), pin_verified=True)
    error = refused(first_name="มาลี", pin=PIN, intake={"another_because": "คนละคน"})
    assert (error.code, error.field) == ("pin_known", "pin")
    assert "เชียงใหม่" in str(error.message)
    assert "ประยุทธ" not in str(error.message)


def test_an_unverified_number_may_be_a_mistake_of_the_other_record() -> None:
    known_client(first_name="ประยุทธ", pin=PIN)
    assert refused(first_name="มาลี", pin=PIN).code == "pin_known"
    assert register(first_name="มาลี", pin=PIN, intake={"another_because": "เห็นบัตรตัวจริง"}).pin == PIN


def test_a_restricted_person_elsewhere_is_not_given_away() -> None:
    hidden = known_client(make.FOREIGN, phone="0812345678", pin=PIN)
    Client.objects.filter(pk=hidden.pk).update(restricted=True)
    assert register(first_name="สมชาย", last_name="คำแก้ว", phone="0812345678", pin=PIN).pk


# --- the page ----------------------------------------------------------------------------------------------


@pytest.fixture
def desk() -> Browser:
    browser = Browser()
    browser.force_login(make.user())
    return browser


FORM = f"#{'intake'}"


def test_the_page_registers_and_leads_to_the_file(desk: Browser) -> None:
    page = desk.get(reverse("casework:intake"))
    answer = desk.submit(
        page, {"first_name": "บุญมา", "channel": "hotline_1300", "born": "2510", "needs": ["food"]}, form=FORM
    )
    client = Client.objects.get(first_name="บุญมา")
    assert answer.headers["Location"] == reverse("casework:client", args=[client.uid])
    assert (client.born_on.year, client.born_precision) == (1967, "year")  # type: ignore[union-attr]


def test_sent_twice_it_registers_once(desk: Browser) -> None:
    page = desk.get(reverse("casework:intake"))
    typed = {"first_name": "บุญมา", "channel": "walk_in"}
    first = desk.submit(page, typed, form=FORM)
    second = desk.submit(page, typed, form=FORM)
    assert first.headers["Location"] == second.headers["Location"]
    assert Client.objects.filter(first_name="บุญมา").count() == 1


def test_what_was_typed_stays_and_the_errors_stand_at_their_fields(desk: Browser) -> None:
    page = desk.get(reverse("casework:intake"))
    answer = desk.submit(page, {"first_name": "บุญมา", "channel": "walk_in", "born": "17/1/26"}, form=FORM)
    assert answer.status_code == 422
    form = parse(answer).select_one(FORM)
    assert form is not None
    assert form.select_one("[name=first_name]")["value"] == "บุญมา"  # type: ignore[index]
    assert form.select_one("[name=born]")["aria-invalid"] == "true"  # type: ignore[index]
    assert not Client.objects.exists()


def test_likely_matches_stand_beside_and_the_reason_can_be_given_there(desk: Browser) -> None:
    elsewhere = known_client(make.FOREIGN, phone="0812345678")
    page = desk.get(reverse("casework:intake"))
    typed = {"first_name": "สมชาย", "last_name": "คำแก้ว", "phone": "0812345678", "channel": "walk_in"}
    answer = desk.submit(page, typed, form=FORM)
    assert answer.status_code == 422
    beside = parse(answer).select_one("#likely")
    assert beside is not None
    assert "สมชาย คำแก้ว" in beside.get_text()
    assert "เชียงใหม่" in beside.get_text()
    assert not beside.select("a.n"), "a file one may not open is not linked"
    assert str(elsewhere.uid) not in str(beside)
    again = desk.submit(answer, {"another_because": "เจอตัวทั้งสองคน"}, form=FORM)
    assert again.status_code == 302


def test_while_one_types_matches_are_asked_for_and_the_looks_are_noted(desk: Browser) -> None:
    own = known_client(phone="0812345678")
    page = Page(desk, reverse("casework:intake"))
    assert "คำแก้ว" not in page.text("#likely")
    page.trigger("#likely", {"first_name": "สมชาย", "last_name": "คำแก้ว"})
    assert "คำแก้ว" in page.text("#likely")
    assert page.one("#likely a.n")["href"] == reverse("casework:client", args=[own.uid])
    assert ReadEntry.objects.filter(subject=str(own.uid), what="card").exists()
    assert not Client.objects.filter(first_name="สมชาย").exclude(pk=own.pk).exists()


def test_half_typed_nonsense_finds_nobody_and_breaks_nothing(desk: Browser) -> None:
    for typed in ({"phone": "x", "pin": "๑๒", "born": "31/2/2560"}, {"first_name": "ก" * 6000}, {}):
        assert desk.post(reverse("casework:likely"), typed).status_code == 200


def test_a_prefilled_dataclass_stays_as_it_was_typed() -> None:
    typed = NewClient(first_name="นายสมชาย คำแก้ว", **WORD)
    before = replace(typed)
    register_client(actor=make.actor(), centre_id=make.centre().pk, intake=Intake(client=typed))
    assert typed == before
