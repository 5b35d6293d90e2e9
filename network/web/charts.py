"""What a partner gave, as a picture."""

from datetime import date
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from common.charts.bars import bars
from common.charts.canvas import Chart
from common.charts.values import Series
from common.money import SATANG
from common.templatetags.thai import be_month
from common.thai.periods import Month
from network.models import Contribution
from network.models.units import Kind

MONTHS = 12


def giving_by_month(given: Any, today: date) -> Chart:
    """Whole baht of what was received in the twelve months up to `today`, by kind; what has no value is left out."""
    months = [Month.of(today).plus(back - MONTHS + 1) for back in range(MONTHS)]
    received = given.exclude(state=Contribution.State.PLEDGED).filter(given_on__gte=months[0].first)
    found = (
        received.filter(value_satang__isnull=False)
        .order_by()
        .annotate(month=TruncMonth("given_on"))
        .values_list("month", "kind")
        .annotate(worth=Sum("value_satang"))
    )
    worth = {(Month.of(month), kind): satang for month, kind, satang in found}
    unit = _("baht")
    series = [
        Series(
            str(kind.label),
            [worth.get((month, kind.value), 0) // SATANG for month in months],
        )
        for kind in Kind
        if any(key[1] == kind.value for key in worth)
    ]
    if not series:
        series = [Series(_("Value"), [None] * MONTHS)]
    labels = [
        be_month(month.first).rsplit(" ", 1)[0] if place else be_month(month.first)
        for place, month in enumerate(months)
    ]
    return bars(labels, series, title=_("Value of what was given, by month and kind"), unit=unit, width=760)
