"""Say whether a process shows signs of life, by exit code: what container health checks ask."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from common import heartbeat


class Command(BaseCommand):
    help = "Exit with 0 when `worker` or `beat` was seen lately, with 1 when not."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("process", choices=["worker", "beat"])

    def handle(self, *args: Any, **options: Any) -> None:
        if not heartbeat.alive(options["process"]):
            sys.exit(1)
