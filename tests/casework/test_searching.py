"""Finding people: whatever is typed, and nobody who is not the searcher's to find."""

import json
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from accounts.actor import UserActor, actor_for
from accounts.models import Membership
from accounts.roles import Role
from audit.models import ReadEntry
from casework.models import Client, ClientGrant
from casework.registering import NewClient, write_clients
from casework.searching import search_cards, search_clients
from casework.searching.question import LONGEST, Question, neighbours
from common import clock
from common.actor import SystemActor
from tests.support import factories as make
from tests.support.damage import distractors

SYSTEM = SystemActor("test")
DAMAGED = Path(__file__).with_name("damaged_names.json")

pytestmark = pytest.mark.django_db


def write(*people: NewClient, at: str = make.OWN) -> list[Client]:
    keys = write_clients(actor=SYSTEM, centre=make.centre(at), new=people, synthetic=True)
    found = Client.objects.in_bulk(keys)
    return [found[key] for key in keys]


def known(**fields: Any) -> Client:
    return write(NewClient(**fields))[0]


def names_found(q: str, actor: Any = SYSTEM, **options: Any) -> list[str]:
    return [one.client.first_name or one.client.nickname for one in search_clients(actor, q, **options)]


# --- what is typed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "จันทร์เพ็ญ ศักดิ์สุวรรณ",
        "นางสาวจันทร์เพ็ญ ศักดิ์สุวรรณ",
        "น.ส. จันทร์เพ็ญ ศักดิ์สุวรรณ",
        "จันทร์เพ็ญศักดิ์สุวรรณ",
        "ศักดิ์สุวรรณ จันทร์เพ็ญ",
        "จันเพ็ญ สักสุวรรณ",
        "จันทรเพ็ญ ศักดสุวรรณ",
        "จันทร์\u200bเพ็ญ ศักดิ์ สุวรรณ",
        "จันทร์เพ็น",
        "จันทร์เพ็ญ ศักดิ์",
        "ศักดิ์สุวรรณ",
        "จันทร์เพ็ญ ศักดิ์ซุวรรณ",
        "จันทร์พเ็ญ ศักดิ์สุวรรณ",
        "เพ็ญ",
        "ตุ๊กตา",
        "ตุกตา",
        "จันทร์เพ็ญ ตุ๊กตา",
        "ตุ๊กตา ศักดิ์สุวรรณ",
        "ป้าถุง",
        "ปาถุง",
        "หมวกแดง ท่ารถ",
        "ตลาดแม่กิมเฮง",
        "แม่กิมเฮง",
        "เเม่กิมเฮง",
        "0812345678",
        "081-234-5678",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        "+66 81 234 5678",
        "345678",
        "1234545678781",
        "1-2345-45678-78-1",
        "๑-๒๓๔๕-๔๕๖๗๘-๗๘-๑",
    ],
)
def test_one_box_finds_a_person_by_whatever_is_remembered(typed: str) -> None:
    person = known(
        title="นางสาว", first_name="จันทร์เพ็ญ", last_name="ศักดิ์สุวรรณ", nickname="ตุ๊กตา", alias="ป้าถุง",
        descriptor="หมวกแดง นั่งที่ท่ารถ", found_place="หน้าตลาดแม่กิมเฮง", phone="0812345678", pin="1234545678781",
    )  # fmt: skip
    write(*(NewClient(first_name=p.first, last_name=p.last, nickname=p.nickname) for p in distractors(150)))

    found = search_clients(SYSTEM, typed)

    assert found
    assert found[0].client == person


@pytest.mark.parametrize(
    "spelling", [str.upper, str.lower, lambda code: code.replace("-", ""), lambda code: code]
)
def test_a_client_code_finds_its_person_alone(spelling: Any) -> None:
    _, second = write(NewClient(first_name="หนึ่ง"), NewClient(first_name="สอง"), at="H01")

    found = search_clients(SYSTEM, spelling(second.code))

    assert [one.client for one in found] == [second]


def test_somebody_without_a_name_is_found_by_what_one_remembers() -> None:
    person = known(descriptor="ลุงหมวก สถานีรถไฟ")

    assert [one.client for one in search_clients(SYSTEM, "ลุงหมวก")] == [person]
    assert [one.client for one in search_clients(SYSTEM, "สถานีรถไฟ หมวก")] == [person]


