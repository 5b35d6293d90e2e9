"""From a forum to being told back: hold it, write voices down, make a demand, answer it, tell those who asked."""

from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest
from playwright.sync_api import expect

from common import clock
from common.thai.dates import format_be
from tests.e2e.test_report import squeezed
from tests.e2e.visitor import Visitor

ANSWER = "สมทบให้สิบห้องก่อน"
SCRIPT = "<script>document.title = 'ไม่ใช่เสียง'</script>"
VOICES = ("ค่าเช่าเดือนละสองพัน ผมหาไม่ทัน", "ถ้าช่วยกันคนละครึ่งก็พอไหว", SCRIPT)


def typed(day: date) -> str:
    """A day as people type it."""
    return format_be(day, "numeric", lang="th")


def plan(me: Visitor, title: str) -> None:
    me.open("Forums and demands")
    expect(me.page.locator("h1")).to_have_text(me.say("Forums and demands"))
    assert not me.faults()
    me.link("Plan a forum").first.click()
    me.field("title").fill(title)
    me.field("day").fill(typed(clock.today()))
    me.field("place").fill("ลานหน้าศาลากลาง")
    me.field("topic").fill("ห้องเช่าที่จ่ายไหว")
    me.choose("planned_level", "consult")
    assert not me.faults()
    me.button("Save the forum").click()
    expect(me.page.locator("h1")).to_have_text(title)


def write_down(me: Visitor) -> None:
    """Three lines, each ended with Enter; hands never leave the keys."""
    me.link("Write down voices").click()
    for count, text in enumerate(VOICES, 1):
        expect(me.field("text")).to_be_focused()
        me.page.keyboard.insert_text(text)
        me.page.keyboard.press("Enter")
        expect(me.main.locator(".voices > li")).to_have_count(count)
        expect(me.field("text")).to_have_value("")
    assert not me.faults()


def record_what_came_of_it(me: Visitor) -> None:
    me.link("Record who came").click()
    me.field("homeless").fill("14")
    me.field("officers").fill("2")
    assert not me.faults()
    me.button("Save who came").click()
    me.link("Record that it was held").click()
    me.choose("level", "involve")
    me.field("reason").fill("ตกลงกติกาห้องเช่าร่วมกัน")
    assert not me.faults()
    me.button("Record that it was held").click()
    expect(me.main.locator("#attendance")).to_contain_text("14")
    expect(me.main.locator("#level")).to_contain_text(me.say("involve"))


def make_a_demand(me: Visitor) -> None:
    me.link("Make a demand").click()
    boxes = me.main.locator("input[name=voices]")
    expect(boxes).to_have_count(len(VOICES))
    for number in (0, 1):
        me.main.locator(f"label[for='{boxes.nth(number).get_attribute('id')}']").click()
    me.field("text").fill("ขอสมทบค่าเช่าคนละครึ่ง")
    me.field("owner").fill("เทศบาลนคร")
    assert not me.faults()
    me.button("Save the demand").click()
    expect(me.page.locator("h1")).to_have_text("ขอสมทบค่าเช่าคนละครึ่ง")


def answer_and_tell_back(me: Visitor) -> None:
    me.link("Record the answer").click()
    me.choose("outcome", "partly")
    me.field("text").last.fill(ANSWER)
    assert not me.faults()
    me.button("Record the answer").click()
    me.link("Record that people were told").click()
    me.choose("how", "forum")
    me.field("people").fill("14")
    assert not me.faults()
    me.button("Record that people were told").click()
    expect(me.main.locator("ul.line")).to_contain_text("14")
    assert not me.faults()


@pytest.mark.parametrize(
    ("language", "phone"), [("th", False), ("en", True)], ids=["desk", "phone in English"]
)
def test_from_the_forum_to_being_told_back(language: str, phone: bool, visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", language, phone=phone)
    title = {"th": "เวทีห้องเช่าหน้าฝน", "en": "เวทีห้องเช่าหน้าหนาว"}[language]
    plan(me, title)
    write_down(me)
    me.main.locator(".form-acts a").click()
    expect(me.main.locator(".voices blockquote").last).to_have_text(SCRIPT)
    expect(me.page).not_to_have_title("ไม่ใช่เสียง")
    record_what_came_of_it(me)
    make_a_demand(me)
    expect(me.main.locator(".lead")).to_contain_text("รอคำตอบ" if language == "th" else "waits for an answer")
    answer_and_tell_back(me)
    me.main.get_by_role("link", name=title).click()
    sheet = me.link("Sheet to tell back (PDF)").get_attribute("href")
    printed = me.page.request.get(sheet or "").body()
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed))
    assert ANSWER in squeezed(text)
    assert squeezed(VOICES[0]) not in squeezed(text)


def test_a_line_that_is_too_long_stays_in_the_box_and_says_why(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", phone=True)
    me.watch.expect(422)
    plan(me, "เวทียาว")
    me.link("Write down voices").click()
    long = "ก" * 5001
    me.field("text").fill(long)
    me.page.keyboard.press("Enter")
    expect(me.main.locator(".summary")).to_be_visible()
    expect(me.field("text")).to_have_value(long)
    assert not me.faults()


def test_an_analyst_reads_and_finds_no_button(visit: Callable[..., Visitor]) -> None:
    me = visit("department_analyst")
    me.open("Forums and demands")
    me.main.locator(".rows a.n").first.click()
    expect(me.main.locator("#voices")).to_be_visible()
    expect(me.main.get_by_role("link", name=me.say("Write down voices"))).to_have_count(0)
    assert not me.faults()


@pytest.mark.parametrize("role", ["nurse", "finance_officer", "partner", "volunteer"])
def test_others_have_no_way_there(role: str, visit: Callable[..., Visitor]) -> None:
    me = visit(role)
    me.watch.expect(403)
    expect(me.page.locator("#menu").get_by_role("link", name=me.say("Forums and demands"))).to_have_count(0)
    me.page.goto("/forums/")
    expect(me.page.locator("h1")).to_be_visible()
    assert me.page.locator(".voices").count() == 0
