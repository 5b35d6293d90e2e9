"""What governance puts into the house's slots."""

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from casework.models import RegisterImport
from casework.permissions import can_see_history
from casework.places import ClientTab
from common import letters, menu, slots
from common.actor import Actor
from common.menu import Home, MenuItem
from common.thai.periods import Month
from governance.client_timeline import voices_of
from governance.models import MonthlyReport, Subscription
from governance.permissions import can_read_forums, can_read_reports, can_read_trail
from governance.reading import month_label

menu.add(
    MenuItem(
        key="governance:reports",
        label=_("Monthly reports"),
        group="overview",
        allowed=can_read_reports,
        dock=4,
        symbol="report",
        dock_label=_("Reports"),
        prefixes=("/reports/1", "/reports/2", "/reports/freeze/"),
    ),
    order=60,
)
menu.add(
    MenuItem(
        key="forums:home",
        label=_("Forums and demands"),
        group="programmes",
        allowed=can_read_forums,
        symbol="people",
        prefixes=("/forums/",),
    ),
    order=55,
)
menu.add(
    MenuItem(
        key="governance:trail",
        label=_("Who saw and changed what"),
        group="overview",
        allowed=can_read_trail,
        dock=5,
        symbol="eye",
        dock_label=pgettext_lazy("dock", "Trail"),
        prefixes=("/reports/trail/",),
    ),
    order=65,
)


def _audits(actor: Actor) -> bool:
    return actor.has(Role.AUDITOR)


def _counted_already(register: RegisterImport) -> list[str]:
    """Figures that were frozen since a register was written rest on the people it brought in."""
    if register.finished_at is None:
        return []
    frozen = MonthlyReport.objects.filter(
        Q(province=register.centre.province_id) | Q(province__isnull=True),
        frozen_at__gte=register.finished_at,
    )
    months = frozen.order_by("month").values_list("month", flat=True).distinct()
    said = gettext("The monthly report of %(month)s is frozen with these people in it.")
    return [said % {"month": month_label(Month.parse(month))} for month in months]


slots.add("register.undo", _counted_already, key="reports", order=10)
slots.add("client.timeline", voices_of, key="forums", order=50)
slots.add("home", Home("governance:trail", "governance:trail", _audits), order=50)
slots.add("home", Home("governance:reports", "governance:reports", can_read_reports), order=90)
letters.name_kind(Subscription.MONTHLY_REPORT, _("Monthly report"))
slots.add(
    "client.tabs",
    ClientTab("trail", _("Who opened this file"), "governance:trail_client", can_see_history),
    order=95,
)
