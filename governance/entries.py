"""What governance puts into the house's slots."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from casework.permissions import can_see_history
from casework.places import ClientTab
from common import letters, menu, slots
from common.actor import Actor
from common.menu import Home, MenuItem
from governance.client_timeline import voices_of
from governance.models import Subscription
from governance.permissions import can_read_forums, can_read_reports, can_read_trail

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


slots.add("client.timeline", voices_of, key="forums", order=50)
slots.add("home", Home("governance:trail", "governance:trail", _audits), order=50)
slots.add("home", Home("governance:reports", "governance:reports", can_read_reports), order=90)
letters.name_kind(Subscription.MONTHLY_REPORT, _("Monthly report"))
slots.add(
    "client.tabs",
    ClientTab("trail", _("Who opened this file"), "governance:trail_client", can_see_history),
    order=95,
)
