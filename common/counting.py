"""Several counts in one question, so that a page costs the same however many of them stand on it."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Value

Key = TypeVar("Key", bound=Hashable)


def counts(found: Mapping[Key, "QuerySet[Any]"]) -> dict[Key, int]:
    """Key → how many rows its queryset has; one query for all of them, none when there is nothing to count."""
    if not found:
        return {}
    keys = list(found)
    parts = [_part(place, found[key]) for place, key in enumerate(keys)]
    answered = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return dict.fromkeys(found, 0) | {keys[place]: n for place, n in answered}


def _part(place: int, rows: Any) -> Any:
    named = rows.order_by().annotate(counted_key=Value(place)).values("counted_key")
    return named.annotate(counted=Count("pk")).values_list("counted_key", "counted")
