"""Notes: written once, corrected by a new one, read by those who should."""

import pytest
from django.db import connection
from django.urls import reverse

from accounts.actor import actor_for
from casework.actions.notes import add_note, correct_note
from casework.models import Note
from common import clock
from common.errors import DomainError
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db


def test_a_note_keeps_its_lines_and_is_encrypted() -> None:
    case, author = make.episode(make.client()), make.user()
    note = add_note(
        actor=actor_for(author),
        client_id=case.client_id,
        text="พบที่วัด​ \n\n\nอยากกลับบ้าน",
        occurred_on=clock.today(),
    )
    assert note.text == "พบที่วัด\n\nอยากกลับบ้าน"
    assert (note.author, note.episode) == (author, case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM casework_note WHERE id = %s", [note.pk])
        assert "วัด".encode() not in bytes(cursor.fetchone()[0])


def test_an_empty_note_is_none() -> None:
    with pytest.raises(DomainError) as refused:
        add_note(actor=make.actor(), client_id=make.client().pk, text=" \n ", occurred_on=clock.today())
    assert (refused.value.code, refused.value.field) == ("text_missing", "text")


def test_a_correction_stands_in_for_the_old_note_which_stays() -> None:
    author = actor_for(make.user())
    old = add_note(actor=author, client_id=make.client().pk, text="ผิด", occurred_on=clock.today())
    new = correct_note(actor=author, note_id=old.pk, text="ถูก", occurred_on=clock.today())
    assert list(Note.objects.standing()) == [new]
    assert Note.objects.get(pk=old.pk).text == "ผิด"
    with pytest.raises(DomainError) as refused:
        correct_note(actor=author, note_id=old.pk, text="อีก", occurred_on=clock.today())
    assert refused.value.code == "corrected_already"


def test_nobody_corrects_a_colleagues_note() -> None:
    note = make.note(make.client(), author=make.user())
    with pytest.raises(DomainError) as refused:
        correct_note(actor=make.actor("supervisor"), note_id=note.pk, text="x", occurred_on=clock.today())
    assert refused.value.code == "not_yours"


def test_the_tab_shows_the_standing_note_and_what_stood_before() -> None:
    author, client = make.user(), make.client()
    old = make.note(client, author=author, text="ผิดวัน")
    correct_note(actor=actor_for(author), note_id=old.pk, text="ถูกวัน", occurred_on=clock.today())
    browser = Browser()
    browser.force_login(author)
    page = parse(browser.get(reverse("casework:client_notes", args=[client.uid])))
    assert len(page.select("main .rows > li")) == 1
    assert "ถูกวัน" in page.select_one("main .rows > li").get_text()  # type: ignore[union-attr]
    assert page.select_one("main details").get_text().count("ผิดวัน") == 1  # type: ignore[union-attr]


def test_the_page_of_an_empty_file_says_what_belongs_there() -> None:
    browser = Browser()
    browser.force_login(make.user("nurse"))
    page = parse(browser.get(reverse("casework:client_notes", args=[make.client().uid])))
    assert page.select_one("main .empty")
    assert not page.select("main a[href$='notes/new/']"), "a nurse reads"
