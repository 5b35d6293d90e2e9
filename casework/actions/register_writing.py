"""Writing what was decided about a register: all of it or nothing."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from accounts.models import Centre
from accounts.roles import Role
from audit import trail
from casework import permissions
from casework.actions.register_filling import fill_from_row
from casework.importing.known import find_newcomers, find_verified, held_elsewhere
from casework.importing.reading import decode
from casework.importing.records import new_client
from casework.importing.register import ParsedRow
from casework.models import RegisterImport, RegisterRow
from casework.registering import write_clients
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import DomainError, Forbidden, NotVisible
from common.permissions import require

State, Kind, Decision = RegisterImport.State, RegisterRow.Kind, RegisterRow.Decision
_CHUNK = 5000
_UPDATED = 200  # rows per statement
_OVERLAP = timedelta(hours=1)  # a record that was being written while the rows were compared was not seen


@action
def write_register(*, actor: Actor, register_id: int) -> int:
    """Write the rows that are new or were decided so, all of them or none. Returns how many became records.

    Called again after a crash it finds what is not written yet; nothing is written twice. Somebody may have
    registered the same people since the rows were compared: such rows go back to a person.
    """
    register = RegisterImport.objects.select_for_update().get(pk=register_id)
    require(permissions.can_register_at(actor, register.centre_id))
    if register.state not in {State.PREVIEW, State.WRITING}:
        return 0
    # Two registers of one centre are written one after the other, so that the later sees what the earlier wrote.
    centre = Centre.objects.select_for_update(no_key=True).get(pk=register.centre_id)
    worker_id, today, written = _worker(actor, centre), clock.today(), 0
    for rows in _chunks(register):
        parsed = {row.pk: decode(row.payload, row=row.row) for row in rows}
        back = _sent_back(actor, register, rows, list(parsed.values()))
        ready = [row for row in rows if row.pk not in back]
        new = [new_client(parsed[row.pk], today=today, worker_id=worker_id) for row in ready]
        keys = write_clients(actor=actor, centre=centre, new=new, source=register)
        for row, key in zip(ready, keys, strict=True):
            row.client_id, row.written_at = key, clock.now()
        RegisterRow.objects.bulk_update(ready, ["client", "written_at"], batch_size=_UPDATED)
        written += len(ready)
    filled = _fill(actor, register)
    register.state, register.finished_at = State.DONE, clock.now()
    register.save(update_fields=["state", "finished_at"])
    changes = {"rows": [0, written]} | ({"files": [0, filled]} if filled else {})
    trail.record(actor, "register.written", register, changes=changes, batch=str(register.uid))
    return written


def _fill(actor: Actor, register: RegisterImport) -> int:
    """Complete the files of people known. One that was changed since, or shut, goes back to a person."""
    filled = 0
    for row in register.rows.to_fill().order_by("row"):
        try:
            fill_from_row(actor=actor, row_id=row.pk)
            filled += 1
        except (DomainError, NotVisible, Forbidden):
            row.decision, row.takes = Decision.UNDECIDED, ""
            row.save(update_fields=["decision", "takes"])
    return filled


def _sent_back(
    actor: Actor, register: RegisterImport, rows: Sequence[RegisterRow], parsed: Sequence[ParsedRow]
) -> set[int]:
    """Keys of rows that a person must look at again, after noting why."""
    held = held_elsewhere(parsed, actor=actor)
    since = (register.examined_at or register.started_at) - _OVERLAP
    known = find_newcomers(parsed, actor=actor, since=since, but_of=register)
    known |= find_verified(parsed, actor=actor)
    back = set()
    for row in rows:
        if row.row in held:
            row.kind, row.errors, row.ask_centre_id = Kind.ERROR, [["pin", "pin_taken"]], held[row.row]
        elif row.row in known and known[row.row].client_id != row.match_client_id:
            row.kind = Kind.ERROR if row.errors else Kind.LIKELY_SAME
            row.match_row, (row.match_client_id, row.match_score, row.match_reasons) = None, known[row.row]
        else:
            continue
        row.decision = Decision.UNDECIDED
        row.save()
        back.add(row.pk)
    return back


def _worker(actor: Actor, centre: Centre) -> int | None:
    """A social worker who brings a register in has the cases; anybody else leaves them to be assigned."""
    return actor.user_id if centre.pk in actor.centres_as(Role.SOCIAL_WORKER) else None


def _chunks(register: RegisterImport) -> Iterator[list[RegisterRow]]:
    keys = list(register.rows.to_write().order_by("row").values_list("pk", flat=True))
    for start in range(0, len(keys), _CHUNK):
        yield list(RegisterRow.objects.filter(pk__in=keys[start : start + _CHUNK]).order_by("row"))
