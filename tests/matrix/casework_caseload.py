"""The list of cases: narrowed down, kept, given away."""

from functools import cached_property
from typing import Any

from casework.models import SavedList
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow, everyone


class Shelf(Place):
    """A centre with a list that somebody shared with its team."""

    @cached_property
    def kept(self) -> SavedList:
        made, _ = SavedList.objects.get_or_create(
            owner=self.worker, name="นัดเลย", defaults={"centre": self.centre, "query": {"worker": "me"}}
        )
        return made


def kept(place: Any) -> dict[str, Any]:
    return {"uid": place.kept.uid}


def taken(place: Any) -> dict[str, Any]:
    """Asked without a mark: it says what would move and writes nothing."""
    return {"cases": [str(place.episode.uid)], "worker": str(place.worker.uid)}


MATRIX = {
    "case-list": Row(own=everyone()),
    "case-reassign": Row(own=allow(*LEADS), method="post", content_type="application/json", data=taken),
    "casework:caseload": Row(own=allow(*CASEWORKERS)),
    "casework:list_save": (
        Row(own=allow(*CASEWORKERS)),
        Row(own=allow(*CASEWORKERS, status=302), method="post", data={"name": "ของฉัน", "share": ""}),
    ),
    "casework:list_remove": (
        Row(
            own=allow(*LEADS),
            args=kept,
            place=Shelf,
            foreign=allow(*CASEWORKERS, status=404),
            others_foreign=403,
        ),
        Row(
            own=allow(*LEADS, status=302),
            args=kept,
            place=Shelf,
            foreign=allow(*CASEWORKERS, status=404),
            others_foreign=403,
            method="post",
            data={"submission": "remove"},
        ),
    ),
    # Without cases in the address a lead is sent back to the list.
    "casework:reassign": (
        Row(own=allow(*LEADS, status=302)),
        Row(own=allow(*LEADS, status=302), method="post", data={}),
    ),
}
