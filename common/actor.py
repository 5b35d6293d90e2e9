"""Who acts. `audit` and the actions see only this; people behind it live in `accounts`."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Hashable, Protocol):
    """Somebody (or a scheduled task) who reads and writes; a value, equal to another with the same rights.

    Attributes:
        key: stable and free of personal data: "user:<uuid>" or "system:<name>".
        label: how the trail names the actor to a reader.
        user_id: primary key of the person, None for the system.
        is_system: True for scheduled work, which may see everything and is bound by no role.
        centre_ids: centres the actor works in today, in whatever role.
        province_codes: two-digit codes the actor's memberships cover.
        sees_country: True for roles that look at the whole country.
    """

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def is_system(self) -> bool: ...
    @property
    def centre_ids(self) -> frozenset[int]: ...
    @property
    def province_codes(self) -> frozenset[str]: ...
    @property
    def sees_country(self) -> bool: ...

    def has(self, *roles: str) -> bool:
        """True when the actor holds any of `roles` today, wherever."""
        ...

    def centres_as(self, *roles: str) -> frozenset[int]:
        """Centres where the actor holds one of `roles` today: a supervisor here may be a nurse there."""
        ...

    def provinces_as(self, *roles: str) -> frozenset[str]:
        """Provinces where the actor holds one of `roles` today, for the province or for its own centre.

        Homes serve several provinces and stand for none, so a role at a home gives none.
        """
        ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The system itself, named by the task that runs."""

    name: str
    user_id: None = None
    is_system: bool = True
    centre_ids: frozenset[int] = field(default_factory=frozenset)
    province_codes: frozenset[str] = field(default_factory=frozenset)
    sees_country: bool = True

    @property
    def key(self) -> str:
        return f"system:{self.name}"

    @property
    def label(self) -> str:
        return self.name

    def has(self, *roles: str) -> bool:
        return False

    def centres_as(self, *roles: str) -> frozenset[int]:
        return frozenset()

    def provinces_as(self, *roles: str) -> frozenset[str]:
        return frozenset()
