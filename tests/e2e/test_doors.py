"""Every page of the permission matrix: readable for everyone, at a desk and on a phone, by day and by night."""

import pkgutil
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests import matrix
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.visitor import Visitor
from tests.e2e.words import data_of, latin_words, thai_words
from tests.support.processes import Process

TABLES = [module.name for module in pkgutil.iter_modules(matrix.__path__)]
FOR_PROGRAMS = {"api", "config"}
"""Pages whose words are names of fields."""


@pytest.fixture(scope="module")
def doors(prepared: dict[str, Any]) -> list[dict[str, str]]:
    """Every page of the matrix, those of one role together."""
    return sorted(prepared["doors"], key=lambda door: (door["app"], door["role"]))


@pytest.mark.parametrize("app", TABLES)
def test_pages_are_sound_and_speak_one_language(
    app: str,
    doors: list[dict[str, str]],
    prepared: dict[str, Any],
    visit: Callable[..., Visitor],
    system: Process,
) -> None:
    data = data_of(Path(system.env["RUAMBAN_VAR"]) / "db.sqlite3", prepared["sealed"])
    wrong: list[str] = []
    for role, those in groupby((door for door in doors if door["app"] == app), key=lambda door: door["role"]):
        addresses = [door["address"] for door in those]
        thai = visit(role)
        for address in pages(thai, addresses):
            words = [] if app in FOR_PROGRAMS else latin_words(thai.page)
            wrong += [f"{role} {address}: {fault}" for fault in [*looked_at(thai), *words]]
        english = visit(role, "en")
        for address in pages(english, addresses):
            words = [] if app in FOR_PROGRAMS else thai_words(english.page, data)
            english.page.set_viewport_size(PHONE)
            wrong += [
                f"{role} {address} in English: {fault}" for fault in [*english.faults_of_shape(), *words]
            ]
    assert not wrong, "\n".join(wrong)


def pages(visitor: Visitor, addresses: list[str]) -> Iterator[str]:
    """Opens those of the addresses that answer with a whole page, one after the other."""
    for address in addresses:
        answer = visitor.page.request.get(address, headers={"Accept": "text/html"})
        if answer.headers.get("content-type", "").startswith("text/html") and "<html" in answer.text():
            visitor.page.set_viewport_size(WIDE)
            visitor.page.goto(address)
            yield address


def looked_at(visitor: Visitor) -> list[str]:
    """What is wrong with the page that stands there, wide and narrow, light and dark."""
    found = []
    for size, name in ((WIDE, "wide"), (PHONE, "phone")):
        visitor.page.set_viewport_size(size)
        found += [f"{name}: {fault}" for fault in visitor.faults()]
        visitor.page.emulate_media(color_scheme="dark")
        found += [f"{name}, dark: {fault}" for fault in visitor.faults_of_colour()]
        visitor.page.emulate_media(color_scheme="light")
    return found
