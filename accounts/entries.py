"""What accounts puts into the house's slots."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import can_list_people, can_manage_people
from common import letters, menu, slots
from common.menu import Home, MenuItem

slots.add("home", Home("accounts:people", "accounts:people", can_manage_people), order=80)

menu.add(
    MenuItem(
        key="accounts:people",
        label=_("Colleagues"),
        group="house",
        allowed=can_list_people,
        symbol="people",
        prefixes=("/people/",),
    ),
    order=80,
)

letters.name_kind("invitation", _("Invitation"))
