"""What people are told about a sheet or a row that cannot be taken, by code."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from casework.importing.register import ASIDE
from common.sheets import words as sheets
from common.sheets.columns import UNREAD, WITH_BEFORE

SHEET = {
    **sheets.SHEET,
    "empty": _("There are no people in this file."),
    "wrong_columns": _("No heading row with name and date of notice was found. Is this the register?"),
    "built_upon": _("It was not undone: somebody worked on one of the files meanwhile."),
    "lost": _("The file is not there any more. Send it once more."),
    "forbidden": _("Whoever brought it may not register people at this centre any more."),
}


ROW = {
    "pin_checksum": _("The ID number is not right: a digit is wrong or missing."),
    "birth_future": _("The date of birth is still to come."),
    "birth_two_digit": _("The year of birth needs 4 digits, for example 2526."),
    "birth_invalid": _("The date of birth is not in the calendar."),
    "name_missing": _("There is no name, nickname or description."),
    "found_missing": _("The day of notice is missing or cannot be read."),
    "pin_taken": _("The ID number is already verified for somebody whose file you may not open."),
}
"""Codes of a row's errors."""

_MEND = _("Mend it in the file and send the file again: nobody is registered twice.")

ADVICE = {
    "pin_checksum": _("Compare it with the card, or keep it as not verified."),
    "birth_future": _MEND,
    "birth_two_digit": _MEND,
    "birth_invalid": _MEND,
    "name_missing": _("A nickname or a description will do. Mend it in the file and send the file again."),
    "found_missing": _MEND,
    "pin_taken": _("Call the centre that keeps the file."),
}
"""What to do about an error."""

FIELDS = {
    "first_name": _("first name"),
    "pin": _("ID number"),
    "birth": _("date of birth"),
    "noticed_on": _("date of notice"),
}
"""Names of the fields in which a row may have an error."""

COLUMNS = {
    UNREAD: _("Not read"),
    WITH_BEFORE: _("Belongs to the column before it"),
    "full_name": _("Name and surname in one"),
    "title": _("Title"),
    "first_name": _("First name"),
    "last_name": _("Surname"),
    "nickname": _("Nickname"),
    "alias": _("Street name"),
    "descriptor": _("How to recognise them"),
    "sex": _("Sex"),
    "pin": _("ID number"),
    "birth": _("Date of birth"),
    "phone": _("Phone"),
    "domicile": _("Home province"),
    "found_place": _("Found at"),
    "noticed_on": _("Date of notice"),
    "channel": _("How the notice came"),
    "cause": _("Main cause"),
    "appointment_on": _("Day of the appointment"),
    "remark": _("Remark"),
    ASIDE: _("Into the remark, with its heading"),
    "number": _("Running number"),
}
"""What a column may stand for: field → name, in the order in which they are offered."""

REASONS = {
    "pin": _("same ID number"),
    "phone": _("same phone"),
    "name": _("alike name"),
    "birth": _("birth agrees"),
    "nickname": _("same nickname"),
    "domicile": _("same home province"),
    "notice": _("notice of the same day and place"),
}
"""Why two descriptions are taken for one person: casework.rules.Likeness."""


def row_errors(errors: Iterable[Sequence[str]]) -> list[str]:
    """(field, code) pairs as sentences."""
    return [f"{FIELDS[field]}: {ROW[code]}" for field, code in errors]


def reasons(codes: Iterable[str]) -> str:
    """Reasons as a list in words."""
    return ", ".join(str(REASONS[code]) for code in codes)
