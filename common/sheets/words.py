"""What people are told about a sheet that cannot be taken, by code."""

from django.utils.translation import gettext_lazy as _

SHEET = {
    "broken": _(
        "The file is damaged. Open it in the spreadsheet program, save it again and send it once more."
    ),
    "empty": _("There are no rows in this file."),
    "password": _("The file is protected with a password. Save a copy without a password."),
    "macros": _("The file carries macros, which are not accepted. Save it as .xlsx without macros."),
    "too_many_rows": _("The file has too many rows. Divide it into several files."),
    "wrong_columns": _("The headings this kind of sheet has were not found."),
    "too_large": _("The file is too large. Divide it, or take pictures and other sheets out."),
    "unknown_type": _("This is not a sheet the system reads. Save it as .xlsx, or as CSV in UTF-8."),
}


class SheetError(Exception):
    """A sheet that cannot be taken; `code` is a key of SHEET, and the app that reads has the words for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
