"""What this app puts into the house's menu."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common import letters, menu
from common.actor import Actor
from common.menu import MenuItem
from common.permissions import can_keep_house, can_read_outbox

menu.add(
    MenuItem(
        key="common:outbox",
        label=_("Outbox"),
        group="house",
        allowed=lambda actor: not settings.EMAIL_URL and can_read_outbox(actor),
        symbol="mail",
        prefixes=("/house/outbox/",),
    ),
    order=70,
)


def _failures(actor: Actor) -> int:
    return letters.failures()


menu.add(
    MenuItem(
        key="common:letters",
        label=_("Letters and jobs"),
        group="house",
        allowed=can_keep_house,
        count=_failures,
        symbol="bell",
        prefixes=("/house/letters/", "/house/jobs/"),
    ),
    order=84,
)
menu.add(
    MenuItem(
        key="common:holidays",
        label=_("Holidays"),
        group="house",
        allowed=lambda actor: True,
        symbol="calendar",
        prefixes=("/house/holidays/",),
    ),
    order=86,
)
