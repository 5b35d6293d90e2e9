"""What the reader of a register's file notes: how far it is, the rows, that it is done or cannot be done."""

from collections.abc import Sequence

from audit import trail
from casework import permissions
from casework.importing.reading import ExaminedRow, encode
from casework.models import RegisterImport, RegisterRow
from common import clock
from common.actions import action
from common.actor import Actor
from common.db import bulk
from common.errors import NotVisible
from common.permissions import require

State = RegisterImport.State
_COLUMNS = (
    *("register_id", "row", "kind", "payload", "errors", "match_row", "match_client_id", "match_score"),
    *("match_reasons", "ask_centre_id", "decision", "written_at"),
    *("takes", "seen_version", "client_id", "before"),
)


@action
def note_columns(*, actor: Actor, register_id: int, outline: str, ask: bool) -> None:
    """Keep what the columns are; with `ask` the rows are read once somebody has named them."""
    register = _being_read(register_id)
    require(permissions.can_register_at(actor, register.centre_id))
    register.outline = outline
    if ask:
        register.state = State.COLUMNS
        trail.record(actor, "register.columns_asked", register)
    register.save(update_fields=["outline", "state"])


@action
def note_rows_read(*, actor: Actor, register_id: int, count: int) -> None:
    """Say how far the reading of the file is."""
    RegisterImport.objects.filter(pk=register_id, state=State.READING).update(rows_read=count, rows_total=0)


@action
def begin_keeping(*, actor: Actor, register_id: int, total: int) -> None:
    """All `total` rows are read: from now on they are compared and kept. What an earlier attempt kept goes."""
    register = _being_read(register_id)
    require(permissions.can_register_at(actor, register.centre_id))
    register.rows.all().delete()
    register.rows_read, register.rows_total, register.examined_at = 0, total, clock.now()
    register.save(update_fields=["rows_read", "rows_total", "examined_at"])


@action
def keep_rows(*, actor: Actor, register_id: int, rows: Sequence[ExaminedRow]) -> None:
    """Keep rows for people to look at."""
    register = _being_read(register_id)
    bulk.insert(RegisterRow, _COLUMNS, (_values(register, row) for row in rows))
    register.rows_read += len(rows)
    register.save(update_fields=["rows_read"])


@action
def end_reading(*, actor: Actor, register_id: int) -> None:
    """All rows are kept: people may look at them."""
    register = _being_read(register_id)
    register.state = State.PREVIEW
    register.save(update_fields=["state"])
    trail.record(actor, "register.read", register, changes={"rows": [0, register.rows_total]})


@action
def refuse_register(*, actor: Actor, register_id: int, code: str) -> None:
    """The file cannot be read: `code` is one of casework.importing.words.SHEET."""
    register = _being_read(register_id)
    register.rows.all().delete()
    register.state, register.error_code, register.finished_at = State.FAILED, code, clock.now()
    register.save(update_fields=["state", "error_code", "finished_at"])
    trail.record(actor, "register.refused", register, changes={"code": [None, code]})


def _being_read(register_id: int) -> RegisterImport:
    """The register, locked, while its file is being read. Raises NotVisible when somebody else was quicker."""
    register = RegisterImport.objects.select_for_update().filter(pk=register_id, state=State.READING).first()
    if register is None:
        raise NotVisible
    return register


def _values(register: RegisterImport, row: ExaminedRow) -> tuple[object, ...]:
    return (
        *(
            register.pk,
            row.parsed.row,
            row.kind,
            encode(row.parsed),
            row.errors,
            row.match_row,
            row.match_client,
        ),
        *(row.score, row.reasons, row.ask_centre, "", None),
        *("", 0, None, ""),
    )