def test_one_or_two_characters_are_the_beginning_of_a_name_and_not_any_part() -> None:
    write(
        NewClient(first_name="กานดา", last_name="ใจดี"),
        NewClient(first_name="มานะ", last_name="กาญจน์"),
        NewClient(first_name="สมใจ", nickname="กา"),
        NewClient(first_name="ประกาย", last_name="ฟ้า"),
    )

    assert sorted(names_found("กา")) == sorted(["กานดา", "มานะ", "สมใจ"])
    assert names_found("กา")[0] == "สมใจ"  # whose whole nickname it is


def test_those_who_fit_better_come_first() -> None:
    write(
        NewClient(first_name="สมชัย", last_name="ใจดี"),
        NewClient(first_name="สมชาย", last_name="ใจดีมาก"),
        NewClient(first_name="สมชาย", last_name="ใจดี"),
    )

    found = [one.client.display_name for one in search_clients(SYSTEM, "นายสมชาย ใจดี")]

    assert found[0] == "สมชาย ใจดี"
    assert found.index("สมชาย ใจดีมาก") < found.index("สมชัย ใจดี")


def test_those_who_fit_alike_stand_in_the_order_of_the_alphabet() -> None:
    write(*(NewClient(first_name="มาลี", last_name=last) for last in ("ไกรทอง", "กาลเวลา", "แก้วตา", "เกิดผล")))

    found = [one.client.last_name for one in search_clients(SYSTEM, "มาลี")]

    assert found == ["กาลเวลา", "เกิดผล", "แก้วตา", "ไกรทอง"]


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200b", "%", "%%%%", "_", "__", "'", '"', "\\", "ะ", "์", "-", "*", "NEAR("]
)
def test_nothing_typed_finds_nobody(typed: str) -> None:
    known(first_name="สมชาย", last_name="ใจดี")

    assert search_clients(SYSTEM, typed) == []
    assert search_cards(SYSTEM, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "สม%าย",
        "สม_าย",
        "' OR 1=1 --",
        '"สมชาย" OR "ก"',
        "สมชาย* NOT ใจดี",
        "text:สมชาย",
        "a\x00b",
        "\ud800ก",
        "๑' --",
    ],
)
def test_signs_of_the_database_are_text(typed: str) -> None:
    write(NewClient(first_name="มานี", last_name="รักไทย"), NewClient(first_name="ปิติ", last_name="พิทักษ์"))

    assert search_clients(SYSTEM, typed) == []


def test_a_very_long_question_is_cut_and_answered() -> None:
    person = known(first_name="สมชาย", last_name="ใจดี")

    assert len(Question.read("สมชาย " * 5_000).typed) <= LONGEST
    assert search_clients(SYSTEM, "ก" * 5_000) == []
    assert [one.client for one in search_clients(SYSTEM, "สมชาย ใจดี" + " " * 5_000)] == [person]


def test_a_wrong_digit_in_an_id_number_finds_nobody() -> None:
    known(first_name="สมชาย", pin="1234545678781")

    assert search_clients(SYSTEM, "1234545678782") == []


def test_a_renamed_person_is_found_by_the_new_name_and_not_by_the_old() -> None:
    from casework.searchable import refresh  # noqa: PLC0415

    person = known(first_name="สมชาย", last_name="ใจดี")
    person.first_name, person.last_name = "ธนากร", "พูนทรัพย์"
    person.save()
    refresh(person)

    assert names_found("ธนากร") == ["ธนากร"]
    assert names_found("พูนทรัพย์ ธนากร") == ["ธนากร"]
    assert names_found("สมชาย ใจดี") == []


def test_two_hundred_damaged_names_are_found_among_thousands() -> None:
    damaged = json.loads(DAMAGED.read_text(encoding="utf-8"))
    crowd = [
        NewClient(
            title=p.title,
            first_name=p.first,
            last_name=p.last,
            nickname=p.nickname,
            alias=p.alias,
            found_place=p.place,
        )
        for p in distractors(2_600)
    ]
    meant = [
        NewClient(
            title=row["title"], first_name=row["first"], last_name=row["last"], nickname=row["nickname"]
        )
        for row in damaged
    ]
    keys = write_clients(actor=SYSTEM, centre=make.centre(), new=[*crowd, *meant])[len(crowd) :]

    missed = [
        f"{row['kind']}: {row['typed']} ({row['first']} {row['last']})"
        for row, key in zip(damaged, keys, strict=True)
        if key not in [one.client.pk for one in search_clients(SYSTEM, row["typed"], limit=5)]
    ]

    assert len(damaged) == 200
    assert len(missed) <= 10, "\n".join(missed)


