"""What a list of cases may be narrowed down by. Pure."""

from collections.abc import Mapping
from uuid import UUID

ME, NOBODY = "me", "none"
"""Instead of somebody's key: whoever looks at the list; cases without anybody."""

LATE, UNPLANNED = "late", "none"
"""An appointment is overdue; none is planned."""

LONGEST_QUIET = 3650  # days
_LONGEST_TEXT = 120
KEYS = ("state", "worker", "appointments", "category", "district", "quiet")


def tidy(asked: Mapping[str, str], *, states: frozenset[str], categories: frozenset[str]) -> dict[str, str]:
    """Filters that can be meant, in one order; anything else stays away, so that an old address still opens.

    Args:
        asked: what stands in an address or is kept in a list.
    """
    said = {key: str(asked.get(key, "")).strip() for key in KEYS}
    sound = {
        "state": said["state"] in states,
        "worker": said["worker"] in {ME, NOBODY} or _is_key(said["worker"]),
        "appointments": said["appointments"] in {LATE, UNPLANNED},
        "category": said["category"] in categories,
        "district": len(said["district"]) <= _LONGEST_TEXT,
        "quiet": _is_number(said["quiet"]),
    }
    return {key: said[key] for key in KEYS if said[key] and sound[key]}


def _is_number(text: str) -> bool:
    number = text.isascii() and text.isdecimal() and len(text) <= len(str(LONGEST_QUIET))
    return number and 0 < int(text) <= LONGEST_QUIET


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
