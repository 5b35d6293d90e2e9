"""Completing the files of people who are known already from rows of a register, and taking that back."""

import json
from datetime import date

from casework import permissions
from casework.actions.clients import set_pin, update_client
from casework.filling import changes, differences
from casework.importing.reading import decode
from casework.models import Client, RegisterRow
from casework.refusals import refuse
from casework.taking import take_client
from common import clock
from common.actions import action
from common.actor import Actor


@action
def fill_from_row(*, actor: Actor, row_id: int) -> Client:
    """Take over into the known file what was decided, and keep beside the row what stood there.

    Raises what casework.actions.clients.update_client raises, StaleRecord among it: somebody changed the file
    since the differences were looked at.
    """
    row = RegisterRow.objects.select_for_update().get(pk=row_id)
    if row.match_client_id is None:
        refuse("row_written")
    client = take_client(actor, row.match_client_id)
    found = differences(
        decode(row.payload, row=row.row), client, with_pin=permissions.can_see_pin(actor, client)
    )
    taken = [one for one in found if one.field in row.takes.split(",") and one.possible]
    changed = changes(taken)
    before = {name: getattr(client, name) for name in changed}
    version = row.seen_version
    if changed:
        version = update_client(actor=actor, client_id=client.pk, version=version, changes=changed).version
    status = client.id_status
    pin = next((one.in_row for one in taken if one.field == "pin"), "")
    if pin:
        client = set_pin(actor=actor, client_id=client.pk, pin=pin, id_status="unverified")
        version = client.version
    kept = {"fields": before, "id_status": status if pin else None}
    row.before = json.dumps(kept, default=str, ensure_ascii=False)
    row.client, row.written_at, row.seen_version = client, clock.now(), version
    row.save(update_fields=["before", "client", "written_at", "seen_version"])
    return client


@action
def take_back_row(*, actor: Actor, row_id: int) -> None:
    """Put back what stood in the known file before. Refuses with "built_upon" when the file was changed since."""
    row = RegisterRow.objects.select_for_update().get(pk=row_id)
    if row.client_id is None or not row.before:
        return
    client, kept = take_client(actor, row.client_id), json.loads(row.before)
    if client.version != row.seen_version:
        refuse("built_upon")
    fields = kept["fields"]
    if fields.get("born_on"):
        fields["born_on"] = date.fromisoformat(fields["born_on"])
    if fields:
        update_client(actor=actor, client_id=client.pk, version=client.version, changes=fields)
    if kept["id_status"] is not None:
        set_pin(actor=actor, client_id=client.pk, pin="", id_status=kept["id_status"])
    row.before, row.client, row.written_at, row.seen_version = "", None, None, 0
    row.decision, row.takes = RegisterRow.Decision.UNDECIDED, ""
    row.save(update_fields=["before", "client", "written_at", "seen_version", "decision", "takes"])
