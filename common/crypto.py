"""Encryption of sensitive values, and keyed hashes to find them again.

AES-256-GCM with a ring of keys: the first of settings.FIELD_KEYS encrypts, each may decrypt. A stored value is
`version byte | 12-byte nonce | ciphertext and tag`. The look-up hash is HMAC-SHA-256 under a key derived from
the LAST key of the ring, so that adding a new first key rotates encryption without breaking look-ups.
"""

import functools
import hashlib
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_VERSION = b"\x01"


class CannotDecrypt(Exception):
    """No key of the ring opens this value (or it was changed)."""


@functools.lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(plain: bytes, key: bytes | None = None) -> bytes:
    """Encrypt `plain` under `key` (32 bytes; default the ring's first)."""
    nonce = os.urandom(12)
    return _VERSION + nonce + _cipher(key or settings.FIELD_KEYS[0]).encrypt(nonce, plain, _VERSION)


def unseal(sealed: bytes, key: bytes | None = None) -> bytes:
    """Decrypt what `seal` made. Raises CannotDecrypt."""
    raw = bytes(sealed)
    for candidate in [key] if key else settings.FIELD_KEYS:
        try:
            return _cipher(candidate).decrypt(raw[1:13], raw[13:], _VERSION)
        except InvalidTag:
            continue
    raise CannotDecrypt


@functools.lru_cache(maxsize=4)
def _lookup_key(key: bytes) -> bytes:
    return hmac.digest(key, b"ruamban look-up", "sha256")


def lookup_hash(value: str, purpose: str) -> bytes:
    """16 bytes that find an encrypted `value` again, different for every `purpose`; b"" for an empty value."""
    if not value:
        return b""
    message = f"{purpose}\x00{value}".encode()
    return hmac.digest(_lookup_key(settings.FIELD_KEYS[-1]), message, hashlib.sha256)[:16]


class EncryptedText(models.BinaryField):
    """Text kept encrypted. Python sees str ("" when empty); the database sees bytes and cannot search it."""

    # What django-stubs reads.
    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]

    def from_db_value(self, value: Any, *_: Any) -> str:
        return unseal(value).decode() if value else ""

    def to_python(self, value: Any) -> str:
        return value if isinstance(value, str) else (unseal(value).decode() if value else "")

    def get_prep_value(self, value: Any) -> bytes:
        return seal(value.encode()) if value else b""

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
