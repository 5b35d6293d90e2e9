"""What every page knows."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from common import clock, heartbeat, menu, slots


def page(request: HttpRequest) -> dict[str, Any]:
    """Navigation, the actor, the day and the banners."""
    actor = getattr(request, "actor", None)
    base: dict[str, Any] = {"mode": settings.MODE, "actor": actor, "messages_region": True}
    if actor is None:
        return base | {"menu": [], "dock": [], "jobs_ok": True, "can_search": False}
    items = menu.visible(actor)
    numbers = getattr(request, "menu_numbers", None)
    if numbers is None:
        numbers, _ = menu.numbers(items, actor)
    shown = [_entry(item, numbers.get(item.key, 0), request.path) for item in items]
    groups = [(key, [e for e in shown if e["group"] == key]) for key in menu.GROUP_ORDER]
    dock = sorted((e for e in shown if e["dock"]), key=lambda e: e["dock"])
    return base | {
        "menu": [(key, entries) for key, entries in groups if entries],
        "dock": dock[:3],
        "jobs_ok": heartbeat.jobs_running(),
        "can_search": any(gate(actor) for gate in slots.entries("search.allowed")),
        "today": clock.today(),
    }


def counted(request: Any, rows: Mapping[str, Any]) -> dict[str, int]:
    """Key → how many of `rows` there are, asked in the one query that the menu of this page needs anyhow."""
    actor = request.actor
    numbers, found = menu.numbers(menu.visible(actor), actor, rows)
    request.menu_numbers = numbers
    return found


def _entry(item: menu.MenuItem, number: int, path: str) -> dict[str, Any]:
    url = item.url
    return {
        "key": item.key,
        "label": item.label,
        "url": url,
        "group": item.group,
        "count": number,
        "dock": item.dock,
        "symbol": item.symbol,
        "dock_label": item.dock_label or item.label,
        "current": path == url or any(path.startswith(prefix) for prefix in item.prefixes),
    }
