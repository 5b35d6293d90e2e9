"""What people are told about a sheet of contributions or one of its rows, by code."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from common.sheets import words as sheets
from network.refusals import MESSAGES

SHEET = {
    **sheets.SHEET,
    "wrong_columns": _(
        "No heading row with date, what was given, how much and unit was found. Is this the right sheet?"
    ),
}
"""Codes of a sheet that cannot be taken."""

ROW = MESSAGES
"""Codes of a row's errors."""

FIELDS = {
    "given_on": _("date"),
    "what": _("what was given"),
    "quantity": _("how much"),
    "unit": _("unit"),
    "people": _("people"),
    "area": _("area"),
    "giver": _("giver"),
    "remark": _("remark"),
}
"""Names of the fields in which a row may have an error."""


def row_errors(errors: Iterable[Sequence[str]]) -> list[str]:
    """(field, code) pairs as sentences."""
    return [f"{FIELDS[field]}: {ROW[code]}" for field, code in errors]
