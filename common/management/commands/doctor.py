"""Say what is broken and how to mend it."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from common import doctor

MARKS = {doctor.OK: "ok  ", doctor.WARN: "WARN", doctor.BAD: "BAD "}


class Command(BaseCommand):
    help = (
        "Look at database, guards, broker, worker, beat, mail, disk and settings, and say how to mend each. "
        "The exit code is 1 when something needed is broken."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--mend", action="store_true", help="put missing guards and catalogues in place first"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object last")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mend"]:
            for line in doctor.mend():
                self.stdout.write(line)
        findings = list(doctor.examine())
        for found in findings:
            self.stdout.write(f"{MARKS[found.state]} {found.what:<11} {found.said}")
            if found.mend:
                self.stdout.write(f"     {'':<11} → {found.mend}")
        healthy = all(found.state != doctor.BAD for found in findings)
        if options["json"]:
            body = {"healthy": healthy, "findings": [asdict(found) for found in findings]}
            self.stdout.write(json.dumps(body, ensure_ascii=False))
        if not healthy:
            sys.exit(1)
