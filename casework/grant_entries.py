"""What relief grants put into the slots: menu, tab of the file, what waits, the check before closing."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework import permissions
from casework.grants import waiting_for
from casework.models import Episode, ReliefGrant
from casework.places import ClientTab, Waiting
from common import menu, slots
from common.menu import MenuItem


def _unpaid(episode: Episode) -> Iterator[str]:
    """Closing asks what becomes of money that was asked for or promised."""
    waiting = (ReliefGrant.State.APPLIED, ReliefGrant.State.APPROVED)
    if count := episode.relief_grants.filter(state__in=waiting).count():
        yield ngettext(
            "%(n)s relief grant is neither paid nor cancelled. Have it paid, or cancel it first.",
            "%(n)s relief grants are neither paid nor cancelled. Have them paid, or cancel them first.",
            count,
        ) % {"n": count}


menu.add(
    MenuItem(
        key="casework:grants",
        label=_("Relief grants"),
        group="programmes",
        allowed=permissions.can_list_grants,
        counted=waiting_for,
        symbol="money",
        prefixes=("/casework/grants/",),
    ),
    order=95,
)
menu.add(
    MenuItem(
        key="casework:relief_terms",
        label=_("Terms of relief grants"),
        group="programmes",
        allowed=permissions.can_set_relief_terms,
        symbol="money",
        prefixes=("/casework/grants/terms/",),
    ),
    order=96,
)
slots.add(
    "client.tabs",
    ClientTab("grants", _("Relief grants"), "casework:client_grants", permissions.can_see_grants),
    order=49,
)
slots.add(
    "today.waiting",
    Waiting(
        "grants",
        _("Relief grants to approve"),
        "casework:grants",
        waiting_for,
        permissions.can_lead,
        query="show=waiting",
    ),
    order=7,
)
slots.add("closing.checks", _unpaid, key="casework.grants")
