"""Beds, and who lies in them: by nights, one person in a bed and one bed for a person."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from audit.models import WriteEntry
from casework.actions.beds import BedFacts, add_bed, add_room, add_site, change_bed, change_room, change_site
from casework.actions.closing import Closing, close_episode
from casework.actions.identity import link_clients, unlink_clients
from casework.actions.stays import Leaving, check_in, check_out, correct_check_out
from casework.models import Bed, Client, Episode, Site, Stay
from casework.rules.stays import bed_problem, end_problem, nights, per_night, share_a_night, slept_on
from casework.searchable import refresh
from common import clock
from common.errors import DomainError, Forbidden, NotVisible
from tests.support import factories as make
from tests.support import stays as make_one
from tests.support.client import Client as Browser
from tests.support.client import parse

DAYS = st.integers(0, 12).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
ENDED = st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair)))
FAR = date(2026, 3, 1)


def refused(act: Any) -> tuple[str, str]:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code, caught.value.field or ""


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


# --- rules -------------------------------------------------------------------------------------------------


def slept(stay: tuple[date, date | None]) -> set[date]:
    starts, ends = stay
    return {starts + timedelta(days=n) for n in range(((ends or FAR) - starts).days)}


@given(st.one_of(ENDED, st.tuples(DAYS, st.none())), st.one_of(ENDED, st.tuples(DAYS, st.none())))
def test_two_stays_clash_when_they_share_a_night(
    one: tuple[date, date | None], other: tuple[date, date | None]
) -> None:
    assert share_a_night(one, other) == bool(slept(one) & slept(other))
    assert share_a_night(one, other) == share_a_night(other, one)


@given(st.lists(st.one_of(ENDED, st.tuples(DAYS, st.none())), max_size=5), DAYS)
def test_a_night_counts_whoever_slept_it(stays: list[tuple[date, date | None]], night: date) -> None:
    assert per_night(stays, [night]) == [sum(night in slept(stay) for stay in stays)]
    assert all(slept_on(night, stay) == (night in slept(stay)) for stay in stays)


@pytest.mark.parametrize(
    ("kept_for", "sex", "note", "problem"),
    [
        ("anybody", "male", "", ""),
        ("women", "female", "", ""),
        ("women", "male", "", "bed_kept"),
        ("men", "female", " ", "bed_kept"),
        ("women", "male", "ใช้ชีวิตเป็นผู้หญิง", ""),
        ("women", "other", "", ""),
        ("men", "unknown", "", ""),
    ],
)
def test_a_kept_bed_is_given_to_others_with_a_reason(
    kept_for: str, sex: str, note: str, problem: str
) -> None:
    assert bed_problem(kept_for=kept_for, sex=sex, closed=False, note=note) == problem
    assert bed_problem(kept_for=kept_for, sex=sex, closed=True, note=note) == "bed_closed"


def test_a_stay_has_the_nights_before_the_day_of_leaving() -> None:
    day = date(2026, 2, 1)
    assert end_problem(day, day) == ""
    assert end_problem(day, date(2026, 1, 31)) == "stay_backwards"
    assert nights(day, day, today=FAR) == 0
    assert nights(day, date(2026, 2, 4), today=FAR) == 3
    assert nights(day, None, today=date(2026, 2, 2)) == 1


# --- constraints -------------------------------------------------------------------------------------------


@pytest.fixture
def case(db: None) -> Episode:
    return make.episode(make.client(), make.user())


def another() -> Client:
    client = make.client()
    make.episode(client)
    return client


def ended(starts: int, ends: int) -> dict[str, Any]:
    return {"starts_on": ago(starts), "ends_on": ago(ends), "left_to": "family"}


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        (ended(9, 5), ended(5, 2), True),
        (ended(9, 5), ended(6, 2), False),
        (ended(9, 5), ended(9, 9), True),
        (ended(9, 5), ended(7, 7), True),
        (ended(9, 5), {"starts_on": ago(5)}, True),
        (ended(9, 5), {"starts_on": ago(6)}, False),
        ({"starts_on": ago(5)}, ended(9, 5), True),
        ({"starts_on": ago(5)}, ended(9, 4), False),
        ({"starts_on": ago(5)}, {"starts_on": ago(0)}, False),
    ],
)
@pytest.mark.parametrize("same", ["bed", "person"])
def test_the_database_holds_one_person_in_a_bed_and_one_bed_for_a_person(
    case: Episode, first: dict[str, Any], second: dict[str, Any], same: str, *, holds: bool
) -> None:
    make_one.stay(case.client, make_one.bed(label="1"), **first)
    other = another() if same == "bed" else case.client
    bed = make_one.bed(label="1" if same == "bed" else "2")
    if holds:
        make_one.stay(other, bed, **second)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_one.stay(other, bed, **second)


def test_only_the_end_of_a_stay_may_change(case: Episode) -> None:
    stay = make_one.stay(case.client, make_one.bed())
    for change in ({"starts_on": ago(3)}, {"bed_id": make_one.bed(label="2").pk}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Stay.objects.filter(pk=stay.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        stay.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.filter(pk=stay.pk).update(ends_on=ago(-1))


# --- in and out --------------------------------------------------------------------------------------------


def into(case: Episode, bed: Bed, *, on: date | None = None, note: str = "", actor: Any = None) -> Any:
    return lambda: check_in(
        actor=actor or make.actor(),
        client_id=case.client_id,
        bed_id=bed.pk,
        starts_on=on or clock.today(),
        note=note,
    )


def test_somebody_is_checked_in_and_out_with_where_they_went(case: Episode) -> None:
    stay = into(case, make_one.bed(), on=ago(3), note="ชอบนอนใกล้ประตู")()
    assert (stay.episode, stay.person_id, stay.ends_on) == (case, case.client.person_id, None)
    leaving = Leaving(clock.today(), "family", "พี่สาวมารับ")
    out = check_out(actor=make.actor(), stay_id=stay.pk, leaving=leaving)
    assert (out.ends_on, out.left_to, out.left_note) == (clock.today(), "family", "พี่สาวมารับ")
    entries = WriteEntry.objects.filter(verb__startswith="stay.").order_by("pk")
    assert [entry.verb for entry in entries] == ["stay.begun", "stay.ended"]
    assert not any("พี่สาว" in str(entry.changes) or "ประตู" in str(entry.changes) for entry in entries)
    again = lambda: check_out(actor=make.actor(), stay_id=stay.pk, leaving=leaving)  # noqa: E731
    assert refused(again)[0] == "stay_over"


def test_a_bed_freed_in_the_morning_is_given_in_the_evening(case: Episode) -> None:
    bed = make_one.bed()
    stay = make_one.stay(another(), bed, starts_on=ago(4))
    assert refused(into(case, bed)) == ("bed_given", "bed")
    check_out(actor=make.actor(), stay_id=stay.pk, leaving=Leaving(clock.today(), "street"))
    assert into(case, bed)().bed == bed


def test_nobody_lies_in_two_beds(case: Episode) -> None:
    into(case, make_one.bed(label="1"))()
    assert refused(into(case, make_one.bed(label="2"))) == ("person_has_bed", "bed")


def test_a_bed_out_of_use_or_of_another_centre_is_not_given(case: Episode) -> None:
    closed = make_one.bed(label="9", closed_on=clock.today(), closed_why="ขาเตียงหัก")
    assert refused(into(case, closed)) == ("bed_closed", "bed")
    assert refused(into(case, make_one.bed(make.FOREIGN))) == ("bed_elsewhere", "bed")
    kept = make_one.bed(label="8", kept_for="women")
    Client.objects.filter(pk=case.client_id).update(sex="male")
    assert refused(into(case, kept)) == ("bed_kept", "bed")
    assert into(case, kept, note="ใช้ชีวิตเป็นผู้หญิง ขอพักห้องนี้")().bed == kept


def test_a_stay_belongs_to_an_open_case_and_a_day_that_was(case: Episode) -> None:
    bed = make_one.bed()
    assert refused(into(case, bed, on=ago(-1))) == ("future", "starts_on")
    assert refused(into(case, bed, on=case.opened_on - timedelta(days=1)))[0] == "before_opening"
    close_episode(actor=make.actor(), client_id=case.client_id, closing=Closing(clock.today(), "own_home"))
    assert refused(into(case, bed))[0] == "episode_closed"


@pytest.mark.parametrize(
    ("leaving", "found"),
    [
        (Leaving(ago(9), "family"), ("stay_backwards", "ends_on")),
        (Leaving(ago(-1), "family"), ("future", "ends_on")),
        (Leaving(ago(0), ""), ("left_to_missing", "left_to")),
        (Leaving(ago(0), "moon"), ("left_to_missing", "left_to")),
    ],
)
def test_leaving_says_when_and_where_to(case: Episode, leaving: Leaving, found: tuple[str, str]) -> None:
    stay = make_one.stay(case.client, make_one.bed(), starts_on=ago(3))
    assert refused(lambda: check_out(actor=make.actor(), stay_id=stay.pk, leaving=leaving)) == found


def test_a_check_in_by_mistake_has_no_night(case: Episode) -> None:
    bed = make_one.bed()
    stay = make_one.stay(case.client, bed, starts_on=ago(3))
    out = check_out(actor=make.actor(), stay_id=stay.pk, leaving=Leaving(clock.today(), "mistake"))
    assert out.ends_on == ago(3)
    other = another().episodes.get()
    assert into(other, bed, on=ago(3))().bed == bed


def test_a_wrong_end_is_corrected_unless_the_bed_was_given_since(case: Episode) -> None:
    bed = make_one.bed()
    stay = make_one.stay(case.client, bed, **ended(9, 5))
    right = {"actor": make.actor(), "stay_id": stay.pk}
    assert refused(lambda: correct_check_out(**right, leaving=Leaving(ago(4), "family"), reason=" "))[0] == (
        "reason_missing"
    )
    fixed = correct_check_out(**right, leaving=Leaving(ago(4), "hospital"), reason="จดวันผิด")
    assert (fixed.ends_on, fixed.left_to) == (ago(4), "hospital")
    make_one.stay(another(), bed, starts_on=ago(3))
    late = lambda: correct_check_out(**right, leaving=Leaving(ago(2), "family"), reason="x")  # noqa: E731
    assert refused(late) == ("bed_given", "ends_on")
    lying = make_one.stay(another(), make_one.bed(label="2"))
    early = lambda: correct_check_out(  # noqa: E731
        actor=make.actor(), stay_id=lying.pk, leaving=Leaving(ago(0), "family"), reason="x"
    )
    assert refused(early)[0] == "stay_open"


def test_who_only_reads_the_file_checks_nobody_in(case: Episode) -> None:
    bed = make_one.bed()
    with pytest.raises(Forbidden):
        into(case, bed, actor=make.actor("nurse"))()
    with pytest.raises(NotVisible):
        into(case, bed, actor=make.actor(at=make.FOREIGN))()


# --- the person and the case -------------------------------------------------------------------------------


def test_a_case_is_not_closed_while_somebody_lies_in_our_bed(case: Episode) -> None:
    stay, actor = make_one.stay(case.client, make_one.bed()), make.actor()
    closing = Closing(clock.today(), "family")
    act = lambda: close_episode(actor=actor, client_id=case.client_id, closing=closing)  # noqa: E731
    assert refused(act)[0] == "still_open"
    check_out(actor=actor, stay_id=stay.pk, leaving=Leaving(clock.today(), "family"))
    assert act().state == "closed"


def test_two_records_in_two_beds_are_not_linked(db: None) -> None:
    one, other, actor = make.client(), make.client(make.FOREIGN), make.actor("supervisor")
    make.user("supervisor", make.FOREIGN)
    other = make.client()
    for client in (one, other):
        refresh(client)
    make.episode(one)
    stay = make_one.stay(one, make_one.bed(label="1"))
    past = make.episode(other, opened_on=ago(9), state="closed", closed_on=ago(1), outcome="lost")
    lies = make_one.stay(other, make_one.bed(label="2"), episode=past)
    link = lambda: link_clients(actor=actor, kept_id=one.pk, aside_id=other.pk, reason="คนเดียวกัน")  # noqa: E731
    assert refused(link)[0] == "link_overlap"
    other.refresh_from_db()
    assert other.person_id != one.person_id
    check_out(actor=make.actor(), stay_id=lies.pk, leaving=Leaving(lies.starts_on, "mistake"))
    event = link()
    lies.refresh_from_db()
    assert lies.person_id == stay.person_id
    unlink_clients(actor=actor, link_id=event.pk, reason="คนละคน")
    lies.refresh_from_db()
    assert lies.person_id == other.person_id


# --- setting up --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_lead_sets_up_a_site_with_rooms_and_beds() -> None:
    head = make.actor("centre_head")
    site = add_site(actor=head, centre_id=make.centre().pk, name=" บ้าน  อุ่นใจ ")
    assert site.name == "บ้าน อุ่นใจ"
    room = add_room(actor=head, site_id=site.pk, name="ห้องหญิง", beds=3, kept_for="women", step_free=True)
    assert [(bed.label, bed.kept_for, bed.step_free) for bed in room.beds.all()] == [
        (str(n), "women", True) for n in (1, 2, 3)
    ]
    bed = add_bed(actor=head, room_id=room.pk, bed=BedFacts("ริมหน้าต่าง"))
    assert bed.place == 4
    assert change_site(actor=head, site_id=site.pk, name="บ้านใหม่").name == "บ้านใหม่"
    assert change_room(actor=head, room_id=room.pk, name="ห้องล่าง").name == "ห้องล่าง"
    shut = change_bed(actor=head, bed_id=bed.pk, bed=BedFacts("4", closed_why="ขาหัก"))
    assert (shut.label, shut.closed_on) == ("4", clock.today())
    assert change_bed(actor=head, bed_id=bed.pk, bed=BedFacts("4")).closed_on is None


@pytest.mark.django_db
def test_names_stand_once_and_rooms_have_some_beds() -> None:
    head, bed = make.actor("centre_head"), make_one.bed()
    site, room = bed.room.site, bed.room
    for act, found in (
        (lambda: add_site(actor=head, centre_id=site.centre_id, name=site.name), ("site_name_taken", "name")),
        (lambda: add_site(actor=head, centre_id=site.centre_id, name="\u200b"), ("name_wanted", "name")),
        (lambda: add_room(actor=head, site_id=site.pk, name=room.name, beds=1), ("room_name_taken", "name")),
        (lambda: add_room(actor=head, site_id=site.pk, name="ห้อง", beds=0), ("beds_count", "beds")),
        (lambda: add_room(actor=head, site_id=site.pk, name="ห้อง", beds=41), ("beds_count", "beds")),
        (
            lambda: add_bed(actor=head, room_id=room.pk, bed=BedFacts(bed.label)),
            ("bed_name_taken", "label"),
        ),
    ):
        assert refused(act) == found


def test_nobody_is_put_out_of_bed_by_closing_it(case: Episode) -> None:
    bed = make_one.bed()
    make_one.stay(case.client, bed)
    act = lambda: change_bed(  # noqa: E731
        actor=make.actor("supervisor"), bed_id=bed.pk, bed=BedFacts("1", closed_why="ปลวก")
    )
    assert refused(act) == ("bed_in_use", "closed_why")


@pytest.mark.django_db
def test_only_leads_of_the_centre_set_up() -> None:
    centre = make.centre().pk
    for actor in (make.actor(), make.actor("centre_head", make.FOREIGN)):
        with pytest.raises(Forbidden):
            add_site(actor=actor, centre_id=centre, name="บ้าน")
    with pytest.raises(NotVisible):
        change_site(
            actor=make.actor("centre_head", make.FOREIGN), site_id=make_one.bed().room.site.pk, name="x"
        )
    assert not Site.objects.filter(name__in=["บ้าน", "x"]).exists()


# --- pages -------------------------------------------------------------------------------------------------


def at(role: str = "social_worker") -> Browser:
    browser = Browser()
    browser.force_login(make.user(role))
    return browser


def test_the_board_names_only_whose_file_one_may_open(case: Episode) -> None:
    hidden = make.client(restricted=True, first_name="ปิดไว้")
    make.episode(hidden)
    make_one.stay(case.client, make_one.bed(label="1"))
    make_one.stay(hidden, make_one.bed(label="2"))
    make_one.bed(label="3")
    make_one.bed(label="4", closed_on=clock.today(), closed_why="ขาเตียงหัก")
    page = parse(at().get(reverse("casework:beds")))
    cells = [cell.get_text(" ", strip=True) for cell in page.select(".bed")]
    assert [cell["class"][1] for cell in page.select(".bed")] == ["taken", "taken", "free", "closed"]
    assert case.client.main_name in cells[0]
    assert "ปิดไว้" not in page.get_text()
    assert "แฟ้มนี้คุณเปิดไม่ได้" in cells[1]
    assert "ขาเตียงหัก" in cells[3]
    assert "ปิดไว้" in parse(at("supervisor").get(reverse("casework:beds"))).get_text()


def test_the_board_asks_the_database_a_fixed_number_of_times(
    case: Episode, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_one.stay(another(), make_one.bed(label=str(number)))
    browser = at()
    browser.get(reverse("casework:beds"))
    with django_assert_max_num_queries(14):
        browser.get(reverse("casework:beds"))


def test_from_the_board_somebody_is_found_and_checked_in(case: Episode) -> None:
    refresh(case.client)
    bed, browser = make_one.bed(), at()
    found = parse(browser.get(reverse("casework:bed_who", args=[bed.uid]), {"q": case.client.code}))
    link = found.select_one(".rows a.btn")
    assert link is not None
    sent = browser.submit(browser.get(str(link["href"])), {}, form="main form")
    assert sent.status_code == 302
    assert Stay.objects.get().bed == bed


def test_a_bed_taken_meanwhile_is_said_and_nothing_typed_is_lost(case: Episode) -> None:
    bed, browser = make_one.bed(), at()
    make_one.bed(label="2")
    page = browser.get(reverse("casework:check_in", args=[case.client.uid]))
    make_one.stay(another(), bed)
    sent = browser.submit(page, {"bed": str(bed.uid), "note": "ขอเตียงริมประตู"}, form="main form")
    assert sent.status_code == 422
    answer = parse(sent)
    assert "มีคนพักเตียงนี้" in answer.get_text()
    assert answer.select_one("textarea[name=note]").get_text().strip() == "ขอเตียงริมประตู"  # type: ignore[union-attr]


def test_the_tab_shows_notes_to_those_who_read_them(case: Episode) -> None:
    make_one.stay(case.client, make_one.bed(), note="ฝันร้ายบ่อย", **ended(9, 5))
    address = reverse("casework:client_stays", args=[case.client.uid])
    assert "ฝันร้ายบ่อย" in parse(at("nurse").get(address)).get_text()
    page = parse(at("auditor").get(address)).get_text()
    assert "4 คืน" in page
    assert "ฝันร้ายบ่อย" not in page


def test_the_nights_so_far_open_to_who_slept_there(case: Episode) -> None:
    hidden = make.client(restricted=True, first_name="ปิดไว้")
    make.episode(hidden)
    make_one.stay(case.client, make_one.bed(label="1"), **ended(4, 2))
    make_one.stay(hidden, make_one.bed(label="2"), starts_on=ago(3))
    make_one.stay(another(), make_one.bed(label="3"), **ended(3, 3))
    address, browser = reverse("casework:nights"), at()
    counted = {
        row.get_text(" ", strip=True).split(" ")[0]: row.select("td")[0].get_text(strip=True)
        for row in parse(browser.get(address)).select("table.nights tbody tr")
    }
    assert list(counted.values())[:5] == ["1", "1", "1", "2", "1"]
    page = parse(browser.get(address, {"night": ago(3).isoformat()})).get_text()
    assert case.client.main_name in page
    assert "ปิดไว้" not in page
    assert "อีก 1 คน" in page
    assert browser.get(address, {"night": "nonsense"}).status_code == 200


# --- programs ----------------------------------------------------------------------------------------------


def test_a_program_sees_what_is_free_checks_in_and_is_told_why_not(case: Episode) -> None:
    bed, program, today = make_one.bed(), at(), clock.today().isoformat()
    make_one.bed(label="9", closed_on=clock.today(), closed_why="ขาเตียงหัก")
    free = program.get("/api/v1/beds/", {"free": "true"}).json()["results"]
    assert [row["uid"] for row in free] == [str(bed.uid)]
    wanted = {"client": str(case.client.uid), "bed": str(bed.uid), "starts_on": today}
    made = program.post("/api/v1/stays/", wanted, content_type="application/json")
    assert (made.status_code, made.json()["bed_name"]) == (201, "บ้านพักทดสอบ · ห้องรวม · 1")
    again = program.post("/api/v1/stays/", wanted, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "person_has_bed")
    out = program.post(
        f"/api/v1/stays/{made.json()['uid']}/check-out/",
        {"ends_on": today, "left_to": "family"},
        content_type="application/json",
    )
    assert (out.status_code, out.json()["left_to"]) == (200, "family")
    assert program.get("/api/v1/stays/", {"open": "true"}).json()["results"] == []
