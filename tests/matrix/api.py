"""REST: what each role reaches. Lists answer everybody who signed in, with what that role may see."""

from typing import Any

from common import clock
from tests.support.matrix import CASEWORKERS, Row, allow, everyone

JSON = "application/json"


def of(thing: str) -> Any:
    return lambda place: {"uid": getattr(place, thing).uid}


FILE = allow(*CASEWORKERS, "nurse", "auditor")
AUDITOR = allow("auditor")

MATRIX = {
    # What the API is, not what is in it: open to whoever writes a program.
    "api_schema": Row(own=everyone(), anonymous=200),
    "api_docs": Row(own=everyone(), anonymous=200),
    "client-list": Row(own=everyone()),
    "client-detail": Row(own=FILE, foreign=AUDITOR, others=404, args=of("client")),
    "card-list": Row(own=allow(*CASEWORKERS), query={"q": "สมชาย"}),
    "episode-list": Row(own=everyone()),
    "episode-detail": Row(own=FILE, foreign=AUDITOR, others=404, args=of("episode")),
    "follow-up-list": (
        Row(own=everyone()),
        Row(
            own=allow(*CASEWORKERS, status=201) | allow("nurse", "auditor", status=403),
            others=404,
            method="post",
            content_type=JSON,
            data=lambda place: {"client": str(place.episode.client.uid), "due_on": str(clock.today())},
        ),
    ),
    "follow-up-detail": Row(own=FILE, foreign=AUDITOR, others=404, args=of("follow_up")),
    "follow-up-result": Row(
        own=allow(*CASEWORKERS, status=201) | allow("nurse", "auditor", status=403),
        foreign=allow("auditor", status=403),
        others=404,
        method="post",
        content_type=JSON,
        args=of("follow_up"),
        data=lambda place: {"result": "met", "occurred_on": str(clock.today())},
    ),
}
