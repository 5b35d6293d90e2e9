"""Undoing a register that was written: everybody it brought in, all of them or nobody."""

from django.utils.translation import gettext as _

from accounts.permissions import own_key
from audit import trail
from casework import permissions
from casework.actions.register_filling import take_back_row
from casework.models import Client, RegisterImport, RegisterRow
from casework.refusals import refuse
from casework.register_taking import UNDO, seen_register, wake
from casework.undoing import blockers, delete_all, made_by, whole_blockers
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require

State = RegisterImport.State


@action
def ask_to_undo(*, actor: Actor, register_id: int, expected: int) -> RegisterImport:
    """Have a worker undo everything that was written from this register.

    Refuses with "register_busy", "nothing_to_undo", "rows_changed" when that are not `expected` rows (any more), and
    "built_upon" when something was built on one of them.
    """
    register = seen_register(actor, register_id)
    require(
        permissions.can_undo_register(actor, register),
        _("Whoever confirmed it, or a lead, undoes a register."),
    )
    if not register.in_hand:
        refuse("register_busy")
    count = register.rows.filter(written_at__isnull=False).count()
    if not count:
        refuse("nothing_to_undo")
    if count != expected:
        refuse("rows_changed")
    _refuse_if_built_upon(actor, register)
    register.state, register.undone_by_id, register.error_code = State.UNDOING, own_key(actor), ""
    register.save(update_fields=["state", "undone_by", "error_code"])
    trail.record(actor, "register.undo_asked", register)
    wake(UNDO, register)
    return register


@action
def undo_register(*, actor: Actor, register_id: int) -> int:
    """Take everything back, or nothing when somebody built on it meanwhile. Returns how many people are gone.

    The rows stay to be decided about anew. Called again after a crash it finds what is not undone yet.
    """
    register = RegisterImport.objects.select_for_update().get(pk=register_id)
    if register.state != State.UNDOING:
        return 0
    require(permissions.can_undo_register(actor, register))
    # Whoever is writing in one of these files is waited for, and then counts as somebody who built on it.
    list(made_by(register).select_for_update().order_by("pk").values_list("pk", flat=True))
    completed = register.rows.filter(written_at__isnull=False, decision=RegisterRow.Decision.SAME)
    known = completed.order_by().values("client_id")
    list(Client.objects.filter(pk__in=known).select_for_update().order_by("pk").values_list("pk", flat=True))
    _refuse_if_built_upon(actor, register)
    restored = list(completed.order_by("row").values_list("pk", flat=True))
    for row_id in restored:
        take_back_row(actor=actor, row_id=row_id)
    gone = delete_all(register)
    register.rows.update(written_at=None, client=None)
    register.state, register.undone_at, register.error_code = State.PREVIEW, clock.now(), ""
    register.save(update_fields=["state", "undone_at", "error_code"])
    changes = {"rows": [gone, 0], "files": [len(restored), 0]}
    trail.record(actor, "register.undone", register, changes=changes, batch=str(register.uid))
    return gone


def _refuse_if_built_upon(actor: Actor, register: RegisterImport) -> None:
    if whole_blockers(register) or any(True for _one in blockers(actor, register)):
        refuse("built_upon")
