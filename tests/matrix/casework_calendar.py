"""One's own calendar: its page, and the feed that programs fetch without a session."""

from functools import cached_property
from typing import Any

from accounts.tokens import CALENDAR, new_token
from tests.support.matrix import CASEWORKERS, Place, Row, allow, everyone


class Fetched(Place):
    """A centre whose worker gave a program the address of their calendar."""

    @cached_property
    def key(self) -> str:
        return new_token(self.worker, name="t", days=1, scopes=[CALENDAR])[1]


def key(place: Any) -> dict[str, Any]:
    return {"key": place.key}


MATRIX = {
    "casework:calendar": (
        Row(own=allow(*CASEWORKERS)),
        Row(own=allow(*CASEWORKERS), method="post", data={}),
    ),
    "casework:calendar_end": Row(own=allow(*CASEWORKERS, status=302), method="post", data={}),
    # The address is the secret: who holds it may be anybody, signed in or not.
    "casework:calendar_feed": Row(own=everyone(), foreign=everyone(), anonymous=200, args=key, place=Fetched),
}
