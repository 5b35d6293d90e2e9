import random
import re
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names
from pythainlp.util import collate

from common.thai.letters import says_nothing
from common.thai.names import (
    Name,
    normalise,
    search_text,
    similarity,
    skeleton,
    sort_key,
    sound,
    split_name,
    split_title,
)

GIVEN_NAMES = sorted(name for name in thai_male_names() | thai_female_names() if 3 <= len(name) <= 20)
FAMILY_NAMES = sorted(name for name in thai_family_names() if 3 <= len(name) <= 20)
GIVEN = st.sampled_from(GIVEN_NAMES)
FAMILY = st.sampled_from(FAMILY_NAMES)
THAI = st.text(alphabet=[chr(code) for code in range(0xE01, 0xE5C) if chr(code).isprintable()], max_size=20)


# --- cleaning ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  สมใจ \u200b", "สมใจ"),
        ("สม\u00a0ใจ\t ดี\n", "สม ใจ ดี"),
        ("ดํารง", "ดำรง"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("เเก้ว", "แก้ว"),
        ("ที่่", "ที่"),
        ("ท่ี", "ที่"),
        ("\u0e48\u0e34\u0e3a", "\u0e34\u0e3a\u0e48"),
        ("ฤๅษี", "ฤๅษี"),
        ("มานๅ", "มานา"),
        ("\ufeffสม\u202eชาย\x00", "สมชาย"),
        ("๑๒ Somchai", "๑๒ Somchai"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_what_looks_the_same_is_stored_the_same(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@given(st.text(max_size=30) | THAI)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not re.search(r"[\u200b-\u200f\u202a-\u202e\x00-\x1f]|  |^ | $", once)


@pytest.mark.parametrize(
    "unit", ["่้", "\u0e48\u0e3a", "\u0301\u0323", "๋ำ", "ํ่", "เ", "ร", "ก์", "น.ส.", "นาย", "ัก", "(", "พ. "]
)
def test_no_text_takes_long(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    started = time.perf_counter()
    for key in (normalise, search_text, skeleton, sound, sort_key, split_name, says_nothing):
        key(text)
    assert time.perf_counter() - started < 5  # what looks back again and again takes minutes


@pytest.mark.parametrize(
    "text", ["", " ", "-", "...", "ไม่ทราบ", "ไม่มี", "ไม่ทราบชื่อ", "ไม่มีนามสกุล", "N/A", "unknown"]
)
def test_clerks_write_nothing_in_many_ways(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["ไม่มีงานทำ", "ไม่มีที่พักอาศัย", "ไม่ทราบชื่อ ชายผมยาว", "ณ", "0", "นา"])
def test_what_says_something_is_kept(text: str) -> None:
    assert not says_nothing(text)


# --- titles and parts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("นายสมชาย ใจดี", "นาย", "สมชาย ใจดี"),
        ("นาย สมชาย", "นาย", "สมชาย"),
        ("นางสาวสมใจ", "นางสาว", "สมใจ"),
        ("นาง สาวิตรี", "นาง", "สาวิตรี"),
        ("นางสาวิตรี", "นาง", "สาวิตรี"),
        ("นางนวล ใจดี", "นาง", "นวล ใจดี"),
        ("นางเอมอร", "นาง", "เอมอร"),
        ("น.ส.สมใจ", "น.ส.", "สมใจ"),
        ("น.ส. สมใจ", "น.ส.", "สมใจ"),
        ("น. ส. สมใจ", "น. ส.", "สมใจ"),
        ("นส.สมใจ", "นส.", "สมใจ"),
        ("ด.ช.ดำ", "ด.ช.", "ดำ"),
        ("ด.ญ. แดง", "ด.ญ.", "แดง"),
        ("ดญ.แดง", "ดญ.", "แดง"),
        ("ดช ดำ", "ดช", "ดำ"),
        ("พ.ต สมชาย", "พ.ต", "สมชาย"),
        ("เด็กชายดำ", "เด็กชาย", "ดำ"),
        ("เด็กหญิงแดง มีสุข", "เด็กหญิง", "แดง มีสุข"),
        ("ว่าที่ ร.ต.สมชาย", "ว่าที่ ร.ต.", "สมชาย"),
        ("ว่าที่ร้อยตรีหญิงสมใจ", "ว่าที่ร้อยตรีหญิง", "สมใจ"),
        ("พ.ต.ท.หญิง สมใจ", "พ.ต.ท.หญิง", "สมใจ"),
        ("ร.ต.อ.สมชาย", "ร.ต.อ.", "สมชาย"),
        ("จ่าสิบเอก สมชาย", "จ่าสิบเอก", "สมชาย"),
        ("พลเอก สมชาย", "พลเอก", "สมชาย"),
        ("พันโทสมชาย", "พันโท", "สมชาย"),
        ("พันเอก ดร.สมชาย", "พันเอก ดร.", "สมชาย"),
        ("ดร.สมชาย", "ดร.", "สมชาย"),
        ("พระมหาสมชาย", "พระมหา", "สมชาย"),
        ("พระสมชาย ฐิตธมฺโม", "พระ", "สมชาย ฐิตธมฺโม"),
        ("หลวงตาบุญ", "หลวงตา", "บุญ"),
        ("ม.ร.ว.คึกฤทธิ์", "ม.ร.ว.", "คึกฤทธิ์"),
        ("คุณ แดง", "คุณ", "แดง"),
        ("Mr. John Smith", "Mr.", "John Smith"),
        ("MRS.Somjai", "MRS.", "Somjai"),
        ("Miss Daeng", "Miss", "Daeng"),
        ("นาย", "นาย", ""),
        ("นางสาว ", "นางสาว", ""),
        ("พระ", "พระ", ""),
        ("นาย ก", "นาย", "ก"),
    ],
)
def test_titles_are_told_from_names(text: str, title: str, rest: str) -> None:
    assert split_title(text) == (title, rest)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "นายิกา",
            "นางฟ้า",
            "นายก",
            "นายกเทศมนตรี",
            "พระเอก",
            "พระจันทร์",
            "พระพาย",
            "คุณากร",
            "พันธ์ศักดิ์",
            "พลอย",
            "พลเอก",
        ),
        *(
            "ดารา",
            "นท",
            "นท ใจดี",
            "นส",
            "สต",
            "นสิกานต์",
            "ดชา",
            "เด็กดี",
            "เรือง",
            "สิบทิศ",
            "ศรี",
            "Mrinal",
            "Drew",
            "Masters",
            "Missy",
            "ร้อยเอ็ด",
        ),
    ],
)
def test_names_that_only_begin_like_a_title_stay_whole(name: str) -> None:
    assert split_title(name) == ("", name)


