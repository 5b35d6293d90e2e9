"""The rows of a register somebody sends."""

from pathlib import Path
from typing import IO

from casework.importing.headings import REGISTER
from common.sheets import sheet
from common.sheets.columns import Choice, Remembering
from common.sheets.sheet import MOST_BYTES, MOST_ROWS, Sheet


def read_rows(
    file: str | Path | IO[bytes],
    *,
    choices: dict[str, Choice] | None = None,
    max_rows: int = MOST_ROWS,
    max_bytes: int = MOST_BYTES,
    guess: bool = False,
) -> Sheet:
    """Open a register as common.sheets.sheet.read_rows does; of a broken one its SheetError comes.

    `choices` are what the centre chose for its headings before, as common.sheets.columns.Remembering takes them.
    """
    known = Remembering(REGISTER, choices or {})
    return sheet.read_rows(file, known, max_rows=max_rows, max_bytes=max_bytes, guess=guess)
