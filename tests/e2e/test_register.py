"""A centre's register comes in by browser: read, looked at row by row, decided, written once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from common import clock
from common.thai import idnumber
from common.thai.dates import format_be
from tests.casework.register_sheets import row, text, workbook
from tests.e2e.visitor import Visitor

TITLES = [["ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดนครราชสีมา"], ["ทะเบียนผู้ใช้บริการ ประจำปีงบประมาณ 2570"], []]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TILES = {
    "new": "New",
    "likely_same": "Likely the same person",
    "error": "To be mended",
    "registered": "People registered",
}


def pin(number: int) -> str:
    stem = f"39999{number:07d}"
    return stem + str(idnumber.check_digit(stem))


def register(family: str, first_pin: int) -> list[list[Any]]:
    """Six people who are new, one of them twice, and four rows that are wrong in one way each."""
    noticed = clock.today() - timedelta(days=20)
    day = {form: format_be(noticed, form) for form in ("short", "long", "numeric")}
    ahead = format_be(clock.today() + timedelta(days=14), "short")
    alone = {"nickname": None, "phone": None, "appointment_on": None, "remark": None}
    number = iter(range(first_pin, first_pin + 100))

    def one(**cells: Any) -> list[Any]:
        return row(
            **alone | {"pin": pin(next(number)), "last_name": family, "noticed_on": day["short"]} | cells
        )

    return [
        one(first_name="กานต์", birth="17 ม.ค. 2526", appointment_on=ahead),
        one(first_name="จำเนียร", birth="๑ กุมภาพันธ์ ๒๕๐๕", noticed_on=day["long"]),
        one(first_name="เฉลียว", birth="2499", noticed_on=day["numeric"]),
        one(first_name="ดุสิต", birth="12/2511", noticed_on=noticed),
        one(first_name="ถวิล", birth="5-6-2530", pin=None),
        one(first_name="ธารา", birth=None),
        one(first_name="กานต์", birth="17 ม.ค. 2526", pin=pin(first_pin)),  # the first one again
        one(first_name="บุญเหลือ", pin="1234567890123"),
        one(first_name="ปรานต์", birth="1/1/2600"),
        one(first_name=None, title=None, last_name=None),
        one(first_name="ผดุงเดช", noticed_on=None),
    ]  # fmt: skip


def bring(me: Visitor, name: str, content: bytes, mime: str = XLSX) -> None:
    """Send the file by the form, and wait until it has been read."""
    me.open("Registers")
    me.link("Bring a register").first.click()
    me.main.locator("input[type=file]").set_input_files({"name": name, "mimeType": mime, "buffer": content})
    me.button("Read the file").click()
    expect(me.page.locator("h1")).to_have_text(name)


def counts(me: Visitor) -> dict[str, int]:
    """What the tiles of the preview say."""
    expect(me.main.locator("#summary")).to_be_visible(timeout=60_000)
    found = {}
    for key, label in TILES.items():
        tile = me.main.locator("#summary a.tile").filter(has=me.page.get_by_text(me.say(label), exact=True))
        if tile.count():
            found[key] = int(tile.locator("b").inner_text())
    return found


def write(me: Visitor) -> None:
    """Confirm, and wait until all are written."""
    me.main.locator("#summary a.btn").click()
    assert not me.faults()
    me.button("Register them").click()
    registered = me.main.locator("#summary").get_by_text(me.say("People registered"), exact=True)
    expect(registered).to_be_visible(timeout=60_000)


@pytest.mark.parametrize(
    ("language", "phone", "family", "first"),
    [("th", False, "เกษมศรีสุข", 1), ("en", False, "วิลาวัณย์กุล", 200), ("th", True, "ธำรงเวช", 400)],
    ids=["thai", "english", "phone"],
)
def test_a_register_is_read_looked_at_and_written_once(
    language: str, phone: bool, family: str, first: int, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", language, phone=phone)
    book = workbook(*register(family, first), above=TITLES)
    bring(me, "ทะเบียน.xlsx", book)
    assert counts(me) == {"new": 6, "likely_same": 1, "error": 4}
    assert not me.faults()
    me.main.locator("#summary a.tile").nth(2).click()
    rows = me.main.locator("#rows li")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="บุญเหลือ")).to_contain_text(
        me.say("The ID number is not right: a digit is wrong or missing.")
    )
    assert not me.faults()
    write(me)
    assert counts(me)["registered"] == 6
    made = me.main.get_by_role("list", name=me.say("Registered from this file")).get_by_role("listitem")
    expect(made).to_have_count(6)
    made.filter(has_text="กานต์").get_by_role("link").click()
    expect(me.page.locator("h1")).to_contain_text(f"กานต์ {family}")

    bring(me, "ทะเบียน.xlsx", book)
    again = counts(me)
    assert again["new"] == 0
    assert again["error"] == 4
    expect(me.main.locator("#summary a.btn")).to_have_count(0)


def test_a_person_decides_about_those_who_may_be_the_same(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    bring(me, "ซ้ำ.xlsx", workbook(*register("พงศ์พิพัฒน์", 600)))
    counts(me)
    me.main.locator("#summary a.tile").nth(1).click()
    likely = me.main.locator("#rows li")
    expect(likely).to_have_count(1)
    before = me.main.locator("#summary a.btn").inner_text()
    likely.get_by_role("button", name=me.say("Somebody else: register")).click()
    expect(likely).to_contain_text(me.say("somebody else: will be registered"))
    expect(me.main.locator("#summary a.btn")).not_to_have_text(before)
    likely.get_by_role("button", name=me.say("Decide anew")).click()
    expect(me.main.locator("#summary a.btn")).to_have_text(before)
    me.main.locator("#summary a.tile").nth(2).click()
    wrong = me.main.locator("#rows li").filter(has_text="บุญเหลือ")
    wrong.get_by_role("button", name=me.say("Keep the number unverified")).click()
    expect(wrong).to_contain_text(me.say("will be registered, number unverified"))
    write(me)
    assert counts(me)["registered"] == 7


def test_a_register_as_text_of_an_old_machine_is_read_as_well(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    content = text(*register("อุดมโชคชัย", 800), encoding="cp874")
    bring(me, "ทะเบียน.csv", content, "text/csv")
    assert counts(me) == {"new": 6, "likely_same": 1, "error": 4}


@pytest.mark.parametrize(
    ("name", "content"),
    [("ทะเบียน.xlsx", b"PK\x03\x04 broken"), ("ว่าง.csv", b""), ("คอลัมน์.csv", "บันทึก\nวันนี้ฝนตก\n".encode())],
    ids=["broken", "empty", "wrong columns"],
)
def test_a_file_that_is_no_register_is_refused_in_words(
    name: str, content: bytes, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", phone=True)
    me.watch.expect(422)
    me.open("Registers")
    me.link("Bring a register").first.click()
    me.main.locator("input[type=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})
    me.button("Read the file").click()
    expect(me.main.locator(".note.bad, .summary").first).to_be_visible(timeout=60_000)
    assert not me.faults()


def test_nobody_but_caseworkers_brings_one(visit: Callable[..., Visitor]) -> None:
    me = visit("nurse")
    me.watch.expect(403)
    me.page.goto("/casework/registers/")
    expect(me.main).to_contain_text(me.say("Registers are brought by caseworkers."))


@pytest.mark.parametrize(("language", "phone"), [("th", False), ("en", True)], ids=["thai", "english phone"])
def test_columns_with_strange_headings_are_named_once(
    language: str, phone: bool, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", language, phone=phone)
    mark = "โต๊ะ" if phone else "จอ"  # a set of headings that no other walk has named
    noticed = format_be(clock.today() - timedelta(days=3), "numeric")
    content = f"เจอที่ไหน;มา{mark};เรียก{mark}\nริมคลอง {mark};{noticed};ตาสี{mark} มีสุข\n".encode()
    bring(me, "ริมน้ำ.csv", content, "text/csv")
    heading = me.page.locator("h1")
    expect(heading).to_have_text(me.say("What do the columns stand for?"), timeout=60_000)
    assert not me.faults()
    me.watch.expect(422)
    me.button("Read the rows so").click()
    expect(me.main.locator(".summary")).to_be_visible()
    assert not me.faults()
    me.main.get_by_label("เจอที่ไหน").select_option("found_place")
    me.main.get_by_label(f"มา{mark}").select_option("noticed_on")
    me.main.get_by_label(f"เรียก{mark}").select_option("full_name")
    me.button("Read the rows so").click()
    assert counts(me)["new"] == 1
    assert not me.faults()
    bring(me, "ริมน้ำ 2.csv", content, "text/csv")
    assert counts(me)["new"] == 1, "the centre is not asked twice"


@pytest.mark.parametrize(("language", "phone"), [("th", False), ("en", True)], ids=["thai", "english phone"])
def test_a_known_file_is_completed_and_the_whole_undone(
    language: str, phone: bool, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker", language, phone=phone)
    family, number = ("ธารทองคำ", 900) if phone else ("เรืองรองชัย", 920)
    bare = {"first_name": "กานต์", "last_name": family, "pin": pin(number), "appointment_on": None}
    bring(me, "แรก.xlsx", workbook(row(**bare, phone=None, nickname=None)))
    write(me)
    bring(me, "ที่สอง.xlsx", workbook(row(**bare), row(**bare | {"first_name": "วิไล", "pin": pin(number + 1)})))
    assert counts(me)["likely_same"] == 1
    me.main.get_by_role("link", name=me.say("The same person: compare")).click()
    expect(me.main.locator("input[name=takes]:checked").first).to_be_visible()
    assert not me.faults()
    me.button("It is the same person").click()
    expect(me.main.locator("#row-1")).to_contain_text("1" if language == "en" else "คนเดียวกัน")
    write(me)
    assert counts(me)["registered"] == 1
    me.link("Undo this register").click()
    assert not me.faults()
    me.button("Undo the register").click()
    expect(me.main.locator("#summary")).to_be_visible(timeout=60_000)
    assert "registered" not in counts(me)
    assert not me.faults()
