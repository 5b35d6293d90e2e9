"""Papers and photos: who sees that they are there, who opens them, who changes them."""

from functools import cached_property
from typing import Any

from casework.models import ClientDocument
from tests.support.documents import document, picture, upload
from tests.support.matrix import CASEWORKERS, Place, Row, allow, everyone

READERS = allow(*CASEWORKERS, "nurse", "auditor")
READ_ONLY = allow("nurse", "auditor", status=403)
MAY_NOT = allow("auditor", status=403)


class Papers(Place):
    """A file with a photo and a copy of the ID card in it."""

    @cached_property
    def photo(self) -> ClientDocument:
        return document(self.client)

    @cached_property
    def id_copy(self) -> ClientDocument:
        return document(self.client, kind="id_copy")


def client(place: Any) -> dict[str, Any]:
    return {"uid": place.photo.client.uid}


def photo(place: Any) -> dict[str, Any]:
    return {"uid": place.photo.uid}


def id_copy(place: Any) -> dict[str, Any]:
    return {"uid": place.id_copy.uid}


def opening() -> tuple[Row, ...]:
    """A photo is for who reads notes, a copy of the card for who sees the number."""
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "place": Papers}
    return (
        Row(own=allow(*CASEWORKERS, "nurse") | MAY_NOT, args=photo, **common),
        Row(own=allow(*CASEWORKERS) | READ_ONLY, args=id_copy, **common),
    )


def writing(data: Any, args: Any) -> tuple[Row, Row]:
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": args, "place": Papers}
    return (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, **common),
        Row(own=allow(*CASEWORKERS, status=302) | READ_ONLY, method="post", data=data, **common),
    )


MATRIX = {
    "casework:client_documents": Row(
        own=READERS, foreign=allow("auditor"), others=404, args=client, place=Papers
    ),
    "casework:document": opening(),
    "casework:document_content": opening(),
    "casework:document_thumbnail": opening(),
    "casework:document_new": writing(
        lambda place: {"kind": "photo", "chosen": [upload(picture(size=(20, 20)))]}, client
    ),
    "casework:document_correct": writing({"kind": "photo", "title": "ใหม่", "reason": "ผิดชื่อ"}, photo),
    "casework:document_remove": writing({"reason": "ผิดคน"}, photo),
    # A list is of one file, which the program names.
    "document-list": (
        Row(own=everyone(400)),
        Row(
            own=allow(*CASEWORKERS, status=201) | READ_ONLY,
            others=404,
            method="post",
            place=Papers,
            data=lambda place: {
                "client": str(place.photo.client.uid),
                "kind": "other",
                "file": upload(picture(size=(20, 20))),
            },
        ),
    ),
    "document-detail": Row(own=READERS, foreign=allow("auditor"), others=404, args=photo, place=Papers),
    "document-content": opening(),
}
