"""What strangers' files really are. The name and the type a browser sends are not believed; the content decides.

Pictures are decoded and written anew: place, camera and time of a photo stay out, and so does whatever else hides in
one file beside a picture. Everything else is kept as it came, to be downloaded and never shown by us.
"""

import io
import warnings
import zipfile
from dataclasses import dataclass
from typing import IO, Any

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2400
"""Pixels of a kept picture: a page of A4 at 200 dots per inch can still be read. Our default."""

THUMBNAIL_SIDE = 320
_QUALITY = 86
_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_HEIC = {"image/heif", "image/heic"}
_MARKUP = {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml"}
_PARTS = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
_MOST_PARTS, _MOST_UNPACKED = 2_000, 200 << 20
_ENCRYPTED = 0x1
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}
_TAIL = 2048


class UploadError(Exception):
    """The file is not taken. `code`: "upload_empty", "upload_too_large", "upload_pixels", "upload_broken",
    "upload_kind", "upload_heic", "upload_password" or "upload_macros"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it may be kept.

    Attributes:
        media_type, extension: what it is, decided by its content.
        content: of a picture the new writing, else what came.
        thumbnail: a small JPEG; b"" for what is no picture.
        width, height: of the kept picture in pixels; 0 for what is none.
    """

    media_type: str
    extension: str
    content: bytes
    thumbnail: bytes = b""
    width: int = 0
    height: int = 0


def take(file: IO[bytes], *, most_bytes: int, most_pixels: int) -> Taken:
    """Read `file` and say what it is. Raises UploadError.

    JPEG, PNG and WEBP become JPEG; PDF, DOCX, XLSX and plain text (TXT, CSV) are taken as they are.
    """
    raw = file.read(most_bytes + 1)
    if len(raw) > most_bytes:
        raise UploadError("upload_too_large")
    if not raw:
        raise UploadError("upload_empty")
    looks = _looks_like(raw)
    if looks & _HEIC:
        raise UploadError("upload_heic")
    for media_type, reader in _PICTURES.items():
        if media_type in looks:
            return _picture(raw, reader, most_pixels)
    if raw.startswith(b"%PDF-"):
        return _pdf(raw)
    if raw.startswith(b"PK\x03\x04"):
        return _office(raw)
    return _text(raw, looks)


def _looks_like(raw: bytes) -> set[str]:
    """Media types whose marks the content bears; empty when it bears none."""
    try:
        return {found.mime_type for found in puremagic.magic_string(raw)}
    except (puremagic.PureError, ValueError):
        return set()


def _picture(raw: bytes, reader: str, most_pixels: int) -> Taken:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the library about size and metadata; size is judged here
            with Image.open(io.BytesIO(raw), formats=[reader]) as opened:
                if opened.width * opened.height > most_pixels:
                    raise UploadError("upload_pixels")
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is then decoded at a fraction
                picture = _flat(ImageOps.exif_transpose(opened))
    except UploadError:
        raise
    except Image.DecompressionBombError as error:
        raise UploadError("upload_pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise UploadError("upload_broken") from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Taken("image/jpeg", "jpg", _written(picture), _written(small), picture.width, picture.height)


def _flat(picture: Any) -> Image.Image:
    """The picture alone, on white where it is transparent: no metadata comes along."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        flat = Image.new("RGB", seen.size, "white")
        flat.paste(seen, mask=seen.getchannel("A"))
        return flat
    bare = Image.new("RGB", picture.size)
    bare.paste(picture.convert("RGB"))
    return bare


def _written(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _pdf(raw: bytes) -> Taken:
    if b"%%EOF" not in raw[-_TAIL:]:
        raise UploadError("upload_broken")
    return Taken("application/pdf", "pdf", raw)


def _office(raw: bytes) -> Taken:
    """By the list of parts alone: nothing in the archive is unpacked, so nothing in it can burst."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UploadError("upload_broken") from error
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UploadError("upload_password")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UploadError("upload_macros")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise UploadError("upload_kind")
    if "[content_types].xml" not in names or any(_climbs(name) for name in names):
        raise UploadError("upload_kind")
    for part, (media_type, extension) in _PARTS.items():
        if part in names:
            return Taken(media_type, extension, raw)
    raise UploadError("upload_kind")


def _climbs(name: str) -> bool:
    """A part that would be unpacked outside its folder."""
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name


def _text(raw: bytes, looks: set[str]) -> Taken:
    if looks & _MARKUP or raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UploadError("upload_kind")
    if _CONTROL & set(raw):
        raise UploadError("upload_kind")
    for encoding in ("utf-8-sig", "cp874"):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Taken("text/plain", "txt", raw)
    raise UploadError("upload_kind")
