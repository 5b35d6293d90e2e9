"""The helper that plays htmx applies an answer as htmx would."""

from typing import Any

import pytest
from django.http import HttpResponse

from tests.support.htmx import Page

PAGE = """<!doctype html><html><body><main>
<ul id="list" hx-target="this"><li>one</li></ul><p id="count">1</p>
<a id="more" hx-get="/more" hx-target="#list" hx-swap="beforeend" hx-push-url="true">more</a>
<form id="form" hx-post="/save" hx-target="closest main" hx-select="main" hx-swap="outerHTML">
<input type="hidden" name="csrfmiddlewaretoken" value="abc"><input name="text" value=""></form>
</main></body></html>"""


class Server:
    """Answers by address, and keeps what it was asked."""

    def __init__(self, **answers: HttpResponse) -> None:
        self.answers = {"/": HttpResponse(PAGE)} | {f"/{name}": answer for name, answer in answers.items()}
        self.asked: list[tuple[str, Any, dict[str, str]]] = []

    def get(self, url: str, query_params: Any = None, headers: Any = None) -> Any:
        return self._answer(url, query_params, headers)

    def post(self, url: str, data: Any, headers: Any = None) -> Any:
        return self._answer(url, data, headers)

    def _answer(self, url: str, data: Any, headers: Any) -> Any:
        self.asked.append((url, data, headers or {}))
        answer = self.answers[url]
        answer.request = {"PATH_INFO": url, "QUERY_STRING": ""}  # type: ignore[attr-defined]
        return answer


def test_parts_are_put_where_they_belong() -> None:
    server = Server(more=HttpResponse('<li>two</li><p id="count" hx-swap-oob="true">2</p>'))
    page = Page(server, "/")  # type: ignore[arg-type]
    page.trigger("#more")
    assert [item.text for item in page.soup.select("#list li")] == ["one", "two"]
    assert page.text("#count") == "2"
    assert page.url == "/more"
    assert server.asked[-1][2]["HX-Target"] == "list"


def test_what_was_typed_is_sent_and_a_refusal_is_swapped_in() -> None:
    refused = HttpResponse("<body><main><p>refused</p></main></body>", status=422)
    server = Server(save=refused)
    page = Page(server, "/")  # type: ignore[arg-type]
    page.trigger("#form", {"text": "hello"})
    assert server.asked[-1][1] == {"csrfmiddlewaretoken": ["abc"], "text": "hello"}
    assert page.text() == "refused"


def test_a_page_that_differs_from_a_fresh_load_is_told() -> None:
    server = Server(more=HttpResponse("<li>two</li>"))
    page = Page(server, "/")  # type: ignore[arg-type]
    page.trigger("#more")
    server.answers["/more"] = HttpResponse(PAGE)
    with pytest.raises(AssertionError, match="two"):
        page.assert_like_fresh()
    fresh = PAGE.replace("</li></ul>", "</li><li>two</li></ul>").replace('"abc"', '"another token"')
    server.answers["/more"] = HttpResponse(fresh)
    page.assert_like_fresh()


def test_a_redirect_leaves_the_page_as_it_is() -> None:
    page = Page(Server(more=HttpResponse(status=204, headers={"HX-Redirect": "/away"})), "/")  # type: ignore[arg-type]
    page.trigger("#more")
    assert page.redirected_to == "/away"


def test_an_error_that_htmx_would_not_show_fails() -> None:
    page = Page(Server(more=HttpResponse(status=500)), "/")  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="500"):
        page.trigger("#more")