@pytest.mark.parametrize("slip", ["ซมชบ", "ซมช", "ซมชยย", "มซชย", "คซมชย"])
def test_neighbours_of_a_skeleton_are_one_slip_away(slip: str) -> None:
    assert slip in neighbours("ซมชย")
    assert "ซมกก" not in neighbours("ซมชย")


# --- who may be found --------------------------------------------------------------------------------------


@pytest.fixture
def country() -> dict[str, Client]:
    """One of each kind of file, all by the same name."""
    kinds = {
        "own": (make.OWN, False),
        "own restricted": (make.OWN, True),
        "foreign": (make.FOREIGN, False),
        "foreign restricted": (make.FOREIGN, True),
        "granted": (make.FOREIGN, False),
        "granted restricted": (make.FOREIGN, True),
        "granted once": (make.FOREIGN, False),
        "granted later": (make.FOREIGN, False),
        "granted to others": (make.FOREIGN, False),
    }
    made = {
        kind: write(NewClient(first_name="ทองใบ", last_name="ก้าวหน้า", restricted=restricted), at=at)[0]
        for kind, (at, restricted) in kinds.items()
    }
    today, own = clock.today(), make.centre()
    day = timedelta(days=1)
    for kind, centre, starts, ends in (
        ("granted", own, today, None),
        ("granted restricted", own, today - day, today),
        ("granted once", own, today - 9 * day, today - day),
        ("granted later", own, today + day, None),
        ("granted to others", make.centre("40"), today, None),
        ("own", own, today, None),
    ):
        ClientGrant.objects.create(
            client=made[kind], centre=centre, basis="ภารกิจ", starts_on=starts, ends_on=ends
        )
    return made


def in_charge(actor: UserActor, *clients: Client) -> None:
    for client in clients:
        client.episodes.update(worker_id=actor.user_id)


def everybody() -> dict[str, Any]:
    """Every role, and the mixed cases."""
    actors: dict[str, Any] = {role: make.actor(role) for role in Role.values}
    actors["worker in charge"] = make.actor(Role.SOCIAL_WORKER)
    twice = make.user(Role.SOCIAL_WORKER)
    Membership.objects.create(user=twice, role=Role.SUPERVISOR, centre=make.centre(make.FOREIGN))
    actors["worker at two centres"] = actor_for(twice)
    actors["worker elsewhere"] = make.actor(Role.SOCIAL_WORKER, "40")
    actors["system"] = SYSTEM
    return actors


def test_the_list_of_files_is_what_may_be_opened_for_every_role(country: dict[str, Client]) -> None:
    actors = everybody()
    in_charge(actors["worker in charge"], country["own restricted"], country["granted restricted"])

    for name, actor in actors.items():
        may_open = set(Client.objects.visible_to(actor).values_list("pk", flat=True))
        for typed in ("ทองใบ", "ทองไบ ก้าวหนา", "ทฮงใบ ก้าวหน้า", "ท", "ก้าว", "งใบ"):
            found = {one.client.pk for one in search_clients(actor, typed, limit=50)}
            assert found == may_open, (name, typed)

    listed = {one.client for one in search_clients(actors["social_worker"], "ทองใบ")}
    assert listed == {country["own"], country["granted"]}
    assert {one.client for one in search_clients(actors["worker in charge"], "ทองใบ")} == {
        country["own"], country["granted"], country["own restricted"], country["granted restricted"]
    }  # fmt: skip
    assert search_clients(actors["volunteer"], "ทองใบ") == []


def test_cards_are_of_those_who_may_be_found_for_every_role(country: dict[str, Client]) -> None:
    for name, actor in everybody().items():
        findable = Client.objects.findable_by(actor).count()
        assert len(search_cards(actor, "ทองไบ", limit=50)) == findable, name


