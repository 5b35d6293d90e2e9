"""Two records of one person: linked, found once, kept equally strict, and taken apart without a trace."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actor import UserActor, actor_for
from audit.models import WriteEntry
from casework.actions.clients import restrict_client, set_pin, unrestrict_client, update_client
from casework.actions.identity import link_clients, unlink_clients
from casework.actions.notices import NewNotice, open_episode
from casework.likeness import likely_same
from casework.models import Client, ClientSearch, LinkEvent, Person, SafetyFlag, Stay
from casework.rules.identity import Side, link_problem, restrictions
from casework.searchable import refresh
from casework.searching import search_cards, search_clients
from common import clock, slots
from common.crypto import lookup_hash
from common.db import guards
from common.errors import DomainError, Forbidden, NotVisible
from rentshare.models import Tenancy
from tests.support import factories as make
from tests.support import rent
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.stays import bed, stay

pytestmark = pytest.mark.django_db
PINS = ("1999900000013", "1999900000021")
THIRD_PIN = "1999900000030"


def client(at: str = make.OWN, **fields: Any) -> Client:
    """A record that a search finds."""
    made = make.client(at, **fields)
    refresh(made)
    return made


def lead() -> UserActor:
    return actor_for(make.user("supervisor"))


def link(kept: Client, aside: Client, actor: UserActor | None = None) -> LinkEvent:
    return link_clients(actor=actor or lead(), kept_id=kept.pk, aside_id=aside.pk, reason="มารดาชื่อเดียวกัน")


def unlink(event: LinkEvent, actor: UserActor | None = None) -> LinkEvent:
    return unlink_clients(actor=actor or lead(), link_id=event.pk, reason="คนละคน")


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def found(actor: UserActor, q: str) -> list[str]:
    return [one.client.code for one in search_clients(actor, q)]


def state(*records: Client) -> list[Any]:
    """All that is stored of these records, their search rows, their tenancies and their stays."""
    keys = [record.pk for record in records]
    return [
        list(Client.objects.filter(pk__in=keys).order_by("pk").values()),
        list(ClientSearch.objects.filter(pk__in=keys).order_by("pk").values()),
        *(
            list(model.objects.filter(client__in=keys).order_by("pk").values("pk", "person_id", "client_id"))
            for model in (Tenancy, Stay)
        ),
    ]


# --- rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (Side(2, shown=True), ""),
        (Side(1, shown=False), "link_already"),
        (Side(2, shown=False), "link_set_aside"),
        (Side(2, shown=True, numbers=frozenset({"2"})), "link_numbers"),
        (Side(2, shown=True, numbers=frozenset({"1"})), ""),
        (Side(2, shown=True, cases=frozenset({30})), "link_cases"),
        (Side(2, shown=True, cases=frozenset({50})), ""),
    ],
)
def test_what_cannot_be_one_person_is_refused(other: Side, code: str) -> None:
    assert link_problem(Side(1, shown=True, numbers=frozenset({"1"}), cases=frozenset({30})), other) == code


@given(st.lists(st.booleans(), max_size=6))
def test_all_records_are_as_strict_as_the_strictest(own: list[bool]) -> None:
    answers = restrictions(own)
    assert {restricted for restricted, _ in answers} <= {any(own)}
    assert [restricted and not by_link for restricted, by_link in answers] == own


# --- link and unlink ---------------------------------------------------------------------------------------


def test_linked_records_are_one_person_and_nothing_is_deleted() -> None:
    kept, aside = client(), client()
    event = link(kept, aside)
    aside.refresh_from_db()
    assert (aside.person_id, aside.kept_id) == (kept.person_id, kept.pk)
    assert event.reason == "มารดาชื่อเดียวกัน"
    entries = WriteEntry.objects.filter(verb="client.linked")
    assert {entry.subject for entry in entries} == {str(kept.uid), str(aside.uid)}
    assert not any("มารดา" in str(entry.changes) + entry.reason for entry in entries)


NAMES = st.sampled_from(["สมชาย", "บุญมี", "ทองใบ", "มาลี"])
SIDES = st.fixed_dictionaries(
    {
        "at": st.sampled_from([make.OWN, make.FOREIGN]),
        "first_name": NAMES,
        "nickname": st.sampled_from(["", "แดง", "หนุ่ย"]),
        "restricted": st.booleans(),
        "phone": st.sampled_from(["", "0812345678"]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=SIDES, other=SIDES, third=SIDES, between=st.booleans())
def test_unlinking_restores_every_field_and_every_search(
    one: dict[str, Any], other: dict[str, Any], third: dict[str, Any], between: bool
) -> None:
    """Also when the one set aside had a linked record of its own, and in whatever order it is undone."""
    with transaction.atomic():
        system = make.actor("administrator")
        both = [make.user("centre_head"), make.user("centre_head", make.FOREIGN)]
        actor = _of_both_centres()
        records = [client(**side) for side in (one, other, third)]
        a, b, c = records
        asked = ["สมชาย", "บุญมี", "ทองใบ", "แดง", "0812345678", *(record.code for record in records)]
        readers = [actor, *map(actor_for, both)]

        def answers() -> list[Any]:
            return [
                [found(reader, q) for reader in readers for q in asked],
                [sorted(card.name for card in search_cards(reader, q)) for reader in readers for q in asked],
            ]

        before, said = state(*records), answers()
        inner = link(b, c, actor)
        middle, said_between = state(*records), answers()
        outer = link(a, b, actor)
        if between:
            unlink(inner, actor)
            unlink(outer, actor)
        else:
            unlink(outer, actor)
            assert state(*records) == middle
            assert answers() == said_between
            unlink(inner, actor)
        assert state(*records) == before
        assert answers() == said
        assert system
        transaction.set_rollback(True)


def _of_both_centres() -> UserActor:
    """Somebody who leads at both."""
    user = make.user("centre_head")
    user.memberships.create(
        role="centre_head", centre=make.centre(make.FOREIGN), starts_on=clock.today().replace(year=2020)
    )
    return actor_for(user)


def test_a_link_is_undone_once_and_may_be_made_again() -> None:
    kept, aside = client(), client()
    event = link(kept, aside)
    assert code_of(lambda: link(kept, aside)) == "link_already"
    unlink(event)
    assert code_of(lambda: unlink(event)) == "unlinked_already"
    again = link(aside, kept)
    assert list(LinkEvent.objects.standing()) == [again]


def test_only_the_record_that_is_shown_is_linked_on() -> None:
    kept, aside, third = client(), client(), client()
    link(kept, aside)
    assert code_of(lambda: link(third, aside)) == "link_set_aside"
    assert code_of(lambda: link(kept, kept)) == "link_self"
    link(third, kept)
    assert set(Client.objects.filter(person=third.person).values_list("pk", flat=True)) == {
        kept.pk,
        aside.pk,
        third.pk,
    }


def test_a_reason_is_wanted_both_ways() -> None:
    kept, aside = client(), client()
    wanted: dict[str, Any] = {"actor": lead(), "reason": " "}
    assert code_of(lambda: link_clients(kept_id=kept.pk, aside_id=aside.pk, **wanted)) == "reason_missing"
    event = link(kept, aside)
    assert code_of(lambda: unlink_clients(link_id=event.pk, **wanted)) == "reason_missing"


def test_who_may_not_write_in_both_links_nothing() -> None:
    kept, aside, foreign = client(), client(), client(make.FOREIGN)
    with pytest.raises(NotVisible):
        link(kept, foreign)
    with pytest.raises(Forbidden):
        link(kept, aside, make.actor("nurse"))
    event = link(kept, aside)
    with pytest.raises(NotVisible):
        unlink(event, make.actor("supervisor", make.FOREIGN))


# --- what stands against it --------------------------------------------------------------------------------


def test_two_verified_numbers_are_two_people_before_and_after_linking() -> None:
    one, other = (client(pin=pin, pin_hash=lookup_hash(pin, "pin"), pin_verified=True) for pin in PINS)
    assert code_of(lambda: link(one, other)) == "link_numbers"
    third = client()
    link(one, third)
    typed: dict[str, Any] = {"pin": THIRD_PIN, "id_status": "has_card", "verified": True}
    assert code_of(lambda: set_pin(actor=lead(), client_id=third.pk, **typed)) == "pin_other_linked"


def test_open_cases_at_one_centre_stand_against_it_and_none_is_opened_beside() -> None:
    one, other = client(), client()
    make.episode(one)
    case = make.episode(other)
    assert code_of(lambda: link(one, other)) == "link_cases"
    case.state, case.closed_on, case.outcome = "closed", clock.today(), "lost"
    case.save()
    link(one, other)
    notice = NewNotice(clock.today(), "walk_in")
    assert (
        code_of(lambda: open_episode(actor=lead(), client_id=other.pk, notice=notice))
        == "episode_open_linked"
    )


def test_two_rooms_on_the_same_days_stand_against_it() -> None:
    one, other = client(), client()
    for tenant in (one, other):
        rent.tenancy(client=tenant)
    assert code_of(lambda: link(one, other)) == "link_blocked"
    kept = [e for e in slots._entries["linking.checks"] if e[1] == "rentshare"]
    slots._entries["linking.checks"] = [e for e in slots._entries["linking.checks"] if e[1] != "rentshare"]
    try:
        before = state(one, other)
        assert code_of(lambda: link(one, other)) == "link_overlap"  # the guard holds by itself
        assert state(one, other) == before
    finally:
        slots._entries["linking.checks"] += kept


def test_a_room_goes_along_and_comes_back() -> None:
    kept, aside = client(), client()
    tenancy = rent.tenancy(client=aside)
    before = state(kept, aside)
    event = link(kept, aside)
    tenancy.refresh_from_db()
    assert tenancy.person_id == kept.person_id
    unlink(event)
    assert state(kept, aside) == before


def test_a_bed_goes_along_and_comes_back_and_nobody_is_linked_into_two() -> None:
    actor, kept, aside = _of_both_centres(), client(), client(make.FOREIGN)
    make.episode(kept)
    make.episode(aside)
    slept = stay(aside, bed(make.FOREIGN))
    before = state(kept, aside)
    event = link(kept, aside, actor)
    slept.refresh_from_db()
    assert slept.person_id == kept.person_id
    with pytest.raises(IntegrityError), transaction.atomic():
        stay(kept, bed(label="2"))
    unlink(event, actor)
    assert state(kept, aside) == before
    stay(kept, bed(label="2"))
    assert code_of(lambda: link(kept, aside, actor)) == "link_overlap"


def test_the_database_shows_one_record_of_a_person_and_edits_no_link() -> None:
    person = Person.objects.create()
    make.client(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.client(person=person, kept=None)
    event = link(client(), client())
    guards.install()
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkEvent.objects.filter(pk=event.pk).update(actor_key="x")


# --- the stricter wins -------------------------------------------------------------------------------------


def test_the_stricter_restriction_holds_for_both_and_leaves_with_the_link() -> None:
    actor, open_one, strict = lead(), client(), client(restricted=True)
    event = link(open_one, strict)
    open_one.refresh_from_db()
    assert (open_one.restricted, open_one.restricted_by_link) == (True, True)
    assert ClientSearch.objects.get(pk=open_one.pk).restricted
    why: dict[str, Any] = {"actor": actor, "reason": "x"}
    assert code_of(lambda: unrestrict_client(client_id=open_one.pk, **why)) == "restricted_by_link"
    restrict_client(client_id=open_one.pk, **why)  # by itself as well
    unrestrict_client(client_id=strict.pk, **why)
    strict.refresh_from_db()
    assert (strict.restricted, strict.restricted_by_link) == (True, True)
    unlink(event)
    for record, restricted in ((open_one, True), (strict, False)):
        record.refresh_from_db()
        assert (record.restricted, record.restricted_by_link) == (restricted, False)


def test_a_restriction_after_linking_closes_both() -> None:
    actor, kept, aside = lead(), client(), client()
    event = link(kept, aside)
    restrict_client(actor=actor, client_id=kept.pk, reason="ถูกคุกคาม")
    assert not Client.objects.visible_to(make.actor()).filter(pk__in=[kept.pk, aside.pk]).exists()
    unlink(event)
    assert Client.objects.visible_to(make.actor()).filter(pk=aside.pk).exists()


def test_warnings_of_either_stand_on_both() -> None:
    worker, browser = make.user(), Browser()
    kept, aside = client(), client()
    case = make.episode(kept, worker)
    make.follow_up(case)
    SafetyFlag.objects.create(client=aside, kind="violence", text="อย่าไปคนเดียว")
    SafetyFlag.objects.create(client=kept, kind="infection", text="ใส่หน้ากาก")
    link(kept, aside)
    browser.force_login(worker)
    for record in (kept, aside):
        page = parse(browser.get(reverse("casework:client", args=[record.uid])))
        assert [flag.select_one("p + p").get_text() for flag in page.select("main .flag")] == [  # type: ignore[union-attr]
            "อย่าไปคนเดียว",
            "ใส่หน้ากาก",
        ]
    day = parse(browser.get(reverse("casework:today")))
    assert len(day.select("main section:not(#waiting) .rows > li .chip.bad")) == 2


# --- finding -----------------------------------------------------------------------------------------------


def test_linked_records_never_both_match_and_every_name_finds_the_person() -> None:
    actor = lead()
    kept = client(first_name="ทองใบ", last_name="ศรีวิลัย", phone="0812345678")
    aside = client(first_name="ทองไบ", last_name="ศรีวิลัย", nickname="ช่างร่ม", phone="0812345678")
    assert set(found(actor, "ทองใบ ศรีวิลัย")) == {kept.code, aside.code}
    link(kept, aside)
    for q in ("ทองใบ ศรีวิลัย", "ทองไบ ศรีวิลัย", "ช่างร่ม", "0812345678", kept.code, aside.code):
        assert found(actor, q) == [kept.code], q
    page = Browser()
    page.force_login(make.user())
    listed = parse(page.get(reverse("casework:clients"))).get_text()
    assert kept.code in listed
    assert aside.code not in listed


def test_nobody_is_lost_to_the_centre_whose_record_was_set_aside() -> None:
    kept, aside = client(first_name="ทองใบ"), client(make.FOREIGN, first_name="ทองไบ")
    link(kept, aside, _of_both_centres())
    there, elsewhere = make.actor(at=make.FOREIGN), make.actor(at="10")
    assert found(there, "ทองใบ") == [aside.code]
    assert search_cards(there, "ทองใบ", elsewhere=True) == []
    (card,) = search_cards(elsewhere, "ทองไบ", elsewhere=True)
    assert card.centre == kept.centre.name


def test_what_is_linked_is_no_longer_likely_the_same() -> None:
    actor = lead()
    kept = client(first_name="ทองใบ", last_name="ศรีวิลัย")
    aside, third = (client(first_name="ทองใบ", last_name="ศรีวิลัย") for _ in range(2))
    assert {one.client.pk for one in likely_same(actor, kept)} == {aside.pk, third.pk}
    link(kept, aside)
    assert {one.client.pk for one in likely_same(actor, kept)} == {third.pk}
    assert [one.client.pk for one in likely_same(actor, third)] == [kept.pk]


# --- pages -------------------------------------------------------------------------------------------------


def test_from_the_file_to_the_link_and_back() -> None:
    browser = Browser()
    browser.force_login(make.user("supervisor"))
    kept = client(first_name="ทองใบ", last_name="ศรีวิลัย", phone="0812345678")
    aside = client(first_name="ทองไบ", last_name="ศรีวิลัย", sleeping_place="ใต้สะพาน")
    same = browser.get(reverse("casework:same", args=[kept.uid]))
    address = reverse("casework:link", args=[kept.uid, aside.uid])
    assert parse(same).select_one(f'a[href="{address}"]')
    page = browser.get(address)
    assert "ใต้สะพาน" in parse(page).select_one("table.compared").get_text()  # type: ignore[union-attr]
    refused = browser.submit(page, {"reason": ""})
    assert refused.status_code == 422
    answer = browser.submit(refused, {"keep": str(kept.uid), "reason": "หน้าตาเดียวกัน"})
    assert answer["Location"] == reverse("casework:client", args=[kept.uid])
    shown = parse(browser.get(reverse("casework:client", args=[aside.uid])))
    see = shown.select_one(f'main .note a[href="{answer["Location"]}"]')
    assert see is not None
    assert kept.code in see.get_text()
    event = LinkEvent.objects.get()
    page = browser.get(reverse("casework:unlink", args=[event.uid]))
    assert browser.submit(page, {"reason": "คนละคน"}).status_code == 302
    assert browser.get(reverse("casework:unlink", args=[event.uid])).status_code == 302
    aside.refresh_from_db()
    assert aside.kept_id is None


def test_the_other_record_is_searched_for_and_a_stranger_says_whom_to_call() -> None:
    browser = Browser()
    browser.force_login(make.user())
    mine, other = client(first_name="ทองใบ"), client(first_name="บุญมี")
    page = browser.get(reverse("casework:same", args=[mine.uid]), {"q": "บุญมี"})
    assert str(other.uid) in page.content.decode()
    foreign = client(make.FOREIGN, first_name="ทองใบ", last_name=mine.last_name)
    page = browser.get(reverse("casework:same", args=[mine.uid]))
    assert foreign.centre.name in page.content.decode()
    assert str(foreign.uid) not in page.content.decode()


def test_editing_after_linking_keeps_the_edit_when_it_is_undone() -> None:
    actor, kept, aside = lead(), client(), client()
    event = link(kept, aside)
    aside.refresh_from_db()
    update_client(actor=actor, client_id=aside.pk, version=aside.version, changes={"sleeping_place": "วัดใหม่"})
    unlink(event)
    aside.refresh_from_db()
    assert (aside.sleeping_place, aside.kept_id) == ("วัดใหม่", None)
