"""Registers in the menu and on the day of whoever brought one."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework import permissions
from casework.models import RegisterImport
from casework.places import Waiting
from common import menu, slots
from common.actor import Actor
from common.menu import MenuItem


def _waiting(actor: Actor) -> "QuerySet[RegisterImport]":
    return RegisterImport.objects.waiting_for(actor)


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
slots.add(
    "today.waiting",
    Waiting(
        "registers",
        _("Registers that wait for you"),
        "casework:imports",
        _waiting,
        permissions.can_do_casework,
        query="show=waiting",
    ),
    order=40,
)
