"""Charge a month's rent now, instead of waiting for the first of the month."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Centre
from common import clock
from common.actor import SystemActor
from common.errors import DomainError
from common.thai.periods import Month
from rentshare.running import run_month
from rentshare.timing import parse_month


class Command(BaseCommand):
    help = (
        "Charge the rent of a month (default: this one) for every tenancy that has not been charged for it. "
        "Run again, it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", default="", metavar="YYYY-MM", help="default: this month")
        parser.add_argument("--centre", default="", metavar="CODE", help="default: every centre")
        parser.add_argument("--json", action="store_true", help="print one JSON object last")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["month"]
            month = parse_month(text) if text else Month.of(clock.today())
            result = run_month(
                actor=SystemActor("run_rent_month"), month=month, centre=self._centre(options["centre"])
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{month}: {result.tenancies} tenancies charged with {result.postings} postings "
            f"at {result.centres} centre(s)."
        )
        if result.closed:
            self.stdout.write(f"closed already at: {', '.join(result.closed)}")
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "month": str(month),
                        "centres": result.centres,
                        "tenancies": result.tenancies,
                        "postings": result.postings,
                        "closed": result.closed,
                    }
                )
            )

    def _centre(self, code: str) -> Centre | None:
        if not code:
            return None
        centre = Centre.objects.filter(code=code).first()
        if centre is None:
            raise CommandError(f"There is no centre {code}.")
        return centre
