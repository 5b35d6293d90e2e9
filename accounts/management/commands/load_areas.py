"""Load districts and sub-districts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions.areas import load_areas
from accounts.reference.areas import AreaFileError, read_areas
from common.actor import SystemActor

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Load districts and sub-districts from a CSV file with the columns code, level, parent_code, name_th, "
        "name_en, postal_code. All or nothing; loading again updates what changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = read_areas(lines)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} is not UTF-8: save it as CSV UTF-8.") from error
        except AreaFileError as error:
            for fault in error.errors[:SHOWN]:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(error.errors)} fault(s) in {path.name}; nothing was loaded.") from error
        loaded = load_areas(actor=SystemActor("load_areas"), rows=rows)
        self.stdout.write(
            f"{loaded.provinces} provinces, {loaded.districts:,} districts, {loaded.subdistricts:,} sub-districts"
        )
