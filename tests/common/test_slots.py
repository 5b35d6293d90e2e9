"""Places that a lower app offers and a higher one fills."""

import pytest

from common import menu, slots
from common.actor import SystemActor
from common.menu import MenuItem


@pytest.fixture(autouse=True)
def _own_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_entries", type(slots._entries)(list))


def test_entries_come_in_order_whoever_was_first() -> None:
    slots.add("client.tabs", "rent", order=40)
    slots.add("client.tabs", "overview", order=10)
    slots.add("client.tabs", "medicine", order=40)
    assert slots.entries("client.tabs") == ["overview", "medicine", "rent"]


def test_the_same_key_twice_keeps_the_last() -> None:
    slots.add("client.tabs", "rent", key="rent")
    slots.add("client.tabs", "rent, reloaded", key="rent")
    assert slots.entries("client.tabs") == ["rent, reloaded"]


def test_a_slot_that_nobody_fills_is_empty() -> None:
    assert slots.entries("before.closing") == []


def test_the_menu_shows_each_actor_what_they_may_use() -> None:
    for key, allowed in (
        ("b", lambda actor: True),
        ("a", lambda actor: actor.is_system),
        ("c", lambda actor: False),
    ):
        menu.add(MenuItem(key=key, label=key, group="work", allowed=allowed), order=ord(key))
    assert [item.key for item in menu.visible(SystemActor("test"))] == ["a", "b"]
