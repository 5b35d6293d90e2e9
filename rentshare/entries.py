"""What rent rooms put into the house's slots: menu, home, the rent tab of the client file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as said_now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import CASEWORKERS, Role
from casework.models import Client, Episode
from casework.places import ClientTab, Waiting
from common import clock, menu, slots
from common.actor import Actor
from common.menu import Home, MenuItem
from rentshare.missing import living_and_owing, without_case
from rentshare.models import Tenancy
from rentshare.permissions import can_manage_schemes, can_read_books, can_see_rent
from rentshare.rules import overlaps


def _sees_tab(actor: Actor, client: Client) -> bool:
    return can_see_rent(actor)


def _keeps_books(actor: Actor) -> bool:
    return actor.has(Role.FINANCE_OFFICER)


def _reads_schemes(actor: Actor) -> bool:
    return can_manage_schemes(actor) or can_see_rent(actor)


def _live_in_two_beds(kept: Client, aside: Client) -> Iterator[Any]:
    """Tenancies of two records that a person cannot both have."""
    ours, theirs = (Tenancy.objects.filter(person=one.person_id) for one in (kept, aside))
    for one in ours:
        for other in theirs:
            if overlaps(one.starts_on, one.ends_on, other.starts_on, other.ends_on):
                yield _(
                    "Both have a room of the programme on the same days, and a person has one. End or correct one of "
                    "the two tenancies first."
                )
                return


def _missed_without_case(actor: Actor) -> Any:
    """Tenancies in arrears with nobody to talk to the tenant, because there is no open case."""
    return without_case(living_and_owing(clock.today())).filter(
        pk__in=Tenancy.objects.visible_to(actor).order_by()
    )


def _works_with_people(actor: Actor) -> bool:
    return actor.has(*CASEWORKERS)


def _tenancy_left(episode: Episode) -> Iterator[Any]:
    """Closing asks what becomes of the room: while the programme pays for somebody, somebody follows them."""
    living = Tenancy.objects.on(clock.today()).filter(person=episode.client.person_id)
    for one in living.select_related("bed__room__property"):
        yield said_now("They still live in a room of the programme: %(place)s. End the tenancy first.") % {
            "place": f"{one.bed.room.property.name} {one.bed.room.number}"
        }


MENU = (
    MenuItem(
        key="rentshare:home",
        label=_("Rent desk"),
        group="programmes",
        allowed=can_read_books,
        dock=4,
        symbol="money",
        dock_label=pgettext_lazy("dock", "Money"),
    ),
    MenuItem(
        key="rentshare:tenancies",
        label=_("Tenancies"),
        group="programmes",
        allowed=can_see_rent,
        dock=5,
        symbol="people",
        prefixes=("/rent/tenancies/", "/rent/receipts/"),
    ),
    MenuItem(
        key="rentshare:missed",
        label=_("Missed rent"),
        group="programmes",
        allowed=can_see_rent,
        symbol="bell",
        prefixes=("/rent/missed/",),
    ),
    MenuItem(
        key="rentshare:rooms",
        label=_("Rooms and leases"),
        group="programmes",
        allowed=can_see_rent,
        symbol="home",
        prefixes=("/rent/rooms/", "/rent/houses/", "/rent/landlords/", "/rent/leases/"),
    ),
    MenuItem(
        key="rentshare:runs",
        label=_("Months and runs"),
        group="programmes",
        allowed=can_read_books,
        dock=6,
        symbol="calendar",
        dock_label=pgettext_lazy("dock", "Months"),
        prefixes=("/rent/runs/",),
    ),
    MenuItem(
        key="rentshare:payouts",
        label=_("Payouts"),
        group="programmes",
        allowed=can_read_books,
        symbol="money",
        prefixes=("/rent/payouts/",),
    ),
    MenuItem(
        key="rentshare:balance",
        label=_("Trial balance"),
        group="programmes",
        allowed=can_read_books,
        symbol="report",
        prefixes=("/rent/balance/",),
    ),
    MenuItem(
        key="rentshare:schemes",
        label=_("Schemes"),
        group="programmes",
        allowed=_reads_schemes,
        symbol="gear",
        prefixes=("/rent/schemes/",),
    ),
)

for _place, _item in enumerate(MENU):
    menu.add(_item, order=40 + _place)
slots.add("home", Home("rentshare:home", "rentshare:home", _keeps_books), order=30)
slots.add("client.tabs", ClientTab("rent", _("Rent"), "rentshare:client_tab", _sees_tab), order=55)
slots.add(
    "today.waiting",
    Waiting(
        "rent.missed",
        _("Missed rent without an open case"),
        "rentshare:missed",
        _missed_without_case,
        _works_with_people,
        query="show=alone",
    ),
)
slots.add("closing.checks", _tenancy_left, key="rentshare")
slots.add("linking.checks", _live_in_two_beds, key="rentshare")
