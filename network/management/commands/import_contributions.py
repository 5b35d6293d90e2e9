"""Bring in what a partner gave."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.actor import actor_for
from accounts.models import User
from common import clock
from common.actor import Actor
from common.errors import DomainError
from common.sheets.words import SheetError
from network import permissions
from network.actions.sheets import keep_sheet, write_sheet
from network.importing import words
from network.importing.reading import Expected, Line, outcome, read_lines
from network.models import Partner


class Command(BaseCommand):
    help = (
        "Read a partner's sheet of contributions (.xlsx, or CSV in UTF-8 or TIS-620) and write what is new."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--partner", required=True, help="code of the partner, for example WAT-NONDAENG")
        parser.add_argument("--actor", required=True, help="e-mail address of who brings it in")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument(
            "--with-doubled", action="store_true", help="write rows that are there already once more"
        )
        parser.add_argument("--json", action="store_true", help="print the outcome as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        actor, partner = _who(options["actor"], options["partner"])
        lines = _read(actor, partner, path)
        outgoing = outcome(lines)
        written = 0
        if not options["dry_run"]:
            written = _write(actor, partner, path, lines, with_doubled=options["with_doubled"])
        if options["json"]:
            self.stdout.write(json.dumps(outgoing, ensure_ascii=False))
            return
        self.stdout.write(
            _("%(rows)s rows: %(new)s new, %(likely_same)s there already, %(errors)s to be mended") % outgoing
        )
        for line in lines:
            for said in words.row_errors(line.errors):
                self.stdout.write(_("row %(row)s: %(said)s") % {"row": line.row, "said": said})
            if line.doubled:
                self.stdout.write(
                    _("row %(row)s: %(said)s") % {"row": line.row, "said": _("this is there already")}
                )
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written."))
        else:
            self.stdout.write(
                self.style.SUCCESS(_("%(count)s contributions are written down.") % {"count": written})
            )


def _who(email: str, code: str) -> tuple[Actor, Partner]:
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise CommandError(_("Nobody signs in as %(email)s.") % {"email": email})
    actor = actor_for(user)
    partner = Partner.objects.visible_to(actor).filter(code=code.upper()).first()
    if partner is None:
        raise CommandError(
            _("%(email)s sees no partner with the code %(code)s.") % {"email": email, "code": code}
        )
    if not permissions.can_log_for(actor, partner):
        raise CommandError(
            _("%(email)s may not write down what %(partner)s gives.")
            % {"email": email, "partner": partner.name}
        )
    return actor, partner


def _read(actor: Actor, partner: Partner, path: Path) -> list[Line]:
    if not path.is_file():
        raise CommandError(_("There is no file %(path)s.") % {"path": path})
    try:
        return read_lines(actor, partner, path, today=clock.today())
    except SheetError as error:
        raise CommandError(str(words.SHEET[error.code])) from error
    except OSError as error:
        raise CommandError(_("%(path)s cannot be read.") % {"path": path}) from error


def _write(actor: Actor, partner: Partner, path: Path, lines: list[Line], *, with_doubled: bool) -> int:
    expected = Expected.of(lines)
    if not expected.new and not (with_doubled and expected.doubled):
        return 0
    try:
        sheet = keep_sheet(actor=actor, partner_id=partner.pk, file_name=path.name, lines=lines)
        rows = write_sheet(actor=actor, sheet_id=sheet.pk, expected=expected, with_doubled=with_doubled)
    except DomainError as error:
        raise CommandError(str(error)) from error
    return len(rows)
