"""Taking a centre's register in: who brings it, what is decided row by row, when it is written."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.permissions import own_key
from audit import trail
from casework import permissions
from casework.filling import FIELDS
from casework.importing import words
from casework.importing.outline import decode as decode_outline
from casework.importing.reading import decode
from casework.likeness import holder_of_pin
from casework.models import Client, RegisterColumns, RegisterImport, RegisterRow
from casework.models.register import DECISIONS
from casework.refusals import refuse, refuse_if
from casework.register_taking import READ, WRITE, may_register, register_in_hand, seen_register, wake
from casework.rules.columns import columns_problem
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible

State, Kind, Decision = RegisterImport.State, RegisterRow.Kind, RegisterRow.Decision


@action
def take_register(
    *, actor: Actor, centre_id: int, file_name: str, stored_as: str = "", ask_columns: bool = False
) -> RegisterImport:
    """Note that somebody brings a register.

    Args:
        stored_as: where the file lies for a worker to read; "" when the caller reads it.
        ask_columns: somebody wants to name the columns before the rows are read.
    """
    may_register(actor, centre_id)
    register = RegisterImport.objects.create(
        centre_id=centre_id,
        started_by_id=own_key(actor),
        file_name=file_name[-200:],
        stored_as=stored_as,
        ask_columns=ask_columns,
    )
    trail.record(actor, "register.taken", register)
    if stored_as:
        wake(READ, register)
    return register


@action
def choose_columns(*, actor: Actor, register_id: int, fields: Sequence[str]) -> RegisterImport:
    """Say what each column stands for; the centre's next sheet with these headings is read so without asking.

    The rows are read anew, so what was decided about them is to be decided again.

    Args:
        fields: one for each column of the outline, as casework.importing.words.COLUMNS has them.

    Refuses with "register_busy", "columns_over" (people are registered from it, or the file is gone),
    "columns_changed", and the codes of casework.rules.columns at the field of the column.
    """
    register = seen_register(actor, register_id)
    if register.state in {State.READING, State.WRITING}:
        refuse("register_busy")
    if not register.columns_open:
        refuse("columns_over")
    outline = decode_outline(register.outline)
    if len(fields) != len(outline.columns) or not set(fields) <= words.COLUMNS.keys():
        refuse("columns_changed")
    code, column = columns_problem(fields)
    twice = words.COLUMNS[fields[column]] if column is not None else ""
    refuse_if(code, f"column_{column}", what=twice)
    RegisterColumns.objects.update_or_create(
        centre_id=register.centre_id,
        fingerprint=outline.fingerprint,
        defaults={"choice": outline.chosen(fields), "chosen_by_id": own_key(actor)},
    )
    register.state, register.ask_columns, register.rows_read, register.rows_total = State.READING, False, 0, 0
    register.save(update_fields=["state", "ask_columns", "rows_read", "rows_total"])
    trail.record(actor, "register.columns_chosen", register)
    wake(READ, register)
    return register


@action
def decide_row(
    *, actor: Actor, register_id: int, row: int, decision: str, takes: Sequence[str] = (), version: int = 0
) -> RegisterRow:
    """What a person decides about one row.

    Args:
        takes: fields (casework.filling.FIELDS) that the file of the same person takes over when the register is
            written; `version` is what that file's version was when the differences were looked at.

    Refuses with "register_busy", "row_written", "decision_unknown", and "pin_known" when the row is said to be
    another person but its number is verified for somebody.
    """
    register = register_in_hand(actor, register_id)
    found = register.rows.select_for_update().filter(row=row).first()
    if found is None:
        raise NotVisible
    if found.written_at:
        refuse("row_written")
    if decision not in DECISIONS[Kind(found.kind)] or (
        decision == Decision.UNVERIFIED and not found.keepable
    ):
        refuse("decision_unknown")
    if decision == Decision.CREATE:
        holder = holder_of_pin(actor, decode(found.payload, row=row).pin)
        if holder is not None and holder.pin_verified:
            refuse("pin_known", centre=holder.centre.name)
    taken = [field for field in FIELDS if decision == Decision.SAME and field in takes]
    if taken:
        _must_be_writable(actor, found)
    before, found.decision = found.decision, decision
    found.takes, found.seen_version = ",".join(taken), version if taken else 0
    found.save(update_fields=["decision", "takes", "seen_version"])
    trail.record(actor, "register.row_decided", register, changes={f"row {row}": [before, decision]})
    return found


@action
def confirm_register(*, actor: Actor, register_id: int, expected: int) -> RegisterImport:
    """Let a worker write everything that is to be written now: new people, and what known files take over.

    Refuses with "register_busy", "nothing_to_write", and "rows_changed" when that are not `expected` rows (any more).
    """
    register = register_in_hand(actor, register_id)
    count = register.rows.to_write().count() + register.rows.to_fill().count()
    if not count:
        refuse("nothing_to_write")
    if count != expected:
        refuse("rows_changed")
    _let_go_of_file(register)
    register.state, register.confirmed_by_id, register.error_code = State.WRITING, actor.user_id, ""
    register.save(update_fields=["state", "confirmed_by", "error_code", "stored_as", "outline"])
    trail.record(actor, "register.confirmed", register)
    wake(WRITE, register)
    return register


@action
def release_register(*, actor: Actor, register_id: int, code: str) -> None:
    """It was confirmed, or to be undone, but must not be: back to people, with the reason (a key of words.SHEET)."""
    register = RegisterImport.objects.select_for_update().get(pk=register_id)
    if register.state in {State.WRITING, State.UNDOING}:
        register.state = State.PREVIEW if register.state == State.WRITING else State.DONE
        register.error_code = code
        register.save(update_fields=["state", "error_code"])
        trail.record(actor, "register.released", register, changes={"code": [None, code]})


@action
def sweep_registers(*, actor: Actor, before: datetime) -> int:
    """Remove files and rows of registers that were brought before that instant. Returns of how many."""
    old = list(RegisterImport.objects.filter(started_at__lt=before).exclude(state=State.SWEPT).order_by("pk"))
    for register in old:
        register.rows.all().delete()
        _let_go_of_file(register)
        register.state = State.SWEPT
        register.save(update_fields=["state", "stored_as", "outline"])
        trail.record(actor, "register.swept", register)
    return len(old)


def _must_be_writable(actor: Actor, row: RegisterRow) -> None:
    """Nothing is taken over into a file in which the actor may not write."""
    client = Client.objects.visible_to(actor).filter(pk=row.match_client_id or 0).first()
    if client is None or not permissions.can_write(actor, client):
        refuse("decision_unknown")


def _let_go_of_file(register: RegisterImport) -> None:
    """The file and its columns are not needed any more; the caller saves `stored_as` and `outline`."""
    if register.stored_as:
        transaction.on_commit(partial(default_storage.delete, register.stored_as), robust=True)
    register.stored_as = register.outline = ""
