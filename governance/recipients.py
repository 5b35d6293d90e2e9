"""Who gets the letter of a month's report, and how much of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Membership, User
from accounts.roles import COUNTRYWIDE, LEADS, Role
from governance.models import COUNTRY, READERS, Subscription

BY_DEFAULT = frozenset({*LEADS, Role.SOCIAL_WORKER, Role.DEPARTMENT_ANALYST})
"""Roles that get the letter unless they do not want it. Auditors and administrators may ask for it."""

IN_FULL = frozenset({*LEADS, *COUNTRYWIDE})
"""Roles whose letter brings the files; the others get the figures and the link."""


@dataclass(frozen=True)
class Recipient:
    """One person, the areas their letter is about (country last), and whether it brings the files."""

    user: User
    areas: tuple[str, ...]
    in_full: bool


def of_area(area: str, day: date) -> list[Recipient]:
    """Everybody whose letter covers `area`, by their memberships on `day`, in order of their names.

    A person gets one letter a month; it covers all provinces they work in.
    """
    nearby = Membership.objects.on(day).filter(_place(area), user__is_active=True)
    found = _recipients(User.objects.filter(pk__in=nearby.order_by().values("user_id")), day)
    return sorted((one for one in found if area in one.areas), key=lambda one: (one.user.name, one.user.pk))


def by_area(day: date) -> dict[str, list[Recipient]]:
    """The same for every area that has anybody, in as many questions as for one."""
    found: dict[str, list[Recipient]] = {}
    reading = Membership.objects.on(day).filter(role__in=(*READERS, *COUNTRYWIDE), user__is_active=True)
    for one in _recipients(User.objects.filter(pk__in=reading.order_by().values("user_id")), day):
        for area in one.areas:
            found.setdefault(area, []).append(one)
    return found


def of_user(user_id: int, day: date) -> Recipient | None:
    """The letter that one person gets, None when they get none."""
    return next(_recipients(User.objects.filter(pk=user_id, is_active=True), day), None)


def _recipients(people: QuerySet[User], day: date) -> Iterator[Recipient]:
    """Those of `people` who get a letter; two queries, however many they are."""
    keys = people.order_by().values("pk")
    held = Membership.objects.on(day).filter(user__in=keys).select_related("user", "centre").order_by("pk")
    wishes = dict(
        Subscription.objects.filter(kind=Subscription.MONTHLY_REPORT, user__in=keys)
        .order_by()
        .values_list("user_id", "wanted")
    )
    mine: dict[User, list[Membership]] = {}
    for membership in held:
        mine.setdefault(membership.user, []).append(membership)
    found = (_recipient(user, rows, wanted=wishes.get(user.pk)) for user, rows in mine.items())
    return (one for one in found if one is not None)


def _place(area: str) -> Q:
    if area == COUNTRY:
        return Q(role__in=COUNTRYWIDE)
    return Q(role__in=READERS) & (Q(centre__province_id=area) | Q(province_id=area))


def _recipient(user: User, rows: Collection[Membership], *, wanted: bool | None) -> Recipient | None:
    """`wanted` is what the person said about this kind of letter, None when they said nothing."""
    reading = [m for m in rows if m.role in COUNTRYWIDE or m.role in READERS]
    if wanted is False or not (wanted or any(m.role in BY_DEFAULT for m in reading)):
        return None
    if wanted is None:
        reading = [m for m in reading if m.role in BY_DEFAULT]
    areas = sorted({_area(m) for m in reading} - {""}, key=lambda code: (code == COUNTRY, code))
    return Recipient(user, tuple(areas), any(m.role in IN_FULL for m in reading)) if areas else None


def _area(membership: Membership) -> str:
    if membership.role in COUNTRYWIDE:
        return COUNTRY
    province = membership.province_id or (membership.centre.province_id if membership.centre else "")
    return str(province or "")