@given(
    GIVEN,
    FAMILY,
    st.sampled_from(["นาย", "นางสาว", "น.ส.", "ด.ช.", "ว่าที่ ร.ต.", ""]),
    st.sampled_from(["", " "]),
)
def test_one_cell_comes_apart_into_title_name_and_surname(
    first: str, last: str, title: str, glue: str
) -> None:
    if not title and split_title(first) != ("", first):
        return  # a name like พระธิดา: only a title before it would tell
    assert split_name(f"{title}{glue}{first} {last}") == Name(title, first, last)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("สมชาย", Name("", "สมชาย", "")),
        ("นายสมชาย -", Name("นาย", "สมชาย", "")),
        ("นาย", Name("นาย", "", "")),
        ("", Name("", "", "")),
        ("น.ส.จริยา  อินทรวงศ์ ณ อยุธยา", Name("น.ส.", "จริยา", "อินทรวงศ์ ณ อยุธยา")),
        ("นายดำ (แมว) ใจดี", Name("นาย", "ดำ", "ใจดี")),
        ("Jaidee, Somchai", Name("", "Somchai", "Jaidee")),
        ("Jaidee, Mr. Somchai", Name("Mr.", "Somchai", "Jaidee")),
    ],
)
def test_names_of_every_shape_come_apart(text: str, name: Name) -> None:
    assert split_name(text) == name


# --- search keys ------------------------------------------------------------------------------------------------


def test_search_text_is_what_remains_of_a_name_for_matching() -> None:
    assert search_text("นายสมศักดิ์  วงษ์สุวรรณ") == "สมศักดิ วงษสุวรรณ"
    assert search_text("น.ส.น้ําฝน") == search_text("นำ้ฝน") == "นำฝน"
    assert search_text("José Ma-Lee ๑๒") == "jose ma lee 12"
    assert search_text("นาย") == "นาย"


