"""Add the published Thai holidays to the calendar."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common import holidays
from common.thai.dates import BE_OFFSET


class Command(BaseCommand):
    help = "Add the published Thai holidays of some years; days that are there already stay as they are."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "years", nargs="*", type=int, help="Buddhist or Gregorian years (default: those around today)"
        )
        parser.add_argument(
            "--announced-until", type=int, default=holidays.ANNOUNCED_UNTIL, metavar="YEAR",
            help="the last year the cabinet has announced; later ones are marked provisional",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        years = [_gregorian(year) for year in options["years"]] or list(holidays.usual_years())
        added = holidays.seed(years, _gregorian(options["announced_until"]))
        self.stdout.write(f"{added} holiday(s) added")


def _gregorian(year: int) -> int:
    gregorian = year - BE_OFFSET if year >= 2400 else year
    if not 1992 <= gregorian <= 2200:
        raise CommandError(f"{year} is no year the calendar can be worked out for.")
    return gregorian
