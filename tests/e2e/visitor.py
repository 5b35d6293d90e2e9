"""Somebody in front of a browser: what they see in their language, and what went wrong while they looked."""

from typing import Any

from django.utils import translation
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response

from tests.support.accessibility import serious_violations

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Watch:
    """Notes what goes wrong in a browser context."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("response", self._response)

    def expect(self, *statuses: int) -> None:
        """Answers with these statuses are what the test is about."""
        self.expected |= set(statuses)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports every answer of 4xx and 5xx here too; those are judged by _response.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status} for {response.request.method} {response.url[:200]}")


class Visitor:
    """One person in one browser context. Words are given in English and looked for in the person's language."""

    def __init__(self, page: Page, watch: Watch, language: str) -> None:
        self.page, self.watch, self.language = page, watch, language

    @property
    def main(self) -> Locator:
        """The page's content, without menu and top bar."""
        return self.page.locator("main")

    def say(self, words: str, **values: Any) -> str:
        """`words` of the catalogue as this person reads them, with `values` put in."""
        with translation.override(self.language):
            said = translation.gettext(words)
        assert self.language == "en" or said != words, f"the catalogue does not know {words!r}"
        return said % values if values else said

    def say_of(self, context: str, words: str) -> str:
        """The same for words whose meaning depends on what they are about."""
        with translation.override(self.language):
            return translation.pgettext(context, words)

    def link(self, words: str, **values: Any) -> Locator:
        """A link of the content that says `words`, and perhaps more."""
        return self.main.get_by_role("link", name=self.say(words, **values))

    def button(self, words: str, **values: Any) -> Locator:
        """A button of the content that says `words`, and perhaps more."""
        return self.main.get_by_role("button", name=self.say(words, **values))

    def field(self, name: str) -> Locator:
        """A field of the content, by its name in the form."""
        return self.main.locator(f"[name='{name}']:not([type=hidden])")

    def choose(self, name: str, value: str) -> None:
        """Tick one of several boxes or rings by its value; the label is what one can hit."""
        box = self.field(name).and_(self.page.locator(f"[value='{value}']"))
        self.main.locator(f"label[for='{box.get_attribute('id')}']").click()

    def open(self, words: str) -> None:
        """Press an entry of the menu and arrive; on a phone the menu is opened first."""
        entry = self.page.locator("#menu").get_by_role("link", name=self.say(words))
        if not entry.is_visible():
            self.page.locator("nav.dock a[href='#menu']").click()
        with self.page.expect_navigation():
            entry.click()

    def faults(self) -> list[str]:
        """axe's serious findings on the page as it stands, and content wider than the screen."""
        return [*serious_violations(self.page), *self.faults_of_shape()]

    def faults_of_colour(self) -> list[str]:
        """Only what a change of colours can bring about."""
        return serious_violations(self.page, "color-contrast")

    def faults_of_shape(self) -> list[str]:
        """Content wider than the screen."""
        wider = self.page.evaluate(WIDER)
        return [f"{wider} px wider than the screen"] if wider > 0 else []
