"""Districts and sub-districts, read from a file: the provinces are built in, what lies below them is loaded."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.reference.provinces import BY_CODE
from common.thai.letters import normalise

COLUMNS = ("code", "level", "parent_code", "name_th", "name_en", "postal_code")
_DIGITS = {"province": 2, "district": 4, "subdistrict": 6}
_POSTAL_CODE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class RowError:
    """What is wrong in line `line` of the file (the header is line 1)."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("line %(line)s: %(message)s") % {"line": self.line, "message": self.message}


class AreaFileError(Exception):
    """The file cannot be loaded; `errors` says why, line by line. Nothing was written."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__("; ".join(map(str, errors[:3])))
        self.errors = list(errors)


@dataclass(frozen=True)
class AreaRow:
    """One checked line."""

    code: str
    level: str
    name_th: str
    name_en: str
    postal_code: str


def read_areas(lines: Iterable[str]) -> list[AreaRow]:
    """The checked rows of a CSV file with the columns code, level, parent_code, name_th, name_en, postal_code.

    Codes are those of the civil registration: two, four and six digits, a parent's code being the beginning
    of its children's. Provinces in the file are compared with the built-in ones and not loaded.

    Raises:
        AreaFileError: with every faulty line.
    """
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise AreaFileError(
            [RowError(1, _("columns are missing: %(names)s") % {"names": ", ".join(missing)})]
        )
    rows: list[AreaRow] = []
    errors: list[RowError] = []
    lines_of: dict[str, int] = {}
    try:
        for cells in reader:
            row, wrong = _checked({name: normalise(cells[name] or "").strip() for name in COLUMNS})
            if row.code in lines_of:
                wrong.append(
                    _("code %(code)s is already in line %(line)s")
                    % {"code": row.code, "line": lines_of[row.code]}
                )
            errors += [RowError(reader.line_num, message) for message in wrong]
            lines_of.setdefault(row.code, reader.line_num)
            rows.append(row)
    except csv.Error as refusal:
        errors.append(RowError(reader.line_num + 1, str(refusal)))
    known = lines_of.keys() | BY_CODE.keys()
    errors += [
        RowError(lines_of[row.code], _("there is no district %(code)s in the file") % {"code": row.code[:4]})
        for row in rows
        if row.level == "subdistrict" and row.code[:4] not in known
    ]
    if not rows and not errors:
        errors.append(RowError(1, _("there is no row under the header")))
    if errors:
        raise AreaFileError(sorted(errors, key=lambda error: error.line))
    return rows


def _checked(cells: dict[str, str]) -> tuple[AreaRow, list[str]]:
    code, level = cells["code"], cells["level"]
    row = AreaRow(code, level, cells["name_th"], cells["name_en"], cells["postal_code"])
    if level not in _DIGITS:
        return row, [
            _("level “%(level)s” is none of %(levels)s") % {"level": level, "levels": ", ".join(_DIGITS)}
        ]
    wrong = []
    if not (code.isascii() and code.isdigit() and len(code) == _DIGITS[level]):
        wrong.append(
            _("code “%(code)s” is not of %(count)s digits") % {"code": code, "count": _DIGITS[level]}
        )
    elif code[:2] not in BY_CODE:
        wrong.append(_("there is no province %(code)s") % {"code": code[:2]})
    elif level == "province" and row.name_th != BY_CODE[code].name_th:
        names = {"code": code, "name": BY_CODE[code].name_th, "found": row.name_th}
        wrong.append(_("province %(code)s is %(name)s, not %(found)s") % names)
    elif cells["parent_code"] != code[:-2]:
        wrong.append(_("the parent of %(code)s is %(parent)s") % {"code": code, "parent": code[:-2] or "–"})
    if not row.name_th or not row.name_en:
        wrong.append(_("a name is missing"))
    if row.postal_code and not _POSTAL_CODE.fullmatch(row.postal_code):
        wrong.append(_("postal code “%(code)s” is not of five digits") % {"code": row.postal_code})
    return row, wrong
