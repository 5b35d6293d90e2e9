"""What the network puts into the house's slots: menu and homes."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common import menu, slots
from common.actor import Actor
from common.menu import Home, MenuItem
from network import permissions
from network.models import Contribution
from network.models.partner import STAFF


def waiting(actor: Actor) -> "QuerySet[Contribution]":
    """Contributions that wait for this actor's confirmation."""
    found = Contribution.objects.visible_to(actor).to_confirm()
    provinces = actor.provinces_as(*STAFF)
    return found.filter(province__in=provinces).exclude(logged_by=actor.key)


MENU = (
    (
        MenuItem(
            key="network:home",
            label=_("Write down a contribution"),
            group="work",
            allowed=permissions.is_giver,
            dock=1,
            symbol="heart",
            dock_label=pgettext_lazy("menu", "Give"),
        ),
        44,
    ),
    (
        MenuItem(
            key="network:to_confirm",
            label=_("Contributions to confirm"),
            group="work",
            allowed=permissions.can_confirm_any,
            counted=waiting,
            symbol="check",
        ),
        45,
    ),
    (
        MenuItem(
            key="network:partners",
            label=_("Partners"),
            group="programmes",
            allowed=permissions.can_list_partners,
            symbol="people",
            prefixes=("/network/partners/", "/network/sheets/"),
        ),
        52,
    ),
    (
        MenuItem(
            key="network:contributions",
            label=_("Contributions"),
            group="programmes",
            allowed=permissions.can_list_contributions,
            dock=4,
            symbol="heart",
            prefixes=("/network/contributions/",),
        ),
        54,
    ),
    (
        MenuItem(
            key="network:values",
            label=_("Unit values"),
            group="programmes",
            allowed=permissions.can_read_book,
            symbol="money",
            prefixes=("/network/values/",),
        ),
        56,
    ),
)

for _item, _order in MENU:
    menu.add(_item, order=_order)
slots.add("home", Home("network:home", "network:home", permissions.is_giver), order=50)
