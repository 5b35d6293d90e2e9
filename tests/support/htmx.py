"""What htmx would do to a page, so that a test can say: after the swap it reads like a fresh load.

    page = Page(client, "/clients/?q=som")
    page.trigger("a[rel=next]")
    page.assert_like_fresh("main")

The page is fetched, the element's hx-attributes are read, the request goes out with htmx's headers and the
answer is swapped in: target, swap style, hx-select, out-of-band parts and the HX-Re… answer headers.
"""

import copy
import difflib
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, NavigableString, Tag

from tests.support.client import Client, Fields, Form, parse

SWAPPED_ERRORS = {403, 404, 409, 422}  # responseHandling in templates/base.html
# Differ from one load to the next by design.
_VOLATILE = ('input[name="csrfmiddlewaretoken"]', 'input[name="submission"]')
_VERBS = ("get", "post", "put", "patch", "delete")


class Page:
    """A page in a browser with htmx.

    Attributes:
        url: its address now (HX-Push-Url and HX-Replace-Url move it).
        soup: the page as it stands.
        response: the last answer.
        redirected_to: where HX-Redirect or HX-Location sends the browser, None if nowhere.
    """

    def __init__(self, client: Client, url: str) -> None:
        self.client, self.url = client, url
        self.response = client.get(url)
        if self.response.status_code != 200:
            raise AssertionError(f"{url} answers {self.response.status_code}")
        self.soup = parse(self.response)
        self.redirected_to: str | None = None

    def one(self, selector: str) -> Tag:
        """The one element `selector` names."""
        found = self.soup.select(selector)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} elements match {selector!r} at {self.url}, one was expected")
        return found[0]

    def text(self, selector: str = "main") -> str:
        """Text of an element, white space folded."""
        return " ".join(self.one(selector).get_text(" ").split())

    def trigger(self, selector: str, fields: Fields | None = None) -> Any:
        """Click (or send, or type into) the element and apply the answer, which is returned.

        `fields` is what the person types into the element's form, or the value of the element itself.
        """
        element = self.one(selector)
        verb = next((verb for verb in _VERBS if element.has_attr(f"hx-{verb}")), None)
        if verb is None:
            raise AssertionError(f"{selector!r} has no hx-get, hx-post…")
        target = self._target(element, _inherited(element, "hx-target") or "this")
        data = self._data(element, verb, dict(fields or {}))
        address = urljoin(self.url, str(element[f"hx-{verb}"]))
        self.response = self._send(verb, address, data, self._headers(element, target))
        self._apply(element, target)
        return self.response

    def fresh(self) -> BeautifulSoup:
        """The page at the present address, loaded anew."""
        response = self.client.get(self.url)
        assert response.status_code == 200, f"{self.url} answers {response.status_code}"
        return parse(response)

    def assert_like_fresh(self, selector: str = "main", *, without: tuple[str, ...] = ("#messages",)) -> None:
        """What stands in `selector` is what a fresh load of the address would show there."""
        mine, theirs = (_normal(page, selector, without) for page in (self.soup, self.fresh()))
        if mine != theirs:
            lines = difflib.unified_diff(theirs, mine, "fresh load", "after the swap", lineterm="", n=2)
            raise AssertionError("\n".join(lines))

    def _data(self, element: Tag, verb: str, fields: dict[str, Any]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        form = element if element.name == "form" else element.find_parent("form")
        if form is not None and (verb != "get" or element.name == "form"):
            own_fields = fields if element.name == "form" else {}
            data |= Form(form, self.soup).data(own_fields)
        if selector := element.get("hx-include"):
            for tag in self.soup.select(str(selector)):
                inside = tag if tag.name == "form" else BeautifulSoup(f"<form>{tag}</form>", "lxml").form
                assert inside is not None
                data |= Form(inside, self.soup).data({})
        data |= json.loads(str(element.get("hx-vals") or "{}"))
        return data | fields

    def _headers(self, element: Tag, target: Tag) -> dict[str, str]:
        headers = {"HX-Request": "true", "HX-Current-URL": urljoin("http://testserver", self.url)}
        names = {
            "HX-Target": target.get("id"),
            "HX-Trigger": element.get("id"),
            "HX-Trigger-Name": element.get("name"),
        }
        return headers | {name: str(value) for name, value in names.items() if value}

    def _send(self, verb: str, address: str, data: dict[str, Any], headers: dict[str, str]) -> Any:
        if verb in {"get", "delete"}:
            return getattr(self.client, verb)(address, query_params=data, headers=headers)
        return self.client.post(address, data, headers=headers)

    def _apply(self, element: Tag, target: Tag) -> None:
        answer = self.response
        self.redirected_to = answer.headers.get("HX-Redirect") or answer.headers.get("HX-Location")
        if self.redirected_to or answer.status_code == 204:
            return
        if answer.status_code >= 400 and answer.status_code not in SWAPPED_ERRORS:
            raise AssertionError(f"htmx would swap nothing in for a {answer.status_code}")
        pushed = answer.headers.get("HX-Push-Url") or answer.headers.get("HX-Replace-Url") or _pushed(element)
        if pushed == "true":
            pushed = answer.request["PATH_INFO"] + (
                "?" + query if (query := answer.request["QUERY_STRING"]) else ""
            )
        if pushed and pushed != "false":
            self.url = pushed
        parts = _fragment(answer.content.decode())
        self._swap_out_of_band(parts)
        if selector := answer.headers.get("HX-Reselect") or _inherited(element, "hx-select"):
            chosen = parts.select(selector)
            parts = _fragment("".join(str(tag) for tag in chosen))
        if retarget := answer.headers.get("HX-Retarget"):
            target = self.one(retarget)
        style = answer.headers.get("HX-Reswap") or _inherited(element, "hx-swap") or "innerHTML"
        _swap(target, style.split()[0], list(parts.contents))

    def _swap_out_of_band(self, parts: Tag) -> None:
        for tag in parts.select("[hx-swap-oob]"):
            order = str(tag["hx-swap-oob"])
            del tag["hx-swap-oob"]
            tag.extract()
            style, _, selector = order.partition(":")
            place = self.one(selector or f'[id="{tag.get("id")}"]')
            if style in {"true", "outerHTML"}:
                _swap(place, "outerHTML", [tag])
            else:
                _swap(place, style, list(tag.contents))

    def _target(self, element: Tag, rule: str) -> Tag:
        if rule == "this":
            return _owner(element, "hx-target") or element
        word, _, selector = rule.partition(" ")
        found = {
            "closest": lambda: next(
                (tag for tag in [element, *element.parents] if _matches(tag, selector)), None
            ),
            "find": lambda: element.select_one(selector),
            "next": lambda: next((tag for tag in element.find_all_next() if _matches(tag, selector)), None),
            "previous": lambda: next(
                (tag for tag in element.find_all_previous() if _matches(tag, selector)), None
            ),
        }
        if word not in found or not selector:
            return self.one(rule)
        tag = found[word]()
        if tag is None:
            raise AssertionError(f"no element for hx-target={rule!r}")
        return tag


def _matches(tag: Tag, selector: str) -> bool:
    return tag.parent is not None and tag in tag.parent.select(f":scope > {selector}")


def _owner(element: Tag, name: str) -> Tag | None:
    return next((tag for tag in [element, *element.parents] if tag.has_attr(name)), None)


def _inherited(element: Tag, name: str) -> str:
    owner = _owner(element, name)
    return str(owner[name]) if owner is not None else ""


def _pushed(element: Tag) -> str:
    return _inherited(element, "hx-push-url") or _inherited(element, "hx-replace-url")


def _fragment(html: str) -> Tag:
    """A piece of HTML as htmx cuts it: of a whole page, what stands in its body."""
    if re.search(r"<body[\s>]", html):
        body = BeautifulSoup(html, "lxml").body
        assert body is not None
        return body
    return BeautifulSoup(html, "html.parser")


def _swap(target: Tag, style: str, parts: list[Any]) -> None:
    parts = [part.extract() for part in parts]

    def at_start() -> None:
        for place, part in enumerate(parts):
            target.insert(place, part)

    def inside() -> None:
        target.clear()
        target.extend(parts)

    ways: dict[str, Callable[[], Any]] = {
        "innerHTML": inside,
        "outerHTML": lambda: target.replace_with(*parts),
        "beforebegin": lambda: target.insert_before(*parts),
        "afterbegin": at_start,
        "beforeend": lambda: target.extend(parts),
        "afterend": lambda: target.insert_after(*parts),
        "textContent": lambda: setattr(target, "string", "".join(part.get_text() for part in parts)),
        "delete": target.decompose,
        "none": lambda: None,
    }
    if style not in ways:
        raise AssertionError(f"unknown hx-swap {style!r}")
    ways[style]()


def _normal(page: BeautifulSoup, selector: str, without: tuple[str, ...]) -> list[str]:
    """The element as lines to compare: volatile values emptied, white space folded."""
    found = page.select(selector)
    if len(found) != 1:
        raise AssertionError(f"{len(found)} elements match {selector!r}, one was expected")
    # Parsed again, because a swapped fragment and a parsed page differ in how they hold the same markup.
    tree = BeautifulSoup(str(copy.copy(found[0])), "lxml")
    for tag in tree.select(", ".join(_VOLATILE)):
        tag["value"] = ""
    for tag in tree.select("[nonce]"):
        del tag["nonce"]
    for selector_out in without:
        for tag in tree.select(selector_out):
            tag.decompose()
    for text in tree.find_all(string=True):
        if isinstance(text, NavigableString):
            text.replace_with(" ".join(text.split()))
    return [line for line in tree.prettify().splitlines() if line.strip()]
