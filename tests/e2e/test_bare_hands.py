"""Without a mouse, and without JavaScript: everything a social worker needs works all the same."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import PURPOSE, Person
from tests.e2e.visitor import Visitor

FOCUS = "document.activeElement"
OUTLINED = """() => {
    const style = getComputedStyle(document.activeElement);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
}"""


def test_the_first_tab_offers_to_skip_the_menu(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    me.page.reload()
    me.page.keyboard.press("Tab")
    skip = me.page.get_by_role("link", name=me.say("Skip to content"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    me.page.keyboard.press("Enter")
    expect(me.main).to_be_focused()
    me.page.keyboard.press("Tab")
    expect(me.link("Take a notice").first).to_be_focused()  # the page's main act comes first


def test_a_slash_jumps_to_the_search_and_enter_opens_what_is_found(
    person: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker")
    me.page.keyboard.press("/")
    expect(me.page.locator("[data-search]")).to_be_focused()
    me.page.keyboard.insert_text(person.misspelt)
    me.page.keyboard.press("Enter")
    expect(me.main).to_contain_text(person.name)
    for _ in range(40):
        me.page.keyboard.press("Tab")
        if person.name in str(me.page.evaluate(f"{FOCUS}.textContent")):
            break
    me.page.keyboard.press("Enter")
    expect(me.page.locator("h1")).to_contain_text(person.name)


def test_a_follow_up_is_recorded_with_the_keyboard_alone(
    person: Person, visit: Callable[..., Visitor]
) -> None:
    me = visit("social_worker")
    me.page.goto(f"/casework/people/{person.uid}/")
    me.link("Record the follow-up").focus()
    me.page.keyboard.press("Enter")
    expect(me.page.locator("h1")).to_have_text(me.say("Record the follow-up"))
    me.field("result").first.focus()
    me.page.keyboard.press("Space")
    for _ in range(15):
        if me.page.evaluate(f"{FOCUS}.type") == "submit":
            break
        me.page.keyboard.press("Tab")
    expect(me.button("Save the result")).to_be_focused()
    me.page.keyboard.press("Enter")
    expect(me.page.locator("#messages")).to_contain_text(me.say("The result is saved."))


def test_focus_is_seen_wherever_it_stands(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker")
    unseen = []
    for _ in range(25):
        me.page.keyboard.press("Tab")
        seen = me.page.evaluate(OUTLINED)
        if not seen:
            unseen.append(me.page.evaluate(f"{FOCUS}.outerHTML.slice(0, 120)"))
    assert not unseen


def test_without_javascript_the_day_goes_on(person: Person, visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", java_script_enabled=False)
    expect(me.page.locator("h1")).to_have_text(me.say("Today"))
    box = me.page.locator("[data-search]")
    box.fill(person.misspelt)
    box.press("Enter")
    me.main.get_by_role("link", name=person.name).first.click()
    expect(me.page.locator("h1")).to_contain_text(person.name)

    me.link("Record the follow-up").click()
    me.watch.expect(422)
    me.button("Save the result").click()  # nothing was chosen
    expect(me.main.locator(".summary")).to_be_visible()
    me.choose("result", "met")
    me.field("note").fill("เดินมาที่ศูนย์เอง")
    me.button("Save the result").click()
    expect(me.page.locator("#messages")).to_contain_text(me.say("The result is saved."))
    me.main.get_by_role("link", name=me.say("The whole timeline")).click()
    expect(me.main.locator("ul.line > li").filter(has_text=PURPOSE).first).to_contain_text("เดินมาที่ศูนย์เอง")


def test_without_javascript_somebody_is_registered(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", java_script_enabled=False, phone=True)
    me.page.locator("nav.dock").get_by_role("link", name=me.say("Notice")).click()
    me.field("first_name").fill("นางสาวบัวคลี่ ไพรวัลย์วงศ์")
    me.main.locator("select[name=channel]").select_option("walk_in")
    me.button("Save and go on").click()
    expect(me.page.locator("h1")).to_contain_text("บัวคลี่ ไพรวัลย์วงศ์")


def test_without_javascript_the_menu_opens_and_the_language_changes(visit: Callable[..., Visitor]) -> None:
    me = visit("social_worker", java_script_enabled=False, phone=True)
    me.open("Appointments")
    expect(me.page.locator("h1")).to_have_text(me.say("Appointments"))
    me.page.get_by_role("button", name="English").first.click()
    expect(me.page.locator("h1")).to_have_text("Appointments")
