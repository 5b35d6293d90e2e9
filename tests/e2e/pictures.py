"""The pictures of docs/README.md, taken from the demo as it stands: `make screenshots`.

Not part of the suite. Each test takes one kind of page; what stands on it is the demo's own.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.casework.register_sheets import workbook
from tests.e2e.test_letters import look_for
from tests.e2e.test_register import TITLES, bring, counts, register
from tests.e2e.visitor import Visitor
from tests.support.processes import PROJECT

FOLDER = PROJECT / "docs" / "screenshots"
LARGEST = 150 * 1024
WIDE = {"viewport": {"width": 1280, "height": 720}}
SMALL = {"phone": True, "device_scale_factor": 1.5}
SHAPES = pytest.mark.parametrize("phone", [False, True], ids=["1280", "390"])
_MARKS = re.compile("[็่้๊๋์]")
_SAME_SOUND = str.maketrans("ณศษฐภญ", "นสสถพย")


def shape(phone: bool) -> dict[str, Any]:
    """Options of the visitor's browser."""
    return SMALL if phone else WIDE


def take(me: Visitor, name: str, *, phone: bool = False) -> None:
    """Keep what is on the screen; a picture too large for a repository is refused."""
    me.page.mouse.move(0, 0)
    me.page.evaluate("document.activeElement.blur()")
    path = FOLDER / f"{name}-{390 if phone else 1280}.png"
    path.parent.mkdir(exist_ok=True)
    me.page.screenshot(path=path, animations="disabled", caret="hide")
    assert path.stat().st_size <= LARGEST, f"{path.name}: {path.stat().st_size} bytes"


def to_somebody_with_a_warning(me: Visitor) -> None:
    """To the file of somebody whom a danger and an open case are known of, as far as there is one."""
    me.open("Service users")
    expect(me.page.locator("h1")).to_have_text(me.say("Service users"))
    warned = (
        me.main.locator("li")
        .filter(has=me.page.locator(".chip.bad"))
        .filter(has=me.page.locator(".chip.brand"))
    )
    (warned if warned.count() else me.main.locator("li")).first.locator("a.n").click()
    expect(me.page.locator(".tabs")).to_be_visible()


def hurried(name: str) -> str:
    """A name as somebody in a hurry types it."""
    return _MARKS.sub("", name).translate(_SAME_SOUND)


def test_entrance(visit: Callable[..., Visitor]) -> None:
    take(visit("", **WIDE), "entrance")


@SHAPES
def test_my_day(phone: bool, visit: Callable[..., Visitor]) -> None:
    take(visit("social_worker", **shape(phone)), "today", phone=phone)


@SHAPES
def test_file(phone: bool, visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", **shape(phone))
    to_somebody_with_a_warning(me)
    take(me, "file", phone=phone)


def test_file_in_the_dark(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", color_scheme="dark", **WIDE)
    to_somebody_with_a_warning(me)
    take(me, "file-dark")


def test_search(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", **SMALL)
    me.open("Service users")
    expect(me.page.locator("h1")).to_have_text(me.say("Service users"))
    names = me.main.locator("a.n").all_inner_texts()
    name = next(name for name in names if hurried(name) != name)
    me.page.locator("[data-search]").press_sequentially(hurried(name.partition(" (")[0]))
    found = me.main.get_by_role("list", name=me.say("Files you may open"))
    expect(found.locator("a.n").first).to_have_text(name)
    take(me, "search", phone=True)


def test_intake(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", **WIDE)
    me.open("Service users")
    expect(me.page.locator("h1")).to_have_text(me.say("Service users"))
    name = me.main.locator("a.n").nth(3).inner_text().partition(" (")[0]
    me.open("Take a notice")
    me.field("first_name").press_sequentially(hurried(name))
    expect(me.page.locator("#likely a.n").first).to_be_visible()
    take(me, "intake")


def test_follow_up(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", **SMALL)
    me.watch.expect(422)
    me.open("Appointments")
    me.open("Today")
    me.main.locator("ul.rows a.n").first.click()
    me.main.locator(".head .acts a.btn:not(.quiet)").click()
    me.field("note").fill("ได้บัตรใหม่แล้ว อยากเริ่มงานสัปดาห์หน้า")
    me.button("Save the result").click()
    expect(me.main.locator(".summary")).to_be_focused()
    take(me, "follow-up", phone=True)


def test_register(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", **WIDE)
    bring(me, "ทะเบียนผู้ใช้บริการ-2570.xlsx", workbook(*register("เกษมศรีสุข", 1), above=TITLES))
    counts(me)
    take(me, "register")


@SHAPES
def test_report(phone: bool, visit: Callable[..., Visitor]) -> None:
    me = visit("department_analyst", **shape(phone))
    me.open("Monthly reports")
    me.main.get_by_role("list", name=me.say("Frozen months")).get_by_role("link").first.click()
    expect(me.main.locator("a.tile").first).to_be_visible()
    take(me, "report", phone=phone)


def test_figure(visit: Callable[..., Visitor]) -> None:
    me = visit("supervisor", **WIDE)
    me.open("Monthly reports")
    months = me.main.get_by_role("list", name=me.say("Frozen months")).get_by_role("listitem")
    months.first.get_by_role("link").last.click()
    me.main.locator("a.tile[href$='follow_ups_on_time/']").click()
    expect(me.main.get_by_role("table")).to_be_visible()
    take(me, "figure")


def test_team(visit: Callable[..., Visitor]) -> None:
    take(visit("centre_head", **WIDE), "team")


def test_letter(visit: Callable[..., Visitor], in_system: Callable[..., str]) -> None:
    in_system("manage.py", "send_reminders")
    me = visit("social_worker", **WIDE)
    look_for(me, "social-worker@demo.example")
    expect(me.main.frame_locator("iframe.sheet").locator("body")).to_contain_text("30-25")
    take(me, "letter")
