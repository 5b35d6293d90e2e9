"""The rows of a register somebody sends."""

from pathlib import Path
from typing import IO

from casework.importing.headings import REGISTER
from common.sheets import sheet
from common.sheets.sheet import MOST_BYTES, MOST_ROWS, Sheet


def read_rows(
    file: str | Path | IO[bytes], *, max_rows: int = MOST_ROWS, max_bytes: int = MOST_BYTES
) -> Sheet:
    """Open a register as common.sheets.sheet.read_rows does; of a broken one its SheetError comes."""
    return sheet.read_rows(file, REGISTER, max_rows=max_rows, max_bytes=max_bytes)
