"""The Actor of a person who signed in."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Centre, Membership, User
from accounts.roles import COUNTRYWIDE, Role
from common import clock


@dataclass(frozen=True, slots=True)
class UserActor:
    """A person with the roles they hold on one day."""

    key: str
    label: str
    user_id: int
    roles: frozenset[str]
    centre_ids: frozenset[int]
    province_codes: frozenset[str]
    held: frozenset[tuple[str, int | None, str | None]]
    """(role, centre, province it answers for), one of each membership."""
    is_system: bool = False

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def centres_as(self, *roles: str) -> frozenset[int]:
        return frozenset(centre for role, centre, _province in self.held if centre and role in roles)

    def provinces_as(self, *roles: str) -> frozenset[str]:
        return frozenset(province for role, _centre, province in self.held if province and role in roles)

    @property
    def sees_country(self) -> bool:
        return self.has(*COUNTRYWIDE)

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in Role.values if role in self.roles]


def actor_for(user: User, on: date | None = None) -> UserActor:
    """The actor that `user` is on day `on` (default today). A disabled user holds no role."""
    held = (
        Membership.objects.filter(user=user).on(on or clock.today()).select_related("centre")
        if user.is_active
        else []
    )
    rows = list(held)
    provinces = {m.province_id for m in rows if m.province_id} | {
        m.centre.province_id for m in rows if m.centre
    }
    return UserActor(
        key=user.key,
        label=user.name or user.email,
        user_id=user.pk,
        roles=frozenset(m.role for m in rows),
        centre_ids=frozenset(m.centre_id for m in rows if m.centre_id),
        province_codes=frozenset(provinces),
        held=frozenset((m.role, m.centre_id, _answers_for(m)) for m in rows),
    )


def _answers_for(membership: Membership) -> str | None:
    centre = membership.centre
    if centre is None:
        return membership.province_id
    return centre.province_id if centre.kind == Centre.Kind.PROVINCIAL else None
