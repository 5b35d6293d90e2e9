"""Contents of papers as they go out: only to who was asked whether they may (casework.permissions)."""

from typing import Any

from django.utils.http import content_disposition_header

from casework import storing
from casework.models import ClientDocument
from common import clock
from common.errors import NotVisible


def content(row: ClientDocument) -> dict[str, Any]:
    """The content, as HttpResponse takes it: a download, never a page of ours, kept by no cache.

    Raises NotVisible when the content is lost or the person's key was destroyed.
    """
    return _served(row, row.stored_as, row.media_type, row.extension)


def thumbnail(row: ClientDocument) -> dict[str, Any]:
    """The small picture of a photo, likewise."""
    return _served(row, row.thumbnail_as, "image/jpeg", "jpg")


def _served(row: ClientDocument, stored_as: str, media_type: str, extension: str) -> dict[str, Any]:
    try:
        kept = storing.get(row.client, stored_as)
    except storing.ContentGone as error:
        raise NotVisible from error
    name = f"{row.client.code}-{row.kind}-{clock.local(row.recorded_at):%Y%m%d}.{extension}"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store, private",
    }
    return {"content": kept, "content_type": media_type, "headers": headers}
