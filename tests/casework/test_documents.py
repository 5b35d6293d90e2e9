"""Papers and photos of a file: what is kept, who opens it, how it is corrected and removed."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from audit import trail
from audit.models import ReadEntry, WriteEntry
from casework import storing
from casework.actions.documents import About, add_documents, correct_document, remove_document
from casework.models import Client, ClientDocument
from casework.rules.documents import next_problem, right_needed
from common import clock
from common.errors import DomainError, Forbidden, NotVisible
from common.uploads import Taken, take
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.documents import PDF, document, located_picture, picture, upload

pytestmark = pytest.mark.django_db
PHOTO = About("photo", "หน้าตรง")


def taken(content: bytes | None = None) -> Taken:
    return take(io.BytesIO(content or picture()), most_bytes=1 << 20, most_pixels=1_000_000)


def at(role: str = "social_worker", centre: str = make.OWN) -> Browser:
    browser = Browser()
    browser.force_login(make.user(role, centre))
    return browser


def page(name: str, row: Any) -> str:
    return reverse(f"casework:{name}", args=[row.uid])


def code_of(act: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def add(client: Client, about: About = PHOTO, *contents: Taken) -> list[ClientDocument]:
    return add_documents(actor=make.actor(), client_id=client.pk, about=about, contents=contents or [taken()])


# --- rules and actions -------------------------------------------------------------------------------------


def test_a_paper_with_the_number_on_it_needs_the_right_to_see_the_number() -> None:
    assert {right_needed(kind) for kind in ("id_copy", "house_book")} == {"see_pin"}
    assert {right_needed(k) for k in ("photo", "medical", "consent", "other")} == {"read_notes"}


def test_neither_what_was_removed_nor_what_was_corrected_is_changed_again() -> None:
    assert next_problem(corrected=True, removed=True) == "document_removed"
    assert next_problem(corrected=True, removed=False) == "corrected_already"
    assert next_problem(corrected=False, removed=False) == ""


def test_several_are_kept_sealed_under_the_persons_own_key() -> None:
    client = make.client()
    rows = add(client, PHOTO, taken(), taken(PDF))
    assert [row.extension for row in rows] == ["jpg", "pdf"]
    with default_storage.open(rows[1].stored_as, "rb") as file:
        assert b"%PDF" not in file.read()
    assert storing.get(client, rows[1].stored_as) == PDF
    entry = WriteEntry.objects.filter(verb="document.added").latest("pk")
    assert "หน้าตรง" not in str(entry.changes)
    assert (trail.opened(entry) or {})["title"] == ["", "หน้าตรง"]
    trail.forget(str(client.uid))
    with pytest.raises(storing.ContentGone):
        storing.get(client, rows[1].stored_as)


def test_what_is_refused_leaves_nothing_in_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    client, stored = make.client(born_on="1980-01-01"), []
    keep = storing.put
    monkeypatch.setattr(storing, "put", lambda *args: stored.append(keep(*args)) or stored[-1])
    monkeypatch.setattr(ClientDocument, "save", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(client)
    assert len(stored) == 2
    assert not any(default_storage.exists(name) for name in stored)


def test_bad_days_too_many_and_none_at_all() -> None:
    client = make.client(born_on=clock.today() - timedelta(days=9000))
    tomorrow, long_ago = clock.today() + timedelta(days=1), clock.today() - timedelta(days=9001)
    assert code_of(lambda: add(client, About("photo", "", tomorrow))) == "future"
    assert code_of(lambda: add(client, About("photo", "", long_ago))) == "before_birth"
    assert code_of(lambda: add(client, PHOTO, *[taken(PDF)] * 11)) == "document_too_many"
    assert code_of(lambda: add(client, About("photo", "ก" * 201))) == "too_long"
    nothing: list[Taken] = []
    actor = make.actor()
    assert (
        code_of(lambda: add_documents(actor=actor, client_id=client.pk, about=PHOTO, contents=nothing))
        == "document_missing"
    )


def test_a_correction_is_a_new_version_and_happens_once() -> None:
    old = document(make.client())
    actor = make.actor()
    newer = correct_document(actor=actor, document_id=old.pk, about=About("other", "ด้านหลัง"), reason="ผิดชนิด")
    assert (newer.corrects, newer.stored_as, newer.kind) == (old, old.stored_as, "other")
    old.refresh_from_db()
    assert (old.kind, old.title) == ("photo", "หน้าตรง")
    assert list(ClientDocument.objects.standing()) == [newer]
    again = {"actor": actor, "document_id": old.pk, "about": PHOTO}
    assert code_of(lambda: correct_document(**again, reason="อีก")) == "corrected_already"
    again["document_id"] = newer.pk
    assert code_of(lambda: correct_document(**again, reason=" ")) == "reason_missing"
    third = correct_document(**again, reason="ไฟล์ผิด", content=taken(PDF))
    assert (third.extension, third.thumbnail_as) == ("pdf", "")


def test_removed_it_is_gone_from_view_with_its_earlier_versions_and_the_row_stays() -> None:
    client = make.client()
    old = document(client)
    newer = correct_document(actor=make.actor(), document_id=old.pk, about=PHOTO, reason="x")
    remove_document(actor=make.actor(), document_id=newer.pk, reason="เป็นของคนอื่น")
    desk = at()
    for row in (old, newer):
        for name in ("document", "document_content", "document_thumbnail", "document_correct"):
            assert desk.get(page(name, row)).status_code == 404
    shown = parse(desk.get(page("client_documents", client)))
    assert not shown.select(".gallery li")
    assert "เป็นของคนอื่น" in shown.get_text()
    assert "หน้าตรง" not in shown.get_text()
    assert ClientDocument.objects.count() == 2
    assert code_of(lambda: remove_document(actor=make.actor(), document_id=newer.pk, reason="x")) == (
        "document_removed"
    )


def test_who_only_reads_adds_nothing_and_a_stranger_finds_nothing() -> None:
    client = make.client()
    with pytest.raises(Forbidden):
        add_documents(actor=make.actor("nurse"), client_id=client.pk, about=PHOTO, contents=[taken()])
    with pytest.raises(NotVisible):
        add_documents(actor=make.actor(at=make.FOREIGN), client_id=client.pk, about=PHOTO, contents=[taken()])


# --- serving -----------------------------------------------------------------------------------------------


def test_content_comes_as_a_download_that_nobody_keeps_and_the_look_is_noted() -> None:
    row = document(make.client(), PDF, kind="medical", media_type="application/pdf", extension="pdf")
    answer = at("nurse").get(page("document_content", row))
    assert answer.content == PDF
    headers = answer.headers
    assert headers["Content-Disposition"].startswith(f'attachment; filename="{row.client.code}-medical-')
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert ReadEntry.objects.filter(subject=str(row.client.uid), what="document", door="page").count() == 1


def test_roles_see_what_is_there_and_open_what_is_theirs() -> None:
    client = make.client()
    rows = {kind: document(client, kind=kind, title=f"ชื่อ {kind}") for kind in ("id_copy", "medical", "photo")}
    for role, opens in (
        ("social_worker", {"id_copy", "medical", "photo"}),
        ("nurse", {"medical", "photo"}),
        ("auditor", set()),
    ):
        desk = at(role)
        shown = parse(desk.get(page("client_documents", client)))
        assert len(shown.select(".gallery li")) == 3
        for kind, row in rows.items():
            expected = 200 if kind in opens else 403
            for name in ("document", "document_content", "document_thumbnail"):
                assert desk.get(page(name, row)).status_code == expected, (role, kind, name)
            assert (f"ชื่อ {kind}" in shown.get_text()) is (kind in opens)
            assert (str(row.uid) in str(shown)) is (kind in opens)


def test_a_restricted_file_hides_its_papers() -> None:
    row = document(make.client(restricted=True))
    assert at().get(page("document_content", row)).status_code == 404
    assert at("supervisor").get(page("document_content", row)).status_code == 200


def test_the_tab_asks_the_same_number_of_questions_however_many_there_are() -> None:
    client, desk, asked = make.client(), at(), []
    for more in (1, 5):
        for _ in range(more):
            document(client)
        desk.get(page("client_documents", client))
        with CaptureQueriesContext(connection) as seen:
            desk.get(page("client_documents", client))
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 18, asked


def test_an_empty_tab_says_what_belongs_there() -> None:
    assert "ยังไม่มีเอกสาร" in parse(at().get(page("client_documents", make.client()))).get_text()


# --- the form ----------------------------------------------------------------------------------------------


def test_a_phones_photo_is_kept_without_its_place() -> None:
    client, desk = make.client(), at()
    form = desk.get(page("document_new", client))
    sent = {"kind": "photo", "camera": upload(located_picture(), "../../IMG.svg", "image/svg+xml")}
    assert desk.submit(form, sent).headers["Location"] == page("client_documents", client)
    row = client.documents.get()
    image = Image.open(io.BytesIO(storing.get(client, row.stored_as)))
    assert not image.getexif()
    assert image.size == (600, 800)
    assert ".." not in row.stored_as


def test_sent_twice_it_is_kept_once() -> None:
    client, desk = make.client(), at()
    form = desk.get(page("document_new", client))
    for _ in range(2):
        sent = {"kind": "photo", "chosen": [upload(picture(size=(30, 30))), upload(PDF, "a.pdf")]}
        assert desk.submit(form, sent).status_code == 302
    assert client.documents.count() == 2


@override_settings(DOCUMENT_MAX_BYTES=1000)
def test_what_is_not_taken_is_said_by_name_and_the_words_stay() -> None:
    client, desk = make.client(), at()
    form = desk.get(page("document_new", client))
    files = [upload(b"x" * 1001, "ใหญ่.txt"), upload(b"<svg></svg>", "x.png"), upload(PDF, "ok.pdf")]
    answer = desk.submit(form, {"kind": "other", "title": "ใบรับรอง", "chosen": files})
    assert answer.status_code == 422
    shown = parse(answer)
    assert "ใหญ่.txt" in shown.select_one("main").get_text()  # type: ignore[union-attr]
    assert "x.png" in shown.select_one("main").get_text()  # type: ignore[union-attr]
    assert shown.select_one("[name=title]")["value"] == "ใบรับรอง"  # type: ignore[index]
    assert not client.documents.exists()


def test_without_a_file_the_form_says_so() -> None:
    client, desk = make.client(), at()
    answer = desk.submit(desk.get(page("document_new", client)), {"kind": "photo"})
    assert answer.status_code == 422
    assert parse(answer).select("[name=chosen][aria-invalid=true]")


@override_settings(REQUEST_MAX_BYTES=2000)
def test_a_request_that_is_far_too_large_is_refused_before_it_is_read() -> None:
    client, desk = make.client(), at()
    for address, shape in ((page("document_new", client), "text/html"), (reverse("document-list"), "json")):
        answer = desk.post(address, {"files": upload(b"x" * 5000)})
        assert answer.status_code == 413
        assert shape in answer.headers["Content-Type"]


def test_a_paper_is_corrected_and_removed_on_its_pages() -> None:
    row, desk = document(make.client()), at()
    answer = desk.submit(desk.get(page("document_correct", row)), {"title": "ด้านหน้า", "reason": "ผิดชื่อ"})
    assert answer.status_code == 302
    newer = ClientDocument.objects.get(corrects=row)
    shown = parse(desk.get(page("document", newer)))
    assert shown.select(f'a[href="{page("document", row)}"]')
    assert desk.submit(desk.get(page("document_remove", newer)), {"reason": ""}).status_code == 422
    assert desk.submit(desk.get(page("document_remove", newer)), {"reason": "ขอให้ลบ"}).status_code == 302
    assert not ClientDocument.objects.standing()


# --- programs ----------------------------------------------------------------------------------------------


def test_a_program_lists_adds_and_reads() -> None:
    client, desk = make.client(), at()
    sent = {"client": str(client.uid), "kind": "photo", "title": "หน้า", "file": upload(located_picture())}
    made = desk.post(reverse("document-list"), sent, headers={"Idempotency-Key": "k1"})
    assert made.status_code == 201, made.content
    assert made.json()["media_type"] == "image/jpeg"
    listed = desk.get(reverse("document-list"), {"client": str(client.uid)}).json()["results"]
    assert [(row["title"], row["can_open"]) for row in listed] == [("หน้า", True)]
    read = desk.get(reverse("document-content", args=[made.json()["uid"]]))
    assert read.content.startswith(b"\xff\xd8\xff")
    assert ReadEntry.objects.filter(subject=str(client.uid), what="document", door="api").exists()


def test_a_program_is_told_why_and_sees_no_title_it_may_not() -> None:
    client = make.client()
    bad = {"client": str(client.uid), "kind": "photo", "file": upload(b"<svg/>", "x.png")}
    refused = at().post(reverse("document-list"), bad)
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (
        409,
        "upload_kind",
        "file",
    )
    document(client, kind="id_copy", title="บัตรหน้า")
    listed = at("nurse").get(reverse("document-list"), {"client": str(client.uid)}).json()["results"]
    assert [(row["title"], row["can_open"]) for row in listed] == [("", False)]
    assert at().get(reverse("document-list")).status_code == 400
