"""Manners that every page has."""

import pytest

from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def test_a_redirect_to_htmx_is_a_place_the_browser_goes_to(client: Client) -> None:
    client.force_login(make.user("auditor"))
    answer = client.post("/me/", {"name": "ก", "language": "th"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/me/")


def test_a_refusal_takes_the_place_of_the_content_not_of_the_part_that_asked(client: Client) -> None:
    client.force_login(make.user("nurse"))
    answer = client.get("/people/", headers=HTMX)
    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#main"


def test_a_page_is_kept_by_no_cache_and_told_apart_from_its_part(client: Client) -> None:
    client.force_login(make.user("auditor"))
    answer = client.get("/me/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "HX-Request" in answer.headers["Vary"]


def test_no_page_allows_script_or_style_inside_itself(client: Client) -> None:
    policy = client.get("/sign-in/login/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
