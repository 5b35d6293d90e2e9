"""Drafts of an intake, and what files still lack."""

from functools import cached_property
from typing import Any
from uuid import uuid4

from casework.models import IntakeDraft
from tests.support.intake import draft
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow


class Desk(Place):
    """A colleague's draft."""

    @cached_property
    def draft(self) -> IntakeDraft:
        return draft(self.worker)


def of_draft(place: Any) -> dict[str, Any]:
    return {"uid": place.draft.uid}


COLLEAGUES = allow(*CASEWORKERS, status=404)

MATRIX = {
    "casework:drafts": Row(own=allow(*CASEWORKERS)),
    "casework:draft_save": Row(
        own=allow(*CASEWORKERS, status=302),
        method="post",
        data=lambda place: {"draft": str(uuid4()), "first_name": "บุญมา"},
    ),
    # Nobody else's draft is there, not even a colleague's.
    "casework:draft": Row(own=COLLEAGUES, foreign=COLLEAGUES, others_foreign=403, args=of_draft, place=Desk),
    "casework:draft_discard": Row(
        own=COLLEAGUES, foreign=COLLEAGUES, others_foreign=403, args=of_draft, place=Desk
    ),
    "casework:quality": (
        Row(own=allow(*LEADS)),
        Row(own=allow(*LEADS), query={"question": "phone", "answer": "not_asked"}),
    ),
}
