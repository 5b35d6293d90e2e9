"""Date fields in Buddhist Era: what a person types goes in, a Gregorian date comes out."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common import clock
from common.thai.dates import DateError, PartialDate, format_be, parse_date

_MESSAGES: dict[str, Any] = {
    "invalid": _("This day is not in the calendar. Write day/month/year, for example 17/1/2526."),
    "two_digit": _("The year needs 4 digits, for example 2526."),
    "future": _("This day is still to come."),
    "incomplete": _("Write the day as well, for example 17/1/2526."),
}


class BEDateInput(forms.DateInput):
    """A text box that shows a date, or as much of one as is known, as 17/01/2526."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "maxlength": 40, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """What was typed is given back as it was; a date is written in Buddhist Era."""
        return format_be(value, "numeric") if isinstance(value, date | PartialDate) else value


class PartialDateField(forms.Field):
    """A day, a month or a year, cleaned to a `PartialDate` (None when left empty or "ไม่ทราบ").

    Args:
        allow_future: False refuses what begins after today in Bangkok.
    """

    widget = BEDateInput
    default_error_messages = _MESSAGES

    def __init__(self, *, allow_future: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 17/1/2526. If only the year is known, write the year."))
        super().__init__(**kwargs)
        self.allow_future = allow_future

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        try:
            return parse_date(value, today=None if self.allow_future else clock.today())
        except DateError as refused:
            if refused.code == "empty":
                return None
            raise ValidationError(self.error_messages[refused.code], code=refused.code) from refused


class BEDateField(PartialDateField):
    """A whole day, cleaned to a `date`; a month or a year alone is refused as "incomplete".

    Args:
        allow_future: True unless said otherwise: appointments and ends lie ahead.
    """

    def __init__(self, *, allow_future: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 17/1/2526."))
        super().__init__(allow_future=allow_future, **kwargs)

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        found = super().to_python(value)
        if found is None:
            return None
        if found.precision != "day":
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return found.value
