"""Who sees what of rent rooms: one place, on which every queryset here builds.

| role                              | tenancies                        | rooms, leases   | books            |
|-----------------------------------|----------------------------------|-----------------|------------------|
| social worker                     | of clients whose file they open  | of their centre | no               |
| supervisor, centre head           | the same, and all of the centre  | of their centre | of their centre  |
| finance officer                   | all of the centre                | of their centre | of their centre  |
| auditor, analyst                  | all (an analyst without names)   | all             | all              |
| nurse, carer, partner, volunteer… | none                             | none            | none             |
"""

from collections.abc import Iterable

from django.db.models import Q

from accounts.roles import CASEWORKERS, LEADS, Role
from common.actor import Actor

COUNTRY_READERS = frozenset({Role.AUDITOR, Role.DEPARTMENT_ANALYST})
BOOK_READERS = frozenset({Role.FINANCE_OFFICER, *LEADS})
"""Roles that read the books of their centres."""

RENT_READERS = frozenset({*CASEWORKERS, Role.FINANCE_OFFICER, *COUNTRY_READERS})
"""Roles that see anything of rent rooms at all."""


def sees_all(actor: Actor) -> bool:
    return actor.is_system or actor.has(*COUNTRY_READERS)


def of_own_centres(actor: Actor, roles: Iterable[str], path: str = "centre") -> Q:
    """Rows of the centres where the actor holds one of `roles`; `path` leads to the centre."""
    return Q(**{f"{path}_id__in": actor.centres_as(*roles)})
