"""The people around somebody, for programs."""

from functools import cached_property
from typing import Any

from casework.models import RelatedPerson
from common import clock
from tests.support.matrix import CASEWORKERS, Place, Row, allow, everyone

JSON = "application/json"
READ_ONLY = allow("nurse", "auditor", status=403)


class Household(Place):
    """A file with a mother in it."""

    @cached_property
    def mother(self) -> RelatedPerson:
        return RelatedPerson.objects.create(client=self.client, relation="parent", name="แม่บุญ")


def mother(place: Any) -> dict[str, Any]:
    return {"uid": place.mother.uid}


MATRIX = {
    "related-person-list": (
        Row(own=everyone()),
        Row(
            own=allow(*CASEWORKERS, status=201) | READ_ONLY,
            others=404,
            method="post",
            content_type=JSON,
            data=lambda place: {"client": str(place.client.uid), "relation": "parent", "name": "แม่บุญ"},
        ),
    ),
    "related-person-detail": Row(
        own=allow(*CASEWORKERS, "nurse", "auditor"),
        foreign=allow("auditor"),
        others=404,
        args=mother,
        place=Household,
    ),
    "related-person-end": Row(
        own=allow(*CASEWORKERS) | READ_ONLY,
        foreign=allow("auditor", status=403),
        others=404,
        args=mother,
        method="post",
        content_type=JSON,
        data={"ended_on": clock.today().isoformat()},
        place=Household,
    ),
}
