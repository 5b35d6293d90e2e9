"""A child is registered with who answers for it: the file is restricted, and the household is seen from it."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from common import clock
from common.thai.dates import format_be
from tests.e2e.visitor import Visitor

MOTHER = "สายพิณ ทองดี"


def test_a_childs_file_is_restricted_and_says_who_answers(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", phone=True)
    me.page.locator("nav.dock").get_by_role("link", name=me.say("Notice")).click()
    me.field("first_name").fill("น้ำใส ทองดี")
    me.field("born").fill(format_be(clock.today() - timedelta(days=3000), "numeric"))
    me.main.locator("select[name=channel]").select_option("walk_in")
    me.field("with_name").fill(MOTHER)
    me.main.locator("select[name=with_relation]").select_option("parent")
    me.main.locator("select[name=with_guardianship]").select_option("parental")
    assert not me.faults()
    me.button("Save and go on").click()
    expect(me.page.locator("h1")).to_contain_text("น้ำใส")
    expect(me.main.locator(".lead")).to_contain_text(me.say("restricted file"))
    expect(me.main.locator(".lead")).to_contain_text(me.say("under 18"))
    expect(me.main).to_contain_text(MOTHER)
    assert not me.faults()
    address = me.page.url

    lead = visit("supervisor", "en")
    lead.page.goto(address)
    lead.page.locator(".tabs").get_by_role("link", name=lead.say("People around")).click()
    expect(lead.main).to_contain_text(lead.say("parental power"))
    assert not lead.faults()
