"""Encrypted values: read back whole, by whoever holds a key of the ring, and found by a hash."""

import os
from typing import Any

import pytest
from django.db import connection

from casework.models import Note
from common import crypto
from tests.support import factories as make

OLD, NEW = b"o" * 32, b"n" * 32


def test_what_is_sealed_opens_again_and_reads_differently_each_time() -> None:
    plain = "ลุงหมวก มีแผลที่เท้า".encode()
    one, two = crypto.seal(plain), crypto.seal(plain)
    assert crypto.unseal(one) == crypto.unseal(two) == plain
    assert one != two
    assert plain not in one


def test_a_changed_byte_is_noticed_wherever_it_is() -> None:
    sealed = crypto.seal(b"1234567890123")
    for position in (1, 13, len(sealed) - 1):
        broken = bytearray(sealed)
        broken[position] ^= 1
        with pytest.raises(crypto.CannotDecrypt):
            crypto.unseal(bytes(broken))


def test_the_wrong_key_opens_nothing() -> None:
    with pytest.raises(crypto.CannotDecrypt):
        crypto.unseal(crypto.seal(b"x", OLD), NEW)


def test_after_rotation_old_values_open_and_new_ones_use_the_new_key(settings: Any) -> None:
    settings.FIELD_KEYS = [OLD]
    old, found = crypto.seal(b"x"), crypto.lookup_hash("1234567890123", "pin")
    settings.FIELD_KEYS = [NEW, OLD]
    assert crypto.unseal(old) == b"x"
    assert crypto.unseal(crypto.seal(b"y"), NEW) == b"y"
    assert crypto.lookup_hash("1234567890123", "pin") == found, "who was found before is still found"
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(crypto.CannotDecrypt):
        crypto.unseal(old)


def test_the_look_up_hash_depends_on_value_purpose_and_key(settings: Any) -> None:
    usual = crypto.lookup_hash("1234567890123", "pin")
    assert usual == crypto.lookup_hash("1234567890123", "pin")
    assert len(usual) == 16
    assert usual != crypto.lookup_hash("1234567890124", "pin")
    assert usual != crypto.lookup_hash("1234567890123", "phone")
    assert crypto.lookup_hash("", "pin") == b""
    settings.FIELD_KEYS = [os.urandom(32)]
    assert usual != crypto.lookup_hash("1234567890123", "pin")


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["นอนที่สถานีรถไฟ", "", "ก" * 5000])
def test_a_field_keeps_text_that_the_database_cannot_read(text: str) -> None:
    note = make.note(make.client(), text=text)
    note.refresh_from_db()
    assert note.text == text
    assert Note.objects.get(pk=note.pk).text == text
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM casework_note WHERE id = %s", [note.pk])
        stored = bytes(cursor.fetchone()[0])
    assert text == "" or text.encode() not in stored
