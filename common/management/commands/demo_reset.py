"""Start the demo afresh."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.db.emptying import drop_everything
from common.management.commands.up import sole_holder


class Command(BaseCommand):
    help = "Throw everything in the demo away and make it anew (demo mode only; stop `make run` first)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", type=float, default=1.0, help="how many times the usual number of people"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("Only a demo is ever thrown away (RUAMBAN_MODE=demo).")
        with sole_holder():
            drop_everything()
            for folder in (settings.VAR / "private", settings.VAR / "broker"):
                empty(folder)
            call_command("migrate", interactive=False, verbosity=0)
            call_command("demo", scale=options["scale"])


def empty(folder: Path) -> None:
    """Remove every file under `folder`; the folders stay, since workers expect them."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink(missing_ok=True)
