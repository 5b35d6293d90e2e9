"""Registers as background work: read what was uploaded, write what was confirmed, sweep what is old."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from accounts.actor import actor_for
from casework import storing
from casework.actions import register_reading as reading_actions
from casework.actions import registers as actions
from casework.actions.register_undoing import undo_register
from casework.actions.register_writing import write_register
from casework.importing.outline import encode, outline_of
from casework.importing.reading import Reading, parsed_rows
from casework.importing.sheet import read_rows
from casework.models import RegisterColumns, RegisterImport
from casework.register_taking import READ, UNDO, WRITE
from casework.storing import ContentGone
from common import clock, due, schedule
from common.actor import Actor, SystemActor
from common.errors import DomainError, Forbidden
from common.sheets.columns import Choice
from common.sheets.sheet import Sheet
from common.sheets.words import SheetError

KEEP_DAYS = 30
"""Uploaded files and the rows read from them are swept after this. Our default."""

State = RegisterImport.State


@due.handler(READ, atomic=False)
def read(items: list[due.Item]) -> None:
    """Read the file of each import; what an earlier attempt began is begun anew."""
    for item in items:
        register = RegisterImport.objects.select_related("started_by").get(uid=item.subject)
        if register.state == State.READING:
            _read(register, actor_for(register.started_by), item)
            register.refresh_from_db(fields=["state"])
        if register.state == State.FAILED:
            storing.drop(register.stored_as)


def _read(register: RegisterImport, actor: Actor, item: due.Item) -> None:
    try:
        with read_rows(
            storing.get_upload(register.stored_as),
            choices=choices_of(register.centre_id),
            max_rows=settings.IMPORT_MAX_ROWS,
            max_bytes=settings.IMPORT_MAX_BYTES,
            guess=True,
        ) as sheet:
            if _asked_for_columns(register, sheet, actor):
                return
            reading = Reading(actor, step=lambda: due.renew(item))
            for rows in parsed_rows(sheet, today=clock.today()):
                reading.take(rows)
                due.renew(item)
                reading_actions.note_rows_read(actor=actor, register_id=register.pk, count=len(reading))
        keep(register, reading, actor=actor)
    except SheetError as error:
        reading_actions.refuse_register(actor=actor, register_id=register.pk, code=error.code)
    except ContentGone:
        reading_actions.refuse_register(actor=actor, register_id=register.pk, code="lost")
    except Forbidden:
        reading_actions.refuse_register(actor=actor, register_id=register.pk, code="forbidden")


def choices_of(centre_id: int) -> dict[str, Choice]:
    """What a centre chose for the headings of its sheets, by fingerprint."""
    kept = RegisterColumns.objects.filter(centre_id=centre_id).order_by("pk")
    return dict(kept.values_list("fingerprint", "choice"))


def _asked_for_columns(register: RegisterImport, sheet: Sheet, actor: Actor) -> bool:
    """Keep what the columns are; True when a person must name them first."""
    outline = outline_of(sheet)
    settled = outline.fingerprint in choices_of(register.centre_id)
    ask = register.ask_columns or not sheet.fits or (bool(outline.unread) and not settled)
    reading_actions.note_columns(actor=actor, register_id=register.pk, outline=encode(outline), ask=ask)
    return ask


def keep(register: RegisterImport, reading: Reading, *, actor: Actor) -> None:
    """Keep what was read, in steps."""
    reading_actions.begin_keeping(actor=actor, register_id=register.pk, total=len(reading))
    for examined in reading.examined():
        reading_actions.keep_rows(actor=actor, register_id=register.pk, rows=examined)
    reading_actions.end_reading(actor=actor, register_id=register.pk)


@due.handler(WRITE, atomic=False)
def write(items: list[due.Item]) -> None:
    """Write each confirmed import, in the name of who confirmed it.

    The action is whole in itself: one that outlasts its lease still counts, and who comes after finds nothing to do.
    """
    for item in items:
        register = RegisterImport.objects.select_related("confirmed_by").get(uid=item.subject)
        if register.state != State.WRITING or register.confirmed_by is None:
            continue
        actor = actor_for(register.confirmed_by)
        try:
            write_register(actor=actor, register_id=register.pk)
        except Forbidden:
            actions.release_register(actor=actor, register_id=register.pk, code="forbidden")


@due.handler(UNDO, atomic=False)
def undo(items: list[due.Item]) -> None:
    """Undo each import that is to be undone, in the name of who asked for it."""
    for item in items:
        register = RegisterImport.objects.select_related("undone_by").get(uid=item.subject)
        if register.state != State.UNDOING or register.undone_by is None:
            continue
        actor = actor_for(register.undone_by)
        try:
            undo_register(actor=actor, register_id=register.pk)
        except Forbidden:
            actions.release_register(actor=actor, register_id=register.pk, code="forbidden")
        except DomainError as refused:
            actions.release_register(actor=actor, register_id=register.pk, code=refused.code)


def _nightly(now: datetime) -> Iterator[tuple[str, datetime]]:
    day = clock.local(now).date()
    yield day.isoformat(), clock.at(day, 3, 40)


schedule.register("casework.register_sweep", _nightly)


@due.handler("casework.register_sweep")
def sweep(items: list[due.Item]) -> None:
    """Remove what is older than KEEP_DAYS."""
    before = clock.now() - timedelta(days=KEEP_DAYS)
    actions.sweep_registers(actor=SystemActor("registers"), before=before)
