"""Bring a centre's register in."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import actor_for
from accounts.models import Centre, User
from casework.actions.register_writing import write_register
from casework.actions.registers import take_register
from casework.importing import words
from casework.importing.reading import Reading, parsed_rows
from casework.importing.sheet import read_rows
from casework.models import RegisterImport, RegisterRow
from casework.permissions import can_register_at
from casework.register_jobs import choices_of, keep
from common import clock
from common.actor import Actor
from common.sheets.words import SheetError

Kind = RegisterRow.Kind
Line = tuple[int, str, Iterable[tuple[str, str]]]


class Command(BaseCommand):
    help = "Read a register (.xlsx, or CSV in UTF-8 or TIS-620) and register everybody in it who is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--centre", required=True, help="code of the centre, for example 30")
        parser.add_argument("--actor", required=True, help="e-mail address of who brings it in")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="print the outcome as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        path, centre = Path(options["file"]), _centre(options["centre"])
        actor = _actor(options["actor"], centre)
        try:
            reading = _read(path, actor, centre)
        except SheetError as error:
            raise CommandError(str(words.SHEET[error.code])) from error
        if options["dry_run"]:
            lines = [(e.parsed.row, e.kind, e.errors) for rows in reading.examined() for e in rows]
            register = None
        else:
            register = take_register(actor=actor, centre_id=centre.pk, file_name=path.name)
            keep(register, reading, actor=actor)
            write_register(actor=actor, register_id=register.pk)
            lines = list(register.rows.order_by("row").values_list("row", "kind", "errors"))
        outcome = _outcome(lines)
        if options["json"]:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
        else:
            self._tell(outcome, register)

    def _tell(self, outcome: dict[str, Any], register: RegisterImport | None) -> None:
        self.stdout.write(
            _("%(rows)s rows: %(new)s new, %(likely_same)s likely somebody known, %(errors)s to be mended")
            % outcome
        )
        for error in outcome["error_rows"]:
            (said,) = words.row_errors([(error["field"], error["code"])])
            self.stdout.write(_("row %(row)s: %(said)s") % {"row": error["row"], "said": said})
        if register is None:
            self.stdout.write(_("Nothing was written."))
            return
        for row in register.rows.filter(kind=Kind.LIKELY_SAME).select_related("match_client").order_by("row"):
            self.stdout.write(_("row %(row)s: likely %(who)s (%(why)s)") % _likely(row))
        self.stdout.write(self.style.SUCCESS(_("%(new)s people are registered.") % outcome))
        if register.rows.undecided().exists():
            address = settings.PUBLIC_URL + reverse("casework:import", args=[register.uid])
            self.stdout.write(_("Decide about the others at %(address)s") % {"address": address})


def _centre(code: str) -> Centre:
    centre = Centre.objects.filter(code=code).first()
    if centre is None:
        raise CommandError(_("No centre has the code %(code)s.") % {"code": code})
    return centre


def _actor(email: str, centre: Centre) -> Actor:
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise CommandError(_("Nobody signs in as %(email)s.") % {"email": email})
    actor = actor_for(user)
    if not can_register_at(actor, centre.pk):
        raise CommandError(
            _("%(email)s may not register people at %(centre)s.") % {"email": email, "centre": centre.name}
        )
    return actor


def _read(path: Path, actor: Actor, centre: Centre) -> Reading:
    if not path.is_file():
        raise CommandError(_("There is no file %(path)s.") % {"path": path})
    reading = Reading(actor)
    try:
        with read_rows(
            path,
            choices=choices_of(centre.pk),
            max_rows=settings.IMPORT_MAX_ROWS,
            max_bytes=settings.IMPORT_MAX_BYTES,
        ) as sheet:
            for rows in parsed_rows(sheet, today=clock.today()):
                reading.take(rows)
    except OSError as error:
        raise CommandError(_("%(path)s cannot be read.") % {"path": path}) from error
    return reading


def _outcome(lines: Iterable[Line]) -> dict[str, Any]:
    """Counts by kind, and each error with its row."""
    kinds: Counter[str] = Counter()
    errors = []
    for row, kind, wrong in sorted(lines):
        kinds[kind] += 1
        errors += [{"row": row, "field": field, "code": code} for field, code in wrong]
    return {
        "rows": kinds.total(),
        "new": kinds[Kind.NEW],
        "likely_same": kinds[Kind.LIKELY_SAME],
        "errors": kinds[Kind.ERROR],
        "error_rows": errors,
    }


def _likely(row: RegisterRow) -> dict[str, Any]:
    """Who a row may be, by row or code: names do not belong on a terminal."""
    who = row.match_client.code if row.match_client else _("row %(row)s") % {"row": row.match_row}
    return {"row": row.row, "who": who, "why": words.reasons(row.match_reasons)}
