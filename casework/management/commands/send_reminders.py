"""Write the reminders of a day now, instead of waiting for the morning."""

import argparse
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.actions.ladder import climb
from casework.reminders import BATCH, Written, workers_with_due, write_reminders
from common import clock, holidays
from common.actor import SystemActor
from common.thai.dates import DateError, format_be, parse_date


class Command(BaseCommand):
    help = (
        "Write the letters about follow-ups due by a day (default: today), also on a day without office hours. "
        "Whoever has the letter of that day already gets no second one."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="23/11/2569 (Buddhist Era) or 2026-11-23")
        parser.add_argument("--json", action="store_true", help="print one JSON object last")

    def handle(self, *args: Any, **options: Any) -> None:
        day = self._day(options["on"])
        is_workday = holidays.is_workday(day)
        climb(actor=SystemActor("send_reminders"), day=day)
        done, uids = Written(), workers_with_due(day)
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            done += write_reminders(actor=SystemActor("send_reminders"), day=day, worker_uids=batch)
        shown = format_be(day, "full", lang="en")
        if not is_workday:
            self.stdout.write(
                f"{shown} is a day without office hours; the letters are written because you asked."
            )
        self.stdout.write(
            f"{shown}: {done.letters} letter(s) written about {done.follow_ups} follow-up(s) of "
            f"{done.workers} worker(s); {done.already} had theirs already."
        )
        if options["json"]:
            self.stdout.write(json.dumps({"on": day.isoformat(), "workday": is_workday, **asdict(done)}))

    def _day(self, text: str | None) -> date:
        if not text:
            return clock.today()
        try:
            found = parse_date(text)
        except DateError as error:
            raise CommandError(f"--on {text}: not a date. Write 23/11/2569 or 2026-11-23.") from error
        if found.precision != "day":
            raise CommandError(f"--on {text}: write the day as well, 23/11/2569 or 2026-11-23.")
        return found.value
