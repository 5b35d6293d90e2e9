"""Files of every sort, good and bad, and papers in a file to test with."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from casework import storing
from casework.models import Client, ClientDocument

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **saved: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    made.save(out, kind, **saved)
    return out.getvalue()


def located_picture() -> bytes:
    """A photo as a phone takes it: on its side, with the place and the camera in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[2] = (14.0, 58.0, 12.0)
    return picture(exif=exif)


def office(part: str = "word/document.xml", *more: str) -> bytes:
    """A document of an office program, with further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def bomb() -> bytes:
    """A small archive that says it holds a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b"\0" * (300 << 20))
    return out.getvalue()


def upload(content: bytes, name: str = "photo.jpg", said: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, said)


def document(of: Client, content: bytes | None = None, **fields: Any) -> ClientDocument:
    """A photo in the file of `of`."""
    kept = content or picture()
    defaults = {
        "kind": "photo", "title": "หน้าตรง", "media_type": "image/jpeg", "extension": "jpg", "size": len(kept),
        "width": 800, "height": 600, "stored_as": storing.put(of, kept),
        "thumbnail_as": storing.put(of, picture(size=(80, 60))),
    }  # fmt: skip
    return ClientDocument.objects.create(client=of, **defaults | fields)
