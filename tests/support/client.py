"""A test client that is as careful as a browser: CSRF is checked, and forms are sent as they stand on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django import test
from django.conf import settings
from django.http import HttpResponse

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_SECRET = "t" * 32
_NOT_SENT = {"submit", "button", "reset", "image"}

Fields = Mapping[str, Any]


class Client(test.Client):
    """Django's client with CSRF checks on.

    `post()` and its sisters carry a valid token, as our script does for htmx; `csrf=False` leaves it out.
    `submit()` sends a form of a page with nothing but what stands in it, so a form without a token fails.
    """

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)
        self._without_token = False

    def generic(self, method: str, path: str, *args: Any, csrf: bool = True, **extra: Any) -> Any:
        if csrf and not self._without_token and method.upper() not in SAFE:
            cookie = self.cookies.get(settings.CSRF_COOKIE_NAME)
            if cookie is None:
                self.cookies[settings.CSRF_COOKIE_NAME] = _SECRET
            extra.setdefault(settings.CSRF_HEADER_NAME, cookie.value if cookie else _SECRET)
        return super().generic(method, path, *args, **extra)

    def submit(
        self,
        page: Any,
        fields: Fields | None = None,
        *,
        form: str = "main form",
        button: str | None = None,
        **extra: Any,
    ) -> Any:
        """Fill in and send a form of a page.

        Args:
            page: response of an earlier get().
            fields: what the person types: name -> text, list of texts, or an open file. Names the form does not
                have are refused, unless their value is a file or the form's script adds them.
            form: CSS selector of the form.
            button: CSS selector of the button pressed, for its name, value and formaction.
        """
        found = find_form(page.content.decode(), form)
        data = found.data(fields or {}, button)
        address = urljoin(page.request["PATH_INFO"], found.action(button))
        self._without_token = True
        try:
            if found.method == "get":
                return self.get(address, data, **extra)
            return self.post(address, data, **extra)
        finally:
            self._without_token = False


def is_checked(tag: Tag) -> bool:
    return tag.has_attr("checked")


@dataclass
class Form:
    """A form as it stands in a page."""

    tag: Tag
    page: BeautifulSoup

    @property
    def method(self) -> str:
        return str(self.tag.get("method") or "get").lower()

    def action(self, button: str | None = None) -> str:
        """Address it goes to, relative to the page; empty for the page itself."""
        pressed = self._button(button)
        return str((pressed.get("formaction") if pressed else None) or self.tag.get("action") or "")

    def data(self, fields: Fields, button: str | None = None) -> dict[str, Any]:
        """What a browser would send with `fields` typed in."""
        data: dict[str, Any] = {}
        for control in self._controls():
            for value in _values(control):
                data.setdefault(str(control["name"]), []).append(value)
        unknown = set(fields) - {str(control["name"]) for control in self._controls()}
        if unknown:
            raise AssertionError(f"the form has no field named {', '.join(sorted(unknown))}")
        data |= fields
        pressed = self._button(button)
        if pressed is not None and pressed.get("name"):
            data[str(pressed["name"])] = str(pressed.get("value") or "")
        return data

    def _controls(self) -> list[Tag]:
        inside = self.tag.select("input[name], select[name], textarea[name]")
        identity = self.tag.get("id")
        outside = self.page.select(f'[form="{identity}"][name]') if identity else []
        everything = [*inside, *(tag for tag in outside if tag.name != "button")]
        return [
            tag for tag in everything if not tag.has_attr("disabled") and tag.get("type") not in _NOT_SENT
        ]

    def _button(self, selector: str | None) -> Tag | None:
        if selector is None:
            return None
        found = self.tag.select_one(selector)
        if found is None:
            raise AssertionError(f"the form has no button {selector}")
        return found


def _values(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        return _selected(control)
    kind = control.get("type")
    if kind == "file":
        return []
    if kind in {"checkbox", "radio"}:
        return [str(control.get("value") or "on")] if is_checked(control) else []
    return [str(control.get("value") or "")]


def _selected(control: Tag) -> list[str]:
    options = control.select("option")
    chosen = [option for option in options if option.has_attr("selected")]
    if not chosen and options and not control.has_attr("multiple"):
        chosen = options[:1]
    return [
        str(option["value"]) if option.has_attr("value") else option.get_text(strip=True) for option in chosen
    ]


def parse(response: HttpResponse | str) -> BeautifulSoup:
    """The page of a response (or of HTML text) as a tree."""
    html = response if isinstance(response, str) else response.content.decode()
    return BeautifulSoup(html, "lxml")


def find_form(html: str, selector: str = "main form") -> Form:
    """The one form `selector` names. Raises AssertionError when there is none, or more than one."""
    page = parse(html)
    found = page.select(selector)
    if len(found) != 1:
        raise AssertionError(f"{len(found)} elements match {selector!r}, one form was expected")
    return Form(found[0], page)
