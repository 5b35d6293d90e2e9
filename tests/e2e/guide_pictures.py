"""The pictures of docs/guide/, one per role, page and language: `make screenshots`.

Not part of the suite. What is taken is a table; what stands on the pages is the demo's own. Who works on a phone is
shown on a phone.
"""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from accounts.demo import demo_email
from accounts.roles import Role
from common import clock
from common.thai.periods import Month
from tests.e2e.pictures import FOLDER, LARGEST, SMALL, to_somebody_with_a_warning
from tests.e2e.test_letters import look_for
from tests.e2e.visitor import Visitor

WIDE = {"viewport": {"width": 1280, "height": 640}}
HOME_CENTRE = "30"
FROZEN_IN_THE_DEMO = 12
"""Months."""


def first_page(me: Visitor) -> None:
    """Where the role's day begins."""


def last_month(me: Visitor, place: str = "first") -> None:
    """The report of the month frozen last: of the country, or of the own province (`place` "last")."""
    me.open("Monthly reports")
    months = me.main.get_by_role("list", name=me.say("Frozen months")).get_by_role("listitem")
    getattr(months.first.get_by_role("link"), place).click()
    expect(me.main.locator("a.tile").first).to_be_visible()


def own_month(me: Visitor) -> None:
    last_month(me, "last")


def rows_of_a_figure(me: Visitor) -> None:
    own_month(me)
    me.main.locator("a.tile[href$='follow_ups_on_time/']").click()
    expect(me.main.get_by_role("table")).to_be_visible()


def map_of_provinces(me: Visitor) -> None:
    heading = me.main.get_by_role("heading", name=me.say("Province by province"))
    heading.evaluate("heading => heading.closest('.card').scrollIntoView()")


def result_form(me: Visitor) -> None:
    me.main.locator("ul.rows a.n").first.click()
    me.main.locator(".head .acts a.btn:not(.quiet)").click()
    me.choose("result", "met")
    me.field("note").fill("ได้บัตรใหม่แล้ว อยากเริ่มงานสัปดาห์หน้า")
    me.page.evaluate("window.scrollTo(0, 0)")


def who_opened(me: Visitor) -> None:
    me.open("Service users")
    me.field("centre").select_option(HOME_CENTRE)
    me.button("Show").click()
    me.main.locator("li a.n").first.click()
    me.link("Who opened this file").first.click()
    expect(me.main.get_by_text(me.say("Readers of the last 90 days"))).to_be_visible()


def trail_of_a_colleague(me: Visitor) -> None:
    me.page.locator("#find input:not([type=hidden])").fill(demo_email(Role.SUPERVISOR))
    me.page.locator("#find button").click()
    expect(me.main.get_by_role("heading", name=me.say("Looks and changes"))).to_be_visible()


def forums(me: Visitor) -> None:
    me.open("Forums and demands")
    expect(me.page.locator("h1")).to_have_text(me.say("Forums and demands"))


def contributions(me: Visitor) -> None:
    me.page.locator("nav.dock a[href$='/network/contributions/']").click()
    expect(me.page.locator("h1")).to_have_text(me.say("Contributions"))


def receipt(me: Visitor) -> None:
    me.open("Tenancies")
    me.link("In arrears").click()
    me.link("Take a payment").first.click()
    me.field("amount").fill("600")
    me.choose("method", "cash")
    me.button("Go on").click()
    me.button("Take the money and make the receipt").click()
    expect(me.link("Print the receipt")).to_be_visible()


def letters(me: Visitor) -> None:
    me.open("Letters and jobs")
    expect(me.main.get_by_role("table")).to_be_visible()


class Shot(NamedTuple):
    """One picture: who goes where, and whether with a phone."""

    role: Role
    page: str
    go: Callable[[Visitor], None]
    phone: bool = False

    @property
    def name(self) -> str:
        """social-worker-today."""
        return f"{self.role.removeprefix('department_').replace('_', '-')}-{self.page}"


SHOTS = (
    Shot(Role.SOCIAL_WORKER, "today", first_page, phone=True),
    Shot(Role.SOCIAL_WORKER, "record", result_form, phone=True),
    Shot(Role.SOCIAL_WORKER, "forums", forums),
    Shot(Role.SUPERVISOR, "team", first_page),
    Shot(Role.SUPERVISOR, "figure", rows_of_a_figure),
    Shot(Role.CENTRE_HEAD, "report", own_month),
    Shot(Role.NURSE, "file", to_somebody_with_a_warning, phone=True),
    Shot(Role.CARER, "home", first_page, phone=True),
    Shot(Role.FINANCE_OFFICER, "home", first_page),
    Shot(Role.FINANCE_OFFICER, "receipt", receipt),
    Shot(Role.PARTNER, "home", first_page, phone=True),
    Shot(Role.PARTNER, "contributions", contributions, phone=True),
    Shot(Role.VOLUNTEER, "home", first_page, phone=True),
    Shot(Role.DEPARTMENT_ANALYST, "reports", map_of_provinces),
    Shot(Role.DEPARTMENT_ANALYST, "report", last_month),
    Shot(Role.ADMINISTRATOR, "people", first_page),
    Shot(Role.ADMINISTRATOR, "letters", letters),
    Shot(Role.AUDITOR, "file", who_opened),
    Shot(Role.AUDITOR, "trail", trail_of_a_colleague),
)
"""In the order in which they are taken: the auditor comes last, when there is something in the trail."""


LANGUAGES = pytest.mark.parametrize("language", ["th", "en"])


def take(me: Visitor, name: str) -> None:
    """Keep what is on the screen; a picture too large for a repository is refused."""
    me.page.mouse.move(0, 0)
    me.page.evaluate("document.activeElement.blur()")
    path = FOLDER / "guide" / me.language / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    me.page.screenshot(path=path, animations="disabled", caret="hide")
    assert path.stat().st_size <= LARGEST, f"{path.name}: {path.stat().st_size} bytes"


@LANGUAGES
@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_picture(shot: Shot, language: str, visit: Callable[..., Visitor]) -> None:
    me = visit(shot.role, language, **(SMALL if shot.phone else WIDE))
    shot.go(me)
    take(me, shot.name)


@LANGUAGES
def test_letter(language: str, visit: Callable[..., Visitor], in_system: Callable[..., str]) -> None:
    """The letter of a month is in the language of its reader's profile: in English, one more month is sent."""
    me = visit(Role.CENTRE_HEAD, language, **WIDE)
    month = Month.of(clock.today()).previous()
    if language == "en":
        me.page.goto("/me/")
        me.field("language").select_option("en")
        me.button("Save").click()
        expect(me.page.get_by_text(me.say("Saved."))).to_be_visible()
        month = month.plus(-FROZEN_IN_THE_DEMO)
        in_system("manage.py", "monthly_report", "--month", str(month), "--send")
    look_for(me, demo_email(Role.CENTRE_HEAD))
    letter = me.main.frame_locator("iframe.sheet").locator("body")
    expect(letter).to_contain_text(str(month.year + 543))
    me.main.locator("iframe.sheet").evaluate(
        "sheet => window.scrollTo(0, sheet.getBoundingClientRect().top - 150)"
    )
    take(me, "centre-head-letter")
