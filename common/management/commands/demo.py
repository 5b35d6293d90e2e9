"""Fill an empty demo with synthetic people and a year of history."""

import random
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from common import clock, demo

PEOPLE = 2499  # as many as the One Night Count of 23 May 2566 met


class Command(BaseCommand):
    help = "Fill an empty database with synthetic people and a year of history (demo mode only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=float, default=1.0, help="how many times the usual 2,499 people")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("Synthetic people are written in demo mode only (RUAMBAN_MODE=demo).")
        if not 0 < options["scale"] <= 1000:
            raise CommandError("--scale takes a number above 0, up to 1000.")
        if get_user_model().objects.exists():
            raise CommandError("There are people here already. `make demo-reset` starts the demo afresh.")
        with transaction.atomic():
            demo.write_all(
                demo.Demo(
                    today=clock.today(),
                    people=max(77, round(PEOPLE * options["scale"])),
                    chance=random.Random(demo.SEED),  # noqa: S311 (chance, not a secret)
                    say=self.stdout.write,
                )
            )
        self.stdout.write(self.style.SUCCESS("The demo is ready. Everybody in it is made up."))
