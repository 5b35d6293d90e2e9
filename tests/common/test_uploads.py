"""What strangers' files really are: the content decides, and what hides in a picture stays out."""

import contextlib
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from common.uploads import LONGEST_SIDE, Taken, UploadError, take
from tests.support.documents import PDF, bomb, located_picture, office, picture

MOST = 2 << 20
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def taken(content: bytes, pixels: int = 1_000_000) -> Taken:
    return take(io.BytesIO(content), most_bytes=MOST, most_pixels=pixels)


def refused(content: bytes, pixels: int = 1_000_000) -> str:
    with pytest.raises(UploadError) as caught:
        taken(content, pixels)
    return caught.value.code


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_become_a_jpeg_with_a_small_one_beside_it(kind: str) -> None:
    found = taken(picture(kind))
    assert (found.media_type, found.extension) == ("image/jpeg", "jpg")
    assert opened(found.content).format == "JPEG"
    assert (found.width, found.height) == (800, 600)
    assert max(opened(found.thumbnail).size) == 320
    left, right = opened(found.content).getpixel((50, 300)), opened(found.content).getpixel((750, 300))
    assert left[0] > 200 > right[0]  # type: ignore[index]


def test_place_and_camera_are_taken_out_and_the_photo_stands_upright() -> None:
    raw = located_picture()
    assert b"PhoneMaker" in raw
    found = taken(raw)
    assert (found.width, found.height) == (600, 800)
    for content in (found.content, found.thumbnail):
        assert b"PhoneMaker" not in content
        assert b"Exif" not in content
        assert not opened(content).getexif()


def test_what_hides_behind_a_picture_does_not_come_along() -> None:
    polyglot = picture() + b"<script>alert(1)</script>PK\x03\x04" + office()
    found = taken(polyglot)
    assert b"script" not in found.content
    assert b"PK\x03\x04" not in found.content
    commented = picture(comment=b"<html><script>alert(1)</script>")
    assert b"script" not in taken(commented).content


def test_a_large_photo_is_made_smaller_and_one_of_too_many_pixels_refused() -> None:
    found = taken(picture(size=(3000, 1000)), pixels=4_000_000)
    assert (found.width, found.height) == (LONGEST_SIDE, 800)
    assert refused(picture("PNG", size=(3000, 1000)), pixels=2_000_000) == "upload_pixels"


def test_transparency_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(taken(out.getvalue()).content).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "media_type", "extension"),
    [
        (PDF, "application/pdf", "pdf"),
        (office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        (
            office("xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        ("ชื่อ,วันเกิด\nดำ,2510\n".encode(), "text/plain", "txt"),
        ("ชื่อ,วันเกิด".encode("cp874"), "text/plain", "txt"),
        (EICAR, "text/plain", "txt"),  # harmless as text that is only downloaded
    ],
)
def test_papers_are_kept_as_they_came(content: bytes, media_type: str, extension: str) -> None:
    found = taken(content)
    assert (found.media_type, found.extension, found.content) == (media_type, extension, content)
    assert found.thumbnail == b""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_empty"),
        (b"x" * (MOST + 1), "upload_too_large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "upload_kind"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><body onload=alert(1)>", "upload_kind"),
        (b"<?xml version='1.0'?><x/>", "upload_kind"),
        (b"MZ\x90\x00" + bytes(100), "upload_kind"),
        (b"GIF89a" + bytes(40), "upload_kind"),
        (b"\x7fELF" + bytes(100), "upload_kind"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "upload_heic"),
        (picture()[:400], "upload_broken"),
        (b"\xff\xd8\xff\xe0" + b"not a picture at all" * 5, "upload_broken"),
        (b"%PDF-1.7 cut off", "upload_broken"),
        (b"PK\x03\x04 not a zip", "upload_broken"),
        (office("nothing/known.xml"), "upload_kind"),
        (office("word/document.xml", "word/vbaProject.bin"), "upload_macros"),
        (office("word/document.xml", "../../etc/passwd"), "upload_kind"),
        (office("word/document.xml", "C:\\autoexec.bat"), "upload_kind"),
        (bomb(), "upload_kind"),
    ],
)
def test_what_is_not_taken_says_why(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_a_picture_that_says_it_is_gigantic_is_not_unpacked() -> None:
    small = picture("PNG", size=(10, 10))
    size = (60_000).to_bytes(4, "big")
    head = small[:16] + size + size + small[24:29]
    assert refused(head + zlib.crc32(head[12:29]).to_bytes(4, "big") + small[33:]) == "upload_pixels"


@given(st.binary(max_size=400))
def test_no_content_makes_it_fall_over(content: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"PK\x03\x04", b"%PDF-"):
        with contextlib.suppress(UploadError):
            assert taken(start + content).content
