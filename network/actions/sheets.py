"""Taking a partner's sheet in: what was read is kept for a look, then written as a whole or not at all."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.permissions import own_key
from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from network import permissions
from network.giving import check_alone, write_many
from network.importing.reading import Expected, Line, lines_of
from network.models import Contribution, ContributionSheet, ContributionSheetRow, Partner
from network.refusals import refuse
from network.taking import take_partner

State = ContributionSheet.State
_FEW = 500


@action
def keep_sheet(*, actor: Actor, partner_id: int, file_name: str, lines: Sequence[Line]) -> ContributionSheet:
    """Keep what was read of a partner's file, for somebody to look at."""
    partner = take_partner(actor, partner_id)
    _may_log(actor, partner)
    sheet = ContributionSheet.objects.create(
        partner=partner, started_by_id=own_key(actor), file_name=file_name[-200:]
    )
    ContributionSheetRow.objects.bulk_create(
        ContributionSheetRow(
            sheet=sheet,
            row=line.row,
            payload=line.given.as_payload() if line.given else {},
            errors=line.errors,
            typed=line.typed,
        )
        for line in lines
    )
    changes: dict[str, list[object]] = {"partner": [None, partner.code], "rows": [0, len(lines)]}
    trail.record(actor, "contribution_sheet.read", sheet, changes=changes)
    return sheet


@action
def write_sheet(
    *, actor: Actor, sheet_id: int, expected: Expected, with_doubled: bool = False
) -> list[Contribution]:
    """Write the rows that are new, and if somebody said so those that are there already: all of them or none.

    Refuses with "sheet_done", "nothing_to_write", and "rows_changed" when there are not `expected` rows (any more).
    """
    sheet = _in_hand(actor, sheet_id)
    partner = take_partner(actor, sheet.partner_id)
    _may_log(actor, partner)
    lines = lines_of(sheet)
    if Expected.of(lines) != expected:
        refuse("rows_changed")
    today = clock.today()
    chosen = {
        line.row: check_alone(partner, line.given, today=today)
        for line in lines
        if line.given and (line.is_new or (with_doubled and line.doubled))
    }
    if not chosen:
        refuse("nothing_to_write")
    written = write_many(actor, partner, list(chosen.values()))
    became = dict(zip(chosen, written, strict=True))
    rows = list(sheet.rows.filter(row__in=became)) if len(became) < _FEW else list(sheet.rows.all())
    for row in rows:
        row.contribution = became.get(row.row)
    ContributionSheetRow.objects.bulk_update(rows, ["contribution"], batch_size=_FEW)
    sheet.state = State.WRITTEN
    sheet.save(update_fields=["state"])
    changes: dict[str, list[object]] = {"partner": [None, partner.code], "rows": [0, len(written)]}
    trail.record(actor, "contribution_sheet.written", sheet, changes=changes, batch=str(sheet.uid))
    return written


@action
def drop_sheet(*, actor: Actor, sheet_id: int) -> ContributionSheet:
    """Write nothing of it. Refuses with "sheet_done"."""
    sheet = _in_hand(actor, sheet_id)
    sheet.rows.all().delete()
    sheet.state = State.DROPPED
    sheet.save(update_fields=["state"])
    trail.record(actor, "contribution_sheet.dropped", sheet)
    return sheet


@action
def sweep_sheets(*, actor: Actor, before: datetime) -> int:
    """Remove the rows of sheets that were brought before that instant. Returns of how many sheets."""
    old = list(ContributionSheet.objects.filter(started_at__lt=before).exclude(state=State.SWEPT))
    for sheet in old:
        sheet.rows.all().delete()
        sheet.state = State.SWEPT
        sheet.save(update_fields=["state"])
        trail.record(actor, "contribution_sheet.swept", sheet)
    return len(old)


def _may_log(actor: Actor, partner: Partner) -> None:
    require(permissions.can_log_for(actor, partner), _("You may not write down what this partner gives."))


def _in_hand(actor: Actor, sheet_id: int) -> ContributionSheet:
    """The sheet, locked, while it waits. Refuses with "sheet_done"."""
    sheet = ContributionSheet.objects.visible_to(actor).select_for_update().filter(pk=sheet_id).first()
    if sheet is None:
        raise NotVisible
    if sheet.state != State.PREVIEW:
        refuse("sheet_done")
    return sheet
