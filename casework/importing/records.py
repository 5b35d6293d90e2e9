"""What a row of a register becomes."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from casework.importing.register import ParsedRow
from casework.models import Client, Notice
from casework.registering import NewAppointment, NewClient
from casework.rules.household import is_child
from common.thai.dates import format_be


def new_client(row: ParsedRow, *, today: date, worker_id: int | None) -> NewClient:
    """The record to make of `row`; its number is not verified, whatever the check digit says.

    A child's file is restricted. An appointment still to come becomes a follow-up of `worker_id`; one that is past
    becomes a note. What was written but has no place of its own goes into the remark.
    """
    new = NewClient(
        title=row.title,
        first_name=row.first_name,
        last_name=row.last_name,
        nickname=row.nickname,
        alias=row.alias,
        descriptor=row.descriptor,
        sex=row.sex,
        born_on=row.birth.value if row.birth else None,
        born_precision=row.birth.precision if row.birth else Client.Precision.DAY,
        id_status=row.id_status,
        pin=row.pin,
        phone=row.phone,
        home_province=row.domicile_province or None,
        found_place=row.found_place,
        cause=row.cause,
        channel=row.channel,
        noticed_on=row.noticed_on,
        worker_id=worker_id,
    )
    new.restricted = is_child(new.born_on, new.born_precision, today=today)
    # Kept in the files, so written in the language of the house and not of who happened to import.
    with translation.override("th"):
        new.remark = "\n".join([row.remark, *_without_place(row)] if row.remark else _without_place(row))
        _add_appointment(new, row.appointment_on, today)
    return new


def _without_place(row: ParsedRow) -> list[str]:
    lines = []
    if row.domicile_text and not row.domicile_province:
        lines.append(_("Home: %(words)s") % {"words": row.domicile_text})
    if row.channel_text and row.channel == Notice.Channel.OTHER:
        lines.append(_("Notice came through: %(words)s") % {"words": row.channel_text})
    if row.cause_text and row.cause == Client.Cause.OTHER:
        lines.append(_("Cause: %(words)s") % {"words": row.cause_text})
    return lines


def _add_appointment(new: NewClient, day: date | None, today: date) -> None:
    if day is None:
        return
    if day >= today:
        new.appointments.append(NewAppointment(due_on=day))
    else:
        new.notes.append(
            (day, _("Appointment by the former register: %(day)s") % {"day": format_be(day, lang="th")})
        )
