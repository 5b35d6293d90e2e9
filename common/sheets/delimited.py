"""Rows of delimited text: UTF-8 with or without byte-order mark, or TIS-620 (CP874)."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from common.sheets.words import SheetError

_CHUNK = 1 << 20
_LONGEST_LINE = 4 << 20
_DELIMITERS = (",", ";", "\t", "|")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKUP = (b"<", b"%PDF", b"{\\rtf")
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a"))


class DelimitedText:
    """One reading per delimiter: which is right shows when headings are found.

    Raises:
        SheetError: "unknown_type" for UTF-16, markup and binary data; "broken" for NUL, a line without end,
            or bytes of neither encoding.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._encoding = _encoding(file)

    def readings(self) -> tuple[str, ...]:
        return _DELIMITERS

    def rows(self, delimiter: str) -> Iterator[list[str]]:
        """Rows from the start; closing the iterator leaves the file open."""
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self._encoding, newline="")
        try:
            yield from csv.reader(text, delimiter=delimiter)
        except csv.Error as error:
            raise SheetError("broken") from error
        finally:
            if not self._file.closed:
                text.detach()

    def close(self) -> None:
        """Nothing is held."""


def _encoding(file: IO[bytes]) -> str:
    """Look at every byte once: what is not UTF-8 must be Thai in one byte per letter."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "cp874")}
    file.seek(0)
    line = 0
    for number, chunk in enumerate(iter(lambda: file.read(_CHUNK), b"")):
        if number == 0:
            _refuse_other_types(chunk)
        line = _length_of_open_line(chunk, line)
        if b"\0" in chunk or line > _LONGEST_LINE:
            raise SheetError("broken")
        decoders = {name: decoder for name, decoder in decoders.items() if _decodes(decoder, chunk)}
        if not decoders:
            raise SheetError("broken")
    return "utf-8-sig" if "utf-8" in decoders else "cp874"


def _length_of_open_line(chunk: bytes, before: int) -> int:
    """Bytes since the last end of a line, `before` of them in front of `chunk`."""
    end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    return before + len(chunk) if end < 0 else len(chunk) - end - 1


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_other_types(start: bytes) -> None:
    if start.startswith(_UTF_16):
        raise SheetError("unknown_type")
    opening = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if not opening:
        raise SheetError("empty")
    if opening.startswith(_MARKUP) or (b"\0" not in start and start.translate(None, _CONTROLS) != start):
        raise SheetError("unknown_type")
