"""Freeze a month if need be, print its figures, write its letters."""

import json
import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Province
from common import clock
from common.actor import SystemActor
from common.errors import DomainError
from common.thai.periods import Month
from governance import plain, reading, timing
from governance.actions.reports import freeze_month
from governance.models import COUNTRY, MonthlyReport
from governance.rendering import detail
from governance.rendering import reading as said
from governance.sending import send_letters


class Command(BaseCommand):
    help = (
        "Print the figures of a month, frozen now if that was not done. With --send, write the letters that were not "
        "written yet (of --area only, if given)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--month", default="", metavar="YYYY-MM", help="default: the month before this one"
        )
        parser.add_argument(
            "--area", default="", metavar="CODE", help="a province's two digits; default: the country"
        )
        parser.add_argument("--send", action="store_true", help="write the letters")
        parser.add_argument("--json", action="store_true", help="print one JSON object last")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = SystemActor("monthly_report")
        area = self._area(options["area"])
        try:
            text = options["month"]
            month = timing.parse_month(text) if text else Month.of(clock.today()).previous()
            freeze_month(actor=actor, month=month)
        except DomainError as error:
            raise CommandError(str(error)) from error
        report = MonthlyReport.objects.filter(month=str(month)).of_area(area).get()
        figures = reading.frozen_figures(report)
        self._print(report, figures)
        letters = None
        if options["send"]:
            letters = send_letters(actor=actor, month=month, area=options["area"])
            self.stdout.write(f"letters written: {letters}")
        if options["json"]:
            self.stdout.write(json.dumps(_summary(report, figures, letters), ensure_ascii=False))

    def _area(self, code: str) -> str:
        if code in {"", COUNTRY}:
            return COUNTRY
        if not re.fullmatch("[0-9]{2}", code) or not Province.objects.filter(code=code).exists():
            raise CommandError(
                f"There is no province {code}: give its two digits, or {COUNTRY} for the country."
            )
        return code

    def _print(self, report: MonthlyReport, figures: list[reading.Counted]) -> None:
        self.stdout.write(f"{report.month} {reading.area_name(report.area_code)}")
        for counted in figures:
            more = detail(reading.figure_view(counted))
            self.stdout.write(f"  {counted.title}: {said(counted.point(''))}{f' ({more})' if more else ''}")


def _summary(report: MonthlyReport, figures: list[reading.Counted], letters: int | None) -> dict[str, Any]:
    return {
        "month": report.month,
        "area": report.area_code,
        "frozen_at": report.frozen_at.isoformat(),
        "figures": [plain.figure(counted) for counted in figures],
        "letters": letters,
    }
