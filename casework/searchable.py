"""What of a client can be typed into the search box, normalised the same way as the query will be."""

from functools import lru_cache
from typing import Protocol

from casework.models import Client, ClientSearch
from common.thai import names

COLUMNS = (
    "first_n",
    "last_n",
    "nick_n",
    "alias_n",
    "first_k",
    "last_k",
    "nick_k",
    "alias_k",
    "full_k",
    "text",
)

LONGEST_KEY = 80
"""Characters of a name that are keyed; what normalising makes of a letter can be longer than the letter."""


class Searchable(Protocol):
    """A client, or what is about to become one."""

    first_name: str
    last_name: str
    nickname: str
    alias: str
    descriptor: str
    phone: str
    found_place: str
    sleeping_place: str


def search_values(c: Searchable, code: str) -> tuple[str, ...]:
    """The values of COLUMNS of a ClientSearch row.

    `text` holds first name and surname as one word, then what else is known, word by word. Names are keyed
    with the marks they were written with, because ์ says which letter is silent.
    """
    first, first_k = _keys(c.first_name, titled=True)
    last, last_k = _keys(c.last_name)
    nick, nick_k = _keys(c.nickname)
    alias, alias_k = _keys(c.alias)
    others = " ".join(part for part in (c.descriptor, c.found_place, c.sleeping_place, code) if part)
    parts = (first + last, nick, alias, names.search_text(others, titled=False), c.phone)
    return (
        first, last, nick, alias, first_k, last_k, nick_k, alias_k, first_k + last_k,
        " ".join(part for part in parts if part),
    )  # fmt: skip


@lru_cache(maxsize=8192)  # given names come again and again in a register
def _keys(name: str, *, titled: bool = False) -> tuple[str, str]:
    """Search text without spaces, and skeleton."""
    text, skeleton = names.search_keys(name, titled=titled) if name else ("", "")
    return text.replace(" ", "")[:LONGEST_KEY], skeleton[:LONGEST_KEY]


def sort_key(c: Searchable) -> str:
    """Where a client stands in a list: by first name (or what they are called), then surname."""
    return names.sort_key(f"{c.first_name or c.nickname or c.alias or c.descriptor} {c.last_name}")


def refresh(client: Client) -> None:
    """Bring the search row of `client` in step with the record."""
    values = dict(zip(COLUMNS, search_values(client, client.code), strict=True))
    place = {"centre_id": client.centre_id, "restricted": client.restricted}
    ClientSearch.objects.update_or_create(client=client, defaults=values | place)