@pytest.mark.parametrize(
    "spellings",
    [
        ("วงษ์สุวรรณ", "วงษสุวรรณ", "วงสุวรรณ", "วงศ์สุวรรณ", "วงษ์สุวรรน", "วงษ์สุวัน", "วงษ์สุวรณ"),
        ("สมศักดิ์", "สมศักดิ", "สมศัก", "สมศักด์", "ส ม ศักดิ์", "สมศักดิ์\u200b"),
        ("ณรงค์", "ณรงค", "ณรง", "นรงค์"),
        ("ประสิทธิ์", "ประสิทธิ", "ประสิท", "ประสิทธ์", "ประสิทธิ๋"),
        ("จันทร์เพ็ญ", "จันทรเพ็ญ", "จันเพ็ญ", "จันทร์เพ็น", "จันทร์เพญ"),
        ("สุรินทร์", "สุรินทร", "สุริน", "สุรินท์"),
        ("ดำรง", "ดํารง", "ดำลง"),
        ("น้ำทิพย์", "นำทิพ", "นํ้าทิพย"),
        ("กิตติ", "กิติ", "กิตติ์"),
        ("ปัญญา", "ปัญา"),
        ("บุญธรรม", "บุนธรรม", "บุญทัม"),
        ("ใจดี", "ไจดี", "ใจดิ"),
        ("สุขใจ", "สูขใจ"),
        ("ณัฏฐา", "ณัฐฐา", "ณัฎฐา"),
        ("วัลลภ", "วัลภ"),
        ("บรรจง", "บันจง"),
        ("เกียรติศักดิ์", "เกียรติศักดิ", "เกียรติศัก"),
        ("ภัทรพงษ์", "พัทรพงศ์", "ภัทรพง"),
        ("ลำพูน", "ลําพูน", "ลำภูน"),
        ("somchai", "Somchay", "SOMCHI"),
        ("๑๒", "12"),
    ],
)
def test_damaged_spellings_meet_under_one_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("a", "b"), [("สมชาย", "สมบัติ"), ("วิชัย", "วินัย"), ("บุญมา", "บุญมี มา"), ("ดำ", "แดง"), ("กานดา", "มานะ")]
)
def test_other_names_have_other_skeletons(a: str, b: str) -> None:
    assert skeleton(a) != skeleton(b)


def _damage(name: str, way: str, rng: random.Random) -> str | None:
    """`name` with one slip of a kind clerks make, None where it has no place for it."""
    silent = list(re.finditer(r"([ก-ฮ][ิุ]?)์", name))
    swaps = {
        "vowel": dict(zip("ิีุูไใ", "ีิูุใไ", strict=True)),
        "letter": dict(zip("ศษณฏฎฐฬฆฌภ", "สสนตดถลคชพ", strict=True)),
    }
    if way in swaps:
        places = [place for place, char in enumerate(name) if char in swaps[way]]
        if not places:
            return None
        place = rng.choice(places)
        return name[:place] + swaps[way][name[place]] + name[place + 1 :]
    damaged = {
        "silencer": name.replace("์", "", 1),
        "silent letter": name[: silent[0].start()] + name[silent[0].end() :] if silent else name,
        "tones": re.sub("[่-๋]", "", name),
        "am": name.replace("ำ", "ํา"),
    }[way]
    return damaged if damaged != name else None


@pytest.mark.parametrize(
    ("way", "share"),
    [
        ("vowel", 1.0),
        ("tones", 1.0),
        ("am", 1.0),
        ("letter", 0.95),
        ("silencer", 0.85),
        ("silent letter", 0.96),
    ],
)
def test_most_slips_in_real_names_keep_the_skeleton(way: str, share: float) -> None:
    rng = random.Random(way)
    pairs = [(name, _damage(name, way, rng)) for name in rng.sample(GIVEN_NAMES + FAMILY_NAMES, 6000)]
    pairs = [(name, damaged) for name, damaged in pairs if damaged]
    assert len(pairs) > 100
    kept = sum(skeleton(name) == skeleton(damaged) for name, damaged in pairs)
    assert kept >= share * len(pairs)
    near = sum(similarity(name, damaged) >= 0.8 for name, damaged in pairs)
    assert near >= 0.98 * len(pairs)