def test_cards_of_people_elsewhere_leave_out_whoever_may_be_opened(country: dict[str, Client]) -> None:
    for name, actor in everybody().items():
        own = Client.objects.visible_to(actor).order_by().values("pk")
        elsewhere = Client.objects.findable_by(actor).exclude(pk__in=own).count()
        cards = search_cards(actor, "ทองไบ", limit=50, elsewhere=True)
        assert len(cards) == elsewhere, name
        assert not any(card.can_open for card in cards)


def test_a_search_row_that_disagrees_with_its_record_shows_nobody(country: dict[str, Client]) -> None:
    Client.objects.filter(pk=country["own"].pk).update(restricted=True)  # and the search row was forgotten

    assert country["own"] not in [one.client for one in search_clients(make.actor(), "ทองใบ")]


def test_numbers_and_codes_respect_the_scope_too() -> None:
    write(
        NewClient(first_name="ลับ", pin="1234545678781", phone="0812345678", restricted=True), at=make.FOREIGN
    )
    code = Client.objects.get().code
    worker = make.actor()

    for typed in ("1234545678781", "0812345678", code):
        assert search_clients(worker, typed) == []
        assert search_cards(worker, typed) == []
        assert len(search_clients(SYSTEM, typed)) == 1


def test_a_card_tells_who_it_is_and_whom_to_call_and_nothing_else() -> None:
    centre = make.centre(make.FOREIGN)
    centre.phone = "053-112-233"
    centre.save()
    (foreign,) = write(
        NewClient(
            first_name="ทองใบ", last_name="ก้าวหน้า", nickname="ใบ", phone="0812345678", found_place="ประตูท่าแพ",
            born_on=clock.today().replace(year=1970),
        ),
        at=make.FOREIGN,
    )  # fmt: skip
    own = known(first_name="ทองใบ", last_name="ก้าวหน้า")

    cards = search_cards(make.actor(), "ทองใบ ก้าวหน้า")

    theirs = next(card for card in cards if not card.can_open)
    assert (theirs.name, theirs.nickname, theirs.birth_year) == ("ทองใบ ก้าวหน้า", "ใบ", 1970)
    assert (theirs.province, theirs.centre, theirs.centre_phone) == (
        centre.province.name, centre.name, "053-112-233",
    )  # fmt: skip
    assert theirs.uid is None
    assert [card.uid for card in cards if card.can_open] == [own.uid]
    assert str(foreign.uid) not in repr(cards)
    assert "ท่าแพ" not in repr(cards)


def test_a_card_is_not_found_by_where_somebody_sleeps_or_by_part_of_a_number() -> None:
    write(
        NewClient(first_name="ทองใบ", found_place="ประตูท่าแพ", phone="0812345678", descriptor="ลุงหมวก"),
        at=make.FOREIGN,
    )
    worker = make.actor()

    for typed in ("ประตูท่าแพ", "ทองใบ ท่าแพ", "ลุงหมวก", "12345", "00001"):
        assert search_cards(worker, typed) == []
    assert len(search_cards(worker, "0812345678")) == 1


# --- the trail ---------------------------------------------------------------------------------------------


def test_who_was_listed_is_in_the_trail_and_nobody_else() -> None:
    write(NewClient(first_name="ทองใบ"), NewClient(first_name="มานี"))
    (foreign,) = write(NewClient(first_name="ทองใบ"), at=make.FOREIGN)
    worker = make.actor()

    listed = search_clients(worker, "ทองใบ", door="api")
    search_cards(worker, "ทองใบ")

    entries = list(ReadEntry.objects.order_by("pk").values_list("actor_key", "what", "door", "subject"))
    own = str(listed[0].client.uid)
    assert entries[0] == (worker.key, "list", "api", own)
    assert sorted(entries[1:]) == sorted((worker.key, "card", "page", uid) for uid in (own, str(foreign.uid)))


def test_the_number_of_queries_does_not_grow_with_what_is_found(django_assert_max_num_queries: Any) -> None:
    crowd = islice(distractors(400), 400)
    write(*(NewClient(first_name=p.first, last_name=p.last) for p in crowd))
    worker = make.actor()

    for typed in ("ส", "สมชาย", "สมชาบ", "วิชัย ใจฎีกา"):
        with django_assert_max_num_queries(8):
            search_clients(worker, typed)
        with django_assert_max_num_queries(9):
            search_cards(worker, typed)
