"""The demo's frozen months: a year of reports, so that every figure has a past."""

from common import demo
from common.demo import Demo
from common.thai.periods import Month
from governance.actions.reports import freeze_month

MONTHS = 12


def write(d: Demo) -> None:
    """Freeze the last MONTHS months, oldest first."""
    this = Month.of(d.today)
    for back in range(MONTHS, 0, -1):
        freeze_month(actor=d.actor, month=this.plus(-back))
    d.say(f"{MONTHS} monthly reports")


demo.add(demo.Part("governance", write), order=90)
