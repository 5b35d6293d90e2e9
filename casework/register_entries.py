"""Registers in the menu."""

from django.utils.translation import gettext_lazy as _

from casework import permissions
from common import menu
from common.menu import MenuItem

menu.add(
    MenuItem(
        key="casework:imports",
        label=_("Registers"),
        group="work",
        allowed=permissions.can_do_casework,
        symbol="upload",
        prefixes=("/casework/registers/",),
    ),
    order=60,
)
