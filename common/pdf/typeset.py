"""Typst, driven so that data can never become code and the same data always give the same file."""

import functools
import json
import logging
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import typst
from django.conf import settings

from common import clock

log = logging.getLogger(__name__)

# One compiler keeps fonts and parsed templates; it refuses a second caller while it works.
_lock = threading.Lock()

# Characters that turn the reading direction of what follows, and control characters that have no shape.
_UNPRINTABLE = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, *range(0x7F, 0xA0), 0xFEFF]
)


def render(template: str, data: Mapping[str, Any], *, made_at: datetime | None = None) -> bytes:
    """The PDF of `template` (a path inside the project, "governance/print/report.typ") filled with `data`.

    The template reads `json(bytes(sys.inputs.data))`; nothing in `data` is evaluated. Pictures travel in the
    data as SVG text. The day of `made_at` in Bangkok becomes the date of the document; without it there is none. The
    result claims PDF/UA-1 where it can: a character that no font has (an emoji) costs the claim, not the page.

    Must not be called before a process forks: the child would wait for the compiler's threads for ever.

    Raises:
        typst.TypstError: the template is wrong, or misses something in the data.
    """
    written = json.dumps(data, ensure_ascii=False, allow_nan=False).translate(_UNPRINTABLE)
    made_on = clock.local(made_at).date().isoformat() if made_at else ""
    compile_page = functools.partial(
        _compiler(template).compile,
        format="pdf",
        sys_inputs={"data": written, "date": made_on},
    )
    with _lock:
        try:
            return _single(compile_page(pdf_standards=["ua-1"]))
        except typst.TypstError as refusal:
            page = _single(compile_page())
            log.warning("%s printed without PDF/UA: %s", template, refusal.message.split(":")[0])
            return page


@functools.cache
def _compiler(template: str) -> typst.Compiler:
    root = settings.BASE_DIR
    return typst.Compiler(
        root / template,
        root=root,
        font_paths=[root / "static" / "fonts"],
        ignore_system_fonts=True,
        # No packages: nothing is looked for outside the project, let alone fetched.
        package_path=root / "common" / "pdf" / "no-packages",
        package_cache_path=root / "common" / "pdf" / "no-packages",
    )


def _single(page: bytes | list[bytes] | None) -> bytes:
    if not isinstance(page, bytes):
        raise TypeError("a PDF is one file")
    return page
