"""Rows of an .xlsx workbook, streamed. A zip from a stranger: looked at before anything in it is opened."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any

from openpyxl import load_workbook

from common.sheets.words import SheetError

_MOST_PARTS = 2_000
_MOST_UNPACKED = 600 << 20
_MOST_STRINGS = 120 << 20  # openpyxl keeps the shared strings in memory
_MOST_SHEETS = 20
_MOST_COLUMNS = 100
_OPENING = 4096
_BATCH = 500
_ENCRYPTED = 0x1


class Workbook:
    """One reading per worksheet.

    Raises:
        SheetError: "broken", "password", "macros", "too_large" or "unknown_type".
    """

    def __init__(self, file: IO[bytes]) -> None:
        try:
            _look_inside(file)
            with _quiet():
                self._book: Any = load_workbook(file, read_only=True, keep_links=False)
        except SheetError:
            raise
        except Exception as error:  # whatever a damaged file makes the library raise
            raise SheetError("broken") from error

    def readings(self) -> tuple[str, ...]:
        return tuple(worksheet.title for worksheet in self._book.worksheets[:_MOST_SHEETS])

    def rows(self, reading: str) -> Iterator[Sequence[object]]:
        """Rows from the start, formulas as text, days as `datetime`. What a sheet says of its size is not believed."""
        try:
            worksheet = self._book[reading]
            worksheet.reset_dimensions()
            rows = worksheet.iter_rows(values_only=True)
            while True:
                with _quiet():
                    batch = [row[:_MOST_COLUMNS] for row in islice(rows, _BATCH)]
                if not batch:
                    return
                yield from batch
        except Exception as error:
            raise SheetError("broken") from error

    def close(self) -> None:
        self._book.close()


def _quiet() -> warnings.catch_warnings:
    """openpyxl warns of styles and validations it leaves out; they are not looked at here."""
    return warnings.catch_warnings(action="ignore", category=UserWarning)


def _look_inside(file: IO[bytes]) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        sizes = {part.filename.lower(): part.file_size for part in parts}
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise SheetError("password")
        strings = sizes.get("xl/sharedstrings.xml", 0)
        if len(parts) > _MOST_PARTS or sum(sizes.values()) > _MOST_UNPACKED or strings > _MOST_STRINGS:
            raise SheetError("too_large")
        if "xl/workbook.xml" not in sizes or "[content_types].xml" not in sizes:
            raise SheetError("unknown_type")
        if any(name.endswith("vbaproject.bin") for name in sizes):
            raise SheetError("macros")
        for part in parts:
            _look_at_opening(archive, part)


def _look_at_opening(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part of a workbook has a document type; one that has is an attack on the reader."""
    name = part.filename.lower()
    if not name.endswith((".xml", ".rels")):
        return
    with archive.open(part) as stream:
        opening = stream.read(_OPENING).replace(b"\0", b"")
    if b"<!DOCTYPE" in opening or b"<!ENTITY" in opening:
        raise SheetError("broken")
    if name == "[content_types].xml" and b"macroEnabled" in opening:
        raise SheetError("macros")
