"""The rows of a sheet somebody sends: .xlsx or delimited text, told by content, never by the file's name.

Whatever is in it stays data: formulas are text, nothing is computed, fetched or unpacked to disk. Rows stream;
memory does not grow with their number (but for the shared strings of a workbook, which are bounded).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Protocol, Self

from common.sheets import cells
from common.sheets.columns import Column, column_keys, likely_headings
from common.sheets.delimited import DelimitedText
from common.sheets.headings import Mapping
from common.sheets.words import SheetError
from common.sheets.workbook import Workbook

MOST_ROWS = 200_000
MOST_BYTES = 60 << 20

_ZIP, _OLE = b"PK", bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_WORKBOOK = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_TITLE_ROWS = 60  # headings stand within these
_SAMPLES, _SAMPLE_ROWS, _SAMPLE_LENGTH = 3, 60, 80
_EMPTY_RUN = 1_000  # so many empty rows in a row are the end, whatever the sheet says of its size

_TOTAL = re.compile(
    r"(?:ยอด)?รวม(?:ทั้งสิ้น|ทั้งหมด|จำนวน|ยอด)?|ทั้งหมด|รวมเป็น|(?:grand |sub)?total|sum", re.IGNORECASE
)
_SIGNATURE = re.compile(
    r"\(?(?:ลงชื่อ|ลงนาม|ผู้(?:จัดทำ|รายงาน|บันทึก|ตรวจ(?:สอบ)?|รับรอง|อนุมัติ|พิมพ์))|ข้อมูล ณ|พิมพ์เมื่อ"
    r"|(?:prepared|checked|approved|printed|reported) (?:by|on)|signature|signed",
    re.IGNORECASE,
)
_NOT_LETTERS = re.compile(r"[0-9๐-๙.,:()\-–=\s]+(?:คน|ราย|รายการ|persons?|people)?[\s.]*$")


_Table = tuple[str, int, list[str]]  # reading, number of rows above the headings, and headings


class Headings(Protocol):
    """What tells which field a heading stands for: a Vocabulary, or one that remembers choices."""

    def map_headings(self, headings: Sequence[str]) -> Mapping: ...
    def fits(self, headings: Sequence[str]) -> bool: ...


class _Source(Protocol):
    def readings(self) -> tuple[str, ...]: ...
    def rows(self, reading: str) -> Iterator[Sequence[object]]: ...
    def close(self) -> None: ...


class Sheet:
    """The data rows of a sheet of one kind, read from the file as one goes through them.

    Attributes:
        headings: as they are written; "" where a column has none.
        fits: these are the headings of such a sheet; False only where `guess` let another row stand for them.
        mapping: field → columns, as `vocabulary` finds them; the field "number" only counts the rows.
        unread: headings of columns that are not read, in their order.
        further: titles of other worksheets that hold such rows too; only the fullest is read.
    """

    def __init__(
        self,
        file: IO[bytes],
        vocabulary: Headings,
        *,
        owns_file: bool,
        max_rows: int,
        max_bytes: int,
        guess: bool = False,
    ) -> None:
        self._file, self._owns_file, self._max_rows = file, owns_file, max_rows
        self._vocabulary = vocabulary
        self._source = _open(file, max_bytes)
        tables = self._find_tables() or (self._guess_tables() if guess else [])
        if not tables:
            raise SheetError("wrong_columns")
        self._reading, self._above, self.headings = max(
            tables, key=lambda table: (len(vocabulary.map_headings(table[2])), sum(map(bool, table[2])))
        )
        self.fits = vocabulary.fits(self.headings)
        several = isinstance(self._source, Workbook)  # delimited text is one table, whichever way it is read
        self.further = [reading for reading, *_ in tables if several and reading != self._reading]
        self.mapping: Mapping = vocabulary.map_headings(self.headings)
        read = {column for columns in self.mapping.values() for column in columns}
        self.unread = [text for column, text in enumerate(self.headings) if text and column not in read]
        self._data_columns = sorted(
            column for field, columns in self.mapping.items() if field != "number" for column in columns
        )

    def _find_tables(self) -> list[_Table]:
        """Every reading that has the headings. Raises SheetError "empty" when there is nothing at all."""
        known, tables, anything = self._vocabulary, [], False
        for reading, texts in self._openings():
            anything = anything or any(any(row) for row in texts)
            above = max(
                range(len(texts)),
                key=lambda row: (known.fits(texts[row]), len(known.map_headings(texts[row]))),
                default=0,
            )
            if texts and known.fits(texts[above]):
                tables.append((reading, above, texts[above]))
        if not anything:
            raise SheetError("empty")
        return tables

    def _guess_tables(self) -> list[_Table]:
        """The same where the headings are not known: of every reading the row that looks like headings."""
        tables = []
        for reading, texts in self._openings():
            above = likely_headings(texts, [len(self._vocabulary.map_headings(row)) for row in texts])
            if above is not None:
                tables.append((reading, above, texts[above]))
        return tables

    def _openings(self) -> Iterator[tuple[str, list[list[str]]]]:
        """The first rows of every reading, as text."""
        for reading in self._source.readings():
            rows = islice(self._source.rows(reading), _TITLE_ROWS)
            yield reading, [[cells.text(value) for value in row] for row in rows]

    def columns(self) -> list[Column]:
        """Every column that has a heading or anything under it, with samples from the first rows."""
        samples: list[list[str]] = [[] for _ in self.headings]
        below = islice(self._source.rows(self._reading), self._above + 1, self._above + 1 + _SAMPLE_ROWS)
        for row in below:
            texts = [cells.text(value) for value in row[: len(samples)]]
            if self._is_foot(next(filter(None, texts), "")) or texts == self.headings:
                continue
            for found, text in zip(samples, texts, strict=False):
                if text and text not in found and len(found) < _SAMPLES:
                    found.append(text[:_SAMPLE_LENGTH])
        return [
            Column(index, key, heading, tuple(found))
            for index, (key, heading, found) in enumerate(
                zip(column_keys(self.headings), self.headings, samples, strict=True)
            )
            if heading or found
        ]

    def __iter__(self) -> Iterator[tuple[int, Sequence[object]]]:
        """(number, cells) of every data row; numbers count from 1 under the headings.

        Empty rows, rows of totals and signatures, and headings repeated on a new page are no rows.

        Raises:
            SheetError: "too_many_rows"; "empty" when there is not one; "broken" where the file ends early.
        """
        number = empty = 0
        rows = self._source.rows(self._reading)
        for row in islice(rows, self._above + 1, None):
            empty = 0 if any(value not in (None, "") for value in row) else empty + 1
            if empty > _EMPTY_RUN:
                break
            if empty or not self._is_data(row):
                continue
            number += 1
            if number > self._max_rows:
                raise SheetError("too_many_rows")
            yield number, row
        if number == 0:
            raise SheetError("empty")

    def _is_data(self, row: Sequence[object]) -> bool:
        first = next((text for value in row if (text := cells.text(value))), "")
        if self._is_foot(first):
            return False
        if not any(cells.text(row[column]) for column in self._data_columns if column < len(row)):
            return False  # a number written in advance, or a heading of a section
        repeated = first in self.headings and [cells.text(value) for value in row] == self.headings
        return not repeated

    @staticmethod
    def _is_foot(first: str) -> bool:
        """A total or a signature begins with this."""
        return bool(_TOTAL.fullmatch(_NOT_LETTERS.sub("", first)) or _SIGNATURE.match(first))

    def close(self) -> None:
        self._source.close()
        if self._owns_file:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_rows(
    file: str | Path | IO[bytes],
    vocabulary: Headings,
    *,
    max_rows: int = MOST_ROWS,
    max_bytes: int = MOST_BYTES,
    guess: bool = False,
) -> Sheet:
    """Open a sheet whose headings `vocabulary` knows. Use as a context manager; a file object given stays open.

    With `guess` a sheet of unknown headings opens too (its `fits` is False), so that a person can name the columns.

    Raises:
        SheetError: "empty", "too_large", "unknown_type", "password", "macros", "broken" or "wrong_columns".
    """
    owns = isinstance(file, str | Path)
    stream: IO[bytes] = Path(file).open("rb") if isinstance(file, str | Path) else file  # noqa: SIM115 (closed by Sheet)
    try:
        return Sheet(stream, vocabulary, owns_file=owns, max_rows=max_rows, max_bytes=max_bytes, guess=guess)
    except BaseException:
        if owns:
            stream.close()
        raise


def _open(file: IO[bytes], max_bytes: int) -> _Source:
    file.seek(0, 2)
    size = file.tell()
    if size == 0:
        raise SheetError("empty")
    if size > max_bytes:
        raise SheetError("too_large")
    file.seek(0)
    start = file.read(len(_OLE))
    if start == _OLE:
        raise SheetError(_old_kind(file))
    return Workbook(file) if start.startswith(_ZIP) else DelimitedText(file)


def _old_kind(file: IO[bytes]) -> str:
    """A compound file is either a protected .xlsx or a workbook of before 2007."""
    file.seek(0)
    content = file.read()
    if _PROTECTED not in content and any(name in content for name in _OLD_WORKBOOK):
        return "unknown_type"
    return "password"
