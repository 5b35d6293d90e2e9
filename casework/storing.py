"""Contents in the private store, opened only here: papers sealed under the person's own key, uploads under ours."""

import io
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from audit.trail import subject_key
from casework.models import Client
from common import clock
from common.crypto import CannotDecrypt, seal, unseal


class ContentGone(Exception):
    """The content cannot be had: its file is lost, or the person's key was destroyed."""


def put(client: Client, content: bytes) -> str:
    """Keep `content`, encrypted; returns its name in the store, which says nothing."""
    name = f"documents/{clock.today():%Y%m}/{uuid4().hex}"
    return str(default_storage.save(name, ContentFile(seal(content, subject_key(str(client.uid))))))


def get(client: Client, stored_as: str) -> bytes:
    """What was kept. Raises ContentGone."""
    try:
        with default_storage.open(stored_as, "rb") as file:
            return unseal(file.read(), subject_key(str(client.uid)))
    except (FileNotFoundError, CannotDecrypt) as error:
        raise ContentGone(stored_as) from error


def put_upload(content: bytes) -> str:
    """Keep a sheet that somebody brought, encrypted, until it is worked off; returns its name in the store."""
    return str(default_storage.save(f"imports/{uuid4().hex}", ContentFile(seal(content))))


def get_upload(stored_as: str) -> io.BytesIO:
    """What was brought. Raises ContentGone."""
    try:
        with default_storage.open(stored_as, "rb") as file:
            return io.BytesIO(unseal(file.read()))
    except (FileNotFoundError, CannotDecrypt) as error:
        raise ContentGone(stored_as) from error


def drop(*names: str) -> None:
    """Take contents out of the store that no row came to name."""
    for name in names:
        if name:
            default_storage.delete(name)
