"""Changing what is known of somebody, the ID number, who may open the file; finding the file again."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import actor_for
from audit import trail
from audit.models import WriteEntry
from casework.actions.clients import restrict_client, set_pin, unrestrict_client, update_client
from casework.models import Client
from casework.rules.versions import merged
from casework.searchable import refresh
from casework.searching import search_clients
from common.errors import DomainError, Forbidden, NotVisible, StaleRecord
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.htmx import Page

pytestmark = pytest.mark.django_db

PIN = "1999900000013"


def change(client: Client, actor: Any = None, version: int | None = None, **changes: Any) -> Client:
    return update_client(
        actor=actor or make.actor(),
        client_id=client.pk,
        version=client.version if version is None else version,
        changes=changes,
    )


# --- the record --------------------------------------------------------------------------------------------


def test_a_change_is_kept_tidied_found_and_sorted() -> None:
    client, actor = make.client(first_name="สมชาย", last_name=""), make.actor()
    changed = change(client, actor, first_name="นายเกษม  พรหมมา", phone="081 234 5678")
    assert (changed.first_name, changed.last_name, changed.phone) == ("เกษม", "พรหมมา", "0812345678")
    assert changed.version == client.version + 1
    assert changed.sort_key > "ก"
    assert [found.client for found in search_clients(actor, "เกษม")] == [changed]


def test_the_trail_seals_who_it_is_and_shows_what_does_not_tell() -> None:
    client = make.client(first_name="สมชาย")
    change(client, first_name="เกษม", cause="work")
    entry = WriteEntry.objects.get(verb="client.updated")
    assert entry.changes == {"cause": ["unknown", "work"], "version": [1, 2]}
    assert trail.opened(entry) == {"first_name": ["สมชาย", "เกษม"]}
    trail.forget(str(client.uid))
    assert trail.opened(entry) is None


def test_saving_what_stands_already_writes_nothing() -> None:
    client = make.client()
    change(client, first_name=client.first_name)
    assert not WriteEntry.objects.exists()
    assert Client.objects.get(pk=client.pk).version == 1


def test_the_last_name_somebody_is_known_by_is_not_taken_away() -> None:
    client = make.client(first_name="สมชาย", last_name="", title="")
    with pytest.raises(DomainError) as refused:
        change(client, first_name="")
    assert refused.value.code == "name_missing"
    assert change(client, first_name="", descriptor="ลุงหมวก").main_name.count("ลุงหมวก") == 1


def test_a_field_that_is_not_for_editing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="restricted"):
        change(make.client(), restricted=True)


def test_who_saved_in_between_is_named_and_nothing_is_written() -> None:
    client, first = make.client(), make.user(name="สุดา")
    change(client, actor_for(first), nickname="ดำ")
    with pytest.raises(StaleRecord) as stale:
        change(client, version=1, nickname="แดง")
    assert "สุดา" in str(stale.value.message)
    assert Client.objects.get(pk=client.pk).nickname == "ดำ"


def test_the_second_of_two_editors_sees_both_and_loses_nothing_typed() -> None:
    client, browser = make.client(nickname="ก่อน"), Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:edit", args=[client.uid]))
    change(client, nickname="ดำ")
    answer = browser.submit(page, {"nickname": "แดง"})
    assert answer.status_code == 422
    soup = parse(answer)
    assert soup.select_one("[name=nickname]")["value"] == "แดง"  # type: ignore[index]
    cells = [cell.get_text(strip=True) for cell in soup.select(".meanwhile tbody tr > *")]
    assert cells[:3] == ["ชื่อเล่น", "ก่อน", "ดำ"]
    assert browser.submit(answer).status_code == 302
    assert Client.objects.get(pk=client.pk).nickname == "แดง"


def test_what_the_first_saved_is_not_undone_by_who_did_not_touch_it() -> None:
    """The second changes other fields, with several boxes and several lines among them."""
    client, browser = make.client(nickname="ก่อน", health_note="ไอ\nมีไข้", papers=["id_card"]), Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:edit", args=[client.uid]))
    change(client, nickname="ดำ", health_note="หายแล้ว", born_on=date(1967, 1, 1), born_precision="year")
    client.refresh_from_db()
    change(client, version=client.version, phone="0812345678", phone_shared=True)
    answer = browser.submit(page, {"remark": "ย้ายที่นอน", "papers": ["id_card", "house_book", "welfare_card"]})
    assert answer.status_code == 422
    soup = parse(answer)
    changed = {row.select_one("th").get_text(strip=True) for row in soup.select(".meanwhile tbody tr")}  # type: ignore[union-attr]
    assert changed == {"ชื่อเล่น", "สุขภาพ", "วันเกิด (พ.ศ.)", "โทรศัพท์", "โทรศัพท์ยืมหรือใช้ร่วมกัน"}
    assert not soup.select(".meanwhile .chip.warn")
    assert browser.submit(answer).status_code == 302
    client.refresh_from_db()
    assert (client.nickname, client.health_note, client.phone) == ("ดำ", "หายแล้ว", "0812345678")
    assert (client.born_on.isoformat(), client.born_precision) == ("1967-01-01", "year")  # type: ignore[union-attr]
    assert client.phone_shared
    assert client.remark == "ย้ายที่นอน"
    assert client.papers == ["id_card", "house_book", "welfare_card"]


TEXTS = st.sampled_from(["ก", "ข", "ค"])


@given(TEXTS, TEXTS, TEXTS)
def test_of_each_field_nothing_typed_and_nothing_saved_is_lost(before: str, now: str, typed: str) -> None:
    value, both = merged(before, now, typed)
    assert value == (typed if typed != before else now)
    assert both == (len({before, now, typed}) == 3)


def test_two_who_enter_the_number_at_once_see_each_other() -> None:
    client, browser = make.client(), Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:number", args=[client.uid]))
    number(client, PIN, verified=True)
    answer = browser.submit(page, {"pin": "", "id_status": "none"})
    assert answer.status_code == 422
    assert PIN in parse(answer).select_one(".meanwhile").get_text()  # type: ignore[union-attr]
    client.refresh_from_db()
    assert client.pin == PIN


def test_the_edit_page_keeps_half_known_birthdays_as_they_are() -> None:
    client, browser = make.client(), Browser()
    change(client, born_on=None)
    Client.objects.filter(pk=client.pk).update(born_on=date(1967, 1, 1), born_precision="year")
    browser.force_login(make.user())
    page = browser.get(reverse("casework:edit", args=[client.uid]))
    assert parse(page).select_one("[name=born]")["value"] == "2510"  # type: ignore[index]
    assert browser.submit(page, {"nickname": "ดำ"}).status_code == 302
    client.refresh_from_db()
    assert (client.born_on.isoformat(), client.born_precision) == ("1967-01-01", "year")  # type: ignore[union-attr]


# --- the ID number -----------------------------------------------------------------------------------------


def number(client: Client, pin: str, actor: Any = None, **known: Any) -> Client:
    status = known.pop("id_status", "has_card")
    return set_pin(actor=actor or make.actor(), client_id=client.pk, pin=pin, id_status=status, **known)


def test_a_number_is_verified_once_somebody_has_compared_it() -> None:
    client = number(make.client(), "1-9999-00000-01-3", verified=True)
    assert (client.pin, client.pin_verified, client.id_status) == (PIN, True, "has_card")


def test_a_wrong_check_digit_is_kept_by_choice_and_never_verified() -> None:
    client = make.client()
    for known in ({}, {"verified": True, "keep_unverified": True}):
        with pytest.raises(DomainError) as refused:
            number(client, "1999900000014", **known)
        assert refused.value.code == "pin_checksum"
    kept = number(client, "1999900000014", keep_unverified=True, id_status="unverified")
    assert (kept.pin, kept.pin_verified) == ("1999900000014", False)


def test_nothing_cannot_be_verified_and_a_number_can_be_taken_away() -> None:
    client = number(make.client(), PIN, verified=True)
    with pytest.raises(DomainError) as refused:
        number(client, "", verified=True)
    assert refused.value.code == "pin_missing"
    assert number(client, "", id_status="none").pin == ""


def test_a_number_verified_for_two_names_the_centre_and_not_the_person() -> None:
    number(make.client(make.FOREIGN, first_name="ประยุทธ"), PIN, make.actor(at=make.FOREIGN), verified=True)
    second = make.client()
    number(second, PIN)
    with pytest.raises(DomainError) as refused:
        number(second, PIN, verified=True)
    assert refused.value.code == "pin_taken"
    assert "เชียงใหม่" in str(refused.value.message)
    assert "ประยุทธ" not in str(refused.value.message)
    assert Client.objects.get(pk=second.pk).pin_verified is False


def test_the_number_stands_in_no_readable_part_of_the_trail() -> None:
    number(make.client(), PIN, verified=True)
    entry = WriteEntry.objects.get(verb="client.id_number_verified")
    assert PIN not in str(entry.changes)
    assert trail.opened(entry) == {"pin": ["", PIN]}


# --- restriction -------------------------------------------------------------------------------------------


def test_a_restricted_file_is_gone_for_others_until_it_is_opened_again() -> None:
    client, lead, colleague = make.client(), make.actor("supervisor"), make.actor()
    refresh(client)
    restrict_client(actor=lead, client_id=client.pk, reason="ถูกคุกคาม")
    assert search_clients(colleague, client.code) == []
    with pytest.raises(NotVisible):
        change(client, colleague, nickname="ดำ")
    unrestrict_client(actor=lead, client_id=client.pk, reason="ย้ายแล้ว")
    assert [found.client for found in search_clients(colleague, client.code)] == [client]
    assert {entry.reason for entry in WriteEntry.objects.all()} == {"ถูกคุกคาม", "ย้ายแล้ว"}


def test_only_leads_restrict_and_only_with_a_reason() -> None:
    client = make.client()
    with pytest.raises(Forbidden):
        restrict_client(actor=make.actor(), client_id=client.pk, reason="x")
    with pytest.raises(DomainError) as refused:
        restrict_client(actor=make.actor("centre_head"), client_id=client.pk, reason="  ")
    assert refused.value.code == "reason_missing"
    with pytest.raises(DomainError) as refused:
        unrestrict_client(actor=make.actor("centre_head"), client_id=client.pk, reason="x")
    assert refused.value.code == "not_restricted"


# --- the list and the search box ---------------------------------------------------------------------------


def named(*names: str, at: str = make.OWN, **fields: Any) -> list[Client]:
    made = [make.client(at, first_name=name, last_name="", **fields) for name in names]
    for client in made:
        update_client(
            actor=make.actor(at=at),
            client_id=client.pk,
            version=1,
            changes={"nickname": "น" + client.first_name},
        )
    return made


@pytest.fixture
def desk() -> Browser:
    desk = Browser()
    desk.force_login(make.user())
    return desk


def listed(response: Any) -> list[str]:
    return [a.get_text().split(" (")[0].strip() for a in parse(response).select("#found a.n")]


def test_files_stand_in_the_order_of_the_dictionary(desk: Browser) -> None:
    named("แก้ว", "หมู", "เกิด", "กมล", "ไก่")
    assert listed(desk.get(reverse("casework:clients"))) == ["กมล", "เกิด", "แก้ว", "ไก่", "หมู"]


def test_pages_follow_each_other_without_a_name_in_the_address(desk: Browser) -> None:
    named(*[f"กมล{number:02}" for number in range(35)])
    first = desk.get(reverse("casework:clients"))
    link = parse(first).select_one("a[rel=next]")
    assert link is not None
    assert "กมล" not in str(link["href"])
    second = desk.get(str(link["href"]))
    assert (len(listed(first)), len(listed(second))) == (30, 5)
    back = parse(second).select_one("a[rel=prev]")
    assert back is not None
    assert listed(desk.get(str(back["href"]))) == listed(first)


def test_filters_narrow_the_list(desk: Browser) -> None:
    idle, planning, mine = named("ก", "ข", "ค")
    worker = make.user()
    make.episode(planning, state="plan")
    make.episode(mine, worker)
    url = reverse("casework:clients")
    assert listed(desk.get(url, {"state": "plan"})) == ["ข"]
    assert listed(desk.get(url, {"state": "none"})) == ["ก"]
    assert listed(desk.get(url, {"worker": str(worker.uid)})) == ["ค"]
    assert listed(desk.get(url, {"worker": "nonsense", "state": "nonsense"})) == ["ก", "ข", "ค"]
    assert idle.pk


def test_other_centres_people_appear_as_cards_and_nowhere_else(desk: Browser) -> None:
    named("ประยุทธ")
    named("ประยุทธ", at=make.FOREIGN)
    found = desk.get(reverse("casework:clients"), {"q": "ประยุทธ"})
    assert listed(found) == ["ประยุทธ"]
    assert "เชียงใหม่" in found.content.decode()
    assert listed(desk.get(reverse("casework:clients"))) == ["ประยุทธ"]


def test_typing_finds_without_leaving_the_page(desk: Browser) -> None:
    named("สมชาย", "มาลี")
    page = Page(desk, reverse("casework:clients"))
    page.trigger("input[name=q]", {"q": "สมชัย"})
    assert "สมชาย" in page.text("#found")
    assert "มาลี" not in page.text("#found")


def test_an_empty_house_says_what_belongs_here(desk: Browser) -> None:
    page = parse(desk.get(reverse("casework:clients")))
    assert page.select_one("#found .empty a.btn")["href"] == reverse("casework:intake")  # type: ignore[index]


def queries(desk: Browser, address: str) -> int:
    desk.get(address)  # what is asked once and kept
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert desk.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("query", ["", "?q=กมล"])
def test_twenty_people_cost_no_more_questions_than_one(desk: Browser, query: str) -> None:
    address = reverse("casework:clients") + query
    for client in named("กมล01"):
        make.episode(client, make.user())
    one = queries(desk, address)
    for client in named(*[f"กมล{number:02}" for number in range(2, 21)]):
        make.episode(client, make.user())
    assert queries(desk, address) <= one


def test_a_file_full_of_history_costs_no_more_questions_than_a_new_one(desk: Browser) -> None:
    (client,) = named("กมล")
    episode = make.episode(client, make.user())
    make.event(episode, "contacted", actor_key=make.user().key)
    make.result(make.follow_up(episode, state="done"), actor_key=make.user().key)
    make.follow_up(episode)
    address = reverse("casework:client", args=[client.uid])
    few = queries(desk, address)
    for _ in range(10):
        make.event(episode, "contacted", actor_key=make.user().key)
        make.result(make.follow_up(episode, state="done"), actor_key=make.user().key)
        make.need(episode, kind="other")
        make.follow_up(episode)
    assert queries(desk, address) <= few
    assert few <= 19  # one of them asks for what was said at forums under the person's name