def test_names_written_together_have_the_keys_of_their_parts() -> None:
    rng = random.Random(1)
    pairs = [(rng.choice(GIVEN_NAMES), rng.choice(FAMILY_NAMES)) for _ in range(4000)]
    pairs = [(first, last) for first, last in pairs if split_title(first)[0] == ""]
    together = sum(skeleton(first + last) == skeleton(first) + skeleton(last) for first, last in pairs)
    assert together >= 0.98 * len(pairs)
    assert skeleton("สมชาย ใจดี") == skeleton("สมชายใจดี") == skeleton("สมชาย") + skeleton("ใจดี")


@given(st.text(max_size=30) | THAI)
def test_keys_of_any_text_are_plain_text(text: str) -> None:
    for key in (search_text(text), skeleton(text), sound(text), sort_key(text)):
        assert "\x00" not in key
        key.encode()


def test_keys_are_the_same_in_every_process() -> None:
    code = "from common.thai.names import skeleton, sort_key; print(ascii([skeleton('วงษ์สุวรรณ'), sort_key('เก่ง')]))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {ascii([skeleton("วงษ์สุวรรณ"), sort_key("เก่ง")]) + "\n"}


# --- likeness ---------------------------------------------------------------------------------------------------


def test_likeness_ranks_the_exact_name_before_slips_and_slips_before_others() -> None:
    name = "สมศักดิ์ วงษ์สุวรรณ"
    ranked = ["นายสมศักดิ์  วงษ์สุวรรณ", "สมศัก วงศ์สุวรรณ", "สมศักดิ์ วงษ์สุธรรม", "สมชาย ใจดี"]
    scores = [similarity(name, other) for other in ranked]
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert scores[1] >= 0.9 > scores[3]


def test_likeness_forgives_marks_and_order_but_not_another_name() -> None:
    assert similarity("น้ำฝน แก้วมณี", "นำฝน แกวมณี") == 1.0
    assert similarity("สมชาย ใจดี", "ใจดี สมชาย") >= 0.9
    assert similarity("สมชาย", "สมชัย") < 0.9
    assert similarity("", "") == similarity("สมชาย", "") == 0.0


@given(GIVEN, FAMILY)
def test_likeness_is_the_same_from_both_sides(a: str, b: str) -> None:
    assert similarity(a, b) == similarity(b, a)
    assert 0.0 <= similarity(a, b) <= similarity(a, a) == 1.0


# --- order ------------------------------------------------------------------------------------------------------


def test_names_stand_as_in_a_dictionary() -> None:
    names = ["หมู", "วันที่", "เป็ด", "ใจดี", "ไก่", "แก้ว", "เกิด", "กาล", "กมล"]
    assert sorted(names, key=sort_key) == ["กมล", "กาล", "เกิด", "แก้ว", "ไก่", "ใจดี", "เป็ด", "วันที่", "หมู"]


@given(st.lists(GIVEN | FAMILY, min_size=2, max_size=30))
def test_order_agrees_with_pythainlp_where_marks_do_not_decide(names: list[str]) -> None:
    def base(name: str) -> str:
        return re.sub("[็-์]", "", name)

    distinct = list({base(name): name for name in names}.values())
    assert [base(name) for name in sorted(distinct, key=sort_key)] == [
        base(name) for name in collate(distinct)
    ]


def test_marks_decide_only_between_words_otherwise_equal() -> None:
    assert sorted(["ข้าว", "ขาวผ่อง", "ขาว", "ข่าว"], key=sort_key) == ["ขาว", "ข่าว", "ข้าว", "ขาวผ่อง"]
    assert sort_key("ดํารง") == sort_key("ดำรง")


def test_latin_stands_first_whatever_its_case_and_words_before_longer_words() -> None:
    assert sorted(["กมล", "somchai", "Daeng"], key=sort_key) == ["Daeng", "somchai", "กมล"]
    assert sorted(["กมลชนก", "กมล ใจดี"], key=sort_key) == ["กมล ใจดี", "กมลชนก"]
